"""A caseworker goes through the pages of a paper: from the list to the pages, page by page with the keyboard, to the note."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.own_checklist_cases import answered
from tests.browser.paperwork import sent
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer


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
