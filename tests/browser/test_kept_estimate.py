"""An estimate that goes along with a demand is never unseen: after a reload its box is there, and a refusal stays one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.estimate_hands import go_on, home, to_the_result, until_kept
from tests.browser.hands import Hands
from tests.browser.launch import PHONE
from tests.browser.world import World

BOX = "[data-attached=estimate]"


def begun(page: Page) -> Hands:
    """A demand that begins with an estimate."""
    me = Hands(page, "fr")
    to_the_result(me)
    go_on(me, "Annoncer ma demande avec ces réponses")
    me.heading("Annoncer ma demande")
    expect(page.locator(BOX)).to_be_visible()
    return me


@pytest.mark.parametrize("refused", [True, False])
def test_a_reload_shows_what_goes_along(open_page: OpenPage, world: World, refused: bool) -> None:
    page = open_page(**PHONE)
    me = begun(page)
    if refused:
        me.choice("Ne pas joindre mes réponses de l’estimation").tap()
    page.reload()
    me.heading("Annoncer ma demande")
    expect(page.locator(BOX)).to_be_visible()
    expect(page.locator("#without_estimate")).to_be_checked(checked=refused)
    me.forward()
    page.locator("#name").fill("Odette Rey")
    me.forward(4)
    me.button("Vérifier mes réponses").click()
    me.heading("Vérifiez, puis annoncez")
    me.says("Pas jointes" if refused else "Jointes, chiffrées")
    me.announce()
    me.filed()
    page.goto(page.url.split("/demand")[0] + "/demand/new")
    expect(page.locator(BOX)).to_be_hidden()


def test_what_was_typed_and_not_sent_comes_back(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    home(me)
    go_on(me)
    me.heading("Permis et travail")
    until_kept(page, "work")
    page.locator("#a-permit").select_option("b")
    page.reload()
    me.heading("Permis et travail")
    expect(page.locator("#a-permit")).to_have_value("b")
    expect(page.locator("[data-shows='a-permit=b|c|l']")).to_be_visible()
