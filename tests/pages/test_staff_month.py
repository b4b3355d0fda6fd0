"""The monthly rhythm at the desk: who said what, and a day for papers that is set, changed and taken away."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.demand import Person
from portal.services.monthly.rhythm import nothing_changed
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World
from tests.services.households import second_adult


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def month(desk: Browser, announced: Announced) -> Page:
    return desk.open(f"/staff/dossiers/{announced.view.dossier_id}/month")


def test_each_adult_has_a_column(world: World, announced: Announced, desk: Browser) -> None:
    second_adult(world, announced)
    nothing_changed(world.citizen, world.adult(announced), date(2026, 11, 1), world.clock.now())
    page = month(desk, announced)
    for words in ("Jeanne Dupont", "Paul Second", "Novembre 2026", "Dit le 10.11.2026 à 10:00.", "Rien noté"):
        assert words in page.text, words
    assert f"/staff/demands/{announced.id}" in page.links()


def test_a_day_is_set_changed_and_taken_away(world: World, announced: Announced, desk: Browser) -> None:
    page = month(desk, announced)
    assert "Aucun jour fixé : le portail n’en rappelle aucun." in page.text
    page = page.form("/month").fill(day="5").submit()
    assert page.status == 200
    assert page.form("/month").values["day"] == "5"
    assert page.text.count("Jusqu’au 5 de chaque mois.") == 2
    world.clock.forward(minutes=1)
    page = page.form("/month").fill(day="none").submit()
    assert "le portail n’en rappelle aucun" in page.text
    assert world.row("SELECT array_agg(value ORDER BY sequence) FROM dossier_term") == ([5, None],)


@pytest.mark.parametrize("day", ["0", "29", "", "x", "-1", "٥"])
def test_what_is_no_day_is_refused(world: World, announced: Announced, desk: Browser, day: str) -> None:
    page = month(desk, announced).form("/month").force(day=day).submit()
    assert page.status == 422
    assert "Choisissez un jour de la liste." in page.text
    assert world.count("dossier_term") == 0


def test_an_adult_without_a_name(world: World) -> None:
    nameless = world.announce(Person(None, phone="+41 79 555 00 09"))
    assert "Nom à dire au guichet" in month(world.desk("sierre"), nameless).text


def test_another_centre_finds_nothing(world: World, announced: Announced) -> None:
    other = world.desk("oberwallis")
    assert month(other, announced).status == 404
    assert world.desk("sierre").open("/staff/dossiers/00000000-0000-4000-8000-000000000000/month").status == 404
