"""What the centre asked about a report stays until it is answered; urgent help of the thread has its day everywhere."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.domain.calendar import DateKind
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind, ReportState
from portal.domain.decision import Answers
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState, request_key
from portal.services import at_desk, what_is_new
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from portal.services.board import board
from portal.services.calendar import own_deadlines
from portal.services.citizen import withdraw
from portal.services.desk import open_demand
from portal.services.document_requests import Note, note_own
from portal.services.reminders import own
from portal.services.reports import desk
from portal.services.reports.papers import papers_of_reports
from portal.services.reports.reading import known, own_report
from portal.services.reports.sending import withdraw_report
from portal.services.reports.stored import ReportView
from portal.services.thread.desk import look_at_threads
from tests.pages.world import Announced, World
from tests.services.deciding import decided
from tests.services.households import second_adult
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import ask, write

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _monday(clean_world: World) -> None:
    clean_world.clock.set("2026-11-02 09:10")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    found = clean_world.announce(situation=HOUSEHOLD)
    open_demand(clean_world.staff, clean_world.caseworker(), found.id)
    return found


def moved(world: World, me: Actor, rent: str = "900.00", **more: object) -> ReportView:
    return report(world, me, changed(ChangeKind.MOVED, "2026-12-01", None, rent=rent), **more)


def note(world: World, sent: ReportView, kind: EventKind, details: dict[str, str]) -> None:
    worker = world.caseworker()
    found, one = desk.read_at_desk(world.staff, worker, sent.dossier_id, sent.name)
    seen = len(one.report.events)
    desk.note_at_desk(world.staff, worker, found.dossier_id, sent.name, kind, details, seen=seen)
    world.clock.set(
        f"{(world.clock.now() + timedelta(minutes=5)).astimezone(ZoneInfo('Europe/Zurich')):%Y-%m-%d %H:%M}"
    )


def asked(world: World, sent: ReportView, day: date = DAY) -> None:
    note(world, sent, EventKind.ASKED_BACK, {"words": "Le bail ?", "wanted_by": day.isoformat()})


def shown(world: World, me: Actor) -> tuple[list[date | None], list[date], int]:
    """On the dossier page, in the calendar file, among the reminders."""
    page = [one.wanted_by for one in what_is_new.for_adult(world.citizen, me).asked_back]
    dates = own_deadlines(world.citizen, me, filing_day(world.clock.now()), "fr")
    told = [one for one in own.own_reminders(world.citizen, me, "fr") if one.kind == "asked-back"]
    return page, [one.day for one in dates if one.kind is DateKind.ASKED_BACK], len(told)


THERE, GONE = ([DAY], [DAY], 1), ([], [], 0)


def test_the_day_stays_whatever_else_the_desk_notes(clean_world: World, announced: Announced) -> None:
    me, paul = clean_world.adult(announced), second_adult(clean_world, announced)
    write(clean_world, me, "Avant")
    clean_world.clock.set("2026-11-02 10:00")
    sent = moved(clean_world, me)
    assert shown(clean_world, me) == GONE
    asked(clean_world, sent)
    assert shown(clean_world, me) == THERE
    assert shown(clean_world, paul) == GONE
    note(clean_world, sent, EventKind.COUNTED, {"month": "2026-12-01"})
    both = (clean_world.caseworker(), clean_world.caseworker())
    decided(clean_world.staff, both, announced.view.dossier_id, Answers.NOTHING)
    assert shown(clean_world, me) == THERE
    later = DAY + timedelta(days=5)
    asked(clean_world, sent, later)
    assert shown(clean_world, me) == ([later], [later], 1), "the newest question counts"
    clean_world.clock.set(f"{later} 20:00")
    assert shown(clean_world, me) == ([later], [later], 1)
    clean_world.clock.set(f"{later + timedelta(days=1)} 09:00")
    assert shown(clean_world, me) == GONE, "the day has passed by"


@pytest.mark.parametrize("way", ["message", "request", "paper", "correction", "withdrawal", "settled"])
def test_an_answer_ends_it(clean_world: World, announced: Announced, way: str) -> None:
    world, me = clean_world, clean_world.adult(announced)
    sent = moved(world, me)
    asked(world, sent)
    match way:
        case "message":
            write(world, me)
        case "request":
            ask(world, me, RequestKind.FILE)
        case "paper":
            seen = known(world.citizen, me)
            paper = papers_of_reports([own_report(world.citizen, me, sent.name)], seen.overlaid.situation)[0]
            note_own(world.citizen, me, "lease", Note(RequestState.ADDED))
            assert shown(world, me) == THERE, "a paper of something else"
            key = request_key(paper.rule.id, paper.person, paper.report)
            note_own(world.citizen, me, key, Note(RequestState.ADDED))
        case "correction":
            moved(world, me, "950.00", corrects=sent.id)
        case "withdrawal":
            withdraw_report(world.citizen, me, sent.name, world.clock.now(), None)
        case "settled":
            note(world, sent, EventKind.ASKED_BACK, {"settled": "1"})
            found = own_report(world.citizen, me, sent.name)
            assert found.state is ReportState.ASKED_BACK, "the newest note that says something"
    assert shown(world, me) == GONE


def urgent_days(world: World, me: Actor) -> tuple[list[date], list[date]]:
    page = [one.due for one in what_is_new.for_adult(world.citizen, me).asked_again if one.name == "urgent"]
    dates = own_deadlines(world.citizen, me, filing_day(world.clock.now()), "fr")
    return page, [one.day for one in dates if one.kind is DateKind.URGENT]


def test_urgent_help_of_the_thread_has_its_day(clean_world: World, announced: Announced) -> None:
    """Asked for by the second adult: theirs alone; at the desk it is the household's."""
    world, me = clean_world, clean_world.adult(announced)
    paul, worker, five = second_adult(world, announced), world.caseworker(), date(2026, 11, 7)
    (row,) = board(world.staff, worker).rows
    assert row.asked_at is None
    ask(world, paul)
    assert urgent_days(world, paul) == ([five], [five])
    assert urgent_days(world, me) == ([], [])
    (row,) = board(world.staff, worker).rows
    assert row.asked_at == world.clock.now()
    assert row.asked_seen_at is None
    known_of = what_is_new.of_dossier(world.staff, worker, announced.view)
    assert [(one.clock.due, one.stands) for one in known_of.urgent] == [(five, True)]
    look_at_threads(world.staff, worker, announced.view.dossier_id)
    assert board(world.staff, worker).rows[0].asked_seen_at is not None
    world.clock.set("2027-01-20 09:00")
    assert urgent_days(world, paul) == ([], [five]), "the page leaves out what is long past"
    assert board(world.staff, worker).rows[0].asked_at is None


def test_of_a_file_on_paper_and_of_a_withdrawn_demand(clean_world: World, announced: Announced) -> None:
    world, me, five = clean_world, clean_world.adult(announced), date(2026, 11, 7)
    rosa = on_paper(world).actor
    ask(world, rosa)
    ask(world, me)
    file = at_desk.head(world.staff, world.caseworker(), DeskPlace(dossier_id=rosa.dossier_id))
    assert urgent_days(world, rosa) == ([five], [five])
    assert [one.clock.due for one in what_is_new.urgent_of(world.staff, file)] == [five]
    withdraw(world.citizen, me, world.clock.now(), None)
    assert urgent_days(world, me) == ([], [])
