"""Back, forward, reload: what was typed in the filing form is still there, in this tab, until it is filed or left."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.launch import PHONE
from tests.browser.test_interruptions import WEATHER
from tests.browser.world import World

NAME_STEP = re.compile("#step-name$")
KEPT_WHOLE = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
"""As a browser says it that brings a whole page back; the one of the tests never does."""


def fill_in(me: Hands) -> None:
    """A bit of everything, up to the part «reach»."""
    page = me.page
    me.go("/demand/new")
    me.choice("Pour une autre personne").tap()
    page.locator("#helper_name").fill("Alain Fux")
    me.forward()
    page.locator("#name").fill("Odette Rey")
    page.locator("#birth_year").fill("1974")
    me.forward()
    page.locator("#commune").fill("sierre")
    page.get_by_role("option").first.tap()
    me.forward()
    page.locator("#postal_address").fill("Via 1\n3960 Sierre")


def still_filled_in(page: Page) -> None:
    """All of it, also where the script draws a field of its own."""
    expect(page.locator("#helper_name")).to_have_value("Alain Fux")
    expect(page.locator(".reveal", has=page.locator("#helper_name"))).not_to_have_attribute("hidden", "")
    expect(page.locator("#name")).to_have_value("Odette Rey")
    expect(page.locator("#birth_year")).to_have_value("1974")
    expect(page.locator("#commune")).to_have_value(re.compile("^Sierre"))
    expect(page.locator("select[name=commune]")).to_have_value("6248")
    expect(page.locator("#postal_address")).to_have_value("Via 1\n3960 Sierre")


def kept(page: Page) -> list[list[str]] | None:
    """What the tab keeps, as the script wrote it."""
    text = page.evaluate("sessionStorage.getItem('demand')")
    return None if text is None else json.loads(text)["answers"]


def empty(me: Hands) -> None:
    """A form as nobody has touched it, and nothing kept."""
    me.heading("Annoncer ma demande")
    expect(me.page.locator("#name")).to_have_value("")
    expect(me.page.locator("#helper_name")).to_have_value("")
    assert kept(me.page) is None


def test_reload_and_back_keep_what_was_typed(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    fill_in(me)
    token = page.locator("input[name=filing_token]").input_value()
    page.reload()
    me.at_step("reach")
    still_filled_in(page)
    page.get_by_role("link", name="Aide urgente").tap()
    expect(page.locator("#name")).to_have_count(0)
    page.go_back()
    me.at_step("reach")
    still_filled_in(page)
    expect(page.locator("input[name=filing_token]")).to_have_value(token)  # still the same announcement
    names = {name for name, _ in kept(page) or []}
    assert names.isdisjoint({"csrf_token", "_page", "_step"})


def test_back_and_forward_around_the_check_page(open_page: OpenPage, world: World) -> None:
    """No page of the way asks to send a form once more; each comes back as it was."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    fill_in(me)
    me.forward(2)
    me.button("Vérifier mes réponses").tap()
    me.heading("Vérifiez, puis annoncez")
    page.reload()
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Odette Rey")
    page.go_back()
    me.at_step("urgent")
    still_filled_in(page)
    page.go_forward()
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Alain Fux")
    page.get_by_role("link", name="Aide urgente").tap()
    expect(page.locator(".summary")).to_have_count(0)
    page.go_back()
    me.heading("Vérifiez, puis annoncez")
    page.go_back()
    me.at_step("urgent")  # nobody is caught on the check page
    page.go_forward()
    me.heading("Vérifiez, puis annoncez")
    me.announce()
    me.filed()


