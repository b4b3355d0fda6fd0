"""A name in another script stands beside its Latin letters on every page of the desk, above all before two files are merged."""

from __future__ import annotations

import pytest

from portal.domain.demand import Person
from tests.pages.browser import Browser
from tests.pages.test_answer_marks import COUPLE, helped
from tests.pages.world import Announced, World
from tests.services.threads import write

NAME, LATIN = "ሰላም ተስፋይ", "Selam Tesfay"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(Person(NAME, latin_name=LATIN), situation=COUPLE)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def places(text: str) -> int:
    """How often the name has its Latin letters behind it."""
    close = "".join(text.replace("(", "").split())
    name, latin = NAME.replace(" ", ""), LATIN.replace(" ", "")
    assert close.count(name) == close.count(f"{name}{latin}"), "the name alone"
    return close.count(latin)


def test_before_two_files_are_merged(world: World, announced: Announced, desk: Browser) -> None:
    other = world.announce()
    page = desk.open(f"/staff/demands/{announced.id}/file")
    assert places(page.text) > 1, "the band and the page"
    page = page.form("/file/compare").fill(reference=other.reference).submit()
    assert places(page.text) > 2, "the band, the table and the list of persons"


def test_messages(world: World, announced: Announced, desk: Browser) -> None:
    write(world, world.adult(announced), "Une question")
    assert places(desk.open("/staff/messages").text) == 1
    thread = desk.open(f"/staff/dossiers/{announced.view.dossier_id}/messages").text
    assert places(thread) > 0


@pytest.mark.parametrize("page", ["", "/adults", "/rights", "/interview", "/missing", "/summary"])
def test_pages_of_a_household(announced: Announced, desk: Browser, page: str) -> None:
    assert places(desk.open(f"/staff/demands/{announced.id}{page}").text) > 1, "more than the band"


def test_the_form_of_the_person(world: World, announced: Announced) -> None:
    assert places(helped(world, announced).open("/staff/form/fr/dossier/situation").text) == 1
