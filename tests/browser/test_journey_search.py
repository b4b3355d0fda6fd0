"""At the counter, in German: «Mueller» finds Müller, «Mohamed Al Ali» finds the Arabic name, and the other way round."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from portal.domain.demand import Announcement, Person
from tests.browser.conftest import OpenPage
from tests.browser.launch import DESK
from tests.browser.people import ARABIC, FOUND
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import BrowserVisit
from tests.browser.world import SIERRE, VISP, World
from tests.servers import PortalServer


def look_for(page: Page, name: str) -> None:
    page.get_by_label("Name oder Referenznummer").fill(name)
    page.get_by_role("button", name="Suchen").click()
    expect(page).to_have_url(re.compile("/staff/search$"))


def test_a_walk_in_is_found_however_the_name_is_written(
    open_page: OpenPage, world: World, live_server: PortalServer
) -> None:
    hans = world.file(Announcement(Person(FOUND, birth_year=1984, unreachable=True), "de", SIERRE))
    mohamed = world.file(Announcement(Person(ARABIC, unreachable=True), "ar", SIERRE))
    latin = world.file(Announcement(Person("Mohamed Al Ali", unreachable=True), "fr", SIERRE))
    world.file(Announcement(Person(FOUND, unreachable=True), "de", VISP))
    page = open_page(**DESK)
    at_the_desk(BrowserVisit(world, page, live_server.base_url, "de"))
    page.goto("/staff/")
    rows = page.locator("tbody tr")

    look_for(page, "mueller")
    expect(rows).to_have_count(1)  # the one of Visp is another centre's
    expect(rows.first).to_contain_text("Ein Teil des Namens")
    for typed in ("Mohamed Al Ali", ARABIC):
        look_for(page, typed)
        expect(rows).to_have_count(2)
        expect(rows.filter(has_text=mohamed.demand.reference)).to_have_count(1)
        expect(rows.filter(has_text=latin.demand.reference)).to_contain_text("Mohamed Al Ali")

    look_for(page, hans.demand.reference.lower().replace("-", " "))
    page.get_by_role("button", name=FOUND).click()
    expect(page.locator("h1")).to_have_text(FOUND)

    page.get_by_role("link", name="Suchen").click()
    look_for(page, "Zoé Perdue")
    expect(page.get_by_text("Kein Dossier gefunden")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Gesuch erfassen").click()
    expect(page.locator("[name=name]")).to_have_value("Zoé Perdue")
    assert "Perdue" not in page.url
