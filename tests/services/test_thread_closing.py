"""A request of a thread closed with a reason, and opened again: who is told, what goes on waiting, who came second."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from portal.domain.case_request import AskedState, LineKind, RequestKind
from portal.domain.decision import Answers, Step
from portal.domain.demand import filing_day
from portal.domain.request_closing import REASONS, Because, CloseFault, Trace, fault, waiting
from portal.services.actor import Actor, NotYoursError
from portal.services.asked_again import own_clocks
from portal.services.assigning import AssignedMeanwhileError
from portal.services.at_desk import DeskPlace
from portal.services.decisions.recording import end
from portal.services.reminders.sources import due_on
from portal.services.thread import closing, desk
from portal.services.thread.closing import CannotCloseError, Request
from portal.services.thread.desk import ChangedMeanwhileError
from portal.services.thread.reading import News, news
from portal.services.thread.waiting import Given, waiting_threads
from tests.pages.world import Announced, World
from tests.services.deciding import recorded
from tests.services.households import second_adult
from tests.services.threads import answer, ask, sent, thread, write


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


def requests_of(world: World, staff: Actor, to: Actor) -> list[uuid.UUID]:
    """The ids of an adult's requests, the newest first, after a look at them."""
    assert to.dossier_id is not None
    found = desk.look_at_threads(world.staff, staff, to.dossier_id)
    return [one.id for adult in found.adults if adult.adult_id == to.id for one in adult.requests]


def seen_of(world: World, staff: Actor, to: Actor) -> int:
    assert to.dossier_id is not None
    found = desk.look_at_threads(world.staff, staff, to.dossier_id)
    return next(one.thread.total for one in found.adults if one.adult_id == to.id)


def close(world: World, staff: Actor, to: Actor, because: Because, words: str = "", nth: int = 0) -> uuid.UUID:
    """Close the nth newest request of an adult, by a caseworker who has just looked."""
    assert to.dossier_id is not None
    assert to.id is not None
    request = Request(to.dossier_id, to.id, requests_of(world, staff, to)[nth])
    return closing.close(world.staff, staff, request, because, sent(words), seen_of(world, staff, to))


def reopen(world: World, staff: Actor, to: Actor) -> uuid.UUID:
    assert to.dossier_id is not None
    assert to.id is not None
    request = Request(to.dossier_id, to.id, requests_of(world, staff, to)[0])
    return closing.reopen(world.staff, staff, request, sent("Une erreur"), seen_of(world, staff, to))


def test_each_kind_has_its_reasons() -> None:
    """Where a decision is asked for, words and talks close nothing; each fault is said."""
    for kind in (RequestKind.URGENT, RequestKind.REEXAMINATION, RequestKind.DECISION):
        for because in (Because.HANDED, Because.OTHER):
            assert fault(kind, because, decided=True, older=True, words=True) is CloseFault.NOT_THIS_KIND
        assert fault(kind, Because.DECIDED, decided=False, older=True, words=True) is CloseFault.NO_DECISION
        assert fault(kind, Because.DECIDED, decided=True, older=False, words=False) is None
        assert fault(kind, Because.DOUBLE, decided=False, older=False, words=True) is CloseFault.NO_OLDER
    assert fault(RequestKind.FILE, Because.OTHER, decided=False, older=False, words=False) is CloseFault.NO_WORDS
    assert set(REASONS) == set(RequestKind)


def test_what_waits_of_a_thread(clean_world: World) -> None:
    now, first, second = clean_world.clock.now(), uuid.uuid4(), uuid.uuid4()

    def line(number: int, kind: LineKind, about: uuid.UUID | None = None) -> Trace:
        asks = RequestKind.FILE if kind is LineKind.REQUEST else None
        return Trace(number, kind, about, now + timedelta(minutes=number), asks)

    asked = [line(1, LineKind.REQUEST, first), line(2, LineKind.MESSAGE), line(3, LineKind.REQUEST, second)]
    assert len(waiting(asked)) == 3
    closed = [*asked, line(4, LineKind.CLOSED, first)]
    assert [one.about for one in waiting(closed)] == [None, second]
    answered = [*closed, line(5, LineKind.ANSWER)]
    assert [one.about for one in waiting(answered)] == [second]  # an answer in words closes no request
    again = [*answered, line(6, LineKind.REOPENED, first)]
    assert [(one.about, one.instant) for one in waiting(again)] == [
        (first, now + timedelta(minutes=1)), (second, now + timedelta(minutes=3)),
    ]  # fmt: skip
    assert waiting([*again, line(7, LineKind.CLOSED, first), line(8, LineKind.CLOSED, second)]) == ()


