"""The checklist where a hand has opened it, on paper, and for a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import checklist_cases
from tests.browser.conftest import OpenPage
from tests.browser.estimate_people import EVERYBODY
from tests.browser.launch import PHONE
from tests.browser.test_look import inspect
from tests.browser.test_look_estimate import OPEN_ALL
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer


@pytest.fixture
def listed(open_page: OpenPage, world: World, live_server: PortalServer) -> Page:
    """A long list, in French, on a phone."""
    page = open_page(**PHONE)
    checklist_cases.show(BrowserVisit(world, page, live_server.base_url), EVERYBODY)
    return page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_everything_opened(open_page: OpenPage, world: World, live_server: PortalServer, language: str) -> None:
    page = open_page(**PHONE)
    checklist_cases.show(BrowserVisit(world, page, live_server.base_url, language), EVERYBODY)
    page.evaluate(OPEN_ALL)
    assert not inspect(page, "checklist")


def test_on_paper_every_row_is_listed_and_no_button_is_left(listed: Page) -> None:
    rows = listed.locator("[data-paper]")
    assert rows.count() > 15
    assert listed.locator(".told").filter(visible=True).count() == 0
    listed.emulate_media(media="print")
    listed.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".quick", ".top", ".foot", "main .button", "main input"):
        assert listed.locator(hidden).filter(visible=True).count() == 0, hidden
    assert listed.locator("[data-paper] .line-name").filter(visible=True).count() == rows.count()
    assert listed.locator(".told").filter(visible=True).count() == 0, "a page of paper for each person, not twenty"
    listed.evaluate("dispatchEvent(new Event('afterprint'))")
    assert listed.locator(".maybe[open]").count() < listed.locator(".maybe").count()


def test_every_row_is_big_enough_for_a_finger(listed: Page) -> None:
    small: list[str] = listed.evaluate(
        """() => [...document.querySelectorAll("main summary, main button")]
                 .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 44)
                 .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert not small, "\n".join(small)
