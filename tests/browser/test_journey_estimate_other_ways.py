"""The estimate without script, from right to left, at 400 %, with the keyboard alone, and in a tab that has grown old."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import estimate_people
from tests.browser.conftest import OpenPage
from tests.browser.estimate_hands import RANGE, go_on, home, in_path, to_the_result
from tests.browser.hands import Hands, overflow
from tests.browser.launch import DESK, PHONE
from tests.browser.test_journey_arabic import looks_right_to_left
from tests.browser.test_journey_keyboard import choose_with_arrows, focus_shows, tab_to
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer


def test_the_whole_path_without_javascript(open_page: OpenPage) -> None:
    page = open_page(**{**PHONE, "java_script_enabled": False})
    me = Hands(page, "fr")
    to_the_result(me, script=False)
    expect(page.locator(".panel .big").first).to_have_text(RANGE)
    page.locator("#what-rent").fill("1000")
    me.button("Voir l’effet").tap()
    expect(page.locator("#what-if-effect")).to_contain_text(re.compile("1’397 à CHF.2’061"))
    page.locator("button[name=_edit][value=work]").tap()
    me.heading("Permis et travail")
    expect(page.locator("#a-state-0, #a-years").first).to_be_visible()  # nothing waits for a script
    me.button("Retour").tap()
    me.heading("Chez vous")
    expect(page.locator("#age")).to_have_value("40")
    go_on(me, "Voir l’estimation")
    me.heading("Votre estimation")
    me.button("Annoncer ma demande avec ces réponses").first.tap()
    me.heading("Annoncer ma demande")
    expect(page.locator("#commune")).to_have_value("6248")
    page.locator("#name").fill("Odette Rey")
    me.button("Vérifier mes réponses").tap()
    me.says("Jointes, chiffrées")
    me.announce()
    me.filed()


def test_from_right_to_left_at_360(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page(**{**PHONE, "locale": "ar"})
    me = Hands(page, "ar")
    visit = BrowserVisit(world, page, live_server.base_url, "ar")
    me.go("/estimate")
    looks_right_to_left(page)
    page.locator("#age").fill("٤٠")
    page.locator("#children").fill("١")
    go_on(me)
    me.heading("Les personnes")
    expect(page.locator("#c1-age")).to_have_attribute("dir", "ltr")
    for step in ("people", "work", "income", "money", "result"):
        estimate_people.show(visit, estimate_people.EVERYBODY, step)
        in_path(page, step)
        looks_right_to_left(page)
    for summary in page.locator("main details summary").all()[:12]:
        summary.tap()
    assert overflow(page) == []


@pytest.mark.parametrize("language", ["fr", "de", "ar"])
def test_at_400_percent_nothing_has_to_be_scrolled_sideways(
    open_page: OpenPage, world: World, live_server: PortalServer, language: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 256}, locale=None)
    visit = BrowserVisit(world, page, live_server.base_url, language)
    for step in ("home", "people", "work", "income", "money", "result"):
        estimate_people.show(visit, estimate_people.EVERYBODY, step)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert overflow(page) == [], step
    estimate_people.imagine(visit, estimate_people.EVERYBODY, rent="1500", children="0")
    assert overflow(page) == []


def test_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(**DESK)
    me = Hands(page, "fr")
    me.go("/estimate")
    page.locator("#main").focus()
    choose_with_arrows(page)
    tab_to(page, me.words("Votre âge"))
    page.keyboard.type("40")
    page.keyboard.press("Enter")  # in a box: on to the next page, never the language menu
    me.heading("Permis et travail")
    page.locator("#main").focus()
    tab_to(page, me.words("Nationalité ou permis de séjour"), selector="select")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#a-permit")).to_have_value("swiss")
    tab_to(page, me.words("Continuer"), selector=".actions button.button-primary")
    page.keyboard.press("Enter")
    me.heading("Ce qui rentre par mois")
    page.locator("#main").focus()
    tab_to(page, me.words("Salaire net"), selector="input")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#a-wage")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    me.heading("Le logement et l’argent")
    page.locator("#main").focus()
    tab_to(page, me.words("Je paie un loyer"))
    page.keyboard.press("Space")
    tab_to(page, me.words("Loyer par mois, sans les charges"), selector="input")
    page.keyboard.type("900")
    page.keyboard.press("Enter")
    me.heading("Votre estimation")
    expect(page.locator(".panel .big").first).to_have_text(RANGE)
    page.locator("#main").focus()
    tab_to(page, me.words("Loyer"), most=40, selector="details.line summary")
    page.keyboard.press("Enter")
    expect(page.locator("details.line[open]")).to_have_count(1)
    tab_to(page, me.words("Loyer par mois, sans les charges"), most=40, selector="input")
    focus_shows(page)
    page.keyboard.press("Control+A")
    page.keyboard.type("1000")
    expect(page.locator("#what-if-effect")).to_contain_text(re.compile("1’397 à CHF.2’061"))


def test_an_old_tab_loses_nothing(open_page: OpenPage) -> None:
    """The cookie has gone: one more press, and everything is there."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    home(me)
    page.context.clear_cookies()
    go_on(me)
    me.says("Appuyez encore une fois : vos réponses sont là")
    expect(page.locator("#age")).to_have_value("40")
    expect(page.locator("#commune")).to_have_value(re.compile("^Sierre"))
    go_on(me)
    me.heading("Permis et travail")


def test_an_old_tab_with_the_result(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    page.context.clear_cookies()
    page.locator("#what-rent").fill("1000")
    page.wait_for_timeout(900)
    me.button("Voir l’effet").tap()
    me.says("Appuyez encore une fois")
    expect(page.locator("#what-rent")).to_have_value("1000")
    me.button("Voir l’effet").tap()
    expect(page.locator("#what-if-effect")).to_contain_text(re.compile("1’397 à CHF.2’061"))
