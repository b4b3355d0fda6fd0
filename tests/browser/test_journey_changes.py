"""A new job reported in Portuguese on a phone: few taps, with and without JavaScript, and one photo of the contract."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.changes_cases import LEFT
from tests.browser.conftest import OpenPage
from tests.browser.launch import PHONE
from tests.browser.situation_cases import at_home
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.pages.sent_papers import page as picture
from tests.servers import PortalServer

MOST_TAPS = 8
"""Every press of a button, a link or a box; typing is counted apart."""
MOST_BOXES = 4
"""Day, month and year of the first working day, and the wage."""


class Fingers:
    """Somebody at a phone, who counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.boxes = page, 0, 0

    def tap(self, selector: str) -> None:
        """Press something."""
        self.taps += 1
        self.page.locator(selector).first.click()

    def type(self, name: str, text: str) -> None:
        """Fill a box in."""
        self.boxes += 1
        self.page.locator(f"[name='{name}']").fill(text)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_new_job_in_portuguese(
    open_page: OpenPage, world: World, live_server: PortalServer, s3: object, script: bool
) -> None:
    assert s3
    page = open_page(**{**PHONE, "java_script_enabled": script})
    visit = BrowserVisit(world, page, live_server.base_url, "pt")
    at_home(visit, LEFT)
    me = Fingers(page)
    page.goto("/pt/dossier/changes")
    me.tap("a[href$='/changes/new']")
    me.tap("label[for=kind-new_job]")
    me.tap("main .reveal[data-shows*=new_job] button")  # it comes with the tick, or stands there
    me.tap("label[for=new_job-who-1]")  # the spouse
    for part, text in (("day", "2"), ("month", "11"), ("year", "2026")):
        me.type(f"new_job-since-{part}", text)
    me.type("new_job-amount", "2100")
    if script:  # a reload, and Back, find everything as it was typed
        page.reload()
        expect(page.locator("[name='new_job-amount']")).to_have_value("2100")
    me.tap("main .actions button.button-primary")
    expect(page.locator("#effect")).to_be_visible()
    me.tap("main button[name=_send]")
    expect(page).to_have_url(re.compile(r"/pt/dossier/changes/[a-z]{10}$"))
    expect(page.locator("html")).to_have_attribute("lang", "pt")
    expect(page.locator(".qr svg")).to_be_visible()
    me.tap("#papers a[href*=work_contract]")  # straight on to the photo
    assert me.taps <= MOST_TAPS, f"{me.taps} taps"
    assert me.boxes <= MOST_BOXES
    chooser = page.locator("#photo")
    chooser.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(600, 800)})
    if not script:
        page.locator("#upload [data-plain] button").click()
    expect(page.locator("[data-state] [data-file]").filter(visible=True)).to_have_count(1, timeout=15_000)
    page.goto("/pt/dossier/changes")
    expect(page.locator("main h3 a")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") or not script


def test_back_from_the_receipt_and_sending_again_is_one_report(
    open_page: OpenPage, world: World, live_server: PortalServer
) -> None:
    page = open_page(**PHONE)
    visit = BrowserVisit(world, page, live_server.base_url, "fr")
    at_home(visit, LEFT)
    page.goto("/fr/dossier/changes/new")
    page.locator("label[for=kind-moved]").click()
    page.locator("main .reveal[data-shows*=moved] button").last.click()
    for part, text in (("day", "2"), ("month", "11"), ("year", "2026")):
        page.locator(f"[name='moved-since-{part}']").fill(text)
    page.locator("[name='moved-rent']").fill("900")
    page.locator("main .actions button.button-primary").click()
    page.locator("main button[name=_send]").first.dblclick()
    expect(page).to_have_url(re.compile(r"/changes/[a-z]{10}$"))
    sent = page.url
    page.go_back()
    expect(page.locator("main button[name=_send]").first).to_be_visible()
    page.locator("main button[name=_send]").first.click()
    expect(page).to_have_url(sent)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_go_on_the_keyboard_goes_on_and_adds_nothing(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    """Browsers press the first button of a form for it, and the first that is seen here adds the same change once more."""
    page = open_page(**{**PHONE, "java_script_enabled": script})
    at_home(BrowserVisit(world, page, live_server.base_url, "fr"), LEFT)
    page.goto("/fr/dossier/changes/new")
    page.locator("label[for=kind-new_job]").click()
    page.locator("main .reveal[data-shows*=new_job] button").first.click()
    page.locator("label[for=new_job-who-1]").click()
    for part, text in (("day", "2"), ("month", "11"), ("year", "2026")):
        page.locator(f"[name=new_job-since-{part}]").fill(text)
    page.locator("[name=new_job-amount]").press("Enter")
    expect(page.locator("#effect")).to_be_visible()
