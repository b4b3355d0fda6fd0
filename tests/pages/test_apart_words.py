"""«I am not safe»: what is said before and after, as `services/apart` does it."""

from __future__ import annotations

import pytest

from tests.pages.browser import Browser
from tests.pages.changes import COUPLE, report
from tests.pages.world import Announced, World

PAGE = "/fr/dossier/not-safe"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def person(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def test_it_says_what_comes_along_what_does_not_and_who_sees_it(person: Browser) -> None:
    text = person.open(PAGE).text
    for words in (
        "Ce que vous avez répondu sur vous-même",
        "Vos annonces de changement : un autre travail",
        "Vos enfants, les autres personnes, le logement",
        "Vos papiers, vos messages",
        "Que faire ?",
        "tous les centres du canton voient votre annonce et votre nom",
    ):
        assert words in text, words


def test_it_is_as_it_says(world: World, person: Browser) -> None:
    """Without a commune every centre sees it; of the answers only the own ones came along, and no report."""
    report(person, "moved", "2026-11-03", rent="900")
    page = person.open(PAGE).form(PAGE).fill(code="shared").submit()
    assert (page.status, page.path.partition("?")[0]) == (200, "/fr/demand/filed")
    for words in ("C’est votre propre dossier", "L’autre personne n’y voit rien de nouveau", "Quitter vite"):
        assert words in page.text, words
    region, candidates, dossier = world.row(
        "SELECT d.region, d.candidate_regions, d.dossier_id FROM demand d JOIN apart a ON a.new_dossier_id = d.dossier_id"
    )
    assert (region, len(candidates)) == (None, 5)
    assert world.row("SELECT count(*) FROM change_report WHERE dossier_id = %s", dossier) == (0,)
    own = page.form("/demand/filed/dossier").submit()
    assert own.path == "/fr/dossier"
    tasks = person.open("/fr/dossier/situation").text
    assert "Nina" not in tasks


def test_an_ordinary_filing_says_nothing_of_it(person: Browser) -> None:
    person.open(PAGE).form(PAGE).fill(code="shared").submit()
    assert "C’est votre propre dossier" not in person.open("/fr/demand/filed").text
