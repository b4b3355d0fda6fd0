"""The box for the commune: a name that is not in the list is neither lost nor in the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import DESK, PHONE

HINT = "Tapez les premières lettres, en français ou en allemand."
UNLISTED = "« {name} » n’est pas une commune de la liste. Choisissez un nom, ou continuez sans."
NOT_IN_VALAIS = "Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas »."


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_an_unknown_name_is_said_and_stays(open_page: OpenPage, language: str) -> None:
    page = open_page(**PHONE)
    me = Hands(page, language)
    said = me.words(UNLISTED).replace("{name}", "Paris")
    me.go("/demand/new#step-name")
    page.locator("#name").fill("Odette Rey")
    me.forward()
    box, status = page.get_by_role("combobox"), page.locator("#step-place").get_by_role("status")
    expect(box).to_have_accessible_description(re.compile(re.escape(me.words(HINT))))
    box.fill("Paris")
    me.forward()
    me.at_step("place")  # once: the person must have seen it
    expect(status).to_have_text(said)
    expect(status).to_be_in_viewport()
    expect(box).to_have_value("Paris")
    expect(box).to_have_accessible_description(re.compile("Paris"))
    assert overflow(page) == []
    me.forward()
    me.at_step("reach")  # and never twice
    page.go_back()
    me.at_step("place")
    expect(box).to_have_value("Paris")
    page.reload()
    expect(box).to_have_value("Paris")
    expect(status).to_have_text(said)
    me.forward(2)  # a new page: once more
    me.forward(2)
    me.button("Vérifier mes réponses").tap()
    me.heading("Vérifiez, puis annoncez")
    row = page.locator(".summary > div", has_text=me.words("Commune")).filter(has_text="Paris")
    expect(row).to_contain_text(me.words(NOT_IN_VALAIS))
    row.get_by_role("button").tap()
    me.at_step("place")
    expect(box).to_have_value("Paris")
    expect(status).to_have_text(said)
    box.fill("Sion")
    page.get_by_role("option", name=re.compile("^Sion")).tap()
    me.button("Vérifier mes réponses").tap()
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Sion")
    expect(page.locator(".summary")).not_to_contain_text("Paris")


def test_changing_to_an_unknown_name_holds_once(open_page: OpenPage) -> None:
    """From the check page the part has the final button: it waits for a look, and the language menu does not."""
    page = open_page(**DESK)
    me = Hands(page, "fr")
    me.shortest_filing()
    page.get_by_role("button", name=re.compile(r"^Modifier\b.*\bCommune$")).click()
    me.at_step("place")
    box = page.get_by_role("combobox")
    box.fill("Sionn")
    me.button("Vérifier mes réponses").click()
    me.at_step("place")
    me.says(UNLISTED.replace("{name}", "Sionn"))
    box.fill("Sionne")
    page.locator(".lang summary").click()
    page.get_by_role("button", name="English").click()
    english = Hands(page, "en")
    english.at_step("place")
    expect(box).to_have_value("Sionne")
    expect(page.locator("#step-place").get_by_role("status")).to_contain_text("Sionne")


def test_leaving_the_box_says_it(open_page: OpenPage) -> None:
    page = open_page(**DESK)
    me = Hands(page, "fr")
    me.go("/demand/new#step-place")
    box, status = page.get_by_role("combobox"), page.locator("#step-place").get_by_role("status")
    box.fill("saint")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(status).to_have_text(UNLISTED.replace("{name}", "saint"))
    box.fill("sierre")
    page.keyboard.press("Tab")
    expect(status).to_contain_text("Sierre")
    me.forward()
    me.at_step("reach")  # a name of the list holds nobody up


def test_without_script_nobody_is_told_to_type(open_page: OpenPage) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    Hands(page, "fr").go("/demand/new")
    expect(page.locator("#commune")).to_be_visible()
    expect(page.get_by_text("Tapez les premières lettres")).to_have_count(0)
