"""The guided intake from filing to «sent»: somebody alone in Portuguese, a family in German, a wide script in a narrow view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.services.page_times import announced_seconds
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.intake_hands import (
    Texts,
    add_person,
    announced_minutes,
    at,
    begin,
    file_and_open,
    give,
    go_on,
    sendings,
    sent_situation,
    walk,
)
from tests.browser.intake_people import IBAN, INSURER
from tests.browser.launch import PHONE
from tests.browser.world import SIERRE, World

MOST_MINUTES = 12
ALONE: dict[str, Texts] = {
    "birth/a": {"born-day": "7", "born-month": "3", "born-year": "1986"},
    "civil-status/a": {"civil_status": "divorced"},
    "identity/a": {"identity_paper": "yes"},
    "commune": {"commune": "sierre"},
    "home": {"home": "rented"},
    "rent": {"rent": "980", "charges": "120.50"},
    "eviction": {"eviction_threat": "no"},
    "activity/a": {"activity": "seeking"},
    "dismissal/a": {"dismissed": "yes"},
    "incomes/a": {"wage": "1'200", "unemployment": "600"},
    "wage/a": {"payday": "month_end", "irregular": "yes"},
    "accounts": {"accounts": "350"},
    "vehicles": {"vehicles": "0"},
    "other-wealth": {"at_interview": "y"},
    "property": {"owns_property": "no"},
    "debts": {"unknown": "y"},
    "insurance/a": {"insurer": INSURER, "premium": "402.10"},
    "special/a": {"ticks": ["none"]},
    "alimony": {"alimony_paid": "0"},
    "children-elsewhere": {"children_elsewhere": "1"},
    "permit/a": {"permit": "b", "permit_state": "valid"},
    "benefits/a": {"ticks": ["premium_reduction", "bursary"]},
    "account": {"account_number": " ".join(re.findall(".{1,4}", IBAN))},
}
"""Somebody alone, with an answer to every page that comes after the list of persons."""


def test_somebody_alone_in_portuguese(open_page: OpenPage, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    page = open_page(**{**PHONE, "locale": "pt-PT"})
    me = Hands(page, "pt")
    file_and_open(me, "Ana Sequeira")
    minutes = begin(me)
    gone = walk(me, ALONE, narrow=True)
    assert gone == ["persons", *ALONE]
    announced = announced_seconds(world.kit, [one.partition("/")[0] for one in gone]) / 60
    with capsys.disabled():
        print(f"\nannounced for somebody alone: {minutes} minutes at first, {announced:.1f} for the pages of the walk")
    assert max(minutes, announced) < MOST_MINUTES

    me.heading("Vérifiez vos réponses")
    assert overflow(page) == []
    summary = page.locator("main")
    for answer in ("Sierre", "980", "120,50", "402,10", INSURER, IBAN):
        expect(summary).to_contain_text(answer)
    expect(summary.locator("dd").get_by_text(me.words("Pas encore répondu"), exact=True)).to_have_count(0)
    page.locator(".summary-change a[href*='/rent']").click()
    at(page, "rent")
    give(page, {"rent": "990"})
    go_on(me)  # straight back: nothing is open
    me.heading("Vérifiez vos réponses")
    expect(summary).to_contain_text("990")
    me.button("Envoyer au centre").click()
    me.heading("Vos réponses sont envoyées")
    me.says("Premier envoi, avec toutes les réponses.")
    assert overflow(page) == []
    said = sent_situation(world)
    told = [said[name] for name in ("home", "rent", "debts", "claims", "commune")]
    assert told == ["rented", "990.00", "unknown", "at_interview", SIERRE]


def test_the_announced_time_only_goes_down(open_page: OpenPage) -> None:
    """Somebody alone who answers nothing: each page says the same or less than the one before."""
    page = open_page(**{**PHONE, "locale": "pt-PT"})
    me = Hands(page, "pt")
    file_and_open(me, "Ana Sequeira")
    heard = [begin(me)]
    go_on(me, "C’est tout le monde : continuer")
    for _ in range(8):
        heard.append(announced_minutes(page))
        go_on(me)
    assert heard == sorted(heard, reverse=True)
    assert heard[-1] < heard[0] < MOST_MINUTES


FAMILY: dict[str, Texts] = {
    "birth/a": {"born-day": "1", "born-month": "12", "born-year": "1984"},
    "identity/a": {"identity_paper": "yes"},
    "identity/b": {"identity_paper": "yes"},
    "commune": {"commune": "visp"},
    "home": {"home": "rented"},
    "rent": {"rent": "1400", "charges": "150"},
    "eviction": {"eviction_threat": "yes"},
    "activity/a": {"activity": "part_time", "work_percent": "40"},
    "activity/b": {"activity": "caring"},
    "incomes/a": {"wage": "1600", "family_allowance": "610"},
    "incomes/c2": {"wage": "320"},
    "wage/a": {"payday": "during", "irregular": "no"},
    "wage/c2": {"payday": "unknown"},
    "accounts": {"accounts": "900"},
    "property": {"owns_property": "no"},
    "debts": {"debts": "2500"},
    "insurance/a": {"unknown": "y"},
    "special/b": {"ticks": ["pregnant"]},
    "permit/a": {"permit": "swiss"},
    "permit/b": {"permit": "b", "permit_state": "renewal_complete"},
    "permit/c1": {"permit": "swiss"},
    "permit/c2": {"permit": "swiss"},
    "benefits/b": {"ticks": ["none"]},
}


def test_a_couple_with_two_children_in_german(open_page: OpenPage, world: World) -> None:
    page = open_page(**{**PHONE, "locale": "de-CH"})
    me = Hands(page, "de")
    file_and_open(me, "Jörg Zenhäusern")
    assert begin(me) > 0
    at(page, "persons")
    add_person(me, "spouse", {"name": "Vreni Zenhäusern", "born-day": "3", "born-month": "4", "born-year": "1986"})
    me.button("Ajouter").click()  # without saying who
    expect(page.locator("#error-summary")).to_be_focused()
    give(page, {"relation": "spouse"})
    me.button("Ajouter").click()
    me.says("Une personne avec qui vous vivez en couple est déjà dans la liste.")
    add_person(me, "child", {"name": "Lea", "born-day": "9", "born-month": "9", "born-year": "2017"})
    add_person(me, "child", {"name": "Noah", "born-day": "2", "born-month": "2", "born-year": "2010"})
    give(page, {"relation": "other"})
    me.button("Ajouter").click()
    expect(page.locator(".people li")).to_have_count(5)
    page.locator(".people li").last.get_by_role("button").click()
    me.says("Retirer cette personne ?")
    me.button("Oui, retirer").click()
    expect(page.locator(".people li")).to_have_count(4)
    for name in ("Vreni Zenhäusern", "Lea", "Noah"):
        expect(page.locator(".people")).to_contain_text(name)
    gone = walk(me, FAMILY, narrow=True)
    assert FAMILY.keys() <= set(gone)
    assert {"civil-status/a", "couple/b", "training/c2", "incomes/c1", "insurance/c1"} & set(gone) == set()
    me.heading("Vérifiez vos réponses")
    expect(page.locator("main")).to_contain_text("Noah")
    me.button("Envoyer au centre").click()
    me.heading("Vos réponses sont envoyées")
    assert sendings(world) == 1
    said = sent_situation(world)
    assert [one["name"] for one in said["persons"]] == ["Jörg Zenhäusern", "Vreni Zenhäusern", "Lea", "Noah"]  # type: ignore[attr-defined]


def test_arabic_at_400_percent(open_page: OpenPage, world: World) -> None:
    """1280 × 1024 at 400 % is 320 × 256: every page of the way can be read without scrolling sideways."""
    page = open_page(viewport={"width": 320, "height": 256}, locale="ar")
    me = Hands(page, "ar")
    file_and_open(me, "ليلى حداد")
    begin(me)
    gone = walk(me, {**ALONE, "home": {"home": "rented"}}, narrow=True)
    assert len(gone) > 20
    me.heading("Vérifiez vos réponses")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert overflow(page) == []
    me.button("Envoyer au centre").click()
    me.heading("Vos réponses sont envoyées")
    assert overflow(page) == []
    assert sendings(world) == 1
