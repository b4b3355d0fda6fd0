"""An estimate on a phone: from the commune to a result that moves as one types, with Back, reload and a quick way out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.estimate_hands import RANGE, figure, go_on, in_path, kept, to_the_result
from tests.browser.hands import Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.test_interruptions import WEATHER
from tests.browser.world import World
from tests.said import said_of


def test_from_the_commune_to_the_result(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    expect(page.locator(".panel .big").first).to_have_text(RANGE)
    assert overflow(page) == []
    assert "?" not in page.url
    assert said_of(["900"], kept(page) or "") == [], "only the server reads what the tab keeps"
    line = page.locator("[data-line=rent]")
    line.locator("summary").tap()
    expect(line.locator(".sources")).to_be_visible()
    assert overflow(page) == []


def test_the_effect_comes_as_one_types(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.resource_type}"))
    page.locator("#what-rent").fill("1000")
    effect = page.locator("#what-if-effect")
    expect(effect).to_contain_text(re.compile("1’397 à CHF.2’061"))
    expect(effect.locator(".is-other")).to_have_count(2)  # the rent, and the aid
    page.locator("#what-wage").fill("0")
    expect(effect).to_contain_text(re.compile("1’997 à CHF.2’061"))
    expect(page.locator(".panel .big").first).to_have_text(RANGE)  # the given answers stay
    assert set(asked) == {"POST fetch"}, "no page was loaded"
    expect(page.locator("#what-wage")).to_be_focused()
    page.locator("#what-rent").fill("x")
    page.wait_for_timeout(900)
    expect(page.locator("#what-rent")).to_have_value("x")
    me.button("Voir l’effet").tap()
    expect(page.locator("#what-rent-error")).to_be_visible()
    expect(page.locator("#what-rent")).to_have_value("x")


def test_back_and_forward_bring_the_pages_with_their_answers(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    page.go_back()
    in_path(page, "money")
    expect(page.locator("#rent")).to_have_value("900")
    page.go_back()
    in_path(page, "income")
    expect(page.locator("#a-wage")).to_have_value("600")
    page.go_back()
    in_path(page, "work")
    expect(page.locator("#a-permit")).to_have_value("swiss")
    page.go_back()
    in_path(page, "home")
    expect(page.locator("#age")).to_have_value("40")
    expect(page.locator("#commune")).to_have_value(re.compile("^Sierre"))
    for step in ("work", "income", "money", "result"):
        page.go_forward()
        in_path(page, step)
    expect(page.locator(".panel .big").first).to_have_text(RANGE)


def test_back_from_another_page_and_a_reload_bring_the_result(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    page.reload()
    me.heading("Votre estimation")
    expect(page.locator(".panel .big").first).to_have_text(RANGE)
    page.locator("main a[href*='/fr/law']").last.tap()
    expect(page).to_have_url(re.compile("/fr/law"))
    page.go_back()
    me.heading("Votre estimation")
    expect(page.locator(".panel .big").first).to_have_text(RANGE)
    page.go_back()
    in_path(page, "money")
    page.reload()
    in_path(page, "money")
    expect(page.locator("#rent")).to_have_value("900")


def test_a_new_visit_begins_empty(open_page: OpenPage) -> None:
    """Who comes by a link begins anew: the phone may be somebody else's by now."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    me.go("/estimate")
    in_path(page, "home")
    expect(page.locator("#age")).to_have_value("")
    assert kept(page) is None


@pytest.mark.parametrize("how", ["leave quickly", "an hour"])
def test_what_is_kept_goes(open_page: OpenPage, how: str) -> None:
    page = open_page(**PHONE, outside=(WEATHER,))
    page.route(f"https://{WEATHER}/**", lambda route: route.fulfill(body="<h1>Sun</h1>", content_type="text/html"))
    me = Hands(page, "fr")
    to_the_result(me)
    address = page.url
    assert kept(page) is not None
    if how == "leave quickly":
        page.get_by_role("button", name="Quitter vite").tap()
        page.wait_for_url(f"https://{WEATHER}/")
        page.go_back()
    else:
        page.evaluate(
            """() => { const all = JSON.parse(sessionStorage.estimate);
                       sessionStorage.estimate = JSON.stringify({ ...all, at: Date.now() - 3600001 }); }"""
        )
        page.reload()
    expect(page).to_have_url(address)
    in_path(page, "home")
    expect(page.locator("#age")).to_have_value("")
    expect(page.locator("main")).not_to_contain_text(RANGE)
    assert kept(page) is None


def test_change_one_answer_and_see_the_result_again(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    page.locator("button[name=_edit][value=income]").tap()
    me.heading("Ce qui rentre par mois")
    page.locator("#a-wage").fill("viel")
    go_on(me, "Voir l’estimation")
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#a-wage").fill("")
    page.locator("#a-wage").press("Enter")
    me.heading("Votre estimation")
    assert figure(page) == "de CHF 1’897 à CHF 1’961"


def test_from_the_estimate_to_a_demand(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    to_the_result(me)
    me.button("Annoncer ma demande avec ces réponses").first.tap()
    me.at_step("who")
    me.says("Vos réponses de l’estimation partent avec l’annonce")
    me.forward()
    page.locator("#name").fill("Odette Rey")
    me.forward()
    expect(page.locator("#commune")).to_have_value(re.compile("^Sierre"))
    page.reload()
    expect(page.locator("input[name=estimate]")).not_to_have_value("")
    me.forward(3)
    me.button("Vérifier mes réponses").tap()
    me.says("Jointes, chiffrées")
    me.announce()
    me.filed()
