"""The pages that are opened most ask no question twice and open nothing twice; how often they ask is bounded."""

from __future__ import annotations

import pytest

from tests.pages.browser import Browser
from tests.pages.counting import Cost, counted
from tests.pages.situations import answer, opened
from tests.pages.test_staff_summary import SAID
from tests.pages.world import Announced, World

DOSSIER, DEMAND, BOARD = 17, 23, 10
"""SQL statements of each page, that of the visit included."""


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


def cost_of(world: World, browser: Browser, path: str) -> Cost:
    """Of a page that was shown before: its first opening may be dated."""
    assert browser.open(path).status == 200
    with counted(browser.app.extensions["kit"]) as cost:
        assert browser.open(path).status == 200
    assert cost.statements
    assert not cost.twice, "\n".join(cost.twice)
    return cost


def sent(world: World) -> tuple[Announced, Browser]:
    """A household that has answered and sent, with the papers that are asked for since."""
    announced = world.announce()
    browser = world.visit(announced)
    answer(browser, "debts", debts="100")
    opened(browser, "check").submit()
    return announced, browser


def test_the_dossier_opens_the_answers_once(world: World) -> None:
    _, browser = sent(world)
    cost = cost_of(world, browser, "/fr/dossier")
    assert len(cost.statements) <= DOSSIER, "\n".join(cost.statements)
    assert cost.transactions == 0
    assert sum(one.startswith("situation_draft/") for one in cost.opened) == 2  # the household's, and the own row
    assert sum(one.startswith("situation_snapshot/") for one in cost.opened) == 1


def test_the_first_look_at_the_dossier(world: World) -> None:
    """Nothing was answered: what the demand says stands for the answers."""
    cost = cost_of(world, world.visit(world.announce()), "/fr/dossier/checklist")
    assert len(cost.statements) <= DOSSIER, "\n".join(cost.statements)
    assert cost.transactions == 0


@pytest.mark.parametrize("answers", ["none", "of an estimate", "sent"])
def test_one_demand_at_the_desk(world: World, answers: str) -> None:
    announced = sent(world)[0] if answers == "sent" else world.announce(situation=SAID if answers != "none" else None)
    world.announce()  # perhaps the same person
    cost = cost_of(world, world.desk("sierre"), f"/staff/demands/{announced.id}")
    assert len(cost.statements) <= DEMAND, "\n".join(cost.statements)
    assert cost.transactions == 1  # every opening is audited
    assert sum(one.startswith("situation_snapshot/") for one in cost.opened) == (answers == "sent")
    assert sum(one.startswith("demand/") for one in cost.opened) == 1


def test_the_first_opening_of_a_demand_shows_its_date(world: World) -> None:
    """It is dated first and read again then: the page shows the state that it has just made."""
    announced = world.announce()
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}")
    assert "Ouverte" in page.text
    assert world.row("SELECT opened_at FROM demand WHERE id = %s", announced.id) == (world.clock.now(),)


@pytest.mark.parametrize("demands", [1, 31])
def test_the_board_asks_as_often_for_many_demands(world: World, demands: int) -> None:
    for _ in range(demands):
        world.announce()
    cost = cost_of(world, world.desk("sierre"), "/staff/")
    assert len(cost.statements) <= BOARD, "\n".join(cost.statements)
    assert cost.transactions == 1
    assert not cost.opened
