"""Two devices, two tabs, two clicks: the second sees what the first has done, and nothing is saved or sent twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.intake_hands import LOUD, ROOT, give, go_on, holds, place, sendings, signed_in
from tests.browser.intake_people import EVERYBODY
from tests.browser.launch import PHONE
from tests.browser.world import World
from tests.devstack.database import Database


@pytest.mark.parametrize("keeps", ["the other answer", "the own answer"])
def test_two_devices_at_once(open_page: OpenPage, world: World, keeps: str) -> None:
    """The second save shows both answers, and either of them can stay."""
    known = world.file(world.somebody(), situation=EVERYBODY)
    first, second = (signed_in(world, open_page(**PHONE), known, "rent") for _ in range(2))
    give(first.page, {"rent": "1550"})
    go_on(first)
    give(second.page, {"rent": "1490"})
    second.button("Continuer").last.click()
    second.says("Une autre réponse est enregistrée")
    expect(second.page.locator(".callout")).to_contain_text("1’550")
    holds(second.page, rent="1490")
    assert overflow(second.page) == []
    if keeps == "the other answer":
        second.link("Garder la réponse enregistrée").click()
    else:
        second.button("Continuer").last.click()
    expect(second.page).not_to_have_url(re.compile(rf"{ROOT}/rent"))
    for me in (first, second):
        me.go(f"{ROOT}/rent")
        holds(me.page, rent="1550" if keeps == "the other answer" else "1490")
        expect(me.page.locator(".callout")).to_have_count(0)


def test_two_devices_while_typing(open_page: OpenPage, world: World) -> None:
    """The other device has saved meanwhile: the page says that this text is not kept, and «continue» says why."""
    known = world.file(world.somebody(), situation=EVERYBODY)
    first, second = (signed_in(world, open_page(**PHONE), known, "rent") for _ in range(2))
    give(first.page, {"rent": "1550"})
    go_on(first)
    give(second.page, {"rent": "1490"})
    state = second.page.locator("[data-save-state]")
    expect(state).to_have_text(second.page.locator("#situation-form").get_attribute("data-refused") or "?")
    expect(state).to_have_class(LOUD)
    second.button("Continuer").last.click()
    second.says("Une autre réponse est enregistrée")
    holds(second.page, rent="1490")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_double_click(open_page: OpenPage, world: World, script: bool) -> None:
    """One answer, the very next page, one sending."""
    page = open_page(java_script_enabled=script)
    me = signed_in(world, page, world.file(world.somebody(), situation=EVERYBODY), "rent")
    give(page, {"rent": "1333"})
    me.button("Continuer").last.dblclick()
    expect(page).not_to_have_url(re.compile(rf"{ROOT}/rent"))
    following = place(page)
    me.go(f"{ROOT}/rent")
    holds(page, rent="1333")
    expect(page.locator(".callout")).to_have_count(0)
    go_on(me)
    assert place(page) == following, "no page was jumped over"
    me.go(f"{ROOT}/check")
    me.button("Envoyer au centre").dblclick()
    me.heading("Vos réponses sont envoyées")
    expect(page.locator("[aria-labelledby^=sending-]")).to_have_count(1)
    assert sendings(world) == 1
    assert rows(world.database) == 2, "what the household says, and what this adult says"


def rows(database: Database) -> int:
    """How many rows hold what was answered."""
    with database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM situation_draft").fetchone()
    assert row is not None
    return int(row[0])


def test_two_first_answers_at_once(open_page: OpenPage, world: World) -> None:
    """Nothing was answered yet on either device: both first answers are there."""
    known = world.file(world.somebody())
    first, second = (signed_in(world, open_page(**PHONE), known, where) for where in ("accounts", "vehicles"))
    give(first.page, {"accounts": "310"})
    give(second.page, {"vehicles": "4100"})
    go_on(first)
    go_on(second)
    first.go(f"{ROOT}/check")
    expect(first.page.locator("main")).to_contain_text("310")
    expect(first.page.locator("main")).to_contain_text("4’100")


def test_another_dossier_is_open_by_now(open_page: OpenPage, world: World) -> None:
    """Another tab has opened another dossier: nothing goes there, and nothing typed is lost, in any language."""
    page = open_page(**PHONE)
    mine, other = (world.file(world.somebody(), situation=EVERYBODY) for _ in range(2))
    me = signed_in(world, page, mine, "insurance/a")
    tab = page.context.new_page()
    signed_in(world, tab, other, "")
    give(page, {"insurer": "Kasse am Berg"})
    expect(page.locator("[data-save-state]")).to_have_class(LOUD)
    me.button("Continuer").last.click()
    me.heading("Un autre dossier est ouvert ici")
    page.locator(".lang summary").click()
    page.locator("[name=_switch][value=pt]").click()
    portuguese = Hands(page, "pt")
    portuguese.heading("Un autre dossier est ouvert ici")
    assert overflow(page) == []
    portuguese.button("Envoyer encore une fois").click()
    portuguese.heading("Un autre dossier est ouvert ici")  # still
    there = signed_in(world, tab, other, "check")
    expect(tab.locator("main")).not_to_contain_text("Berg")
    signed_in(world, tab, mine, "")
    portuguese.button("Envoyer encore une fois").click()
    expect(page).not_to_have_url(re.compile(rf"{ROOT}/insurance/a"))
    there.go(f"{ROOT}/insurance/a")
    holds(tab, insurer="Kasse am Berg")
