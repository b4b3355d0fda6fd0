"""A letter of the commune: Claire notes it, Marc of her centre confirms it, the person sees it with the last day to appeal."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from portal.domain.deadlines import appeal_last_day
from portal.domain.decision import DecisionKind
from portal.i18n.decisions import kind_words
from portal.i18n.formats import long_date
from portal.law import holidays
from portal.law.parameters import parameter
from tests.browser.conftest import OpenPage
from tests.browser.launch import DESK
from tests.browser.test_journey_staff import sign_in, today
from tests.browser.world import Known, World

DAY = timedelta(days=1)


def note(page: Page, known: Known, decided: date, notified: date) -> None:
    """Fill in the form, with the notification before the decision first."""
    page.goto(f"/staff/demands/{known.demand.id}")
    page.get_by_role("button", name="Ouvrir ce dossier").click()
    page.get_by_role("link", name="Décisions de la commune").click()
    page.get_by_label("La demande annoncée le").check()
    page.get_by_label("Genre de décision").select_option(DecisionKind.AID.value)
    for name, day in (("decided", decided), ("notified", decided - DAY)):
        write(page, name, day)
    page.get_by_role("button", name="Noter, à confirmer").click()
    expect(page.locator(".error-summary")).to_contain_text("La notification ne peut pas être avant la décision.")
    write(page, "notified", notified)
    page.get_by_role("button", name="Noter, à confirmer").dblclick()


def write(page: Page, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))


def test_a_decision_by_two_persons(open_page: OpenPage, world: World) -> None:
    known = world.file(world.somebody(), ago=9 * DAY)
    decided, notified = today() - 3 * DAY, today() - DAY
    last = appeal_last_day(notified, parameter("appeal_period", notified).whole(), holidays.official())

    claire = open_page(**DESK)
    sign_in(claire)
    note(claire, known, decided, notified)
    expect(claire.locator(".card", has_text="En attente d’une deuxième personne")).to_have_count(1)
    expect(claire.get_by_role("button", name="C’est juste : confirmer")).to_have_count(0)

    person = open_page()
    enter(person, world, known)
    expect(person.locator("main")).not_to_contain_text("Décision écrite de la commune")

    marc = open_page(**DESK)
    sign_in(marc, "marc.demo")
    marc.get_by_role("link", name="Décisions à confirmer : 1").click()
    marc.get_by_role("button", name="Odette Rey").click()
    marc.get_by_role("button", name="C’est juste : confirmer").click()
    expect(marc.locator(".states").first).to_contain_text("Confirmée")

    person.reload()
    shown = person.locator(
        ".card[id^=decision-]", has_text=f"Décision écrite de la commune du {long_date(decided, 'fr')}"
    )
    expect(shown).to_contain_text(kind_words(DecisionKind.AID, "fr"))
    expect(shown).to_contain_text(long_date(last, "fr"))
    expect(person.locator("main")).not_to_contain_text("Décision de la commune, au plus tard")
    shown.get_by_role("link", name="Pas d’accord : se défendre").click()
    expect(person).to_have_url(re.compile("/fr/defend/disagree$"))


def enter(page: Page, world: World, known: Known) -> None:
    """The person's own visit."""
    page.goto("/fr/")
    own = {"name": "citizen", "value": world.visit(known), "url": page.url.removesuffix("/fr/")}
    page.context.add_cookies([own])  # type: ignore[list-item]
    page.goto("/fr/dossier")
    expect(page.locator("h1")).to_have_text("Mon dossier")
