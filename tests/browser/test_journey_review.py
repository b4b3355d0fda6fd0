"""A caseworker goes through the papers that wait: with the keys, and without script; the person reads why in Arabic."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal.domain.document_request import Refusal
from portal.i18n.checklists.words import refusal_words
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import DESK, PHONE
from tests.browser.staff_review_cases import waiting
from tests.browser.visits import BrowserVisit
from tests.browser.world import Known, World
from tests.servers import PortalServer


@pytest.mark.parametrize("script", [True, False], ids=["keys", "no-script"])
def test_a_paper_is_refused_page_by_page(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    page, me, known = at_the_first(open_page, world, live_server, script=script)
    expect(page.locator(".helping")).to_contain_text(known.demand.reference)
    assert overflow(page) == []

    step(page, "n", script=script)
    expect(page.locator("nav.pages")).to_contain_text("Page 2 sur 2")
    words = page.locator("textarea")
    words.fill("")
    words.press_sequentially("an anp")
    expect(words).to_have_value("an anp")  # a key is a letter while somebody writes
    expect(page.locator("nav.pages")).to_contain_text("Page 2 sur 2")
    words.blur()
    if script:
        page.keyboard.press("r")
        expect(page.locator("[name=refusal]")).to_be_focused()
    page.locator("[name=refusal]").select_option(Refusal.CUT_OFF.value)
    me.button("Refuser").click()
    expect(page.locator("h1")).not_to_have_text(re.compile("^Bail"))

    phone = open_page(**{**PHONE, "locale": "ar"}, java_script_enabled=script)
    BrowserVisit(world, phone, live_server.base_url).cookie("citizen", world.visit(known))
    phone.goto("/ar/dossier/checklist")
    expect(phone.locator("main")).to_contain_text(str(refusal_words(Refusal.CUT_OFF, "ar")))
    assert overflow(phone) == []


@pytest.mark.parametrize("script", [True, False], ids=["keys", "no-script"])
def test_enter_in_a_box_never_accepts(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    """The button for accepting stands first, and browsers press the first: Enter refuses, and a refusal wants its reason."""
    page, me, known = at_the_first(open_page, world, live_server, script=script)
    paper = page.locator("h1").inner_text()
    page.locator("[name=wanted_by-day]").press("Enter")
    me.says("Dites pourquoi : la personne doit savoir quoi apporter.")
    expect(page.locator("h1")).to_have_text(paper)
    page.locator("[name=refusal]").select_option(Refusal.CUT_OFF.value)
    page.locator("[name=wanted_by-day]").press("Enter")
    expect(page.locator("h1")).not_to_have_text(paper)
    person = open_page(locale="fr-CH")
    BrowserVisit(world, person, live_server.base_url).cookie("citizen", world.visit(known))
    person.goto("/fr/dossier/checklist")
    expect(person.locator("main")).to_contain_text(str(refusal_words(Refusal.CUT_OFF, "fr")))


def test_keys_that_are_switched_off_do_nothing(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page, me, _ = at_the_first(open_page, world, live_server, script=True)
    me.button("Éteindre les touches").click()
    listening(page)
    page.keyboard.press("n")
    expect(page.locator("nav.pages")).to_contain_text("Page 1 sur 2")
    me.button("Allumer les touches").click()
    listening(page)
    page.keyboard.press("n")
    expect(page.locator("nav.pages")).to_contain_text("Page 2 sur 2")


def test_a_phone_is_told_of_no_keys(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page(**{**PHONE, "locale": "fr-CH"})
    waiting(BrowserVisit(world, page, live_server.base_url), 2)
    page.goto("/staff/papers")
    page.locator("button.open-file").first.click()
    expect(page.get_by_role("button", name="Accepter")).to_be_visible()
    expect(page.locator('[data-keys="help"]:not([hidden])')).to_have_count(1)  # the script has come
    expect(page.get_by_role("heading", name="Au clavier")).to_be_hidden()


def at_the_first(
    open_page: OpenPage, world: World, live_server: PortalServer, *, script: bool
) -> tuple[Page, Hands, Known]:
    """A caseworker before the first of the papers that wait, of two pages; whose it is."""
    page = open_page(**{**DESK, "locale": "fr-CH"}, java_script_enabled=script)
    known = waiting(BrowserVisit(world, page, live_server.base_url), 2)
    page.goto("/staff/papers")
    page.locator("button.open-file").first.click()
    return page, Hands(page, "fr"), known


def listening(page: Page) -> None:
    """The script has come: it shows which keys there are."""
    expect(page.get_by_role("heading", name="Au clavier")).to_be_visible()


def step(page: Page, key: str, *, script: bool) -> None:
    """By the key, else by the link that it stands for."""
    if script:
        listening(page)
        page.keyboard.press(key)
    else:
        page.locator(f"[data-key={key}]").click()
