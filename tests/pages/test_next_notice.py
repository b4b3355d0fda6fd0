"""Who confirmed the first version that was published: asked again, with what the second says that the first did not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from portal import content
from portal.domain.notice import RIGHTS, changes
from portal.i18n.languages import CODES
from portal.services.notices.acknowledging import acknowledge_own
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World

OWN: Final = "/fr/dossier/rights"
ALONE: Final[Mapping[str, Any]] = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}
WAYS: Final = {
    "file": {"/fr/dossier/access-log", "/fr/dossier/export"},
    "changes": {"/fr/dossier/changes/new", "/fr/dossier/month"},
    "data": {"/fr/dossier/own-data", "/fr/dossier/reminders"},
}
USES: Final = {
    "privacy_access_log",
    "privacy_apart",
    "privacy_closing",
    "privacy_export",
    "privacy_messages",
    "privacy_months",
    "privacy_reminders",
    "privacy_reports",
    "privacy_retention",
}
"""What the portal does with data since the first version: each is named by both notices."""


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=dict(ALONE))


@pytest.fixture
def person(world: World, announced: Announced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """On the day of the confirmation there was the first version and no other."""
    folder = tmp_path / "notices"
    shutil.copytree(content.notices.FOLDER / RIGHTS / "1", folder / RIGHTS / "1")
    with monkeypatch.context() as then:
        then.setattr(content.notices, "FOLDER", folder)
        acknowledge_own(world.citizen, world.adult(announced), "a", 1, "fr")
    return world.visit(announced)


def told(page: Page) -> list[str]:
    """What the page lists as other, paragraph by paragraph."""
    (place,) = (one for one in page.root.iter() if one.get("class") == "said-changes")
    return [" ".join("".join(one.itertext()).split()) for one in place.iter("li")]


def said(version: int, name: str) -> str:
    return " ".join(content.words(RIGHTS, version, "fr").plain(name).replace("\u00a0", " ").split())


def test_only_what_changed_is_listed(person: Browser) -> None:
    other = changes(content.words(RIGHTS, 1, "fr"), content.words(RIGHTS, 2, "fr"))
    assert (other.changed, other.gone) == ((), ())
    assert {name.partition("-")[0] for name in other.new} == set(WAYS)
    for path in (OWN, f"{OWN}/sign/a"):
        page = person.open(path)
        assert "Ce texte a changé depuis la version 1, que vous avez confirmée." in page.text
        assert told(page) == [said(2, name) for name in other.new], path
    assert "Pas encore confirmé" in person.open(OWN).text


def test_what_was_confirmed_stays_and_the_second_is_confirmed_once(world: World, person: Browser) -> None:
    older = person.open("/fr/rights/version/1")
    assert said(1, "data-7") in older.text
    assert said(2, "data-11") not in older.text
    form = next(one for one in person.open(f"{OWN}/sign/a").forms() if one.element.get("id") == "acknowledge")
    page = form.fill(understood=True).submit()
    assert "Ce texte a changé" not in page.text
    assert "Version 2" in page.text
    assert world.row("SELECT array_agg(version ORDER BY version) FROM acknowledgement") == ([1, 2],)


@pytest.mark.parametrize("chapter", WAYS)
def test_a_chapter_leads_to_the_own_pages_it_names(world: World, announced: Announced, chapter: str) -> None:
    visitor = world.browser().open(f"/fr/rights/{chapter}")
    assert not WAYS[chapter] & set(visitor.links())
    mine = world.visit(announced)
    assert WAYS[chapter] <= set(mine.open(f"/fr/rights/{chapter}").links())
    assert [path for path in WAYS[chapter] if mine.open(path).status != 200] == []


def test_each_new_use_of_data_is_named_by_both_notices() -> None:
    for name in (RIGHTS, "privacy"):
        now, first = content.current(name), content.notice(name, 1)
        sources = {source for chapter in now.chapters for source in chapter.sources}
        assert sources >= USES
        assert sources > {source for chapter in first.chapters for source in chapter.sources}
        for language in CODES:
            before, after = (content.words(name, one.version, language) for one in (first, now))
            french = changes(*(content.words(name, one.version, "fr") for one in (first, now)))
            assert changes(before, after) == french, language