def test_closed_and_opened_again_the_person_reads_both(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.FILE)
    close(clean_world, claire, jane, Because.OTHER, "Vous avez déjà tout")
    found = thread(clean_world, jane)
    assert found.lines[0].request is not None
    assert found.lines[0].request.state is AskedState.CLOSED
    last = found.lines[-1]
    assert (last.kind, last.because, last.ends, last.words) == (
        LineKind.CLOSED, Because.OTHER, RequestKind.FILE, "Vous avez déjà tout",
    )  # fmt: skip
    assert last.by_centre
    assert waiting_threads(clean_world.staff, claire) == ()
    assert news(clean_world.citizen, jane) == News(0, 0)
    reopen(clean_world, claire, jane)
    assert news(clean_world.citizen, jane) == News(1, 1)
    again = thread(clean_world, jane)
    assert again.lines[0].request is not None
    assert again.lines[0].request.state is AskedState.READ
    assert [one.asked for one in waiting_threads(clean_world.staff, claire)] == [True]
    answer(clean_world, claire, jane)
    done = thread(clean_world, jane).lines[0].request
    assert done is not None
    assert done.state is AskedState.WRITTEN
    assert [one.asked for one in waiting_threads(clean_world.staff, claire)] == [True]
    asked = clean_world.row("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'tell_answer'")
    assert asked == (3,)


def test_an_ordinary_answer_leaves_every_request_open(clean_world: World, announced: Announced) -> None:
    """«Your appointment is tomorrow» answers the message; what was asked for stays in every list until its own act."""
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    for kind in RequestKind:
        ask(clean_world, jane, kind)
    first = clean_world.clock.now()
    clean_world.clock.forward(minutes=5)
    write(clean_world, jane, "Et mon rendez-vous ?")
    answer(clean_world, claire, jane, "Votre rendez-vous est demain à 9 h.")
    (left,) = waiting_threads(clean_world.staff, claire)
    assert (left.since, left.asked, left.urgent) == (first, True, True)
    assert news(clean_world.citizen, jane) == News(1, 4)
    states = {one.request.state for one in thread(clean_world, jane).lines if one.request}
    assert states == {AskedState.WRITTEN}
    close(clean_world, claire, jane, Because.TAKEN_BACK, nth=3)  # the urgent one was asked for first
    (left,) = waiting_threads(clean_world.staff, claire)
    assert (left.asked, left.urgent) == (True, False)


def test_what_else_waits_goes_on_waiting(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.FILE)
    clean_world.clock.forward(minutes=1)
    write(clean_world, jane, "Encore une question")
    at = clean_world.clock.now()
    close(clean_world, claire, jane, Because.HANDED)
    (left,) = waiting_threads(clean_world.staff, claire)
    assert (left.since, left.asked, left.urgent) == (at, False, False)


def test_a_request_for_a_decision_is_closed_by_a_decision_that_holds(clean_world: World, announced: Announced) -> None:
    jane, claire, colleague = clean_world.adult(announced), clean_world.caseworker(), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.REEXAMINATION)
    with pytest.raises(CannotCloseError) as refused:
        close(clean_world, claire, jane, Because.DECIDED)
    assert refused.value.fault is CloseFault.NO_DECISION
    (request,) = requests_of(clean_world, claire, jane)
    place = DeskPlace(announced.id)
    record = recorded(clean_world.staff, claire, place, Answers.REQUEST, request)
    with pytest.raises(CannotCloseError):  # one person alone has recorded it
        close(clean_world, claire, jane, Because.DECIDED)
    end(clean_world.staff, colleague, place, record, Step.CONFIRMED)
    close(clean_world, claire, jane, Because.DECIDED)
    assert waiting_threads(clean_world.staff, claire) == ()


def test_a_double_is_closed_only_while_the_older_one_is_open(clean_world: World, announced: Announced) -> None:
    """So the nearer clock goes on."""
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.REEXAMINATION)
    clean_world.clock.forward(days=2)
    ask(clean_world, jane, RequestKind.REEXAMINATION)
    with pytest.raises(CannotCloseError) as refused:
        close(clean_world, claire, jane, Because.DOUBLE, nth=1)
    assert refused.value.fault is CloseFault.NO_OLDER
    today = filing_day(clean_world.clock.now())
    both = own_clocks(clean_world.citizen, jane, today)
    close(clean_world, claire, jane, Because.DOUBLE)
    left = own_clocks(clean_world.citizen, jane, today)
    assert len(both) == len(left) + 1
    assert set(left) < set(both)


