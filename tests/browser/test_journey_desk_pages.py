"""A caseworker goes through the pages of a paper, from the list to the note; and reads the page of a household."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import overflow
from tests.browser.interview_cases import couple, noted, place
from tests.browser.launch import PHONE
from tests.browser.own_checklist_cases import answered
from tests.browser.paperwork import sent
from tests.browser.people import URGENT
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer

BOXES: Final = "parts => parts.map(part => part.getBoundingClientRect()).map(a => [a.left, a.right, a.top, a.bottom])"

LINES: Final = (
    "one => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects().length; }"
)


def test_from_the_list_to_the_note(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page()
    visit = BrowserVisit(world, page, live_server.base_url)
    known = answered(visit)
    sent(visit, known, "lease", 2)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist")
    page.locator("#new").get_by_role("link", name="Bail de votre logement").click()
    first, second = page.locator("img.sheet").all()
    for image in (first, second):
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 500
    page.get_by_role("link", name="Page 1 sur 2 : voir en grand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page 1 sur 2")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page 2 sur 2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page 1 sur 2")
    page.get_by_role("link", name="Toutes les pages").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Copie à emporter (PDF)").click()
    assert waiting.value.suggested_filename == "lease.pdf"
    page.get_by_label("Accepté").check()
    page.get_by_role("button", name="Noter").click()
    expect(page.locator("#new")).to_have_count(0)


def test_a_household_is_read_in_one_column_and_in_two(
    open_page: OpenPage, world: World, live_server: PortalServer
) -> None:
    """What is first, who has it and by when, the work, the rest: in that order, and the facts beside where there is room."""
    page = open_page()
    visit = BrowserVisit(world, page, live_server.base_url)
    known = world.file(URGENT)
    at_the_desk(visit, "anna.demo")
    visit.get(f"/staff/demands/{known.demand.id}")
    parts = page.locator(".desk-file > *")
    expect(parts).to_have_count(4)
    for width in (320, 1023):
        page.set_viewport_size({"width": width, "height": 740})
        boxes = parts.evaluate_all(BOXES)
        assert all(above[3] < below[2] for above, below in pairwise(boxes)), width
        assert not overflow(page), width
    for width in (1024, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        first, facts, work, rest = parts.evaluate_all(BOXES)
        assert first[1] < facts[0], width
        assert work[1] < rest[0], width
        assert max(abs(first[2] - facts[2]), abs(work[2] - first[3] - 24), abs(rest[2] - facts[3] - 24)) < 1, width
        assert not overflow(page), width
    page.locator(".first-steps").get_by_role("link", name="Aide urgente demandée").click()
    expect(page.locator("#said")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["fr", "de"])
def test_on_a_small_phone_no_heading_of_a_list_is_broken_and_a_date_is_one_row(
    open_page: OpenPage, world: World, live_server: PortalServer, language: str
) -> None:
    page = open_page(**PHONE)
    visit = BrowserVisit(world, page, live_server.base_url, language)
    known = couple(visit)
    visit.get(place(known))
    tops = page.locator(".tool .date-part").evaluate_all(BOXES)
    assert len({top for _left, _right, top, _bottom in tops[:3]}) == 1
    noted(visit, known)
    visit.get("/staff/interviews")
    labels = page.locator(".cell-label").filter(visible=True)
    assert labels.count() == 3
    for label in labels.all():
        assert label.evaluate(LINES) <= len((label.text_content() or "").split()), "between words only"
