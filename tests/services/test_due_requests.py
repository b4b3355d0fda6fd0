"""Sixty days of what is asked and written in threads: a re-examination has its clock, and nothing lies there unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from devstack.smtp import Smtp
from portal.domain.calendar import DateKind
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.decision import Answers, Step
from portal.domain.demand import Person, filing_day
from portal.services import citizen, what_is_new
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from portal.services.calendar import own_deadlines
from portal.services.decisions.recording import end
from portal.services.desk import open_demand, pass_on
from portal.services.reminders import own, wishes
from portal.services.reminders.due import run_due
from portal.services.thread.alerts import sweep_requests
from portal.services.thread.desk import look_at_threads
from tests.clock import local
from tests.pages.world import UNSURE, Announced, World
from tests.services.deciding import decided, recorded
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import answer, ask, write

ADDRESS, DUTY = "reminders@example.ch", "duty.sierre@example.ch"
START = "2026-11-02 09:10"  # a Monday
LAST = date(2026, 12, 2)
BOTH = {"reexamination-25": 2, "reexamination-30": 2, "reexamination-31": 1}


@pytest.fixture(autouse=True)
def _monday(clean_world: World) -> None:
    clean_world.clock.set(START)


def announce(world: World, *, mails: bool = True, opened: bool = True) -> Announced:
    announced = world.announce(Person("A B", phone="+41 79 555 66 77"), situation=HOUSEHOLD)
    if opened:
        open_demand(world.staff, world.caseworker(), announced.id)
    if mails:
        wishes.wish(world.citizen, world.adult(announced), ADDRESS, "fr")
    return announced


def look(world: World, announced: Announced, region: str = "sierre") -> None:
    look_at_threads(world.staff, world.caseworker(region), announced.view.dossier_id)


def days(world: World, last: int = 60) -> Iterator[int]:
    """Each day twice: in the morning after what happens on it, and in the evening."""
    for day in range(last + 1):
        for hour in ("09:15", "20:30"):
            world.clock.set(f"{filing_day(local(START)) + timedelta(days=day)} {hour}")
            if hour == "09:15":
                yield day
            run_due(world.worker, world.mailer, filing_day(world.clock.now()))


def names(world: World, begin: str = "") -> list[str]:
    """Names of the mails and lines that were given; no name twice."""
    query = "SELECT name FROM sent_mail WHERE sent_at IS NOT NULL UNION ALL SELECT name FROM call_list ORDER BY name"
    with world.superuser() as connection:
        found = [name for (name,) in connection.execute(query) if name.startswith(begin)]
    assert len(found) == len(set(found))
    return found


def given(world: World, begin: str) -> Counter[str]:
    return Counter(name.partition("/")[0] for name in names(world, begin))


def last_days(world: World, actor: Actor) -> tuple[list[date], list[date]]:
    """The clock of new decisions as the dossier page and as the calendar have it."""
    page = [one.due for one in what_is_new.for_adult(world.citizen, actor).asked_again]
    dates = own_deadlines(world.citizen, actor, filing_day(world.clock.now()), "fr")
    return page, [one.day for one in dates if one.kind is DateKind.REEXAMINATION]


def test_a_re_examination_asked_for_in_the_thread_has_the_clock(clean_world: World, mailbox: Smtp) -> None:
    """The centre reads it and answers in words: that is no decision, and ends no clock."""
    world = clean_world
    announced = announce(world)
    me = world.adult(announced)
    ask(world, me, RequestKind.REEXAMINATION, "Mon loyer secret")
    answer(world, world.caseworker(), me)
    for _ in days(world):
        pass
    (request,) = world.row("SELECT id FROM case_request")
    person = [f"reexamination-{day}/{request}/{LAST}" for day in (25, 30, 31)]
    assert names(world, "reexamination") == sorted([*person, *(f"{name}/sierre" for name in person[:2])])
    got = [one for one in letters(mailbox) if one.to in (ADDRESS, DUTY)]
    assert not any("loyer" in one.body or "réexamen" in one.body for one in got)


def test_a_decision_confirmed_on_day_30_leaves_nothing_to_say_on_day_31(clean_world: World, mailbox: Smtp) -> None:
    """Recorded by one person alone it ends nothing; the request's clock and the demand's are each ended by their own."""
    world = clean_world
    announced = announce(world)
    me, both = world.adult(announced), (world.caseworker(), world.caseworker())
    ask(world, me, RequestKind.REEXAMINATION)
    (request,) = world.row("SELECT id FROM case_request")
    place, dossier = DeskPlace(announced.id), announced.view.dossier_id
    for day in days(world):
        if day == 26:
            waiting = recorded(world.staff, both[0], place, Answers.DEMAND)
        if day == 30:
            decided(world.staff, both, dossier, Answers.REQUEST, request)
        if day == 31:
            end(world.staff, both[1], place, waiting, Step.CONFIRMED)
    assert given(world, "reexamination") == {"reexamination-25": 2}
    assert given(world, "decision") == {"decision-25": 2, "decision-30": 2}


def test_the_page_says_what_each_is_about_and_day_31_asks_first(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    paul = second_adult(world, announce(world))
    ask(world, me, RequestKind.REEXAMINATION)
    said = {}
    for day in days(world, 31):
        mine = [one for one in own.own_reminders(world.citizen, me, "fr") if one.kind.startswith("reexamination")]
        if mine:
            said[day] = mine[0]
        assert not [one for one in own.own_reminders(world.citizen, paul, "fr") if "reexamination" in one.kind]
    assert sorted(said) == [25, 26, 27, 28, 29, 30, 31]
    assert "avez-vous reçu une lettre" in said[31].title
    assert said[31].lines[0].startswith("Aucune nouvelle décision n’est notée ici.")


@pytest.mark.parametrize("kind", [RequestKind.DECISION, RequestKind.FILE, RequestKind.URGENT])
def test_other_requests_start_no_clock_of_a_new_decision(clean_world: World, mailbox: Smtp, kind: RequestKind) -> None:
    world = clean_world
    me = world.adult(announce(world))
    ask(world, me, kind)
    today = filing_day(world.clock.now())
    assert last_days(world, me) == ([today + timedelta(days=5)] if kind is RequestKind.URGENT else [], [])
    for _ in days(world):
        pass
    assert given(world, "reexamination") == {}


def test_page_calendar_and_reminders_have_one_clock(clean_world: World, mailbox: Smtp) -> None:
    """Of a report and of a request; the other adult of the household has none of it."""
    world = clean_world
    announced = announce(world)
    me, paul = world.adult(announced), second_adult(world, announced)
    ask(world, me, RequestKind.REEXAMINATION)
    world.clock.forward(days=3)
    moved = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")
    sent = report(world, me, moved, asks_decision=True)
    both = [LAST, LAST + timedelta(days=3)]
    assert last_days(world, me) == (both, both)
    assert last_days(world, paul) == ([], [])
    world.clock.set(f"{LAST} 09:00")
    kinds = [one.kind for one in own.own_reminders(world.citizen, me, "fr")]
    assert {"reexamination-30", "reexamination-25"} <= set(kinds)
    both = (world.caseworker(), world.caseworker())
    decided(world.staff, both, announced.view.dossier_id, Answers.REPORT, sent.id)
    assert last_days(world, me) == ([LAST], [LAST]), "a decision is recorded for the report"
    world.clock.forward(days=61)
    assert last_days(world, me) == ([], [LAST]), "long past, the page is quiet; the calendar keeps its date"
    citizen.withdraw(world.citizen, me, world.clock.now(), None)
    assert last_days(world, me) == ([], [])


def test_a_withdrawn_demand_ends_the_clock(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    me = world.adult(announce(world))
    ask(world, me, RequestKind.REEXAMINATION)
    for day in days(world):
        if day == 26:
            citizen.withdraw(world.citizen, me, world.clock.now(), None)
    assert given(world, "reexamination") == {"reexamination-25": 2}


def test_a_file_that_began_on_paper_has_all_of_it(clean_world: World, mailbox: Smtp) -> None:
    """The clock, what nobody read, the urgent alert at once and each day; without a wish the desk's list."""
    world = clean_world
    me = on_paper(world).actor
    ask(world, me, RequestKind.REEXAMINATION)
    ask(world, me, RequestKind.URGENT)
    report(world, me, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"))
    urgent_day = filing_day(world.clock.now()) + timedelta(days=5)
    assert last_days(world, me) == ([urgent_day, LAST], [LAST])
    for day in days(world):
        sweep_requests(world.worker, world.mailer)
        if day == 6:  # until then nobody looks
            assert sorted(name.partition("/")[0] for name in names(world) if "urgent" not in name) == [
                "message-not-read", "report-not-read",
            ]  # fmt: skip
            look_at_threads(world.staff, world.caseworker(), me.dossier_id or me.id)  # type: ignore[arg-type]
    assert given(world, "reexamination") == BOTH
    with world.superuser() as connection:
        listed = connection.execute("SELECT kind, adult_id FROM call_list ORDER BY kind").fetchall()
    assert listed == [(f"reexamination-{day}", me.id) for day in (25, 30, 31)]
    (urgent,) = world.row("SELECT id FROM case_request WHERE kind = 'urgent'")
    assert names(world, "urgent") == [f"urgent-again/{urgent}/sierre/{slot}" for slot in range(7)]
    assert {one.to for one in letters(mailbox)} == {DUTY}


def test_words_that_nobody_looked_at_are_told_once(clean_world: World, mailbox: Smtp) -> None:
    """Written on Monday: on Thursday the centre is told. What is written meanwhile adds nothing, until somebody looks."""
    world = clean_world
    announced = announce(world)
    me, told = world.adult(announced), {}
    for day in days(world):
        if day in (0, 1, 2, 4, 5):
            write(world, me)
        if day == 14:
            look(world, announced)
        if day == 21:
            write(world, me)
        told[day] = names(world, "message-not-read")
    first = f"message-not-read/{me.id}/2026-11-02/sierre"
    assert (told[3], told[4], told[60]) == ([], [first], [first, f"message-not-read/{me.id}/2026-11-23/sierre"])


@pytest.mark.parametrize("kind", [RequestKind.DECISION, RequestKind.FILE, RequestKind.REEXAMINATION])
def test_a_request_that_nobody_looked_at_is_told(clean_world: World, mailbox: Smtp, kind: RequestKind) -> None:
    world = clean_world
    ask(world, world.adult(announce(world)), kind)
    for _ in days(world, 12):
        pass
    assert given(world, "message-not-read") == {"message-not-read": 1}


def test_what_was_looked_at_or_answered_and_what_is_urgent_is_not(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    looked, answered, urgent = announce(world), announce(world), announce(world)
    for one in (looked, answered):
        write(world, world.adult(one))
    ask(world, world.adult(urgent), RequestKind.URGENT)
    for day in days(world, 20):
        if day == 2:
            look(world, looked)
            answer(world, world.caseworker(), world.adult(answered))
    assert given(world, "message-not-read") == {}


def test_the_centre_that_has_the_file_is_told_and_all_where_none_has(clean_world: World, mailbox: Smtp) -> None:
    """Looked at by the centre that passed it on: the next one has not."""
    world = clean_world
    passed = announce(world)
    write(world, world.adult(passed))
    nobodys = world.announce(Person("A B"), commune=UNSURE)
    write(world, world.adult(nobodys))
    look(world, passed)
    pass_on(world.staff, world.caseworker(), passed.id, "oberwallis", "Umzug")
    for _ in days(world, 12):
        pass
    region = {name.partition("/")[2].partition("/")[0]: set() for name in names(world, "message-not-read")}
    for name in names(world, "message-not-read"):
        _kind, adult, _day, where = name.split("/")
        region[adult].add(where)
    assert region == {
        str(passed.view.adult_id): {"oberwallis"},
        str(nobodys.view.adult_id): {"martigny", "bas-valais"},
    }