def test_reminders_of_a_closed_request_end_and_come_back(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, RequestKind.REEXAMINATION)
    requests_of(clean_world, claire, jane)  # it was looked at
    last = next(one.clock.due for one in own_clocks(clean_world.citizen, jane, filing_day(clean_world.clock.now())))

    def due() -> set[str]:
        with clean_world.worker.database.transaction() as session:
            days = (last + timedelta(number) for number in range(-40, 40))
            return {one.name for day in days for one in due_on(session, clean_world.worker, day)}

    before = due()
    close(clean_world, claire, jane, Because.TAKEN_BACK)
    ended = due()
    assert ended < before
    assert own_clocks(clean_world.citizen, jane, filing_day(clean_world.clock.now())) == ()
    reopen(clean_world, claire, jane)
    assert due() == before


def test_two_caseworkers_at_once_the_second_is_told(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    ask(clean_world, jane, RequestKind.FILE)
    staff = [clean_world.caseworker(), clean_world.caseworker()]
    assert jane.dossier_id is not None
    assert jane.id is not None
    request = Request(jane.dossier_id, jane.id, requests_of(clean_world, staff[0], jane)[0])
    seen = seen_of(clean_world, staff[0], jane)

    def try_it(one: Actor) -> bool:
        try:
            closing.close(clean_world.staff, one, request, Because.HANDED, sent(), seen)
        except ChangedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_it, staff)) == [False, True]
    assert clean_world.row("SELECT count(*) FROM thread_message WHERE kind = 'closed'") == (1,)


def test_the_same_form_twice_is_one_line_and_others_close_nothing(clean_world: World, announced: Announced) -> None:
    jane, paul = clean_world.adult(announced), second_adult(clean_world, announced)
    claire, visp = clean_world.caseworker(), clean_world.caseworker("oberwallis")
    ask(clean_world, jane, RequestKind.FILE)
    assert jane.dossier_id is not None
    assert jane.id is not None
    assert paul.id is not None
    request = Request(jane.dossier_id, jane.id, requests_of(clean_world, claire, jane)[0])
    form, seen = sent(), seen_of(clean_world, claire, jane)
    for actor, wrong in ((visp, request), (claire, Request(jane.dossier_id, paul.id, request.id))):
        with pytest.raises(NotYoursError):
            closing.close(clean_world.staff, actor, wrong, Because.HANDED, form, seen)
    lines = {closing.close(clean_world.staff, claire, request, Because.HANDED, form, seen) for _ in range(2)}
    assert len(lines) == 1
    actions = "SELECT count(*) FROM audit_event WHERE action = 'request:closed' AND adult_id = %s"
    assert clean_world.row(actions, jane.id) == (1,)


def test_a_thread_is_given_to_a_colleague_and_found_by_it(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    claire, colleague, visp = (
        clean_world.caseworker(), clean_world.caseworker(), clean_world.caseworker("oberwallis"),
    )  # fmt: skip
    write(clean_world, jane)
    assert jane.dossier_id is not None
    assert jane.id is not None

    def listed(actor: Actor, given: Given | None) -> int:
        return len(waiting_threads(clean_world.staff, actor, given))

    def give(to: Actor | None, seen: uuid.UUID | None) -> uuid.UUID | None:
        assert jane.dossier_id is not None
        assert jane.id is not None
        desk.assign(clean_world.staff, claire, jane.dossier_id, jane.id, to.id if to else None, seen)
        (one,) = desk.look_at_threads(clean_world.staff, claire, jane.dossier_id).adults
        return one.assigned.id if one.assigned else None

    assert (listed(claire, Given.NOBODY), listed(colleague, Given.MINE)) == (1, 0)
    first = give(colleague, None)
    assert (listed(claire, Given.NOBODY), listed(colleague, Given.MINE), listed(claire, None)) == (0, 1, 1)
    with pytest.raises(AssignedMeanwhileError):
        give(claire, None)
    with pytest.raises(NotYoursError):
        give(visp, first)
    with pytest.raises(NotYoursError):
        desk.assign(clean_world.staff, visp, jane.dossier_id, jane.id, visp.id, first)
    give(None, first)
    assert listed(claire, Given.NOBODY) == 1
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'thread:assign'") == (2,)
