"""Sixty days in seconds: each reminder once, whatever is missed, corrected, down or killed meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from devstack.smtp import Smtp
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.mail import Mailer
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import Channel, Person, filing_day
from portal.domain.document_request import RequestState
from portal.services import citizen
from portal.services.closing import close_account
from portal.services.desk import correct, open_demand
from portal.services.document_requests import Note, note_at_desk
from portal.services.filing import Contact
from portal.services.kit import build_kit
from portal.services.reminders import wishes
from portal.services.reminders.due import Counts, run_due
from portal.services.reports import drafting
from portal.services.situations import open_situation
from portal.services.snapshots import send as send_answers
from tests.clock import local
from tests.pages.world import UNSURE, Announced, World
from tests.services.households import say
from tests.services.letters import letters
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_mails_delivery import Moody, moody
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import ask

ADDRESS = "reminders@example.ch"
DUTY = "duty.sierre@example.ch"
START = "2026-11-02 09:10"
SENT = "SELECT count(*), coalesce(sum(tries), 0) FROM sent_mail WHERE sent_at IS NOT NULL"


@pytest.fixture(autouse=True)
def _monday(clean_world: World) -> None:
    clean_world.clock.set(START)


def announce(world: World, *, mails: bool = True, **more: Any) -> Announced:
    announced = world.announce(Person("A B", phone="+41 79 555 66 77"), **more)
    if mails:
        wishes.wish(world.citizen, world.adult(announced), ADDRESS, "fr")
    return announced


def sweep(world: World, mailer: Mailer | None = None) -> Counts:
    return run_due(world.worker, mailer or world.mailer, filing_day(world.clock.now()))


def at(world: World, day: int, hour: str = "08:00") -> None:
    """The `day`-th day after the first."""
    world.clock.set(f"{filing_day(local(START)) + timedelta(days=day)} {hour}")


def days(world: World, first: int = 0, last: int = 60, away: tuple[int, ...] = ()) -> Iterator[int]:
    """Twice each day, in the morning and in the evening."""
    for day in range(first, last + 1):
        for hour in ("08:00", "20:30"):
            at(world, day, hour)
            if day not in away:
                sweep(world)
            yield day


def sent(world: World) -> Counter[str]:
    """Kind → mails that are marked as sent."""
    with world.superuser() as connection:
        names = connection.execute("SELECT name FROM sent_mail WHERE sent_at IS NOT NULL").fetchall()
    return Counter(name.partition("/")[0] for (name,) in names)


def test_each_reminder_leaves_once(clean_world: World, mailbox: Smtp) -> None:
    """The answers are not sent, nobody opens the demand, the worker is away on days 24 to 26."""
    world = clean_world
    announced = announce(world)
    for _ in days(world, away=(24, 25, 26)):
        pass
    expected = {
        "not-opened": 1, "situation-7": 1, "situation-21": 1, "decision-25": 2, "decision-30": 2, "decision-31": 1,
    }  # fmt: skip
    assert sent(world) == expected
    got = letters(mailbox)
    assert Counter(letter.to for letter in got) == {ADDRESS: 5, DUTY: 3}
    assert len({letter.message_id for letter in got}) == 8
    assert world.row(SENT) == (8, 8)
    assert world.count("call_list") == 0
    assert all(announced.reference in letter.subject for letter in got)


def test_a_corrected_filing_date_moves_the_reminders(clean_world: World, mailbox: Smtp) -> None:
    """Midway the centre proves a call of four days before: the new day is told, the old one never. Three days are missed."""
    world = clean_world
    announced = announce(world)
    desk = world.caseworker()
    open_demand(world.staff, desk, announced.id)
    for day in days(world, away=(20, 21, 22)):
        if day == 15 and filing_day(local(START)) == world.row("SELECT filing_date FROM demand")[0]:
            contact = Contact(Channel.PHONE, local("2026-10-29 11:00"), reason="Call")
            correct(world.staff, desk, announced.id, contact)
    with world.superuser() as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sent_mail WHERE sent_at IS NOT NULL")}
    decisions = {name for name in names if name.startswith("decision")}
    assert {name.split("/")[2] for name in decisions} == {"2026-11-28"}
    assert Counter(name.partition("/")[0] for name in decisions) == {
        "decision-25": 2, "decision-30": 2, "decision-31": 1,
    }  # fmt: skip
    assert len(letters(mailbox)) == len(names)


def test_the_clock_ends_with_a_withdrawal(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = announce(world)
    open_demand(world.staff, world.caseworker(), announced.id)
    for day in days(world):
        if day == 26:
            citizen.withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    assert sent(world) == {"situation-7": 1, "situation-21": 1, "decision-25": 2}


def test_who_wishes_no_mail_gets_a_line_at_the_desk_once(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = announce(world, mails=False)
    actor = world.adult(announced)
    say(world, actor, "debts", debts="100.00")
    assert open_situation(world.citizen, actor).saved_at
    send_answers(world.citizen, actor)
    open_demand(world.staff, world.caseworker(), announced.id)
    for _ in days(world):
        pass
    with world.superuser() as connection:
        rows = connection.execute("SELECT kind, why, adult_id FROM call_list ORDER BY kind").fetchall()
    adult = announced.view.adult_id
    assert rows == [(f"decision-{day}", "no-mail", adult) for day in (25, 30, 31)]
    assert [letter.to for letter in letters(mailbox)] == [DUTY, DUTY]


def test_a_wish_that_ends_or_begins_midway_doubles_nothing(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    actor = world.adult(announce(world))
    for day in days(world):
        if day == 26:
            wishes.end(world.citizen, actor)
        if day == 33:
            wishes.wish(world.citizen, actor, "new@example.ch", "de")
    with world.superuser() as connection:
        listed = [kind for (kind,) in connection.execute("SELECT kind FROM call_list ORDER BY kind")]
    assert listed == ["decision-30", "decision-31"]
    assert sent(world)["decision-25"] == 2
    assert not [letter for letter in letters(mailbox) if letter.to == "new@example.ch"]


def test_a_centre_without_an_address_has_lines_of_its_own(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announce(world, commune=UNSURE)
    kit = build_kit(world.settings("worker", duty_addresses={"martigny": "m@example.ch"}), world.clock)
    for day in range(12):
        at(world, day)
        run_due(kit, world.mailer, filing_day(world.clock.now()))
    with world.superuser() as connection:
        rows = connection.execute("SELECT kind, region, adult_id FROM call_list").fetchall()
    assert rows == [("not-opened", "bas-valais", None)]
    assert Counter(letter.to for letter in letters(mailbox)) == {"m@example.ch": 1, ADDRESS: 1}


def test_the_first_day_of_the_feature_floods_nobody(clean_world: World, mailbox: Smtp) -> None:
    """Demands of a year, seen for the first time: only what is due this week."""
    world = clean_world
    for number in range(0, 366, 6):
        world.clock.set(START)
        world.clock.forward(days=-number)
        world.announce(Person("A B"))
    world.clock.set(START)
    found = sweep(world)
    rows = world.count("call_list")
    assert found.listed == rows
    with world.superuser() as connection:
        kinds = Counter(kind for (kind,) in connection.execute("SELECT kind FROM call_list"))
    # Of the 62 filings those 6, 12, 24, 30 and 36 days old, and those not opened for three working days.
    assert kinds == {"situation-7": 1, "situation-21": 1, "decision-30": 1, "decision-31": 1}
    assert sweep(world).listed == 0


def test_a_mail_server_that_is_down_for_an_hour(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announce(world)
    announce(world, mails=False)
    for day in range(7):
        at(world, day)
        sweep(world)
    before = len(letters(mailbox))
    at(world, 7)
    mailbox.kill()
    for _ in range(6):
        found = sweep(world)
        assert (found.mailed, found.waiting) == (0, 1)
        world.clock.forward(minutes=10)
    assert world.row("SELECT count(*) FROM call_list WHERE kind = 'situation-7'") == (1,), "the desk's list goes on"
    mailbox.start()
    assert sweep(world).mailed == 1
    assert sweep(world).mailed == 0
    assert len(letters(mailbox)) == before + 1
    assert world.row("SELECT tries FROM sent_mail WHERE name LIKE 'situation-7/%%'") == (1,)


class Cut(Mailer):
    """The server has the mail; then the database connection that would mark it is cut, as a kill would."""

    def __init__(self, world: World) -> None:
        settings = world.settings("worker")
        super().__init__(settings.smtp_url, settings.mail_from)
        self._world = world

    def send(self, **mail: Any) -> None:
        super().send(**mail)
        with self._world.superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'portal_worker' AND state = 'idle in transaction'"
            )


def test_a_kill_between_the_servers_yes_and_the_commit_is_counted(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announce(world)
    at(world, 7)
    with pytest.raises(DatabaseUnavailableError):
        sweep(world, Cut(world))
    (first,) = [letter for letter in letters(mailbox) if letter.to in (ADDRESS, DUTY)]
    at(world, 7, "20:30")
    sweep(world)
    twice = [letter for letter in letters(mailbox) if letter.message_id == first.message_id]
    assert len(twice) == 2
    assert twice[0].body == twice[1].body
    assert world.row("SELECT max(tries) FROM sent_mail") == (2,)
    assert world.row("SELECT count(*) FROM sent_mail WHERE tries > 1") == (1,)


@pytest.mark.parametrize("killed", [(), (3, 25, 30, 31)])
def test_everything_at_once_and_each_effect_once(clean_world: World, mailbox: Smtp, killed: tuple[int, ...]) -> None:
    """A demand, a request and a report that ask for a new decision, words that nobody reads, papers that are wanted, a
    report that was kept; and the same of a file that began on paper, whose account is closed midway. On some days the worker
    is killed after the server's yes: that mail comes twice with one Message-ID, and is counted."""
    world = clean_world
    announced = announce(world, situation=HOUSEHOLD)
    jane, paper = world.adult(announced), on_paper(world).actor
    wishes.wish(world.citizen, paper, "rosa@example.ch", "pt")
    for adult in (jane, paper):
        ask(world, adult, RequestKind.REEXAMINATION)
        report(world, adult, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"), asks_decision=True)
        drafting.keep_draft(world.citizen, adult, {"kinds": ["moved"]})
    note = Note(RequestState.TO_BRING, wanted_by=filing_day(local(START)) + timedelta(days=14))
    note_at_desk(world.staff, world.caseworker(), announced.view.dossier_id, "lease", note)
    for day in range(61):
        for hour in ("08:00", "20:30"):
            at(world, day, hour)
            if day in killed and hour == "08:00":
                with pytest.raises(DatabaseUnavailableError):
                    sweep(world, Cut(world))
            else:
                sweep(world)
        if day == 27:
            close_account(world.citizen, paper)
    clocks = {"reexamination-25": 8, "reexamination-30": 6, "reexamination-31": 2}  # the sides of four of them
    assert sent(world) == clocks | {
        "not-opened": 1, "situation-7": 1, "situation-21": 1, "papers-7": 1, "papers-2": 1, "message-not-read": 2,
        "report-not-read": 2, "report-kept-7": 2, "decision-25": 2, "decision-30": 2, "decision-31": 1,
    }  # fmt: skip
    with world.superuser() as connection:
        listed = Counter(connection.execute("SELECT kind, adult_id FROM call_list").fetchall())
    assert listed == {("reexamination-30", paper.id): 2, ("reexamination-31", paper.id): 2}
    got = letters(mailbox)
    again = {one: count for one, count in Counter(letter.message_id for letter in got).items() if count > 1}
    assert sorted(again.values()) == [2] * len(killed)
    assert world.row("SELECT count(*) FROM sent_mail WHERE tries > 1") == (len(killed),)
    assert len(got) == sum(sent(world).values()) + len(killed)


def test_one_address_that_is_refused_goes_to_the_list(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    open_demand(world.staff, world.caseworker(), announce(world).id)
    at(world, 7)
    with moody(Moody(at_recipient="550 no such user")) as refusing:
        assert sweep(world, refusing).listed == 1
        assert sweep(world, refusing).listed == 0
    assert world.row("SELECT kind, why FROM call_list") == ("situation-7", "refused")
