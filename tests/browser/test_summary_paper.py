"""The summary for the centre on paper: one A4 page, also of ten persons with two budgets."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import OpenPage
from tests.browser.staff_summary_cases import ALONE, LARGE, MARRIED, TWO, show
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer


@pytest.mark.parametrize("language", ["fr", "de"])
def test_it_is_one_page(open_page: OpenPage, world: World, live_server: PortalServer, language: str) -> None:
    page = open_page()
    for said in (LARGE, MARRIED, TWO, ALONE):
        show(BrowserVisit(world, page, live_server.base_url, language), said)
        paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        assert len(paper.pages) == 1


def test_paper_holds_the_answers_and_no_button(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page()
    show(BrowserVisit(world, page, live_server.base_url, "fr"), LARGE)
    page.emulate_media(media="print")
    for hidden in (".top", ".foot", "main .button", "main details"):
        assert page.locator(hidden).filter(visible=True).count() == 0, hidden
    assert page.locator(".card").filter(visible=True).count() == 7
    assert page.locator(".sum-total").filter(visible=True).count() == 2, "two budgets"
