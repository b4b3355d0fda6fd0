"""The estimate's result where a hand has opened it, on paper, in the picture, and with forced colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import estimate_people
from tests.browser.conftest import OpenPage
from tests.browser.launch import PHONE
from tests.browser.test_look import inspect
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer

OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


@pytest.fixture
def result(open_page: OpenPage, world: World, live_server: PortalServer) -> Page:
    """The fullest result, in French, on a phone."""
    page = open_page(**PHONE)
    estimate_people.show(BrowserVisit(world, page, live_server.base_url), estimate_people.EVERYBODY)
    return page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_everything_opened(open_page: OpenPage, world: World, live_server: PortalServer, language: str) -> None:
    page = open_page(**PHONE)
    visit = BrowserVisit(world, page, live_server.base_url, language)
    found: list[str] = []
    for step in ("people", "work", "income", "money", "result"):
        estimate_people.show(visit, estimate_people.EVERYBODY, step)
        page.evaluate(OPEN_ALL)
        found += inspect(page, step)
    assert not found, "\n".join(found)


def test_paper_holds_the_figure_and_no_button(result: Page) -> None:
    result.emulate_media(media="print")
    for hidden in (".quick", ".top", ".foot", "main .button", "main input"):
        assert result.locator(hidden).filter(visible=True).count() == 0, hidden
    for shown in (".panel .big", ".bars svg", "[data-line]", ".sum-total"):
        assert result.locator(shown).filter(visible=True).count() > 0, shown


def test_the_bars_are_as_long_as_the_amounts(result: Page) -> None:
    """What is sure never reaches further than what is possible, and no bar leaves its frame."""
    bars: list[list[float]] = result.evaluate(
        """() => [...document.querySelectorAll("svg.bar")].map((bar) => ["rect", ".maybe", ".sure"].map(
                 (part) => bar.querySelector(part).getBoundingClientRect().width))"""
    )
    assert len(bars) == 6, "two budgets with three bars each"
    for whole, most, sure in bars:
        assert 0 <= sure <= most + 0.5 <= whole + 1


def test_every_target_is_big_enough_for_a_finger(result: Page) -> None:
    small: list[str] = result.evaluate(
        """() => [...document.querySelectorAll("main summary, main button, main input:not([type=hidden])")]
                 .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 44)
                 .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert not small, "\n".join(small)