def test_back_to_a_page_with_errors(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.go("/demand/new#step-reach")
    page.locator("#phone").fill("12")
    me.forward(2)
    me.button("Vérifier mes réponses").tap()
    expect(page.locator("#error-summary")).to_be_focused()
    me.at_step("name")
    expect(me.button("Vérifier mes réponses")).to_be_visible()  # one press, not one for each part
    page.locator("#name").fill("Odette Rey")  # later than the answer that brought this page
    page.get_by_role("link", name="Aide urgente").tap()
    expect(page.locator("#name")).to_have_count(0)
    page.go_back()
    me.at_step("name")
    expect(page.locator("#name")).to_have_value("Odette Rey")
    expect(page.locator("#phone")).to_have_value("12")


def test_back_after_another_language(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me, german = Hands(page, "fr"), Hands(page, "de")
    fill_in(me)
    page.locator(".lang summary").tap()
    page.get_by_role("button", name="Deutsch").tap()
    german.at_step("reach")
    page.locator("#email").fill("o.rey@example.ch")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    still_filled_in(page)
    expect(page.locator("#email")).to_have_value("o.rey@example.ch")
    page.go_forward()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    german.at_step("reach")
    still_filled_in(page)


def test_change_one_answer_and_go_straight_back(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    fill_in(me)
    me.forward(2)
    me.button("Vérifier mes réponses").tap()
    page.get_by_role("button", name=re.compile(r"^Modifier\b.*\bNom$")).tap()
    me.at_step("name")
    expect(me.button("Continuer").filter(visible=True)).to_have_count(0)
    page.locator("#name").fill("Odile Rey")
    page.locator("#name").press("Enter")
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Odile Rey")
    page.go_back()
    me.at_step("name")
    me.button("Retour").tap()
    me.at_step("who")
    page.go_back()
    me.at_step("name")  # not the first part
    expect(page).to_have_url(NAME_STEP)
    page.go_back()
    me.heading("Vérifiez, puis annoncez")  # where the change began
    expect(page.locator(".summary")).to_contain_text("Odile Rey")
    me.button("Retour aux questions").tap()
    me.at_step("who")
    me.forward(5)
    me.button("Vérifier mes réponses").tap()
    me.heading("Vérifiez, puis annoncez")


def test_nothing_of_a_filed_demand_comes_back(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    fill_in(me)
    me.forward(2)
    me.button("Vérifier mes réponses").tap()
    me.announce()
    me.filed()
    assert kept(page) is None
    for _ in range(3):
        page.go_back()
        empty(me)
    page.goto("/fr/demand/filed")
    me.filed()  # the receipt is still there


def test_a_page_that_the_browser_kept_whole(open_page: OpenPage) -> None:
    """It takes up what was typed since on another page, and empties itself when that has gone."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    fill_in(me)
    page.evaluate("sessionStorage.demand = sessionStorage.demand.replace('Odette Rey', 'Odile Rey')")
    page.evaluate(KEPT_WHOLE)
    expect(page.locator("#name")).to_have_value("Odile Rey")
    expect(page.locator("#commune")).to_have_value(re.compile("^Sierre"))
    page.evaluate("sessionStorage.removeItem('demand')")
    with page.expect_navigation():
        page.evaluate(KEPT_WHOLE)
    empty(me)


def test_who_comes_by_a_link_is_asked(open_page: OpenPage) -> None:
    """A look at another page, then the big button again: one tap brings everything back, and nothing shows before it."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.go("/demand/new")
    expect(page.locator("[data-resume]")).to_be_hidden()
    fill_in(me)
    page.goto("/fr/urgent")
    page.goto("/fr/demand/new")
    expect(page.locator("#name")).to_have_value("")
    page.get_by_role("button", name="Reprendre mes réponses").tap()
    still_filled_in(page)
    expect(page.locator("[data-resume]")).to_be_hidden()


@pytest.mark.parametrize("how", ["a new demand", "leave quickly", "finish", "an hour"])
def test_what_is_kept_goes(open_page: OpenPage, world: World, how: str) -> None:
    page = open_page(**PHONE, outside=(WEATHER,))
    page.route(f"https://{WEATHER}/**", lambda route: route.fulfill(body="<h1>Sun</h1>", content_type="text/html"))
    page.goto("/fr/")
    address = page.url.partition("/fr/")[0]
    me = Hands(page, "fr")
    fill_in(me)
    page.locator("#commune").evaluate("box => { box.closest('[data-step]').hidden = false; }")
    page.locator("#commune").fill("Par")  # the box settles when it is left: that must not keep anything anew
    if how == "a new demand":
        page.goto("/fr/")
        me.link("J’ai besoin d’aide : annoncer ma demande").tap()
        page.get_by_role("button", name="Recommencer à vide").tap()
        expect(page.locator("[data-resume]")).to_be_hidden()
        empty(me)
        page.go_back()
        page.go_back()
    elif how == "leave quickly":
        page.get_by_role("button", name="Quitter vite").tap()
        page.wait_for_url(f"https://{WEATHER}/")
        page.goto(f"{address}/fr/urgent")
        assert kept(page) is None
        page.go_back()
        page.go_back()
    elif how == "finish":
        secret = world.visit(world.file(world.somebody()))
        page.context.add_cookies([{"name": "citizen", "value": secret, "url": address}])
        page.goto("/fr/dossier")
        assert kept(page) is not None
        me.button("Terminer").tap()
        me.heading("Vous avez terminé")
        assert kept(page) is None
        page.go_back()
        page.go_back()
        if "/demand/new" not in page.url:
            page.go_back()
    else:
        page.evaluate(
            """() => { const all = JSON.parse(sessionStorage.demand);
                       sessionStorage.demand = JSON.stringify({ ...all, at: Date.now() - 3600001 }); }"""
        )
        page.reload()
    empty(me)


def test_a_second_try_after_a_reload_keeps_the_proof(open_page: OpenPage, world: World) -> None:
    """The database is away, and the person reloads instead of pressing the button."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.shortest_filing()
    world.stack.postgres.stop()
    me.announce()
    expect(page.locator("#proof")).to_be_visible()
    proof = page.locator("input[name=proof]").input_value()
    page.reload()
    me.heading("Vérifiez, puis annoncez")
    me.says("Votre annonce n’est pas encore confirmée")
    expect(page.locator("input[name=proof]")).to_have_value(proof)
    world.stack.postgres.start()
    me.announce()
    me.filed()
    with world.database.connect() as connection:
        row = connection.execute("SELECT attempted_at < recorded_at, attempt_matches FROM demand").fetchone()
    assert row == (True, True)
