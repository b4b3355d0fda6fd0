"""A visit that is about to end, and one that has: the person is warned, goes on by one key, and loses no letter."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.i18n.languages import CODES
from portal.services.citizen import IDLE
from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.browser.hands import Filed, Hands, overflow
from tests.browser.intake_hands import LOUD, ROOT, at, box, file_and_open, give, saved, sendings, signed_in
from tests.browser.intake_people import EVERYBODY
from tests.browser.launch import PHONE
from tests.browser.world import World
from tests.devstack.database import Database

WARNED = timedelta(minutes=2)
A_MOMENT = 3000
"""Milliseconds: more than the page waits before it keeps what was typed."""


def milliseconds(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)


def to_the_warning(page: Page) -> None:
    """The page's clock runs until two minutes before the end; nobody does anything meanwhile."""
    page.clock.run_for(milliseconds(IDLE - WARNED) - 30_000)
    expect(page.locator(".session")).to_be_hidden()
    page.clock.run_for(31_000)
    expect(page.locator(".session")).to_be_visible()


def idle(database: Database, minutes: int) -> None:
    """The visits were last seen that long ago."""
    with database.connect() as connection:
        connection.execute("UPDATE citizen_session SET seen_at = now() - make_interval(mins => %s)", [minutes])


def fresh(database: Database) -> bool:
    """Whether the visit was seen within the last minute."""
    with database.connect() as connection:
        row = connection.execute("SELECT min(now() - seen_at) < interval '1 minute' FROM citizen_session").fetchone()
    assert row is not None
    return bool(row[0])


def test_warned_and_extended_by_one_key(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    page.clock.install()
    me = signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "insurance/a")
    box(page, "insurer").fill("Kasse am B")
    page.clock.run_for(A_MOMENT)
    saved(page)
    to_the_warning(page)
    bar = page.locator(".session")
    expect(bar.get_by_role("alert")).to_have_text(
        me.words("Votre session se ferme bientôt, faute d’activité. Êtes-vous encore là ?")
    )
    expect(me.button("Oui, je continue")).to_be_focused()
    assert overflow(page) == []
    idle(world.database, 29)
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    assert fresh(world.database)
    expect(box(page, "insurer")).to_have_value("Kasse am B")
    expect(box(page, "insurer")).to_be_focused()  # on with what one was doing
    page.keyboard.press("End")
    page.keyboard.type("erg")
    page.clock.run_for(A_MOMENT)
    saved(page)
    to_the_warning(page)  # a whole visit later, not before
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    page.reload()
    expect(box(page, "insurer")).to_have_value("Kasse am Berg")


def test_who_types_is_not_asked(open_page: OpenPage, world: World) -> None:
    """What is kept while typing keeps the visit alive too."""
    page = open_page(**PHONE)
    page.clock.install()
    signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "insurance/a")
    for number in range(3):
        page.clock.run_for(milliseconds(IDLE - WARNED) - 60_000)
        idle(world.database, 25)
        box(page, "insurer").fill(f"Kasse {number}")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.clock.run_for(A_MOMENT)
        saved(page)
        assert fresh(world.database)
    expect(page.locator(".session")).to_be_hidden()


@pytest.mark.parametrize("language", CODES)
def test_the_bar_itself(open_page: OpenPage, world: World, language: str) -> None:
    """Warned, then ended: as every page must be."""
    page = open_page(**PHONE)
    page.clock.install()
    signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "", language)
    to_the_warning(page)
    page.clock.resume()  # axe waits
    faults = []
    for state in ("warned", "ended"):
        if state == "ended":
            page.clock.fast_forward(milliseconds(WARNED))
            expect(page.locator(".session button")).to_be_hidden()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{state}, {scheme}: {fault}" for fault in violations(page)]
        page.set_viewport_size({"width": 320, "height": 256})
        faults += [f"{state}, at 400 %: {fault}" for fault in overflow(page)]
        page.set_viewport_size({"width": 360, "height": 740})
    assert not faults, "\n".join(faults)


def test_the_visit_ended_in_front_of_an_open_page(open_page: OpenPage, world: World) -> None:
    """Warned and not there: the page says that it ended; what is typed then waits for a sign-in in another tab."""
    page = open_page(**PHONE)
    page.clock.install()
    me = Hands(page, "fr")
    filed = file_and_open(me, "Odette Rey")
    me.go(f"{ROOT}/account")
    to_the_warning(page)
    page.clock.run_for(milliseconds(WARNED))
    bar = page.locator(".session")
    ended = bar.get_attribute("data-ended") or "?"
    expect(bar.get_by_role("alert")).to_have_text(ended)
    expect(bar.get_by_role("button")).to_be_hidden()
    idle(world.database, 31)
    give(page, {"account_number": "CH93 0076 2011"})
    page.clock.run_for(A_MOMENT)
    expect(page.locator("[data-save-state]")).to_have_class(LOUD)
    go_through_the_ended_page(me, filed)
    at(page, "account")
    expect(page.locator("#error-summary")).to_be_visible()  # half an IBAN is none
    expect(box(page, "account_number")).to_have_value("CH93 0076 2011")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_visit_that_ended_unseen(open_page: OpenPage, world: World, script: bool) -> None:
    page = open_page(**PHONE, java_script_enabled=script)
    known = world.file(world.somebody())
    filed = Filed(known.demand.reference, known.code or "")
    me = signed_in(world, page, known, "benefits/a")
    idle(world.database, 31)
    give(page, {"ticks": ["disability", "victims"]})
    go_through_the_ended_page(me, filed)
    expect(page).to_have_url(re.compile(rf"{ROOT}/(?!benefits)"))
    me.go(f"{ROOT}/check")
    for answer in ("Rente AI", "Aide aux victimes (LAVI)"):
        me.says(answer)
    assert sendings(world) == 0


def test_ended_at_the_language_menu(open_page: OpenPage, world: World) -> None:
    """The menu sends the page along, so it meets the ended visit too."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    filed = file_and_open(me, "Odette Rey")
    me.go(f"{ROOT}/accounts")
    give(page, {"accounts": "12 mille"})
    idle(world.database, 31)
    page.locator(".lang summary").click()
    page.locator("[name=_switch][value=de]").click()
    go_through_the_ended_page(Hands(page, "de"), filed, press=False)
    at(page, "accounts")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(box(page, "accounts")).to_have_value("12 mille")


def go_through_the_ended_page(me: Hands, filed: Filed, *, press: bool = True) -> None:
    """«Continue» meets a visit that has ended: sign in in another tab, then send again."""
    if press:
        me.button("Continuer").last.click()
    me.heading("Vous n’êtes plus connecté")
    with me.page.context.expect_page() as opening:
        me.link("Se connecter dans un nouvel onglet").click()
    tab = Hands(opening.value, me.language)
    tab.heading("Suivre ma demande")
    tab.page.locator("#reference").fill(filed.reference)
    tab.page.locator("#code").fill(filed.code)
    tab.button("Ouvrir mon dossier").click()
    tab.heading("Mon dossier")
    me.page.bring_to_front()
    me.button("Envoyer encore une fois").click()
    me.page.wait_for_url(re.compile(ROOT))
    expect(me.page.locator("h1")).not_to_have_text(me.words("Vous n’êtes plus connecté"))
    me.page.wait_for_load_state()
