"""In the middle of a page of the intake nothing typed is lost: another language, no connection, another device."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.intake_hands import (
    LOUD,
    ROOT,
    at,
    begin,
    box,
    file_and_open,
    give,
    go_on,
    holds,
    kept_aloud,
    saved,
    sign_in,
    signed_in,
    switch,
)
from tests.browser.intake_people import EVERYBODY
from tests.browser.launch import PHONE
from tests.browser.world import World


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_another_language_in_the_middle_of_a_page(open_page: OpenPage, world: World, script: bool) -> None:
    page = open_page(**PHONE, java_script_enabled=script)
    known = world.file(world.somebody(), situation=EVERYBODY)
    me = signed_in(world, page, known, "birth/b")
    typed = {"name": "Aïcha «Zoé» O’Neil, veuve", "born_day": "31", "born_month": "xx"}
    give(page, {name.replace("_", "-"): text for name, text in typed.items()})
    for language in ("pt", "ar", "de"):
        switch(page, language)
        holds(page, **typed)
        expect(page.locator("#error-summary")).to_have_count(0)
    page.reload()
    holds(page, **typed)
    german = Hands(page, "de")
    german.go(f"{ROOT}/birth/b")
    german.says("Vous n’aviez pas terminé cette page")
    holds(page, **typed)
    german.button("Continuer").last.click()
    expect(page.locator("#error-summary")).to_be_visible()  # «xx» is no month
    holds(page, **typed)
    me.go(f"{ROOT}/check")
    expect(page.locator("main")).not_to_contain_text("Aïcha")  # it was never sent


def test_ticks_and_for_me_alone_in_another_language(open_page: OpenPage, world: World) -> None:
    """Boxes of which several are ticked, and «for me alone»: silently lost, it would show an answer to the others."""
    page = open_page(**PHONE)
    signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "benefits/a")
    give(page, {"ticks": ["disability", "victims"], "_own": "y"})
    switch(page, "en")
    page.reload()
    Hands(page, "en").go(f"{ROOT}/benefits/a")
    for value in ("disability", "victims", "unemployment", "bursary"):
        expect(page.locator(f"[name=ticks][value={value}]")).to_be_checked()
    expect(box(page, "_own")).to_be_checked()
    page.locator("[name=ticks][value=none] + label").click()  # against the others
    me = Hands(page, "en")
    me.button("Continuer").last.click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(box(page, "_own")).to_be_checked()
    page.locator("[name=ticks][value=none] + label").click()
    go_on(me)
    me.go(f"{ROOT}/benefits/a")
    expect(box(page, "_own")).to_be_checked()


def test_the_persons_in_another_language(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "persons")
    give(page, {"relation": "relative"})
    switch(page, "ar")
    expect(box(page, "relation")).to_have_value("relative")
    page.locator(".people li").last.get_by_role("button").click()
    arabic = Hands(page, "ar")
    arabic.says("Retirer cette personne ?")
    switch(page, "pt")
    Hands(page, "pt").says("Retirer cette personne ?")
    expect(page.locator(".people li")).to_have_count(6)
    assert overflow(page) == []


def test_the_connection_is_lost_while_typing(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    known = world.file(world.somebody(), situation=EVERYBODY)
    signed_in(world, page, known, "insurance/a")
    kept_aloud(page, "insurer", "Kasse")
    page.context.set_offline(True)
    box(page, "insurer").fill("Kasse am Berg")
    state = page.locator("[data-save-state]")
    expect(state).to_have_class(LOUD)
    expect(state).to_have_role("alert")
    expect(state).to_be_in_viewport()  # wherever on the page one types
    expect(state).to_have_text(page.locator("#situation-form").get_attribute("data-unsaved") or "?")
    holds(page, insurer="Kasse am Berg")
    assert overflow(page) == []
    page.context.set_offline(False)
    saved(page)
    expect(state).not_to_have_class(LOUD)
    page.close()
    again = signed_in(world, open_page(**PHONE), known, "insurance/a")
    holds(again.page, insurer="Kasse am Berg")
    again.says("Vous n’aviez pas terminé cette page")


def test_the_portal_fails_while_typing(open_page: OpenPage, world: World) -> None:
    """A fault of the portal is as loud, and is tried again."""
    page = open_page(**PHONE)
    signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "insurance/a")
    failing = [True]

    def fail(route: Route) -> None:
        route.fulfill(status=503) if failing[0] and route.request.method == "POST" else route.continue_()

    page.route(f"**{ROOT}/**", fail)
    box(page, "insurer").fill("Kasse")
    expect(page.locator("[data-save-state]")).to_have_class(LOUD)
    failing[0] = False
    saved(page)


def test_on_another_device_at_the_same_place(open_page: OpenPage) -> None:
    phone = open_page(**PHONE)
    me = Hands(phone, "fr")
    filed = file_and_open(me, "Odette Rey")
    begin(me)
    go_on(me, "C’est tout le monde : continuer")
    for answers in ({"born-day": "7", "born-month": "3", "born-year": "1986"}, {"civil_status": "single"}, {}, {}):
        give(phone, answers)
        go_on(me)
    at(phone, "home")
    give(phone, {"home": "rented"})
    go_on(me)
    at(phone, "rent")
    kept_aloud(phone, "rent", "1180 env")
    phone.context.close()

    desk = open_page()
    there = Hands(desk, "de")
    sign_in(there, filed)
    there.says("Continuez là où vous étiez. Rien n’est encore envoyé.")
    begin(there, "Continuer")
    at(desk, "rent")
    there.says("Vous n’aviez pas terminé cette page")
    holds(desk, rent="1180 env")
    box(desk, "rent").fill("1180")
    go_on(there)
    at(desk, "eviction")
    there.go(f"{ROOT}/check")
    expect(desk.locator("main")).to_contain_text("1’180")
