"""No answer of the public side depends on whether a person is known: the same bytes, headers and statements."""

from __future__ import annotations

import re

import pytest

from portal.domain.demand import Person
from tests.pages.masks import masked, masked_headers, statements
from tests.pages.pdf import words
from tests.pages.world import World

ANSWERS = {
    "name": "Maria Nowak", "birth_day": "3", "birth_month": "4", "birth_year": "1977", "commune": "6248",
    "phone": "079 555 00 03", "email": "maria@example.ch", "postal_address": "Rue 1\r\n3960 Sierre",
}  # fmt: skip
KNOWN = Person("Maria Nowak", phone="+41 79 555 00 03", email="maria@example.ch", postal_address="Rue 1\n3960 Sierre")
STRANGER = Person("Somebody Else", phone="+41 79 555 99 99")
Answer = tuple[int, list[tuple[str, str]], bytes]


def journey(world: World, before: Person, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Answer], list[str], list[str]]:
    """File as Maria after `before` has filed: every answer, every statement, the words of both papers."""
    world.database.clean()
    world.announce(before)
    browser = world.browser()
    answers: list[Answer] = []

    def keep() -> None:
        assert browser.page is not None
        answers.append((browser.page.status, masked_headers(browser.page.headers), masked(browser.page.body)))

    with statements(monkeypatch) as seen:
        form = browser.open("/fr/demand/new").form("/demand/new")
        keep()
        check = form.fill(**ANSWERS).submit()
        keep()
        check.form("/demand/new").submit(follow=False)
        keep()
        filed = browser.open("/fr/demand/filed")
        keep()
        papers = [words(browser.open(f"/fr/demand/filed/{name}.pdf").body) for name in ("receipt", "slip")]
        filed.form("/demand/filed/dossier").submit()
        keep()
        browser.open("/fr/dossier/withdraw")
        keep()
    papers = [re.sub(r"VS-\S+|[0-9a-f ]{40,}|\d{4} \d{4}|[\d ]{9,}", "…", paper) for paper in papers]
    return answers, seen, papers


def test_known_and_unknown_get_the_same_answers(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    journey(clean_world, STRANGER, monkeypatch)  # at its first use an engine asks the server for its version
    unknown = journey(clean_world, STRANGER, monkeypatch)
    known = journey(clean_world, KNOWN, monkeypatch)
    for number, (one, other) in enumerate(zip(unknown[0], known[0], strict=True)):
        assert one == other, f"answer {number} differs"
    assert unknown[1] == known[1]
    assert unknown[2] == known[2]
    # The filing itself did take place both times, and only staff learn of the match.
    assert clean_world.count("demand") == 2


def test_the_mask_hides_nothing_else(clean_world: World) -> None:
    """The comparison would notice: the filed pages of two communes differ under the mask."""
    browser = clean_world.browser()
    bodies = []
    for commune in ("6248", "6297"):
        form = browser.open("/fr/demand/new").form("/demand/new").fill(name="A B", commune=commune)
        bodies.append(masked(form.submit().form("/demand/new").submit().body))
    assert bodies[0] != bodies[1]


def test_everyone_is_asked_for_a_reference_without_a_look_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with statements(monkeypatch) as seen:
        page = world.browser().open("/fr/demand/new")
        page.form("/demand/new").fill(name="Maria Nowak").submit()
    assert "Vous avez déjà une référence" in page.text
    assert seen == []
