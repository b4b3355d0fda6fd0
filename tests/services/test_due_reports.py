"""Sixty days of reports: a new decision that was asked for, one that nobody read, one that was kept and not sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from devstack.smtp import Smtp
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.decision import Answers
from portal.domain.demand import Person, filing_day
from portal.domain.reminders import To
from portal.services import citizen, housekeeping
from portal.services.actor import Actor
from portal.services.asked_again import own_clocks
from portal.services.desk import open_demand, pass_on
from portal.services.kit import build_kit
from portal.services.reminders import calling, own, wishes
from portal.services.reminders.due import Counts, run_due
from portal.services.reminders.sources import due_on
from portal.services.reports import desk, drafting
from portal.services.reports.sending import withdraw_report
from portal.services.reports.stored import ReportView
from tests.clock import local
from tests.pages.world import Announced, World
from tests.said import said_of
from tests.services.deciding import decided as settle
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.reporting import changed, report
from tests.services.test_reports import HOUSEHOLD, RENT

ADDRESS, DUTY = "reminders@example.ch", "duty.sierre@example.ch"
START = "2026-11-02 09:10"  # a Monday
ALL = {"reexamination-25": 2, "reexamination-30": 2, "reexamination-31": 1}
OURS = ("reexamination-", "report-")


@pytest.fixture(autouse=True)
def _monday(clean_world: World) -> None:
    clean_world.clock.set(START)


def announce(world: World, *, mails: bool = True, **more: Any) -> Announced:
    """A household whose demand the centre of Sierre has opened."""
    announced = world.announce(Person("A B", phone="+41 79 555 66 77"), situation=HOUSEHOLD, **more)
    open_demand(world.staff, world.caseworker(), announced.id)
    if mails:
        wishes.wish(world.citizen, world.adult(announced), ADDRESS, "fr")
    return announced


def ask(world: World, actor: Actor, rent: str = "900.00", **more: Any) -> ReportView:
    return report(world, actor, changed(ChangeKind.MOVED, "2026-12-01", None, rent=rent), asks_decision=True, **more)


def sweep(world: World) -> Counts:
    return run_due(world.worker, world.mailer, filing_day(world.clock.now()))


def days(world: World, last: int = 60, away: tuple[int, ...] = ()) -> Iterator[int]:
    """Each day twice: in the morning, when the day's sweep comes after what happens on it, and in the evening."""
    for day in range(last + 1):
        for hour in ("09:15", "20:30"):
            world.clock.set(f"{filing_day(local(START)) + timedelta(days=day)} {hour}")
            if hour == "09:15":
                yield day
            if day not in away:
                sweep(world)


def given(world: World) -> Counter[str]:
    """Kind → mails and lines of reports that were given."""
    query = "SELECT name FROM sent_mail WHERE sent_at IS NOT NULL UNION ALL SELECT name FROM call_list"
    with world.superuser() as connection:
        names = [name for (name,) in connection.execute(query)]  # type: ignore[arg-type]
    assert len(names) == len(set(names))
    return Counter(name.partition("/")[0] for name in names if name.startswith(OURS))


def test_each_reminder_of_a_new_decision_leaves_once(clean_world: World, mailbox: Smtp) -> None:
    """Nobody reads it, and the worker is away on days 24 to 26."""
    world = clean_world
    sent = ask(world, world.adult(announce(world)))
    for _ in days(world, away=(24, 25, 26)):
        pass
    assert given(world) == ALL | {"report-not-read": 1}
    with world.superuser() as connection:
        names = {
            name for (name,) in connection.execute("SELECT name FROM sent_mail WHERE name LIKE 'reexamination-%%'")
        }
    person = {f"reexamination-{day}/{sent.id}/2026-12-02" for day in (25, 30, 31)}
    assert names == person | {f"reexamination-{day}/{sent.id}/2026-12-02/sierre" for day in (25, 30)}
    got = letters(mailbox)
    assert {letter.to for letter in got} == {ADDRESS, DUTY}
    assert not [word for letter in got for word in said_of(("900", "changement"), letter.body)]


