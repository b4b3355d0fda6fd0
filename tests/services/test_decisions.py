"""A decision is recorded by one caseworker and confirmed by another: nothing else is one, and each thing happens once."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta

import psycopg
import pytest

from portal.domain.calendar import DateKind
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import ReportState
from portal.domain.decision import Answers, DecisionKind, State, Step
from portal.domain.demand import filing_day
from portal.domain.reminders import Due
from portal.services import desk as demands
from portal.services import what_is_new
from portal.services.access_log import accesses_in
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.audit_chain import verify_audit
from portal.services.board import board
from portal.services.calendar import own_deadlines
from portal.services.citizen import household_demand
from portal.services.clocks import clocks_of
from portal.services.decisions.desk import DeskDecisions, decisions_at_desk, to_confirm
from portal.services.decisions.own import own_decisions
from portal.services.decisions.recording import EndedError, NeedsAnotherError, WaitingAlreadyError, end, record
from portal.services.document_requests import NotedMeanwhileError
from portal.services.exports.parts import _decisions
from portal.services.reminders.sources import due_on
from portal.services.reports.reading import own_report
from tests.pages.world import UNSURE, Announced, World
from tests.services.deciding import decided, matter_of, noted, recorded
from tests.services.households import second_adult
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import ask

START, DAY = "2026-11-02 09:10", date(2026, 11, 10)
SECRET = "Secret de la lettre"


@dataclass
class Case:
    """A demand of Sierre, its person, and two caseworkers of the centre."""

    world: World
    announced: Announced
    me: Actor
    claire: Actor
    paul: Actor

    @property
    def place(self) -> DeskPlace:
        return DeskPlace(self.announced.id)

    def at_desk(self, worker: Actor | None = None) -> DeskDecisions:
        return decisions_at_desk(self.world.staff, worker or self.claire, self.place)

    def note(self, **more: object) -> uuid.UUID:
        return record(self.world.staff, self.claire, self.place, noted(self.at_desk(), day=DAY, **more))  # type: ignore[arg-type]

    def end(self, id_: uuid.UUID, step: Step, worker: Actor | None = None, reason: str | None = None) -> None:
        end(self.world.staff, worker or self.paul, self.place, id_, step, reason)

    def clocks(self) -> list[str]:
        today = filing_day(self.world.clock.now())
        found = clocks_of(household_demand(self.world.citizen, self.me), today)
        again = what_is_new.for_adult(self.world.citizen, self.me).asked_again
        return sorted([*(one.name for one in found), *(one.name for one in again)])

    def audited(self) -> list[str]:
        query = "SELECT action FROM audit_event WHERE action LIKE 'decision:%%' ORDER BY sequence"
        with self.world.superuser() as connection:
            return [action for (action,) in connection.execute(query)]


@pytest.fixture
def case(clean_world: World) -> Case:
    world = clean_world
    world.clock.set(START)
    announced = world.announce(situation=HOUSEHOLD)
    found = Case(world, announced, world.adult(announced), world.caseworker(), world.caseworker())
    world.clock.set(f"{DAY + timedelta(1)} 10:00")
    return found


def test_one_person_alone_shows_nobody_anything(case: Case) -> None:
    id_ = case.note(note=SECRET)
    assert own_decisions(case.world.citizen, case.me) == ()
    assert case.clocks() == ["decision"]
    assert case.at_desk().named(id_).state is State.WAITING
    with pytest.raises(NeedsAnotherError):
        case.end(id_, Step.CONFIRMED, case.claire)
    with pytest.raises(NeedsAnotherError):
        case.end(id_, Step.REFUSED, case.claire, "Faux")
    with pytest.raises(NeedsAnotherError):
        case.end(id_, Step.TAKEN_BACK, case.paul)
    assert case.audited() == ["decision:record"]
    assert own_decisions(case.world.citizen, case.me) == ()


def test_the_database_itself_wants_two_persons(case: Case) -> None:
    id_ = case.note()
    insert = (
        "INSERT INTO decision_step (decision_id, recorded_by, kind, instant, caseworker_id, region)"
        " VALUES (%s, %s, 'confirmed', now(), %s, 'sierre')"
    )
    for by, who in ((case.claire, case.claire), (case.paul, case.claire)):  # the second one lies about who recorded it
        with case.world.superuser() as connection, pytest.raises(psycopg.errors.IntegrityError):
            connection.execute(insert, [id_, by.id, who.id])


def test_a_second_person_confirms_and_then_it_is_seen(case: Case) -> None:
    id_ = case.note(note=SECRET)
    case.end(id_, Step.CONFIRMED)
    (shown,) = own_decisions(case.world.citizen, case.me)
    assert (shown.now.kind, shown.now.decided, shown.now.notified) == (DecisionKind.AID, DAY, DAY)
    assert shown.now.appeal.last_day == date(2026, 12, 10)
    assert (shown.before, shown.now.holds) == ((), True)
    assert case.clocks() == []
    assert case.audited() == ["decision:record", "decision:confirm"]
    assert verify_audit(case.world.staff)[1] == ()
    today = filing_day(case.world.clock.now())
    dates = own_deadlines(case.world.citizen, case.me, today, "fr")
    assert [(one.kind, one.day) for one in dates] == [(DateKind.APPEAL, date(2026, 12, 10))]


def test_the_time_to_appeal_moves_to_a_working_day(case: Case) -> None:
    """30 days from 12 November: Saturday 12 December, so the Monday after."""
    case.world.clock.set("2026-11-12 12:00")
    found = case.at_desk()
    brought = noted(found, day=DAY, notified=date(2026, 11, 12))
    case.end(record(case.world.staff, case.claire, case.place, brought), Step.CONFIRMED)
    assert own_decisions(case.world.citizen, case.me)[0].now.appeal.last_day == date(2026, 12, 14)


def test_a_refusal_says_why_and_a_record_can_be_taken_back(case: Case) -> None:
    first = case.note()
    with pytest.raises(ValueError, match="says why"):
        case.end(first, Step.REFUSED)
    case.end(first, Step.REFUSED, reason="La date est celle de l’enveloppe")
    assert case.at_desk().named(first).reason == "La date est celle de l’enveloppe"
    second = case.note()
    case.end(second, Step.TAKEN_BACK, case.claire)
    states = [one.state for one in case.at_desk().records]
    assert states == [State.TAKEN_BACK, State.REFUSED]
    assert own_decisions(case.world.citizen, case.me) == ()
    assert case.clocks() == ["decision"]
    assert case.world.count("decision_waiting") == 0


@pytest.mark.parametrize("first", list(Step))
def test_what_has_ended_ends_once(case: Case, first: Step) -> None:
    id_ = case.note()
    who = case.claire if first is Step.TAKEN_BACK else case.paul
    for _ in range(2):  # a double click
        case.end(id_, first, who, "Faux" if first is Step.REFUSED else None)
    third = case.world.caseworker()
    for step in (Step.CONFIRMED, Step.REFUSED):
        with pytest.raises(EndedError):
            case.end(id_, step, third, "Faux")
    with pytest.raises(EndedError):
        case.end(id_, Step.CONFIRMED if first is not Step.CONFIRMED else Step.TAKEN_BACK, case.claire)
    assert case.world.count("decision_step") == 1
    assert len(case.audited()) == 2


def test_the_same_form_twice_is_one_record(case: Case) -> None:
    brought = noted(case.at_desk(), day=DAY, token="once")
    first = record(case.world.staff, case.claire, case.place, brought)
    assert record(case.world.staff, case.claire, case.place, brought) == first
    case.end(first, Step.CONFIRMED)
    assert record(case.world.staff, case.claire, case.place, brought) == first, "also long after"
    assert case.world.count("decision") == 1
    assert case.audited() == ["decision:record", "decision:confirm"]


def test_two_who_record_at_once_are_one(case: Case) -> None:
    """Both had the page open: one of them is told, whoever comes first."""
    brought = noted(case.at_desk(), day=DAY)
    other = replace(brought, token="another")
    outcomes: list[object] = []

    def go(worker: Actor, what: object) -> None:
        try:
            outcomes.append(record(case.world.staff, worker, case.place, what))  # type: ignore[arg-type]
        except NotedMeanwhileError:
            outcomes.append(None)

    together(lambda: go(case.claire, brought), lambda: go(case.paul, other))
    assert outcomes.count(None) == 1
    assert case.world.count("decision") == 1
    with pytest.raises(WaitingAlreadyError):
        case.note()


def test_two_who_confirm_at_once_are_one(case: Case) -> None:
    id_, third = case.note(), case.world.caseworker()
    outcomes: list[str] = []

    def go(worker: Actor, step: Step) -> None:
        try:
            case.end(id_, step, worker, "Faux")
            outcomes.append("done")
        except EndedError:
            outcomes.append("ended")

    together(lambda: go(case.paul, Step.CONFIRMED), lambda: go(third, Step.REFUSED))
    assert sorted(outcomes) == ["done", "ended"]
    assert case.world.count("decision_step") == 1


def together(*acts: object) -> None:
    threads = [threading.Thread(target=act) for act in acts]  # type: ignore[arg-type]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_another_centre_finds_nothing(case: Case) -> None:
    id_, other = case.note(), case.world.caseworker("oberwallis")
    for place in (case.place, DeskPlace(dossier_id=case.announced.view.dossier_id)):
        with pytest.raises(NotYoursError):
            decisions_at_desk(case.world.staff, other, place)
        with pytest.raises(NotYoursError):
            end(case.world.staff, other, place, id_, Step.CONFIRMED)
        with pytest.raises(NotYoursError):
            record(case.world.staff, other, place, noted(case.at_desk(), day=DAY))
    assert to_confirm(case.world.staff, other) == ()
    with pytest.raises(NotYoursError):  # a record of another household of the same centre
        end(case.world.staff, case.paul, DeskPlace(case.world.announce().id), id_, Step.CONFIRMED)


def test_nobody_records_for_a_demand_that_no_centre_has(case: Case) -> None:
    free = case.world.announce(commune=UNSURE)
    with pytest.raises(NotYoursError):
        decisions_at_desk(case.world.staff, case.world.caseworker("martigny"), DeskPlace(free.id))


def test_a_record_that_waits_goes_along_with_its_household(case: Case) -> None:
    """The new centre has the file: one of its people looks at the letter."""
    id_ = case.note()
    demands.pass_on(case.world.staff, case.claire, case.announced.id, "martigny", "Domicile")
    with pytest.raises(NotYoursError):
        case.end(id_, Step.CONFIRMED)
    there = case.world.caseworker("martigny")
    assert [one.own for one in to_confirm(case.world.staff, there)] == [False]
    case.end(id_, Step.CONFIRMED, there)
    assert own_decisions(case.world.citizen, case.me)


def test_the_list_of_those_who_confirm(case: Case) -> None:
    assert to_confirm(case.world.staff, case.paul) == ()
    case.note()
    (mine,), (theirs,) = (to_confirm(case.world.staff, who) for who in (case.claire, case.paul))
    assert (mine.own, theirs.own) == (True, False)
    assert theirs.reference == case.announced.reference
    assert what_is_new.for_desk(case.world.staff, case.paul).decisions == 1
    assert what_is_new.for_desk(case.world.staff, case.world.caseworker("oberwallis")).decisions == 0


@pytest.mark.parametrize(
    ("day", "notified"), [(date(2026, 11, 1), DAY), (DAY, date(2026, 11, 9)), (DAY, date(2026, 11, 12))]
)
def test_days_that_cannot_be_are_refused(case: Case, day: date, notified: date) -> None:
    with pytest.raises(ValueError, match="days"):
        record(case.world.staff, case.claire, case.place, noted(case.at_desk(), day=day, notified=notified))
    assert case.world.count("decision") == 0


def test_nothing_of_it_stands_in_clear(case: Case) -> None:
    id_ = case.note(note=SECRET, kind=DecisionKind.REDUCTION)
    case.end(id_, Step.REFUSED, reason=SECRET)
    for table in ("decision", "decision_step", "audit_event"):
        with case.world.superuser() as connection:
            rows = str(connection.execute(f"SELECT t::text FROM {table} t").fetchall())  # noqa: S608 - our own tables
        assert SECRET not in rows
        assert DecisionKind.REDUCTION.value not in rows


def test_what_was_recorded_is_never_changed(case: Case) -> None:
    case.end(case.note(), Step.CONFIRMED)
    for role in ("portal_citizen", "portal_staff", "portal_worker"):
        for act in ("UPDATE decision SET decided_on = now()", "DELETE FROM decision", "DELETE FROM decision_step"):
            with case.world.superuser() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {role}; {act}")  # type: ignore[arg-type]
    for table in ("decision", "decision_step"):
        with case.world.superuser() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"UPDATE {table} SET region = 'x'")  # type: ignore[arg-type] # noqa: S608


def test_a_correction_is_recorded_by_two_as_well(case: Case) -> None:
    first = case.note()
    case.end(first, Step.CONFIRMED)
    again = record(
        case.world.staff,
        case.paul,
        case.place,
        noted(case.at_desk(), day=date(2026, 11, 9), kind=DecisionKind.REFUSAL, replaces=first),
    )
    (shown,) = own_decisions(case.world.citizen, case.me)
    assert shown.now.id == first, "until it is confirmed the first one stands"
    with pytest.raises(NeedsAnotherError):
        case.end(again, Step.CONFIRMED, case.paul)
    case.end(again, Step.CONFIRMED, case.claire)
    (shown,) = own_decisions(case.world.citizen, case.me)
    assert (shown.now.kind, [one.id for one in shown.before]) == (DecisionKind.REFUSAL, [first])
    assert shown.name == str(first), "the same entry of the calendar"
    assert [one.state for one in case.at_desk().records] == [State.CONFIRMED, State.REPLACED]
    with pytest.raises(NotedMeanwhileError):  # what was replaced is not corrected again
        case.note(replaces=first)
    assert case.clocks() == []


def test_a_mistake_is_said_to_be_one_and_the_clock_runs_again(case: Case) -> None:
    first = case.note()
    case.end(first, Step.CONFIRMED)
    case.end(case.note(kind=None, replaces=first), Step.CONFIRMED)
    (shown,) = own_decisions(case.world.citizen, case.me)
    assert (shown.now.annuls, shown.now.holds, shown.before[0].id) == (True, False, first)
    assert case.clocks() == ["decision"]
    assert own_deadlines(case.world.citizen, case.me, DAY, "fr")[0].kind is DateKind.DECISION
    with pytest.raises(NotYoursError):  # there is nothing to annul without a record
        case.note(kind=None)


def due(case: Case, on: date) -> list[Due]:
    with case.world.worker.database.transaction() as session:
        return [one for one in due_on(session, case.world.worker, on) if one.kind.startswith(("decision", "reexam"))]


def test_the_reminders_of_the_demand_end_with_it(case: Case) -> None:
    days = [date(2026, 11, 2) + timedelta(count) for count in (25, 30, 31)]
    assert all(due(case, day) for day in days)
    id_ = case.note()
    assert all(due(case, day) for day in days), "one person alone ends nothing"
    case.end(id_, Step.CONFIRMED)
    assert not any(due(case, day) for day in days)


@pytest.mark.parametrize("kind", [RequestKind.REEXAMINATION, RequestKind.URGENT, RequestKind.DECISION])
def test_a_request_of_the_thread_is_answered_by_a_decision(case: Case, kind: RequestKind) -> None:
    other = second_adult(case.world, case.announced)
    asked = ask(case.world, case.me, kind)
    about = case.world.row("SELECT id FROM case_request")[0]
    assert asked
    last = [filing_day(case.world.clock.now()) + timedelta(count) for count in (25, 30, 31)]
    waits = [any(one.kind.startswith("reexam") for one in due(case, day)) for day in last]
    assert all(waits) is (kind is RequestKind.REEXAMINATION)
    today = filing_day(case.world.clock.now())
    decided(case.world.staff, (case.claire, case.paul), case.announced.view.dossier_id, Answers.REQUEST, about, today)
    assert case.clocks() == ["decision"], "that of the demand is another matter"
    assert not [one for day in last for one in due(case, day) if one.kind.startswith("reexam")]
    assert own_decisions(case.world.citizen, other) == (), "who asked sees it, and nobody else"
    assert own_decisions(case.world.citizen, case.me)[0].now.request_kind is kind


def test_a_report_is_answered_by_a_decision(case: Case) -> None:
    moved = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")
    sent = report(case.world, case.me, moved, asks_decision=True)
    assert case.clocks() == ["decision", "reexamination"]
    today, dossier = filing_day(case.world.clock.now()), case.announced.view.dossier_id
    decided(case.world.staff, (case.claire, case.paul), dossier, Answers.REPORT, sent.id, today)
    assert case.clocks() == ["decision"]
    seen = own_report(case.world.citizen, case.me, sent.name)
    assert (seen.state, seen.decided, seen.clock) == (ReportState.DECIDED, today, None)


def test_urgent_help_asked_for_with_the_demand(clean_world: World) -> None:
    """Its own decision ends its clock alone; that on the demand ends both; asked for after that it has its days."""
    world = clean_world
    world.clock.set(START)
    announced = world.announce(urgent=True)
    case = Case(world, announced, world.adult(announced), world.caseworker(), world.caseworker())
    assert case.clocks() == ["decision", "urgent"]
    both, dossier = (case.claire, case.paul), announced.view.dossier_id
    decided(world.staff, both, dossier, Answers.URGENT)
    assert case.clocks() == ["decision"]
    decided(world.staff, both, dossier, Answers.DEMAND)
    assert case.clocks() == []
    (row,) = [one for one in board(world.staff, case.claire).rows if one.id == announced.id]
    assert row.decided_at == world.clock.now()
    assert not row.urgent_stands


def test_decided_demands_come_last_on_the_board(case: Case) -> None:
    case.world.clock.set(f"{DAY + timedelta(5)} 10:00")
    young = case.world.announce()
    for one in (case.announced, young):
        demands.open_demand(case.world.staff, case.claire, one.id)
    rows = [one.id for one in board(case.world.staff, case.claire).rows]
    assert rows == [case.announced.id, young.id]
    case.end(case.note(), Step.CONFIRMED)
    rows = [one.id for one in board(case.world.staff, case.claire).rows]
    assert rows == [young.id, case.announced.id]


def test_of_its_own_accord_a_commune_decides_too(case: Case) -> None:
    """It answers nothing: no clock ends, the household sees it, several may wait at once."""
    for _ in range(2):
        case.note(answers=Answers.NOTHING, kind=DecisionKind.REIMBURSEMENT)
    assert len(to_confirm(case.world.staff, case.paul)) == 2
    for one in case.at_desk().records:
        case.end(one.id, Step.CONFIRMED)
    assert case.clocks() == ["decision"]
    assert len(own_decisions(case.world.citizen, second_adult(case.world, case.announced))) == 2


def test_a_file_that_began_on_paper_has_decisions(clean_world: World) -> None:
    rosa, world = on_paper(clean_world), clean_world
    both = (world.caseworker(), world.caseworker())
    place = DeskPlace(dossier_id=rosa.dossier_id)
    id_ = recorded(world.staff, both[0], place, Answers.NOTHING)
    end(world.staff, both[1], place, id_, Step.CONFIRMED)
    (listed,) = own_decisions(world.citizen, rosa.actor)
    assert listed.now.answers is Answers.NOTHING
    with pytest.raises(NotYoursError):
        decisions_at_desk(world.staff, world.caseworker("oberwallis"), place)


def test_the_export_and_the_access_log_say_it(case: Case) -> None:
    before = case.note(note=SECRET)

    def log() -> list[str]:
        with case.world.citizen.database.reading() as session:
            return [one.action for one in accesses_in(session, case.world.citizen, case.me, 50)]

    assert "decision:confirm" not in log()
    case.end(before, Step.CONFIRMED)
    assert log()[0] == "decision:confirm"
    with case.world.citizen.database.reading() as session:
        given = type("Given", (), {"session": session, "kit": case.world.citizen, "actor": case.me})()
        said = json.dumps(_decisions(given), default=str)  # type: ignore[arg-type]
    assert "2026-12-10" in said
    assert SECRET not in said


def test_what_may_be_answered(case: Case) -> None:
    ask(case.world, case.me, RequestKind.FILE)
    report(case.world, case.me, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"))
    found = case.at_desk()
    assert [one.answers for one in found.matters] == [Answers.DEMAND, Answers.NOTHING], "the others ask for none"
    assert matter_of(found, Answers.DEMAND).asked == date(2026, 11, 2)
