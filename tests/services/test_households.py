"""A household's file as a whole: closed, opened again, handed over, merged; nothing is lost and no date moves."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from devstack.smtp import Smtp
from portal.domain.case_request import RequestKind
from portal.domain.deadlines import urgent_due
from portal.domain.demand import filing_day
from portal.domain.household_course import Step, Why
from portal.services import apart, citizen, desk, glances, what_is_new
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head
from portal.services.board import board
from portal.services.clock_board import clock_board
from portal.services.clock_lines import Wanted
from portal.services.clocks import clocks_of
from portal.services.filed import find_filed
from portal.services.households import acting, merging
from portal.services.households.acting import (
    Closing,
    DoneMeanwhileError,
    MergedRunsError,
    Move,
    NotWithdrawnError,
    StillOpenError,
)
from portal.services.households.merging import ClosedRunsError, NotMergeableError, SeveralAdultsError
from portal.services.households.own import OwnCourse, own_course_in
from portal.services.matches import possible_matches
from portal.services.reminders import news, wishes
from portal.services.reminders.sources import due_on
from portal.services.search import looking
from tests.pages.world import JANE, Announced, World
from tests.services.deciding import decided
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.on_paper import on_paper
from tests.services.test_apart import ALONE
from tests.services.threads import ask, write

WHY = "Courrier du 3 novembre"


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def actor(world: World) -> Actor:
    return world.caseworker("sierre")


@pytest.fixture
def announced(world: World, actor: Actor) -> Announced:
    announced = world.announce()
    desk.open_demand(world.staff, actor, announced.id)
    return announced


def place(announced: Announced) -> DeskPlace:
    return DeskPlace(announced.id)


def seen(world: World, actor: Actor, where: DeskPlace) -> int:
    return acting.look(world.staff, actor, where).course.seen


def close(world: World, actor: Actor, where: DeskPlace, why: Why = Why.AID_ENDED) -> None:
    acting.close(world.staff, actor, where, Closing(why, WHY, despite=True), seen(world, actor, where))


def own(world: World, announced: Announced) -> OwnCourse:
    with world.citizen.database.reading() as session:
        return own_course_in(session, world.adult(announced))


def register(world: World) -> list[tuple[object, ...]]:
    with world.superuser() as connection:
        return connection.execute("SELECT sequence, kind, instant FROM filing_register ORDER BY sequence").fetchall()


def events(world: World) -> list[str]:
    with world.superuser() as connection:
        rows = connection.execute("SELECT kind FROM household_event ORDER BY sequence").fetchall()
    return [row[0] for row in rows]


def merge(world: World, actor: Actor, this: Announced, other: Announced, *, this_stops: bool = False) -> None:
    pair = merging.compare(world.staff, actor, place(this), other.reference)
    goes_on = other if this_stops else this
    merging.merge(
        *(world.staff, actor, place(this), other.reference, goes_on.view.adult_id, WHY),
        (pair.this.seen, pair.other.seen),
        this_stops=this_stops,
    )


def test_a_closed_file_has_no_clock_and_no_reminder(world: World, actor: Actor, announced: Announced) -> None:
    before, day = register(world), filing_day(world.clock.now())
    assert len(board(world.staff, actor).rows) == 1
    assert due_on_some_day(world, announced)
    close(world, actor, place(announced))
    view = citizen.own_demand(world.citizen, world.adult(announced))
    assert view.closed_at == world.clock.now()
    assert clocks_of(view, day) == ()
    assert board(world.staff, actor).rows == ()
    assert not due_on_some_day(world, announced)
    assert [one.closed for one in looking.look_up(world.staff, actor, announced.reference).candidates] == [True]
    assert register(world) == before


def due_on_some_day(world: World, announced: Announced) -> bool:
    """Whether anything is due for the file in its next forty days."""
    first = announced.view.filing_date
    with world.worker.database.reading() as session:
        days = [date.fromordinal(first.toordinal() + number) for number in range(40)]
        return any(due_on(session, world.worker, day, announced.view.dossier_id) for day in days)


def test_the_person_reads_why_from_the_list_and_never_the_words(
    world: World, actor: Actor, announced: Announced
) -> None:
    close(world, actor, place(announced), Why.NEVER_COMPLETED)
    closed = own(world, announced).closed
    assert closed is not None
    assert (closed.why, closed.region) == (Why.NEVER_COMPLETED, "sierre")
    with world.citizen.database.reading() as session, pytest.raises(Exception, match="permission denied"):
        session.connection().exec_driver_sql("SELECT details FROM household_event")


@pytest.mark.parametrize("way", ["thread", "urgent"])
def test_writing_opens_it_again(world: World, actor: Actor, announced: Announced, way: str) -> None:
    close(world, actor, place(announced))
    me = world.adult(announced)
    if way == "thread":
        write(world, me, "Je suis encore là")
    else:
        citizen.request_urgent_help(world.citizen, me, world.clock.now())
    assert citizen.own_demand(world.citizen, me).closed_at is None
    assert own(world, announced).closed is None
    assert events(world) == ["closed", "reopened"]
    assert len(board(world.staff, actor).rows) == 1


def test_writing_to_an_open_file_notes_nothing(world: World, announced: Announced) -> None:
    write(world, world.adult(announced), "Bonjour")
    assert events(world) == []


def test_closing_twice_is_once_and_reopening_brings_the_clocks_back(
    world: World, actor: Actor, announced: Announced
) -> None:
    where, clocks = place(announced), clocks_of(announced.view, filing_day(world.clock.now()))
    number = seen(world, actor, where)
    for _ in range(2):
        acting.close(world.staff, actor, where, Closing(Why.DIED, WHY, despite=True), number)
    assert events(world) == ["closed"]
    for _ in range(2):
        acting.reopen(world.staff, actor, where, WHY, seen(world, actor, where))
    assert events(world) == ["closed", "reopened"]
    assert clocks_of(citizen.own_demand(world.citizen, world.adult(announced)), filing_day(world.clock.now())) == clocks


def test_over_a_clock_it_is_closed_only_expressly(world: World, actor: Actor, announced: Announced) -> None:
    where, number = place(announced), seen(world, actor, place(announced))
    with pytest.raises(StillOpenError):
        acting.close(world.staff, actor, where, Closing(Why.AID_ENDED, WHY), number)
    assert events(world) == []
    citizen.withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    assert acting.look(world.staff, actor, where).running == ()
    acting.close(world.staff, actor, where, Closing(Why.WITHDRAWN, WHY), number)
    assert events(world) == ["closed"]


def test_what_was_asked_for_since_runs_too(world: World, actor: Actor, announced: Announced) -> None:
    me = world.adult(announced)
    for kind in RequestKind:
        ask(world, me, kind)
    running = acting.look(world.staff, actor, place(announced)).running
    assert [one.name for one in running] == ["urgent", "reexamination", "decision"]
    assert len(what_is_new.for_adult(world.citizen, me).asked_again) == 2
    close(world, actor, place(announced))
    assert acting.look(world.staff, actor, place(announced)).running == ()
    assert what_is_new.for_adult(world.citizen, me).asked_again == ()
    assert [one.stands for one in what_is_new.urgent_of(world.staff, announced.view)] == [False]


def test_a_withdrawal_stands_or_is_there_on_paper(world: World, actor: Actor, announced: Announced) -> None:
    where, number = place(announced), seen(world, actor, place(announced))
    said = Closing(Why.WITHDRAWN, WHY, despite=True)
    with pytest.raises(NotWithdrawnError):
        acting.close(world.staff, actor, where, said, number)
    acting.close(world.staff, actor, where, replace(said, letter=True), number)
    assert events(world) == ["closed"]


def test_the_second_of_two_is_told(world: World, actor: Actor, announced: Announced) -> None:
    where, number = place(announced), seen(world, actor, place(announced))
    acting.close(world.staff, actor, where, Closing(Why.AID_ENDED, WHY, despite=True), number)
    with pytest.raises(DoneMeanwhileError):
        acting.move(world.staff, world.caseworker("sierre"), where, Move("martigny", None, None), WHY, number)
    assert events(world) == ["closed"]


def test_two_at_once_do_one_thing(world: World, actor: Actor, announced: Announced) -> None:
    where, number = place(announced), seen(world, actor, place(announced))

    def moved(region: str) -> bool:
        try:
            acting.move(world.staff, actor, where, Move(region, None, None), WHY, number)
        except (DoneMeanwhileError, NotYoursError):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(moved, ("martigny", "bas-valais")))
    assert sorted(done) == [False, True]
    assert events(world) == ["moved"]


def test_nothing_is_done_without_words_or_outside_the_scope(world: World, actor: Actor, announced: Announced) -> None:
    where, other = place(announced), world.caseworker("oberwallis")
    acts: list[Callable[[Actor, str], object]] = [
        lambda who, words: acting.close(world.staff, who, where, Closing(Why.DIED, words), 0),
        lambda who, words: acting.reopen(world.staff, who, where, words, 0),
        lambda who, words: acting.move(world.staff, who, where, Move("bas-valais", None, None), words, 0),
        lambda who, words: merging.part(world.staff, who, where, words, 0),
    ]
    for act in acts:
        with pytest.raises(ValueError, match="words"):
            act(actor, "")
        with pytest.raises(NotYoursError):
            act(other, WHY)
    with pytest.raises(NotYoursError):
        acting.look(world.staff, other, where)
    assert events(world) == []


def test_a_moved_file_is_the_other_centres_whole(world: World, actor: Actor, announced: Announced) -> None:
    where, before = place(announced), register(world)
    acting.move(world.staff, actor, where, Move("bas-valais", 6153, date(2026, 11, 1)), WHY, 0)
    with pytest.raises(NotYoursError):
        head(world.staff, actor, where)
    assert looking.look_up(world.staff, actor, announced.reference).candidates == ()
    there = world.caseworker("bas-valais")
    found = head(world.staff, there, where)
    assert (found.region, found.opened_at, found.filing_date) == ("bas-valais", None, announced.view.filing_date)  # type: ignore[union-attr]
    assert [one.id for one in board(world.staff, there).rows] == [announced.id]
    page = acting.look(world.staff, there, where)
    assert [(one.event.step, one.words) for one in page.done] == [(Step.MOVED, WHY)]
    moved = own(world, announced).moved
    assert moved is not None
    assert moved.to_region == "bas-valais"
    assert register(world) == before


def test_a_file_that_began_on_paper_moves_and_closes_too(world: World, actor: Actor) -> None:
    file = on_paper(world)
    where = DeskPlace(dossier_id=file.dossier_id)
    close(world, actor, where, Why.LEFT_CANTON)
    assert head(world.staff, actor, where).closed_at == world.clock.now()
    write(world, file.actor, "Je suis revenue")
    assert head(world.staff, actor, where).closed_at is None
    acting.move(world.staff, actor, where, Move("bas-valais", 6153, None), WHY, seen(world, actor, where))
    assert head(world.staff, world.caseworker("bas-valais"), where).commune_bfs == 6153  # type: ignore[union-attr]
    with pytest.raises(NotYoursError):
        head(world.staff, actor, where)


def test_an_urgent_request_alerts_the_new_centre(world: World, actor: Actor) -> None:
    announced = world.announce(urgent=True)
    desk.open_demand(world.staff, actor, announced.id)
    acting.move(world.staff, actor, place(announced), Move("bas-valais", None, None), WHY, 0)
    jobs = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = %s"
    assert world.row(jobs, "alert_duty") == (1,)
    assert world.row("SELECT urgent_opened_at FROM demand WHERE id = %s", announced.id) == (None,)


def test_the_person_is_told_by_neutral_words(world: World, actor: Actor, announced: Announced, mailbox: Smtp) -> None:
    wishes.wish(world.citizen, world.adult(announced), "jeanne@example.ch", "fr")
    close(world, actor, place(announced))
    event = world.row("SELECT id FROM household_event")[0]
    for _ in range(2):
        news.tell_household(world.worker, world.mailer, event)
    found = [one.body for one in letters(mailbox) if "Il y a du nouveau dans votre dossier" in one.body]
    assert len(found) == 1
    assert not any(word in found[0].lower() for word in ("fermé", "terminée", "courrier", "dupont"))


def test_two_files_of_one_person_become_one_and_keep_their_dates(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    before = register(world)
    merge(world, actor, second, first)
    page = acting.look(world.staff, actor, place(second))
    assert [(one.reference, one.filed) for one in page.merged_here] == [(first.reference, first.view.filing_date)]
    other = acting.look(world.staff, actor, place(first))
    assert other.goes_on is not None
    assert other.goes_on.reference == second.reference
    assert own(world, first).goes_on is not None
    assert [one.reference for one in own(world, second).merged_here] == [first.reference]
    assert [one.id for one in board(world.staff, actor).rows] == [second.id], (
        "its line is that of the file that goes on"
    )
    assert len(clock_board(world.staff, actor, Wanted()).lines) == 2, "a clock that runs runs on"
    assert register(world) == before
    for one in (first, second):
        assert citizen.sign_in(world.citizen, one.reference, one.code, "test")
    assert citizen.sign_in(world.citizen, second.reference, first.code, "test") is None, (
        "a code opens its own file only"
    )


def test_the_line_of_the_file_that_goes_on_has_the_earlier_day(world: World, actor: Actor) -> None:
    first = world.announce()
    world.clock.forward(days=3)
    second = world.announce()
    merge(world, actor, second, first)
    (row,) = board(world.staff, actor).rows
    assert (row.filing_date, row.first_date) == (second.view.filing_date, first.view.filing_date)
    assert [one.waits for one in acting.look(world.staff, actor, place(second)).merged_here] == [True]
    assert [one.waits for one in own(world, second).merged_here] == [True]
    citizen.withdraw(world.citizen, world.adult(second), world.clock.now(), None)
    assert [one.id for one in board(world.staff, actor).rows] == [first.id], (
        "where nothing else waits it has its own line"
    )


def test_parted_again_both_have_their_lines(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    merge(world, actor, first, second, this_stops=True)
    merging.part(world.staff, actor, place(first), WHY, seen(world, actor, place(first)))
    rows = board(world.staff, actor).rows
    assert {(one.id, one.merged_date) for one in rows} == {(first.id, None), (second.id, None)}


def test_urgent_help_keeps_its_line_in_a_merged_file(world: World, actor: Actor) -> None:
    first, second = world.announce(urgent=True), world.announce()
    merge(world, actor, second, first)
    assert [one.id for one in board(world.staff, actor).rows] == [first.id, second.id]


@pytest.mark.parametrize("how", ["thread", "demand"])
def test_urgent_help_of_a_merged_file_stands_in_the_one_that_goes_on(world: World, actor: Actor, how: str) -> None:
    other, first = world.announce(), world.announce(urgent=how == "demand")
    world.clock.forward(days=1)
    second = world.announce()
    if how == "thread":
        ask(world, world.adult(first))
    desk.open_demand(world.staff, actor, other.id)
    merge(world, actor, second, first)
    rows = {one.id: one for one in board(world.staff, actor).rows}
    due = filing_day(world.clock.now()) + timedelta(days=5 if how == "thread" else 4)
    at = rows[second.id].merged_urgent_at
    assert at is not None
    assert urgent_due(filing_day(at), 5) == due
    assert rows[second.id].merged_unseen == (True if how == "thread" else None)
    assert (rows[other.id].merged_urgent_at, rows[second.id].asked_at) == (None, None)
    assert (next(iter(rows)) == second.id) == (how == "thread"), "the line that is worked on comes first"
    (one,) = what_is_new.of_dossier(world.staff, actor, second.view).urgent
    assert (one.stands, one.clock.due, one.merged, one.dossier_id) == (
        True,
        due,
        first.reference,
        first.view.dossier_id,
    )
    assert one.demand_id == (first.id if how == "demand" else None)
    merging.part(world.staff, actor, place(first), WHY, seen(world, actor, place(first)))
    assert what_is_new.of_dossier(world.staff, actor, second.view).urgent == ()
    assert {one.merged_urgent_at for one in board(world.staff, actor).rows} == {None}


@pytest.mark.parametrize("why", [Why.DOUBLE, Why.LEFT_CANTON])
@pytest.mark.parametrize("how", ["thread", "demand", "decision"])
def test_a_merged_file_is_not_closed_while_a_clock_runs(world: World, actor: Actor, how: str, why: Why) -> None:
    """Closed, its clocks would be gone from the file that goes on too; no tick helps, and no other reason."""
    first, second = world.announce(urgent=how == "demand"), world.announce()
    if how == "thread":
        ask(world, world.adult(first))
    merge(world, actor, second, first)
    before = board(world.staff, actor).rows
    with pytest.raises(MergedRunsError):
        close(world, actor, place(first), why)
    assert events(world) == ["merged"]
    assert board(world.staff, actor).rows == before
    citizen.withdraw(world.citizen, world.adult(first), world.clock.now(), None)
    close(world, actor, place(first), why)
    assert events(world) == ["merged", "closed"]


@pytest.mark.parametrize("how", ["thread", "demand"])
def test_a_file_closed_over_a_clock_is_opened_before_it_is_merged(world: World, actor: Actor, how: str) -> None:
    """Its clock would be seen in neither file."""
    first, second = world.announce(), world.announce()
    if how == "thread":  # only what was asked for since runs
        decided(world.staff, (actor, world.caseworker()), first.view.dossier_id)
        ask(world, world.adult(first))
    close(world, actor, place(first), Why.DOUBLE)
    before = [
        world.row("SELECT closed_at FROM demand WHERE id = %s", first.id),
        clock_board(world.staff, actor, Wanted()).lines,
    ]
    with pytest.raises(ClosedRunsError):
        merge(world, actor, second, first)
    assert events(world) == ["closed"]
    after = [
        world.row("SELECT closed_at FROM demand WHERE id = %s", first.id),
        clock_board(world.staff, actor, Wanted()).lines,
    ]
    assert after == before
    acting.reopen(world.staff, actor, place(first), WHY, seen(world, actor, place(first)))
    merge(world, actor, second, first)
    assert events(world) == ["closed", "reopened", "merged"]


def test_a_closed_file_in_which_nothing_runs_is_merged(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    citizen.withdraw(world.citizen, world.adult(first), world.clock.now(), None)
    close(world, actor, place(first), Why.DOUBLE)
    merge(world, actor, second, first)
    assert events(world) == ["closed", "merged"]


def test_a_double_that_was_not_merged_is_closed_expressly(world: World, actor: Actor, announced: Announced) -> None:
    close(world, actor, place(announced), Why.DOUBLE)
    assert events(world) == ["closed"]


def test_a_merged_file_is_no_guess_any_more(world: World, actor: Actor) -> None:
    first, second, third = world.announce(), world.announce(), world.announce()
    merge(world, actor, second, first)
    guessed = {
        one.reference: {match.reference for match in possible_matches(world.staff, actor, one.view)}
        for one in (first, second, third)
    }
    assert guessed[first.reference] == guessed[second.reference] == {third.reference}
    assert guessed[third.reference] == {first.reference, second.reference}


def test_another_adult_of_the_file_that_goes_on_is_told_nothing(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    paul = second_adult(world, second)
    merge(world, actor, second, first)
    with world.citizen.database.reading() as session:
        found = own_course_in(session, paul)
    assert (found.merged_here, found.goes_on) == ((), None)


def test_a_merging_is_taken_back_with_a_reason(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    merge(world, actor, first, second, this_stops=True)
    with pytest.raises(DoneMeanwhileError):
        merging.part(world.staff, actor, place(first), WHY, 0)
    for _ in range(2):
        merging.part(world.staff, actor, place(first), WHY, seen(world, actor, place(first)))
    assert events(world) == ["merged", "parted"]
    assert (own(world, first).goes_on, own(world, second).merged_here) == (None, ())
    merge(world, actor, second, first)  # the other way round
    assert own(world, first).goes_on is not None


def test_merging_twice_is_once(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    for _ in range(2):
        merging.merge(
            *(world.staff, actor, place(first), second.reference, first.view.adult_id, WHY), (0, 0), this_stops=False
        )
    assert events(world) == ["merged"]


def test_whoever_has_an_access_keeps_their_file(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()
    second_adult(world, first)
    with pytest.raises(SeveralAdultsError):
        merge(world, actor, second, first)
    merge(world, actor, second, first, this_stops=True)
    third, numbers = world.announce(), (0, seen(world, actor, place(first)))
    strange = (world.staff, actor, place(third), first.reference, second.view.adult_id, WHY)
    with pytest.raises(NotYoursError):
        merging.merge(*strange, numbers, this_stops=True)


def test_only_files_of_the_own_centre_are_found(world: World, actor: Actor, announced: Announced) -> None:
    elsewhere, free = world.announce(commune=6297), world.announce(commune=6219)
    for reference in (elsewhere.reference, free.reference, announced.reference, "000-000-000-0"):
        with pytest.raises(NotMergeableError):
            merging.compare(world.staff, actor, place(announced), reference)


def test_a_file_apart_is_never_offered_found_or_merged(world: World, actor: Actor) -> None:
    """Neither with the file that its person left, nor with any other, from whichever side one comes."""
    left, third = world.announce(), world.announce()
    token = os.urandom(32)
    wish = replace(ALONE, commune_bfs=6248)
    apart.part(world.citizen, world.adult(left), wish, token, world.clock.now(), None, "fr")
    found = find_filed(world.citizen, token)
    assert found is not None
    mine = Announced(token, found.demand, found.access_code or "")
    for this, other in ((left, mine), (mine, left), (third, mine), (mine, third)):
        with pytest.raises(NotMergeableError):
            merging.compare(world.staff, actor, place(this), other.reference)
        with pytest.raises(NotMergeableError):
            merging.merge(
                *(world.staff, actor, place(this), other.reference, this.view.adult_id, WHY), (0, 0), this_stops=False
            )
    view = head(world.staff, actor, place(left))
    assert mine.reference not in merging.offered(world.staff, actor, view)
    assert third.reference in merging.offered(world.staff, actor, view)
    assert merging.offered(world.staff, actor, head(world.staff, actor, place(mine))) == ()
    assert events(world) == []


def test_two_who_merge_each_into_the_other_at_once(world: World, actor: Actor) -> None:
    first, second = world.announce(), world.announce()

    def both(stops: bool) -> bool:
        goes_on = second if stops else first
        try:
            merging.merge(
                *(world.staff, actor, place(first), second.reference, goes_on.view.adult_id, WHY),
                (0, 0),
                this_stops=stops,
            )
        except (DoneMeanwhileError, NotMergeableError):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(both, (True, False))) == [False, True]
    assert events(world) == ["merged"]


def test_every_act_is_an_event_of_the_log(world: World, actor: Actor, announced: Announced) -> None:
    second = world.announce()
    merge(world, actor, announced, second)
    close(world, actor, place(announced))
    acting.reopen(world.staff, actor, place(announced), WHY, seen(world, actor, place(announced)))
    acting.move(
        *(world.staff, actor, place(announced), Move("bas-valais", None, None), WHY),
        seen(world, actor, place(announced)),
    )
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT action, count(*) FROM audit_event WHERE action ~ '^household:' GROUP BY action"
        ).fetchall()
    found = dict(rows)
    assert {name: found[f"household:{name}"] for name in ("compared", "merged", "closed", "reopened", "moved")} == {
        "compared": 2,
        "merged": 2,
        "closed": 1,
        "reopened": 1,
        "moved": 1,
    }


@pytest.mark.parametrize("table", ["household_event", "file_glance"])
def test_what_was_done_is_never_changed(world: World, actor: Actor, announced: Announced, table: str) -> None:
    close(world, actor, place(announced))
    glances.open_glance(
        *(world.staff, world.caseworker("bas-valais"), "s", announced.reference, glances.Reason.DANGER), WHY
    )
    with world.superuser() as connection, pytest.raises(InsufficientPrivilege, match="insert-only"):
        connection.execute(sql.SQL("UPDATE {} SET instant = now()").format(sql.Identifier(table)))


def test_same_person_is_offered_once(world: World, actor: Actor, announced: Announced) -> None:
    again = world.announce(JANE)
    assert merging.offered(world.staff, actor, head(world.staff, actor, place(announced))) == (again.reference,)
    assert uuid.UUID(str(again.id)) == again.id
