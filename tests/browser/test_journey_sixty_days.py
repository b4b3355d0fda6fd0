"""Somebody wishes for reminders in Arabic, and sixty days go by: each arrives once, and the link in it ends them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from playwright.sync_api import expect

from devstack.smtp import Smtp
from portal.domain.demand import Announcement, Person, filing_day
from portal.domain.document_request import RequestState
from portal.services.document_requests import Note, note_at_desk
from portal.services.kit import build_kit
from portal.services.reminders.due import run_due
from portal.settings import Settings
from portal.worker import mailer as mailer_of
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, digits, overflow
from tests.browser.launch import PHONE
from tests.browser.staff_adult_cases import COUPLE
from tests.browser.world import SIERRE, World
from tests.clock import ZURICH, SettableClock
from tests.conftest import Env
from tests.servers import PortalServer
from tests.services.letters import Letter, letters

ADDRESS: Final = "samira@example.ch"
NAME: Final = "Samira Haddad"
WANTED_AFTER, STOPPED_AFTER = 50, 45
"""The centre wants a paper on that day; after the first reminder of it the person has enough."""


def test_sixty_days_in_arabic(
    open_page: OpenPage, make_world: Callable[..., World], live_server: PortalServer, env: Env, mailbox: Smtp
) -> None:
    clock = SettableClock()
    begin = datetime.now(UTC).astimezone(ZURICH)
    clock.set(f"{begin:%Y-%m-%d %H:%M}")
    world = make_world(clock)
    known = world.file(Announcement(Person(NAME, phone="+41 79 555 01 02"), "ar", SIERRE), situation=COUPLE)
    wanted = filing_day(clock.now()) + timedelta(days=WANTED_AFTER)
    paper = Note(RequestState.TO_BRING, wanted_by=wanted)
    note_at_desk(world.kit, world.caseworker(), known.demand.dossier_id, "lease", paper)
    assert known.code is not None

    page = open_page(**PHONE)
    me = Hands(page, "ar")
    me.go("/sign-in")
    page.locator("[name=reference]").fill(known.demand.reference)
    page.locator("[name=code]").fill(known.code)
    me.button("Ouvrir mon dossier").click()
    me.heading("Mon dossier")
    page.locator("main a[href$='/ar/dossier/reminders']").click()
    me.heading("Mes rappels")
    page.locator("[name=email]").fill(ADDRESS)
    me.button("Recevoir des rappels").dblclick()
    me.says("Vous recevez des rappels")
    assert overflow(page) == []

    settings = Settings.from_env(env("worker", public_url=live_server.base_url))
    kit, mailer = build_kit(settings, clock), mailer_of(settings)
    for day in range(61):
        for _ in range(2):
            run_due(kit, mailer, filing_day(clock.now()))
        if day == STOPPED_AFTER:
            stop(open_page, mine(mailbox)[-1])
        clock.forward(days=1)
    kit.database.close()

    with world.database.connect() as connection:
        rows = connection.execute("SELECT name, tries FROM sent_mail WHERE sent_at IS NOT NULL").fetchall()
        listed = connection.execute("SELECT kind FROM call_list WHERE adult_id IS NOT NULL").fetchall()
    kinds = Counter(name.partition("/")[0] for name, _ in rows)
    assert kinds == {
        "not-opened": 1, "situation-7": 1, "situation-21": 1,
        "decision-25": 2, "decision-30": 2, "decision-31": 1, "papers-7": 1,
    }  # fmt: skip
    assert {tries for _, tries in rows} == {1}
    assert listed == [("papers-2",)]  # ended: the centre calls instead
    got = mine(mailbox)
    assert len(got) == 6
    assert len({one.message_id for one in got}) == len(got)
    for one in got:
        says_nothing(one, known.demand.reference)
    page.reload()
    expect(page.locator("main").get_by_text(ADDRESS)).to_have_count(0)
    me.button("Recevoir des rappels").wait_for()


def mine(mailbox: Smtp) -> list[Letter]:
    """What the person got."""
    return [one for one in letters(mailbox) if one.to == ADDRESS]


def says_nothing(letter: Letter, reference: str) -> None:
    """All reminders have the same words: the reference, where to look, how to end them."""
    assert letter.language == "ar"
    assert reference in letter.subject
    links = re.findall(r"https?://\S+", letter.body)
    assert len(links) == 2
    words = letter.body
    for part in (*links, reference):
        words = words.replace(part, "")
    assert digits(words) == ""  # no day, no sum, no number of days
    assert not [one for one in (NAME, "Samira", "Sierre", "lease", "CMS") if one in letter.whole]


def stop(open_page: OpenPage, letter: Letter) -> None:
    """The link of a mail on some other phone: it names no fact, looking ends nothing, one button does."""
    page = open_page(**PHONE)
    me = Hands(page, "ar")
    sign_in, end = re.findall(r"https?://\S+", letter.body)
    page.goto(sign_in)
    me.heading("Suivre ma demande")
    for _ in range(2):
        page.goto(end)
        me.heading("Arrêter les e-mails")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    for fact in (NAME, ADDRESS, "VS-", "Sierre"):
        assert fact not in page.content()
    assert overflow(page) == []
    me.button("Ne plus recevoir d’e-mails").click()
    me.says("Vous ne recevez plus d’e-mails")
    page.goto(end)
    me.says("Vous ne recevez plus d’e-mails")
