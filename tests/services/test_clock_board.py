"""The board of clocks: everything that waits is on it once, by its nearest last day, in its own region, until it is done."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.clock_board import Clock, ClockKind, Standing, State, nearest
from portal.domain.deadlines import decision_due, urgent_due
from portal.domain.decision import Answers
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.domain.household_course import Why
from portal.domain.request_closing import Because
from portal.domain.role import Role
from portal.services import absences, clock_items
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.citizen import request_urgent_help, withdraw
from portal.services.clock_board import ClockLine, Given, Hold, assign, clock_board
from portal.services.clock_lines import Hand, Wanted
from portal.services.desk import open_demand, pass_on, take
from portal.services.document_requests import Note, note_at_desk
from portal.services.households import acting
from portal.services.paper_files import look_at_paper_file
from portal.services.reports import desk as reports
from portal.services.reports.sending import withdraw_report
from portal.services.thread.desk import look_at_threads
from tests.pages.test_staff_summary import SAID
from tests.pages.world import UNSURE, VISP, Announced, World
from tests.services.deciding import decided
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_thread_closing import close, reopen
from tests.services.threads import answer, ask, write

DAY = date(2026, 11, 10)


def lines(world: World, worker: Actor, **wanted: Any) -> list[ClockLine]:
    return list(clock_board(world.staff, worker, Wanted(**wanted)).lines)


def kinds(world: World, worker: Actor, **wanted: Any) -> list[tuple[str, str]]:
    return [(one.asks, one.clock.value) for one in lines(world, worker, **wanted)]


def hold(line: ClockLine) -> Hold:
    return Hold(line.hand, line.hand_id, line.given)


def household(world: World) -> Announced:
    """A demand with everything beside it that has a clock, or waits."""
    announced = world.announce(situation=SAID)
    adult = world.adult(announced)
    for kind in RequestKind:
        ask(world, adult, kind)
    report(world, adult, changed(ChangeKind.ABROAD, "2026-12-01"))
    report(world, adult, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"), asks_decision=True)
    note = Note(RequestState.TO_BRING, wanted_by=DAY + timedelta(days=2))
    note_at_desk(world.staff, world.caseworker(), announced.view.dossier_id, "lease", note)
    return announced


@pytest.mark.parametrize("by", ["centre", "person"])
def test_of_a_closed_file_no_clock_runs(clean_world: World, by: str) -> None:
    """Its lines go; opened again they come back at once, the day of papers too."""
    announced, worker = household(clean_world), clean_world.caseworker()
    before = kinds(clean_world, worker)
    desk, place = clean_world.staff, DeskPlace(announced.id)
    said = acting.Closing(Why.NEVER_COMPLETED, "Sans nouvelles", despite=True)
    acting.close(desk, worker, place, said, acting.look(desk, worker, place).course.seen)
    assert kinds(clean_world, worker) == []
    if by == "centre":
        acting.reopen(desk, worker, place, "Il est revenu", acting.look(desk, worker, place).course.seen)
    else:
        write(clean_world, clean_world.adult(announced), "Je suis revenu")
    assert kinds(clean_world, worker) == before
    assert lines(clean_world, worker, clock=ClockKind.PAPERS)[0].due == DAY + timedelta(days=2)


def test_a_paper_that_cannot_be_opened_keeps_nobody_from_writing(clean_world: World) -> None:
    announced, worker = household(clean_world), clean_world.caseworker()
    desk, place = clean_world.staff, DeskPlace(announced.id)
    said = acting.Closing(Why.NEVER_COMPLETED, "Sans nouvelles", despite=True)
    acting.close(desk, worker, place, said, acting.look(desk, worker, place).course.seen)
    with clean_world.superuser() as connection:
        connection.execute("ALTER TABLE document_request_event DISABLE TRIGGER USER")
        connection.execute("UPDATE document_request_event SET details = 'x'")
        connection.execute("ALTER TABLE document_request_event ENABLE TRIGGER USER")
    write(clean_world, clean_world.adult(announced), "Je suis revenu")
    assert ("demand", "decision") in kinds(clean_world, worker)
    assert lines(clean_world, worker, clock=ClockKind.PAPERS) == []


def test_all_of_a_household_by_the_nearest_day(clean_world: World) -> None:
    household(clean_world)
    found = lines(clean_world, clean_world.caseworker())
    assert [(one.asks, one.due) for one in found][:2] == [
        ("papers", DAY + timedelta(2)),
        ("urgent", DAY + timedelta(5)),
    ]
    thirty = sorted((one.asks, one.kind) for one in found[2:5])
    assert thirty == [("demand", "demand"), ("reexamination", "report"), ("reexamination", "request")]
    assert {one.due for one in found[2:5]} == {DAY + timedelta(30)}
    assert sorted((one.asks, one.due) for one in found[5:]) == [("decision", None), ("file", None), ("nothing", None)]
    assert found[0].standing is Standing.SOON
    counts = clock_board(clean_world.staff, clean_world.caseworker(), Wanted()).counts
    assert (counts.late, counts.soon, counts.later, counts.unseen, counts.me) == (0, 1, 4, 7, 0)


@pytest.mark.parametrize("urgent_after", [None, 0, 3, 27])
def test_the_database_says_what_the_rule_says(clean_world: World, urgent_after: int | None) -> None:
    announced = clean_world.announce()
    clocks = [Clock(ClockKind.DECISION, decision_due(DAY, 30))]
    if urgent_after is not None:
        clean_world.clock.forward(days=urgent_after)
        request_urgent_help(clean_world.citizen, clean_world.adult(announced), clean_world.clock.now())
        clocks.append(Clock(ClockKind.URGENT, urgent_due(filing_day(clean_world.clock.now()), 5)))
    (line,) = lines(clean_world, clean_world.caseworker())
    assert line.due == nearest(clocks).due


def test_another_region_sees_and_counts_nothing(clean_world: World) -> None:
    household(clean_world)
    found = clock_board(clean_world.staff, clean_world.caseworker("oberwallis"), Wanted())
    assert found.lines == ()
    counts = found.counts
    assert {counts.late, counts.soon, counts.later, counts.unseen, counts.me, counts.away} == {0}
    with pytest.raises(NotYoursError):
        clock_board(clean_world.staff, clean_world.caseworker(None, roles=[Role.FIGURES]), Wanted())


def test_every_item_goes_along_to_the_next_centre(clean_world: World) -> None:
    announced = household(clean_world)
    here, there = clean_world.caseworker(), clean_world.caseworker("oberwallis")
    open_demand(clean_world.staff, here, announced.id)
    look_at_threads(clean_world.staff, here, announced.view.dossier_id)
    all_ = kinds(clean_world, here)
    pass_on(clean_world.staff, here, announced.id, "oberwallis", "Domicile")
    assert kinds(clean_world, here) == []
    assert sorted(kinds(clean_world, there)) == sorted(all_)
    unseen = {one.asks for one in lines(clean_world, there, state=State.UNSEEN)}
    assert {"demand", "urgent", "reexamination", "file", "decision"} <= unseen  # the next centre looks for itself


def test_what_nobody_has_taken_is_on_every_board_that_may(clean_world: World) -> None:
    announced = clean_world.announce(commune=UNSURE)
    ask(clean_world, clean_world.adult(announced), RequestKind.URGENT)
    one, other = clean_world.caseworker("martigny"), clean_world.caseworker("bas-valais")
    assert kinds(clean_world, one) == kinds(clean_world, other) == [("urgent", "urgent"), ("demand", "decision")]
    assert kinds(clean_world, clean_world.caseworker("sierre")) == []
    take(clean_world.staff, one, announced.id)
    assert kinds(clean_world, other) == []
    assert len(kinds(clean_world, one)) == 2


def test_a_decision_ends_its_own_clock_and_no_other(clean_world: World) -> None:
    announced = household(clean_world)
    workers = (clean_world.caseworker(), clean_world.caseworker())
    dossier = announced.view.dossier_id
    about = {(one.asks, one.kind): one.id for one in lines(clean_world, workers[0])}
    for key, answers in (
        (("reexamination", "request"), Answers.REQUEST),
        (("reexamination", "report"), Answers.REPORT),
        (("urgent", "request"), Answers.REQUEST),
        (("demand", "demand"), Answers.DEMAND),
    ):
        before = {(one.asks, one.kind) for one in lines(clean_world, workers[0])}
        decided(clean_world.staff, workers, dossier, answers, about[key])
        after = {(one.asks, one.kind) for one in lines(clean_world, workers[0])}
        left = {("nothing", "report")} if key == ("reexamination", "report") else set()  # nobody has read it yet
        assert after == before - {key} | left & after


def test_an_answer_ends_nothing(clean_world: World) -> None:
    """What is open in the thread stands on the board: until it is closed, or a decision answers it."""
    announced = household(clean_world)
    adult, worker = clean_world.adult(announced), clean_world.caseworker()
    before = kinds(clean_world, worker)
    answer(clean_world, worker, adult, "Nous y travaillons.")
    assert kinds(clean_world, worker) == before
    assert {one.kind for one in lines(clean_world, worker, state=State.UNSEEN)} == {"demand", "report"}
    close(clean_world, worker, adult, Because.HANDED)  # the newest one asks for the file
    assert kinds(clean_world, worker) == [one for one in before if one[0] != "file"]
    reopen(clean_world, worker, adult)
    assert kinds(clean_world, worker) == before
    about = next(one.id for one in lines(clean_world, worker) if one.asks == "decision")
    two = (worker, clean_world.caseworker())
    decided(clean_world.staff, two, announced.view.dossier_id, Answers.REQUEST, about)
    assert kinds(clean_world, worker) == [one for one in before if one[0] != "decision"]


def test_a_correction_stays_in_the_hand_that_had_the_report(clean_world: World) -> None:
    announced = clean_world.announce(situation=SAID)
    adult = clean_world.adult(announced)
    me, colleague = clean_world.caseworker(), clean_world.caseworker()
    first = report(clean_world, adult, changed(ChangeKind.ABROAD, "2026-12-01"))

    def of_report() -> ClockLine:
        return next(one for one in lines(clean_world, me) if one.kind == "report")

    second = report(clean_world, adult, changed(ChangeKind.ABROAD, "2026-12-02"), corrects=first.id)
    assert (of_report().id, of_report().given) == (second.id, None)  # nobody had it
    assign(clean_world.staff, me, [hold(of_report())], me.id)
    assign(clean_world.staff, me, [hold(of_report())], colleague.id)
    by = clean_world.row("SELECT by, at FROM assignment ORDER BY sequence DESC LIMIT 1")
    clean_world.clock.forward(days=1)
    for day in (3, 4):
        second = report(clean_world, adult, changed(ChangeKind.ABROAD, f"2026-12-0{day}"), corrects=second.id)
        assert (of_report().id, of_report().assignee) == (second.id, colleague.id)
        assert clean_world.row("SELECT by, at FROM assignment WHERE item_id = %s", second.id) == by
    assert [one.id for one in lines(clean_world, colleague, hand=Hand.ME)] == [second.id]
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'assignment:note'") == (2,)
    assert assign(clean_world.staff, me, [hold(of_report())], None) == Given(1, 0)
    report(clean_world, adult, changed(ChangeKind.ABROAD, "2026-12-05"), corrects=second.id)
    assert of_report().assignee is None


def test_reading_and_taking_back_a_report(clean_world: World) -> None:
    announced = clean_world.announce(situation=SAID)
    adult, worker = clean_world.adult(announced), clean_world.caseworker()
    sent = report(clean_world, adult, changed(ChangeKind.ABROAD, "2026-12-01"))
    assert ("nothing", "none") in kinds(clean_world, worker)
    reports.read_at_desk(clean_world.staff, worker, announced.view.dossier_id, sent.name)
    assert ("nothing", "none") not in kinds(clean_world, worker)
    other = report(clean_world, adult, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"), asks_decision=True)
    assert ("reexamination", "reexamination") in kinds(clean_world, worker)
    withdraw_report(clean_world.citizen, adult, other.name, clean_world.clock.now(), None)
    assert ("reexamination", "reexamination") not in kinds(clean_world, worker)


def test_papers_by_their_next_day_until_they_are_there(clean_world: World) -> None:
    announced = clean_world.announce(situation=SAID)
    worker, dossier = clean_world.caseworker(), announced.view.dossier_id

    def noted(key: str, state: RequestState, days: int | None = None) -> list[date | None]:
        wanted = DAY + timedelta(days=days) if days is not None else None
        clean_world.clock.forward(minutes=1)
        note_at_desk(clean_world.staff, worker, dossier, key, Note(state, wanted_by=wanted), seen=seen.get(key))
        seen[key] = clean_world.clock.now()
        return [one.due for one in lines(clean_world, worker, clock=ClockKind.PAPERS)]

    seen: dict[str, Any] = {}
    assert noted("lease", RequestState.TO_BRING, 9) == [DAY + timedelta(9)]
    assert noted("payslips@a", RequestState.TO_BRING, 4) == [DAY + timedelta(4)]
    assert noted("payslips@a", RequestState.ACCEPTED) == [DAY + timedelta(9)]
    assert noted("lease", RequestState.ACCEPTED) == []
    assert noted("lease", RequestState.REFUSED, 12) == [DAY + timedelta(12)]


def test_withdrawn_means_off_the_board(clean_world: World) -> None:
    announced = household(clean_world)
    withdraw(clean_world.citizen, clean_world.adult(announced), clean_world.clock.now(), None)
    assert kinds(clean_world, clean_world.caseworker()) == []


def test_a_file_on_paper_has_no_demand_and_its_requests(clean_world: World) -> None:
    file = on_paper(clean_world)
    ask(clean_world, file.actor, RequestKind.REEXAMINATION)
    (line,) = lines(clean_world, clean_world.caseworker())
    assert (line.demand_id, line.reference, line.clock) == (None, file.reference, ClockKind.REEXAMINATION)


def test_a_moved_file_on_paper_waits_until_the_new_centre_opens_it(clean_world: World) -> None:
    file, here, there = on_paper(clean_world), clean_world.caseworker(), clean_world.caseworker("oberwallis")
    desk, place = clean_world.staff, DeskPlace(dossier_id=file.dossier_id)
    assert lines(clean_world, here) == []

    def move(worker: Actor, to: str) -> None:
        acting.move(desk, worker, place, acting.Move(to, None, None), "Domicile", seen(worker))

    def seen(worker: Actor) -> int:
        return acting.look(desk, worker, place).course.seen

    move(here, "oberwallis")
    assert lines(clean_world, here) == []
    for state in (None, State.UNSEEN):
        (line,) = lines(clean_world, there, state=state)
        assert (line.kind, line.asks, line.clock, line.day, line.seen) == ("moved", "moved", ClockKind.NONE, DAY, False)
        assert (line.dossier_id, line.demand_id, line.reference) == (file.dossier_id, None, file.reference)
    assert clock_board(desk, there, Wanted()).counts.unseen == 1
    assert assign(desk, there, [hold(line)], there.id) == Given(1, 0)
    assert clock_board(desk, there, Wanted()).counts.me == 1
    with pytest.raises(NotYoursError):
        assign(desk, here, [hold(line)], here.id)
    acting.close(desk, there, place, acting.Closing(Why.LEFT_CANTON, "Parti"), seen(there))
    assert lines(clean_world, there) == []
    acting.reopen(desk, there, place, "Revenu", seen(there))
    assert kinds(clean_world, there) == [("moved", "none")]
    for _ in range(2):
        look_at_paper_file(desk, there, file.dossier_id)
        assert lines(clean_world, there) == []
    move(there, "sierre")
    assert kinds(clean_world, here) == [("moved", "none")]


def test_a_moved_demand_has_its_own_line_and_no_other(clean_world: World) -> None:
    announced, here = clean_world.announce(), clean_world.caseworker()
    acting.move(clean_world.staff, here, DeskPlace(announced.id), acting.Move("oberwallis", None, None), "Domicile", 0)
    assert kinds(clean_world, clean_world.caseworker("oberwallis")) == [("demand", "decision")]


def test_late_today_soon_later(clean_world: World) -> None:
    worker = clean_world.caseworker()
    for days in (40, 30, 27, 1):
        clean_world.clock.forward(days=-days)
        clean_world.announce()
        clean_world.clock.forward(days=days)
    found = lines(clean_world, worker)
    assert [one.standing for one in found] == [Standing.LATE, Standing.TODAY, Standing.SOON, Standing.RUNNING]
    assert [len(lines(clean_world, worker, state=state)) for state in (State.LATE, State.SOON, State.LATER)] == [
        1,
        2,
        1,
    ]
    counts = clock_board(clean_world.staff, worker, Wanted()).counts
    assert (counts.late, counts.soon, counts.later) == (1, 2, 1)


def test_pages_leave_nothing_out(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.services.clock_board.PAGE", 3)
    worker = clean_world.caseworker()
    for number in range(4):
        adult = clean_world.adult(clean_world.announce(urgent=number % 2 == 0))
        ask(clean_world, adult, RequestKind.FILE)
    all_: list[uuid.UUID] = []
    for page in range(1, 5):
        found = clock_board(clean_world.staff, worker, Wanted(), page=page)
        all_ += [one.id for one in found.lines]
        assert found.more is (page < 3)
    assert len(all_) == len(set(all_)) == 8


def test_given_to_somebody_and_found_again(clean_world: World) -> None:
    household(clean_world)
    me, colleague = clean_world.caseworker(), clean_world.caseworker()
    found = lines(clean_world, me)
    assert assign(clean_world.staff, me, [hold(one) for one in found], colleague.id) == Given(5, 0)  # one thread
    assert lines(clean_world, me, hand=Hand.ME) == []
    assert lines(clean_world, me, hand=Hand.NOBODY) == []
    assert len(lines(clean_world, colleague, hand=Hand.ME)) == len(found)
    assert len(lines(clean_world, me, hand=colleague.id)) == len(found)
    assert clock_board(clean_world.staff, colleague, Wanted()).counts.me == len(found)
    again = lines(clean_world, me)
    assert {one.assignee_name for one in again} == {f"Name of {_subject(clean_world, colleague)}"}
    assign(clean_world.staff, me, [hold(again[0])], None)
    assert len(lines(clean_world, me, hand=Hand.NOBODY)) == 1
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'assignment:note'") == (6,)


def _subject(world: World, worker: Actor) -> str:
    return str(world.row("SELECT subject FROM caseworker WHERE id = %s", worker.id)[0])


def test_two_who_give_at_once_and_the_second_is_told(clean_world: World) -> None:
    clean_world.announce()
    workers = [clean_world.caseworker() for _ in range(2)]
    (line,) = lines(clean_world, workers[0])
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: assign(clean_world.staff, one, [hold(line)], one.id), workers))
    assert sorted((one.done, one.meanwhile) for one in found) == [(0, 1), (1, 0)]
    assert clean_world.count("assignment") == 1
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'assignment:note'") == (1,)


def test_the_same_twice_is_once(clean_world: World) -> None:
    clean_world.announce()
    me = clean_world.caseworker()
    (line,) = lines(clean_world, me)
    for _ in range(2):
        assert assign(clean_world.staff, me, [hold(line)], me.id) == Given(1, 0)
    assert clean_world.count("assignment") == 1


def test_nobody_of_another_centre_gives_or_is_given_anything(clean_world: World) -> None:
    household(clean_world)
    foreign = clean_world.announce(commune=VISP)
    me, stranger = clean_world.caseworker(), clean_world.caseworker("oberwallis")
    found = lines(clean_world, me)
    theirs = next(one for one in lines(clean_world, stranger) if one.id == foreign.id)
    for worker, held, whom in (
        (me, [hold(one) for one in found], stranger.id),
        (stranger, [hold(found[0])], stranger.id),
        (me, [hold(found[0]), hold(theirs)], me.id),
        (me, [Hold(found[0].hand, uuid.uuid4(), None)], me.id),
    ):
        with pytest.raises(NotYoursError):
            assign(clean_world.staff, worker, held, whom)
    assert clean_world.count("assignment") == 0


def test_who_moved_away_has_nothing_in_hand_here(clean_world: World) -> None:
    announced = clean_world.announce()
    me, there = clean_world.caseworker(), clean_world.caseworker("oberwallis")
    assign(clean_world.staff, me, [hold(lines(clean_world, me)[0])], me.id)
    open_demand(clean_world.staff, me, announced.id)
    pass_on(clean_world.staff, me, announced.id, "oberwallis", "Domicile")
    (line,) = lines(clean_world, there, hand=Hand.NOBODY)
    assert line.assignee_name is None
    assert assign(clean_world.staff, there, [hold(line)], there.id) == Given(1, 0)


def test_the_work_of_somebody_who_is_away_is_shown_counted_and_taken_over(clean_world: World) -> None:
    clean_world.announce()
    me, colleague = clean_world.caseworker(), clean_world.caseworker()
    assign(clean_world.staff, me, [hold(lines(clean_world, me)[0])], colleague.id)
    assert lines(clean_world, me, hand=Hand.AWAY) == []
    absences.note(clean_world.staff, colleague, colleague.id or uuid.uuid4(), DAY)
    (line,) = lines(clean_world, me, hand=Hand.AWAY)
    assert line.away_until == DAY
    assert clock_board(clean_world.staff, me, Wanted()).counts.away == 1
    assert assign(clean_world.staff, me, [hold(line)], me.id) == Given(1, 0)
    assert lines(clean_world, me, hand=Hand.AWAY) == []
    clean_world.clock.forward(days=1)
    assert all(one.away_until is None for one in absences.members(clean_world.staff, me))


def test_who_may_say_that_somebody_is_away(clean_world: World) -> None:
    me, colleague = clean_world.caseworker(), clean_world.caseworker()
    lead, other = (
        clean_world.caseworker(roles=[Role.TEAM_LEAD]),
        clean_world.caseworker("oberwallis", roles=[Role.TEAM_LEAD]),
    )
    whose = colleague.id or uuid.uuid4()
    for worker in (me, other):
        with pytest.raises(NotYoursError):
            absences.note(clean_world.staff, worker, whose, DAY)
    for day in (DAY - timedelta(1), DAY + timedelta(367)):
        with pytest.raises(ValueError, match="absence"):
            absences.note(clean_world.staff, colleague, whose, day)
    for _ in range(2):
        absences.note(clean_world.staff, lead, whose, DAY + timedelta(9))
    assert clean_world.count("absence") == 1
    absences.note(clean_world.staff, colleague, whose, None)
    assert [one.away_until for one in absences.members(clean_world.staff, me) if one.id == whose] == [None]
    assert clean_world.row("SELECT count(*), count(dossier_id) FROM audit_event WHERE action = 'absence:note'") == (
        2,
        0,
    )


def test_what_fell_between_two_who_wrote_at_once_is_healed(clean_world: World) -> None:
    household(clean_world)
    with clean_world.superuser() as connection:
        connection.execute("UPDATE clock_item SET region = 'oberwallis'")
    me = clean_world.caseworker()
    assert [one.asks for one in lines(clean_world, me)] == ["demand"]
    assert kinds(clean_world, clean_world.caseworker("oberwallis")) == []  # the scope stands in the query all the same
    assert clock_items.heal(clean_world.worker) == 1
    assert len(lines(clean_world, me)) == 8
    assert clock_items.heal(clean_world.worker) == 0


def test_looking_is_audited_without_a_dossier(clean_world: World) -> None:
    clean_world.announce()
    lines(clean_world, clean_world.caseworker())
    found = "SELECT count(*), count(dossier_id) FROM audit_event WHERE action = 'clocks:read'"
    assert clean_world.row(found) == (1, 0)
