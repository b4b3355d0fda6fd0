"""Reports of a change: stored once with their register entry, seen by whom they may, taken back for all to see."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import psycopg
import pytest

from portal.domain.changes.clashes import ClashKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind, ReportState
from portal.services.actor import NotYoursError
from portal.services.document_requests import NotedMeanwhileError
from portal.services.register import verify_register
from portal.services.reports import desk, drafting, reading
from portal.services.reports.receipts import make_report_receipt
from portal.services.reports.sending import (
    ClashError,
    EndedError,
    FaultsError,
    SaidAlreadyError,
    send_report,
    withdraw_report,
)
from portal.services.snapshots import said_to_centre, send
from portal.services.verifying import verify_by_code
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.reporting import changed, newborn, report, sending

HOUSEHOLD = {
    "version": 1,
    "persons": [
        {
            "id": "a",
            "relation": "applicant",
            "name": "Jeanne Dupont",
            "age": 46,
            "permit": "swiss",
            "incomes": [{"kind": "wage", "amount": "2100.00", "payday": "during"}],
        },
        {"id": "b", "relation": "spouse", "name": "Paul Second", "age": 45},
    ],
    "home": "rented",
    "rent": "1100.00",
}
RENT = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=HOUSEHOLD)


def test_a_report_and_its_entry_are_one(world: World, announced: Announced) -> None:
    me = world.adult(announced)
    view = report(world, me, RENT, why="Je viens de l’apprendre.", asks_decision=True)
    assert view.state is ReportState.RECEIVED
    assert view.clock is not None
    assert view.clock.due == view.day + timedelta(days=30)
    assert world.row("SELECT kind, channel FROM filing_register WHERE sequence = %s", view.register_sequence) == (
        "report",
        "online",
    )
    assert not verify_register(world.citizen).faults
    assert reading.situation_of(world.citizen, me, date(2026, 11, 30)).rent.known(date.max) == 110_000
    assert reading.situation_of(world.citizen, me, date(2026, 12, 1)).rent.known(date.max) == 90_000
    assert make_report_receipt(world.citizen, me, view, "pt").startswith(b"%PDF")


def test_one_token_sends_once_whoever_is_quick(world: World, announced: Announced) -> None:
    me, wish = world.adult(announced), sending(RENT)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _n: send_report(world.citizen, me, wish, world.clock.now()).id, range(4)))
    assert len(set(sent)) == 1
    assert world.count("change_report") == 1
    assert world.row("SELECT count(*) FROM filing_register WHERE kind = 'report'") == (1,)


def test_the_same_again_is_no_second_report(world: World, announced: Announced) -> None:
    me = world.adult(announced)
    first = report(world, me, RENT)
    with pytest.raises(SaidAlreadyError) as said:
        report(world, me, RENT)
    assert said.value.report.id == first.id
    assert world.count("change_report") == 1


def test_what_an_earlier_report_says_otherwise_is_asked_about(world: World, announced: Announced) -> None:
    me = world.adult(announced)
    later = report(world, me, RENT)
    earlier = changed(ChangeKind.MOVED, "2026-11-15", None, rent="800.00")
    with pytest.raises(ClashError) as asked:
        report(world, me, earlier)
    (clash,) = asked.value.clashes
    assert clash.kind is ClashKind.HOLDS_UNTIL
    place = (later.name, clash.step.place)
    report(world, me, earlier, settled=frozenset({place}))
    assert reading.situation_of(world.citizen, me, date(2026, 12, 5)).rent.known(date.max) == 90_000
    third = changed(ChangeKind.MOVED, "2026-11-20", None, rent="850.00")
    report(world, me, third, settled=frozenset({place}), drops=frozenset({place}))
    assert reading.situation_of(world.citizen, me, date(2026, 12, 5)).rent.known(date.max) == 85_000


@pytest.mark.parametrize(
    "change",
    [
        changed(ChangeKind.MOVED, "2031-01-01", None, rent="900.00"),
        changed(ChangeKind.MOVED, "2019-01-01", None, rent="900.00"),
        changed(ChangeKind.MOVED, "2026-12-01", None, rent="-5"),
        changed(ChangeKind.NEW_JOB, "2026-11-01", "zz", amount="900.00"),
        changed(ChangeKind.WAGE_CHANGED, "2026-11-01", "a", income="wage-9", amount="900.00"),
    ],
    ids=["far future", "before the file", "negative", "unknown person", "unknown income"],
)
def test_what_cannot_be_is_not_stored(world: World, announced: Announced, change: object) -> None:
    with pytest.raises(FaultsError):
        report(world, world.adult(announced), change)  # type: ignore[arg-type]
    assert world.count("change_report") == 0


def test_withdrawn_and_corrected_stay_to_be_seen(world: World, announced: Announced) -> None:
    me, kit = world.adult(announced), world.citizen
    first = report(world, me, RENT)
    gone = withdraw_report(kit, me, first.name, world.clock.now(), "Erreur de ma part")
    again = withdraw_report(kit, me, first.name, world.clock.now(), None)
    assert gone.state is again.state is ReportState.WITHDRAWN
    assert len(again.events) == 1
    genuine = verify_by_code(kit, first.reference, first.check_code)
    assert genuine is not None
    assert genuine.report
    assert genuine.withdrawn
    assert reading.situation_of(kit, me, date(2026, 12, 5)).rent.known(date.max) == 110_000
    with pytest.raises(EndedError):
        report(world, me, RENT, corrects=first.id)
    second = report(world, me, RENT)
    third = report(world, me, changed(ChangeKind.MOVED, "2026-12-01", None, rent="950.00"), corrects=second.id)
    states = {one.name: one.state for one in reading.own_reports(kit, me)}
    assert states == {
        first.name: ReportState.WITHDRAWN,
        second.name: ReportState.CORRECTED,
        third.name: ReportState.RECEIVED,
    }
    assert reading.situation_of(kit, me, date(2026, 12, 5)).rent.known(date.max) == 95_000
    assert not verify_register(kit).faults


def test_another_adult_sees_what_changed_and_never_the_report(world: World, announced: Announced) -> None:
    me, other = world.adult(announced), second_adult(world, announced)
    token = os.urandom(32)
    mine = report(
        world,
        me,
        newborn(world, "2026-11-03", token),
        changed(ChangeKind.ASKED_BENEFIT, "2026-11-05", "a", benefits=["disability"]),
        token=token,
    )
    assert reading.own_reports(world.citizen, other) == ()
    with pytest.raises(NotYoursError):
        reading.own_report(world.citizen, other, mine.name)
    with pytest.raises(NotYoursError):
        withdraw_report(world.citizen, other, mine.name, world.clock.now(), None)
    theirs = reading.situation_of(world.citizen, other, date(2026, 11, 21))
    assert [one.name.known(date.max) for one in theirs.persons][2:] == ["Noa"]
    assert not theirs.applicant.asked_for
    assert reading.situation_of(world.citizen, me, date(2026, 11, 21)).applicant.asked_for
    with pytest.raises(NotYoursError):
        send_report(world.citizen, other, sending(RENT, token=token), world.clock.now())


def test_the_desk_reads_asks_and_notes(world: World, announced: Announced) -> None:
    me, worker, kit = world.adult(announced), world.caseworker(), world.staff
    view, dossier = report(world, me, RENT), announced.view.dossier_id
    with kit.database.transaction() as session:
        assert [one.name for one in desk.unread(session, worker)] == [view.name]
        assert desk.unread(session, world.caseworker("oberwallis")) == ()
    desk.read_at_desk(kit, worker, dossier, view.name)
    desk.read_at_desk(kit, worker, dossier, view.name)
    seen = reading.own_report(world.citizen, me, view.name)
    assert [event.kind for event in seen.events] == [EventKind.READ]
    with kit.database.transaction() as session:
        assert desk.unread(session, worker) == ()
    note = {"words": "Le nouveau bail, s’il vous plaît."}
    desk.note_at_desk(kit, worker, dossier, view.name, EventKind.ASKED_BACK, note, seen=1)
    desk.note_at_desk(kit, worker, dossier, view.name, EventKind.ASKED_BACK, note, seen=1)
    with pytest.raises(NotedMeanwhileError):
        desk.note_at_desk(kit, worker, dossier, view.name, EventKind.COUNTED, {"month": "2026-12-01"}, seen=1)
    desk.note_at_desk(kit, worker, dossier, view.name, EventKind.COUNTED, {"month": "2026-12-01"}, seen=2)
    seen = reading.own_report(world.citizen, me, view.name)
    assert seen.state is ReportState.COUNTED
    assert seen.last(EventKind.ASKED_BACK).details == note  # type: ignore[union-attr]
    withdraw_report(world.citizen, me, view.name, world.clock.now(), None)
    with pytest.raises(EndedError):
        desk.note_at_desk(kit, worker, dossier, view.name, EventKind.COUNTED, {"month": "2026-11-01"}, seen=4)


def test_another_region_and_a_free_demand_show_no_report(world: World, clean_world: World) -> None:
    announced = clean_world.announce(situation=HOUSEHOLD, commune=6219)
    view = report(world, world.adult(announced), RENT)
    for region in ("oberwallis", "martigny", "bas-valais"):
        with pytest.raises(NotYoursError):
            desk.reports_at_desk(world.staff, world.caseworker(region), view.dossier_id)


def test_what_is_stored_is_never_changed(world: World, announced: Announced) -> None:
    report(world, world.adult(announced), RENT)
    for role in ("portal_citizen", "portal_staff", "portal_worker"):
        for act in (
            "UPDATE change_report SET name = 'x'",
            "DELETE FROM change_report",
            "DELETE FROM change_report_event",
        ):
            with world.database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(act)  # type: ignore[arg-type]


def test_the_centre_has_the_answers_with_the_reports(world: World, announced: Announced) -> None:
    me = world.adult(announced)
    send(world.citizen, me)
    token = os.urandom(32)
    report(world, me, newborn(world, "2026-11-03", token), token=token)
    said = said_to_centre(world.staff, announced.view)
    assert said is not None
    assert len(said.situation.persons) == 3


def test_a_report_that_waits_is_the_adults_own(world: World, announced: Announced) -> None:
    me, other = world.adult(announced), second_adult(world, announced)
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"], "rent": "900"})
    with pytest.raises(drafting.AnotherKeptError) as another:  # it stays until somebody says that it may go
        drafting.keep_draft(world.citizen, me, {"kinds": ["moved"], "rent": "950"})
    assert another.value.kept.typed["rent"] == "900"
    drafting.keep_draft(world.citizen, me, {"kinds": ["moved"], "rent": "950"}, over=[another.value.kept.mark])
    kept = drafting.kept_draft(world.citizen, me)
    assert kept is not None
    assert kept.typed["rent"] == "950"
    assert drafting.kept_draft(world.citizen, other) is None
    with pytest.raises(drafting.TooLongError):
        drafting.keep_draft(world.citizen, me, {"words": "x" * 30_000})
    drafting.forget_draft(world.citizen, me)
    assert drafting.kept_draft(world.citizen, me) is None