def test_a_report_that_asks_for_none_has_no_clock(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    report(world, me, RENT)
    for _ in days(world):
        pass
    assert given(world) == {"report-not-read": 1}


def test_the_clock_ends_with_a_withdrawal_and_with_a_decision(clean_world: World, mailbox: Smtp) -> None:
    """The one is withdrawn after day 25, the other one's decision is noted then."""
    world = clean_world
    announced = announce(world)
    me, worker = world.adult(announced), world.caseworker()
    sent = ask(world, me)
    other = announce(world)
    decided = ask(world, world.adult(other))
    for day in days(world):
        if day == 1:
            for one in (sent, decided):
                desk.read_at_desk(world.staff, worker, one.dossier_id, one.name)
        if day == 26:
            withdraw_report(world.citizen, me, sent.name, world.clock.now(), None)
            both = (worker, world.caseworker())
            settle(world.staff, both, other.view.dossier_id, Answers.REPORT, decided.id)
    assert given(world) == {"reexamination-25": 4}


def test_what_the_centre_notes_else_ends_no_clock(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = announce(world)
    sent, worker = ask(world, world.adult(announced)), world.caseworker()
    desk.read_at_desk(world.staff, worker, sent.dossier_id, sent.name)
    desk.note_at_desk(
        world.staff, worker, sent.dossier_id, sent.name, EventKind.COUNTED, {"month": "2026-12-01"}, seen=1
    )
    for _ in days(world):
        pass
    assert given(world) == ALL


def test_a_correction_keeps_the_days_of_the_first_one(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    first, second = ask(world, me), None
    for day in days(world):
        if day == 20:
            second = ask(world, me, "950.00", corrects=first.id)
    assert second is not None
    assert given(world) == ALL | {"report-not-read": 2}, "each once, as one mail of the first"
    with world.superuser() as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sent_mail WHERE name LIKE 'reexamination-%%'")
        ]
    assert all(f"/{first.id}/2026-12-02" in name for name in names), names


def test_a_typo_mended_after_the_last_day_begins_nothing_anew(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    first = ask(world, me)
    for day in days(world):
        if day in (27, 45):
            first = ask(world, me, f"9{day}.00", corrects=first.id)
    assert given(world) == ALL | {"report-not-read": 3}
    assert first.clock is not None
    assert first.clock.due.isoformat() == "2026-12-02"


def test_only_an_unbroken_chain_keeps_the_days(clean_world: World, mailbox: Smtp) -> None:
    """Asked, not asked, asked again: the last one's own days. So too where a decision was noted of the first."""
    world = clean_world
    announced = announce(world)
    me = world.adult(announced)
    first = ask(world, me)
    world.clock.set("2026-11-05 10:00")
    second = report(world, me, RENT, corrects=first.id)
    assert second.clock is None
    world.clock.set("2026-11-09 10:00")
    third = ask(world, me, "950.00", corrects=second.id)
    assert third.clock is not None
    assert third.clock.due.isoformat() == "2026-12-09"
    assert {one.name: one.clock.due.isoformat() for one in own_clocks(world.citizen, me, filing_day(local(START)))} == {
        f"report/{third.id}": "2026-12-09"
    }
    assert [name for name in due_on_day(world, 37) if name.startswith("reexamination-30")] == [
        f"reexamination-30/{third.id}/2026-12-09",
        f"reexamination-30/{third.id}/2026-12-09/sierre",
    ]
    both = (world.caseworker(), world.caseworker())
    settle(world.staff, both, third.dossier_id, Answers.REPORT, third.id)
    world.clock.set("2026-11-12 10:00")
    last = ask(world, me, "960.00", corrects=third.id)
    assert last.clock is not None
    assert last.clock.due.isoformat() == "2026-12-12"
    assert not [name for name in due_on_day(world, 37) if name.startswith("reexamination-30")]
    assert [name for name in due_on_day(world, 40) if name.startswith("reexamination-30")] == [
        f"reexamination-30/{last.id}/2026-12-12",
        f"reexamination-30/{last.id}/2026-12-12/sierre",
    ]


def test_a_correction_that_asks_no_more_has_none(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    first = ask(world, me)
    report(world, me, RENT, corrects=first.id)
    assert not [due for due in due_on_day(world, 25) if due.startswith("reexamination")]


def due_on_day(world: World, day: int) -> list[str]:
    with world.worker.database.reading() as session:
        return [one.name for one in due_on(session, world.worker, filing_day(local(START)) + timedelta(days=day))]


def test_three_working_days_unread_and_the_centre_that_has_it(clean_world: World, mailbox: Smtp) -> None:
    """Of Friday: Wednesday. Read on Tuesday: nothing. Passed on: the new centre."""
    world = clean_world
    worker = world.caseworker()
    late, read, moved = (announce(world) for _ in range(3))
    world.clock.set("2026-11-06 17:00")
    reports = [report(world, world.adult(one), RENT) for one in (late, read, moved)]
    world.clock.set("2026-11-10 11:00")
    desk.read_at_desk(world.staff, worker, read.view.dossier_id, reports[1].name)
    pass_on(world.staff, worker, moved.id, "oberwallis", "Domicile")
    assert not [name for name in due_on_day(world, 8) if name.startswith("report")]
    for day in (9, 15):
        assert {name for name in due_on_day(world, day) if name.startswith("report")} == {
            f"report-not-read/{reports[0].id}/2026-11-06/sierre",
            f"report-not-read/{reports[2].id}/2026-11-06/oberwallis",
        }
    assert not [name for name in due_on_day(world, 16) if name.startswith("report")]


def test_nothing_of_a_household_that_asks_for_no_help(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    ask(world, me)
    assert due_on_day(world, 25)
    citizen.withdraw(world.citizen, me, world.clock.now(), None)
    assert [due_on_day(world, day) for day in (3, 25, 30, 31)] == [[]] * 4


def test_without_a_mail_the_desk_has_lines_but_never_of_what_was_only_kept(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = announce(world, mails=False)
    me = world.adult(announced)
    ask(world, me)
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"]})
    kit = build_kit(world.settings("worker", duty_addresses={}), world.clock)
    for day in range(40):
        world.clock.set(f"{filing_day(local(START)) + timedelta(days=day)} 08:00")
        run_due(kit, world.mailer, filing_day(world.clock.now()))
    assert given(world) == ALL | {"report-not-read": 1}
    lines = calling.call_list(world.staff, world.caseworker()).lines
    assert Counter(line.kind for line in lines if line.kind.startswith(OURS)) == given(world)


def test_a_kept_report_is_told_once_then_removed(clean_world: World, mailbox: Smtp) -> None:
    """Kept again on day 10, after it was told: not told again. The purge of day 41 removes it."""
    world = clean_world
    me = world.adult(announce(world))
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"], "rent": "900"})
    left = []
    for day in days(world, 45):
        if day == 10:
            before = drafting.kept_draft(world.citizen, me)
            assert before is not None
            drafting.keep_draft(world.citizen, me, {"kinds": ["moved"], "rent": "950"}, over=[before.mark])
        housekeeping.tidy(world.worker)
        left.append(world.count("report_draft"))
        assert given(world) == ({"report-kept-7": 1} if day > 7 else {}), day
    assert left == [1] * 41 + [0] * 5 or left == [1] * 40 + [0] * 6
    assert not [letter for letter in letters(mailbox) if letter.to == DUTY and "report" in letter.body]


def test_a_kept_report_that_was_sent_or_erased_is_not_told(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"]})
    for day in days(world, 20):
        if day == 5:
            drafting.forget_draft(world.citizen, me)
    assert given(world) == {}


def test_the_own_page_shows_only_ones_own(clean_world: World) -> None:
    world = clean_world
    announced = announce(world, mails=False)
    me, other = world.adult(announced), second_adult(world, announced)
    ask(world, me)
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"]})
    for day, kind in (
        (8, "report-kept-7"),
        (26, "reexamination-25"),
        (30, "reexamination-30"),
        (31, "reexamination-31"),
    ):
        world.clock.set(START)
        world.clock.forward(days=day)
        mine = own.own_reminders(world.citizen, me, "fr")
        assert kind in [one.kind for one in mine]
        assert not [one for one in own.own_reminders(world.citizen, other, "fr") if one.kind.startswith(OURS)]
    passed = next(one for one in mine if one.kind == "reexamination-31")
    assert passed.title.endswith("?"), "it asks before it says anything"
    assert passed.rules[0] == "reexamination_clock"


def test_the_first_day_floods_nobody(clean_world: World, mailbox: Smtp) -> None:
    """Reports of a year and one kept long ago, seen for the first time: only what is due this week."""
    world = clean_world
    announced = announce(world, mails=False)
    me = world.adult(announced)
    ask(world, me)
    world.clock.forward(days=-20)
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"]})
    wishes.wish(world.citizen, me, ADDRESS, "fr")
    world.clock.set(START)
    more = ", ".join(("sequence", "name", "token_hash", "id", "instant"))
    same = "dossier_id, adult_id, channel, recorded_at, asks_decision, register_sequence, check_code, salt, content"
    with world.superuser() as connection:
        connection.execute(
            f"INSERT INTO change_report ({more}, {same}) OVERRIDING SYSTEM VALUE SELECT 100 + n, 'name' || n,"  # type: ignore[arg-type]  # noqa: S608 - ours
            f" decode(md5(n::text), 'hex'), gen_random_uuid(), instant - make_interval(days => 6 * n), {same}"
            " FROM change_report, generate_series(1, 61) n"
        )
        connection.execute("INSERT INTO report_unread SELECT id, dossier_id FROM change_report ON CONFLICT DO NOTHING")
    assert world.count("change_report") == 62
    sweep(world)
    # Of the days 0, 6, 12 … before: 30 is the last day, 36 is past it; of 6 the third working day was on Friday.
    expected = {"reexamination-30": 2, "reexamination-31": 1, "report-not-read": 1}
    assert given(world) == expected
    before = given(world)
    sweep(world)
    assert given(world) == before


def test_each_source_reads_an_index_by_day(world: World) -> None:
    queries = {
        "ix_change_report_asks_decision": "SELECT id FROM change_report WHERE asks_decision AND instant >= now()",
        "ix_report_draft_saved_at": "SELECT id FROM report_draft WHERE saved_at >= now() AND saved_at < now()",
    }
    with world.superuser() as connection:
        connection.execute("SET LOCAL enable_seqscan = off")
        for index, query in queries.items():
            assert index in str(connection.execute(f"EXPLAIN {query}").fetchall()), index  # type: ignore[arg-type]


def test_who_is_told_of_what(clean_world: World) -> None:
    """The person of the day after, the centre of what it did not read, both before."""
    world = clean_world
    ask(world, world.adult(announce(world)))
    found = set()
    for day in range(60):
        with world.worker.database.reading() as session:
            on = filing_day(local(START)) + timedelta(days=day)
            found |= {(one.kind, one.to) for one in due_on(session, world.worker, on) if one.kind.startswith(OURS)}
    both = {(f"reexamination-{day}", to) for day in (25, 30) for to in To}
    assert found == both | {("reexamination-31", To.PERSON), ("report-not-read", To.CENTRE)}
