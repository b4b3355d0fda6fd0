"""What a page of the situation costs, and the time that is announced for it."""

from __future__ import annotations

import pytest

from portal.domain.situation import Relation
from portal.services.page_times import ENOUGH, note_time
from portal.services.situations import add_person
from tests.pages.browser import Browser
from tests.pages.counting import counted
from tests.pages.situations import ROOT, answer, form_on, opened, place
from tests.pages.world import Announced, World

MOST_READ, MOST_SAVED = 10, 20
"""SQL statements of a request: that of showing a page, that of saving one (session and page time included)."""


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def grown(world: World, announced: Announced, browser: Browser) -> None:
    """A household of twenty, sent ten times."""
    for _ in range(19):
        add_person(world.citizen, world.adult(announced), Relation.CHILD)
    for number in range(10):
        answer(browser, "debts", debts=str(number))
        opened(browser, "check").submit()


@pytest.mark.parametrize("large", [False, True])
def test_a_request_asks_the_database_a_bounded_number_of_times(
    world: World, announced: Announced, browser: Browser, large: bool
) -> None:
    if large:
        grown(world, announced, browser)
    with counted(world.citizen) as read:
        page = browser.open(place("debts"))
    with counted(world.citizen) as saved:
        form_on(page).fill(debts="4321").submit(follow=False)
    with counted(world.citizen) as listed:
        browser.open(ROOT)
    with counted(world.citizen) as checked:
        browser.open(place("check"))
    assert 0 < len(read.statements) <= MOST_READ, "\n".join(read.statements)
    assert 0 < len(saved.statements) <= MOST_SAVED, "\n".join(saved.statements)
    assert 0 < len(listed.statements) <= MOST_READ, "\n".join(listed.statements)
    assert 0 < len(checked.statements) <= MOST_READ, "\n".join(checked.statements)


def minutes(browser: Browser) -> str:
    return next(text for text in browser.open(ROOT).text.split(".") if "Encore environ" in text).strip()


def test_the_announced_time_follows_what_was_measured(world: World, browser: Browser) -> None:
    before = minutes(browser)
    with world.citizen.database.transaction() as session:
        for _ in range(ENOUGH - 1):
            note_time(session, "identity", 595)
    assert minutes(browser) == before
    with world.citizen.database.transaction() as session:
        note_time(session, "identity", 595)
    number = [int(word) for word in before.split() if word.isdecimal()]
    assert [int(word) for word in minutes(browser).split() if word.isdecimal()] in ([number[0] + 9], [number[0] + 10])


def test_it_shrinks_with_each_answer(browser: Browser) -> None:
    def left() -> int:
        return next(int(word) for word in minutes(browser).split() if word.isdecimal())

    before = left()
    for name in ("account", "accounts", "debts", "vehicles"):
        answer(browser, name)
    assert left() < before


@pytest.mark.parametrize(("started", "kept"), [("", 0), ("x", 0), ("-5", 0), ("9" * 11, 0), ("9" * 400, 0), ("0", 0)])
def test_a_time_that_cannot_be_is_not_counted(world: World, browser: Browser, started: str, kept: int) -> None:
    assert opened(browser, "debts").fill(debts="1").force(started=started).submit().status == 200
    assert world.count("page_time") == kept


def test_the_time_of_an_answer_is_counted(world: World, browser: Browser) -> None:
    form = opened(browser, "debts").fill(debts="1")
    form.force(started=str(int(form.values["started"]) - 42)).submit()
    assert world.row("SELECT page, seconds, count FROM page_time") == ("debts", 45, 1)
