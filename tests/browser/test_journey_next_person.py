"""Two walk-ins one after the other on the same machine: after «next person» the Back button shows nothing of the first one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from portal.domain.demand import Announcement, Person
from tests.browser.hands import Hands
from tests.browser.launch import DESK, MISSING, PHONE, chromium, launch
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import BrowserVisit
from tests.browser.world import SIERRE, World
from tests.servers import PortalServer

FIRST, SECOND = "Amina Haddad", "Bruno Salamin"
WAYS = [(DESK, True), (DESK, False), (PHONE, True), (PHONE, False)]


@pytest.fixture
def keeping(live_server: PortalServer) -> Iterator[Any]:
    """`keeping(**options)`: a page of a browser that keeps whole pages for Back, as people's browsers do."""
    if chromium() is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = launch(playwright, keeps_pages=True)

        def open_page(**options: Any) -> Page:
            context = browser.new_context(base_url=live_server.base_url, locale="fr-CH", **options)
            context.set_default_timeout(8000)
            return context.new_page()

        yield open_page
        browser.close()


def nothing_of(page: Page, *words: str) -> None:
    """Neither in sight nor in the source, the title or the address."""
    source = f"{page.content()} {page.title()} {page.url}"
    assert not [word for word in words if word in source]


def back(page: Page) -> None:
    """The Back button; a page that is kept whole answers nothing."""
    page.go_back(wait_until="load")


@pytest.mark.parametrize(("screen", "script"), WAYS, ids=["desk", "desk-no-script", "phone", "phone-no-script"])
def test_two_walk_ins_on_one_machine(
    keeping: Any, world: World, live_server: PortalServer, screen: dict[str, Any], script: bool
) -> None:
    first = world.file(Announcement(Person(FIRST), "ar", SIERRE))
    second = world.file(Announcement(Person(SECOND), "fr", SIERRE))
    page = keeping(**screen, java_script_enabled=script)
    me, band = Hands(page, "fr"), page.locator(".helping")
    at_the_desk(BrowserVisit(world, page, live_server.base_url))
    secrets = (FIRST, first.demand.reference)

    # The first one: opened by name, a code made, the form filled in with her.
    page.goto("/staff/")
    expect(band).to_contain_text("Aucun dossier n’est ouvert.")
    page.get_by_role("button", name=FIRST).click()
    expect(band).to_contain_text(FIRST)
    demand = page.url
    assert page.title().startswith("La demande")
    tool = page.locator("details.tool", has_text="Transmettre à un autre centre")
    tool.locator("summary").click()
    page.goto(f"{demand}/adults")
    page.locator("label[for=present-0]").click()
    page.locator("form[action$='/help']").get_by_role("button").click()
    expect(band).to_contain_text("Vous remplissez avec")
    form = page.url
    page.goto(f"{demand}")
    late = page.context.new_page()  # a second tab, which nobody closes
    late.goto(demand)
    late.locator("details.tool", has_text="Transmettre à un autre centre").locator("summary").click()
    late.locator("[name=region]").select_option("martigny")
    late.locator("#pass-on-reason").fill("Note")

    # She leaves; the next one sits down.
    band.get_by_role("button", name="Personne suivante").click()
    expect(band).to_contain_text("Aucun dossier n’est ouvert.")
    nothing = (first.demand.reference,)
    for _ in range(4):
        back(page)
        if page.url.endswith("/staff/"):
            break  # the list names everybody of the centre
        me.heading("Ce dossier n’est pas ouvert") if "/form/" not in page.url else None
        nothing_of(page, *secrets)
        expect(band).to_contain_text("Aucun dossier n’est ouvert.")
    page.goto(demand)
    me.heading("Ce dossier n’est pas ouvert")
    nothing_of(page, *nothing, FIRST)
    page.goto(form)
    expect(page).to_have_url(f"{live_server.base_url}/staff/")  # with nobody: back to the start
    late.get_by_role("button", name="Transmettre", exact=True).click()
    expect(late.locator("h1")).to_have_text("Cette page était trop vieille")
    with world.database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM demand WHERE region = 'martigny'").fetchone() == (0,)
    late.close()

    # The second one, and Back to the first one's address while he sits there.
    page.goto("/staff/")
    page.get_by_role("button", name=SECOND).click()
    expect(band).to_contain_text(SECOND)
    page.goto(demand)
    me.heading("Ce dossier n’est pas ouvert")
    nothing_of(page, *secrets)
    expect(band).to_contain_text(SECOND)
    me.link("Retour au début").click()
    expect(page.locator("h1")).to_have_text("Chercher un dossier")
    expect(band).to_contain_text(second.demand.reference)


@pytest.mark.parametrize("address", ["/staff/demands/new", "/staff/dossiers/new"])
def test_half_a_form_of_the_first_one_is_gone(
    keeping: Any, world: World, live_server: PortalServer, address: str
) -> None:
    """Browsers bring back what stood in the fields, even of a page that they ask for anew: these forms say no."""
    page = keeping(**DESK)
    at_the_desk(BrowserVisit(world, page, live_server.base_url))
    page.goto(address)
    page.locator("#name").fill(FIRST)
    page.locator(".helping").get_by_role("button", name="Personne suivante").click()
    expect(page.locator("h1")).to_have_text("Chercher un dossier")
    back(page)
    expect(page.locator("#name")).to_have_value("")
    page.goto(address)
    expect(page.locator("#name")).to_have_value("")
