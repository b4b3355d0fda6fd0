"""The whole intake with JavaScript switched off, by somebody who shares a flat: plain pages, plain lists, nothing hidden."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.intake_hands import (
    Texts,
    at,
    begin,
    box,
    give,
    go_on,
    sendings,
    sent_situation,
    sign_in,
    switch,
    walk,
)
from tests.browser.intake_people import IBAN
from tests.browser.launch import PHONE
from tests.browser.world import World

ANSWERS: dict[str, Texts] = {
    "birth/a": {"born-day": "7", "born-month": "3", "born-year": "2004"},
    "meals": {"shared_meals": "no"},
    "commune": {"commune": "6297"},
    "home": {"home": "rented"},
    "rent": {"rent": "420.55", "charges": "60"},
    "activity/a": {"activity": "training"},
    "incomes/a": {"bursary": "500"},
    "account": {"account_number": IBAN},
}


def test_the_whole_way_without_javascript(open_page: OpenPage, world: World) -> None:
    page = open_page(**{**PHONE, "java_script_enabled": False})
    me = Hands(page, "fr")
    me.go("/demand/new")
    page.locator("#name").fill("Malik Haddad")
    me.button("Vérifier mes réponses").click()
    me.announce()
    filed = me.filed()
    sign_in(me, filed)
    begin(me)
    at(page, "persons")
    give(page, {"relation": "other"})
    me.button("Ajouter").click()
    expect(page.locator(".people li")).to_have_count(2)
    for selector in (".combo", ".session", "[data-save-state]:not(:empty)"):
        expect(page.locator(selector).filter(visible=True)).to_have_count(0)

    gone = walk(me, ANSWERS, until="incomes/a")
    assert ANSWERS.keys() - {"incomes/a", "account"} <= set(gone)
    page.locator("details.more summary").click()  # the rarer incomes
    give(page, {"bursary": "cinq cents"})
    go = me.button("Continuer").last
    go.click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(box(page, "bursary")).to_be_visible()
    expect(box(page, "bursary")).to_have_value("cinq cents")
    switch(page, "de")
    expect(box(page, "bursary")).to_have_value("cinq cents")
    german = Hands(page, "de")
    give(page, {"bursary": "500"})
    box(page, "bursary").press("Enter")  # Enter goes on; it never switches the language
    expect(page.locator("html")).to_have_attribute("lang", "de")
    walk(german, ANSWERS)

    german.heading("Vérifiez vos réponses")
    german.button("Envoyer au centre").click()
    german.heading("Vos réponses sont envoyées")
    german.link("Corriger mes réponses").click()
    page.locator(".summary-change a[href*='/rent']").click()
    at(page, "rent")
    expect(box(page, "rent")).to_have_value("420.55")
    give(page, {"rent": "430"})
    go_on(german)
    german.says("Changé depuis, pas encore envoyé :")
    german.button("Envoyer au centre").click()
    german.heading("Vos réponses sont envoyées")
    expect(page.locator("main del")).to_contain_text("420.55")
    expect(page.locator("main ins")).to_contain_text("430")
    assert sendings(world) == 2
    said = sent_situation(world)
    assert [said[name] for name in ("rent", "commune", "shared_meals")] == ["430.00", 6297, False]
