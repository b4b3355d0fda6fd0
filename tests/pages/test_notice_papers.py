"""Rights and duties on paper: who gets which form, and the notice for everybody."""

from __future__ import annotations

import uuid
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal import content
from portal.adapters import typesetting
from portal.domain.demand import Person
from portal.domain.notice import RIGHTS
from portal.i18n.languages import CODES
from portal.i18n.text import translator
from portal.services import snapshots
from portal.services.citizen import enter_after_filing
from portal.services.notices.acknowledging import acknowledge_own
from portal.services.notices.kept_paper import _made
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.services.households import second_adult

COUPLE = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Paul Second"}],
}
NEWEST = content.current(RIGHTS).version
FORM = "/fr/dossier/rights/form.pdf"
FRENCH = translator("fr").gettext


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """The demand of a couple, of the 10th of November 2026; the answers went along."""
    return clean_world.announce(situation=COUPLE)


def language_of(content_: bytes) -> str:
    return str(PdfReader(BytesIO(content_)).trailer["/Root"]["/Lang"])[:2]  # type: ignore[index]


@pytest.mark.parametrize("language", CODES)
def test_everybody_may_have_the_notice(world: World, language: str) -> None:
    answer = world.browser(language).send("GET", f"/{language}/rights.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    beside = {"fr": "", "de": ""}.get(language, "-fr")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rights-{NEWEST}-{language}{beside}.pdf"'
    assert language_of(answer.data) == language
    assert f"/{language}/rights" in words(answer.data)


def test_with_german_or_with_french(world: World) -> None:
    browser = world.browser()
    names = {
        f"/{language}/rights.pdf{query}": browser.send("GET", f"/{language}/rights.pdf{query}").headers[
            "Content-Disposition"
        ]
        for language, query in [
            ("ar", "?with=de"),
            ("de", "?with=fr"),
            ("fr", "?with=fr"),
            ("pt", "?with=ar"),
            ("pt", ""),
        ]
    }
    assert [name.partition(f"rights-{NEWEST}-")[2].rstrip('"') for name in names.values()] == [
        "ar-de.pdf", "de-fr.pdf", "fr.pdf", "pt-fr.pdf", "pt-fr.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("version", ["0", "99", "-1", "01", "x", "", "1e0", "١", "9" * 5000])
def test_a_version_that_there_is_not_is_not_found(world: World, version: str) -> None:
    answer = world.browser().send("GET", "/fr/rights.pdf", query_string={"version": version})
    assert answer.status_code == 404


def test_the_notice_is_set_once_and_dated_by_its_publication(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _made.cache_clear()
    made: list[str] = []
    real = typesetting._compile

    def compile_(template: str, *rest: object) -> bytes:
        made.append(template)
        return real(template, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(typesetting, "_compile", compile_)
    answers = [
        world.browser().send("GET", f"/fr/rights.pdf{query}").data for query in ("", "?with=fr", f"?version={NEWEST}")
    ]
    assert answers == [answers[0]] * 3
    assert made == ["notice"]
    first = world.browser().send("GET", "/fr/rights.pdf?version=1").data
    assert made == ["notice"] * 2
    for version, file in ((NEWEST, answers[0]), (1, first)):
        made_of = PdfReader(BytesIO(file)).metadata
        assert made_of is not None
        assert made_of.creation_date is not None
        assert made_of.creation_date.date() == content.notice(RIGHTS, version).published_on


def test_the_form_has_every_adult_and_what_they_did(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    before = browser.send("GET", FORM)
    assert (before.status_code, before.mimetype) == (200, "application/pdf")
    assert before.headers["Content-Disposition"] == f'attachment; filename="sign-{announced.reference}.pdf"'
    text = words(before.data)
    for said in ("Jeanne Dupont", "Paul Second", announced.reference, "10 novembre 2026", "CMS régional de Sierre"):
        assert said in text
    assert text.count(FRENCH("Pas encore.")) == 2
    version = content.current(RIGHTS).version
    acknowledge_own(world.citizen, world.adult(announced), "b", version, "pt")
    text = words(browser.send("GET", FORM).data)
    assert text.count(FRENCH("Pas encore.")) == 1
    paul = text.partition("Paul Second")[2]
    assert "Português" in paul
    assert "Português" not in text.partition("Paul Second")[0]


def test_the_form_is_in_the_centres_language_and_in_the_own(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    arabic = browser.send("GET", "/ar/dossier/rights/form.pdf").data
    assert language_of(arabic) == "fr"
    assert "VS-" in words(arabic)
    assert FRENCH("Lieu et date") in words(arabic)
    assert language_of(browser.send("GET", "/de/dossier/rights/form.pdf").data) == "de"


def test_another_adult_has_the_same_form_with_themselves_first(world: World, announced: Announced) -> None:
    actor = second_adult(world, announced, "Paul Second")
    assert actor.id is not None
    browser = world.browser()
    theirs = replace(announced.view, adult_id=actor.id)
    browser.set_cookie("citizen", enter_after_filing(world.citizen, theirs, "test"))
    text = words(browser.send("GET", FORM).data)
    first, _, other = text.partition("Adulte 2")
    assert "Paul Second" in first
    assert announced.reference in first
    assert "Jeanne Dupont" in other


def test_a_household_of_nobody_else_leaves_room(clean_world: World) -> None:
    alone = clean_world.announce()
    text = words(clean_world.visit(alone).send("GET", FORM).data)
    assert text.count(FRENCH("S’il y a encore un autre adulte dans le ménage")) == 2
    assert "Jeanne Dupont" in text


def test_the_form_needs_a_session_and_is_of_the_own_household(clean_world: World, announced: Announced) -> None:
    sent = clean_world.browser().send("GET", FORM)
    assert (sent.status_code, sent.headers["Location"].partition("?")[0]) == (303, "/fr/sign-in")
    other = clean_world.announce(Person("Jemand Anders"))
    text = words(clean_world.visit(other).send("GET", FORM).data)
    assert "Jemand Anders" in text
    assert "Dupont" not in text
    assert announced.reference not in text


def test_the_desk_prints_it_in_the_language_of_the_person(clean_world: World) -> None:
    announced = clean_world.announce(Person("محمد الأمين"), situation=COUPLE, language="ar")
    answer = clean_world.desk(language="de").send("GET", f"/staff/demands/{announced.id}/rights/form.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = words(answer.data)
    assert language_of(answer.data) == "fr"
    assert "الأمين" in text or "الأمين"[::-1] in text
    assert "Paul Second" in text
    assert announced.reference in text
    snapshots.send(clean_world.citizen, clean_world.adult(announced))
    again = words(clean_world.desk().send("GET", f"/staff/demands/{announced.id}/rights/form.pdf").data)
    assert again.count("Paul Second") == 1


def test_the_desk_prints_only_what_its_region_has(clean_world: World, announced: Announced) -> None:
    address = f"/staff/demands/{announced.id}/rights/form.pdf"
    assert clean_world.desk("oberwallis").send("GET", address).status_code == 404
    assert clean_world.desk().send("GET", f"/staff/demands/{uuid.uuid4()}/rights/form.pdf").status_code == 404
    audited = clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'demand:read'")[0]
    assert clean_world.desk().send("GET", address).status_code == 200
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'demand:read'")[0] == audited + 1
