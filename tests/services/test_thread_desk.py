"""Threads at the desk: what waits and for whom, an answer to one adult, somebody else was quicker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.domain.case_request import LineKind, RequestKind
from portal.services.actor import NotYoursError
from portal.services.desk import pass_on, take
from portal.services.thread import desk
from portal.services.thread.desk import ChangedMeanwhileError, OpenRequestError, With
from portal.services.thread.reading import News, news
from portal.services.thread.waiting import Waiting, unanswered_urgent, waiting, waiting_threads
from tests.pages.world import UNSURE, VISP, Announced, World
from tests.services.households import second_adult
from tests.services.threads import answer, ask, sent, thread, words, write


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


def test_urgent_first_then_the_oldest(clean_world: World) -> None:
    claire, references = clean_world.caseworker(), []
    for kind in (None, RequestKind.FILE, RequestKind.URGENT):
        announced = clean_world.announce()
        references.append(announced.reference)
        adult = clean_world.adult(announced)
        write(clean_world, adult) if kind is None else ask(clean_world, adult, kind)
        clean_world.clock.forward(minutes=1)
    found = waiting_threads(clean_world.staff, claire)
    assert [one.reference for one in found] == [references[2], references[0], references[1]]
    assert [(one.asked, one.urgent) for one in found] == [(True, True), (False, False), (True, False)]
    assert waiting(clean_world.staff, claire) == Waiting(3, 1)
    with clean_world.staff.database.transaction() as session:
        assert unanswered_urgent(session, claire) == 1


def test_what_waits_is_what_the_threads_say(clean_world: World, announced: Announced) -> None:
    """The queue is derived: after every step it is the threads with a message after the last answer, or an open request."""
    jane, paul, claire = clean_world.adult(announced), second_adult(clean_world, announced), clean_world.caseworker()
    steps = (
        lambda: write(clean_world, jane), lambda: write(clean_world, paul), lambda: write(clean_world, jane, "Encore"),
        lambda: answer(clean_world, claire, jane), lambda: ask(clean_world, jane, RequestKind.FILE),
        lambda: answer(clean_world, claire, paul), lambda: answer(clean_world, claire, jane), lambda: ask(clean_world, paul),
    )  # fmt: skip
    last = """
        SELECT count(DISTINCT adult_id) FROM thread_message t WHERE kind = 'request' OR kind = 'message' AND NOT EXISTS (
            SELECT 1 FROM thread_message a WHERE a.adult_id = t.adult_id AND a.kind = 'answer' AND a.sequence > t.sequence
        )
    """
    counts = []
    for step in steps:
        step()
        counts.append(waiting(clean_world.staff, claire).threads)
        assert clean_world.row(last) == (counts[-1],)
    assert counts == [1, 2, 2, 1, 2, 1, 1, 2]


def test_another_region_has_nothing(clean_world: World, announced: Announced) -> None:
    jane, other = clean_world.adult(announced), clean_world.caseworker("oberwallis")
    ask(clean_world, jane)
    assert waiting(clean_world.staff, other) == Waiting(0, 0)
    assert waiting_threads(clean_world.staff, other) == ()
    dossier = announced.view.dossier_id
    for act in (
        lambda: desk.look_at_threads(clean_world.staff, other, dossier),
        lambda: desk.answer(clean_world.staff, other, dossier, announced.view.adult_id, sent(), 1),
        lambda: desk.settle(clean_world.staff, other, dossier, announced.view.adult_id, sent(""), 1),
    ):
        with pytest.raises(NotYoursError):
            act()
    assert clean_world.count("case_seen") == 0
    assert len(thread(clean_world, jane).lines) == 1


def test_an_adult_of_another_household_is_answered_from_there_only(clean_world: World, announced: Announced) -> None:
    elsewhere = clean_world.announce()
    write(clean_world, clean_world.adult(elsewhere))
    with pytest.raises(NotYoursError):
        desk.answer(
            clean_world.staff, clean_world.caseworker(), announced.view.dossier_id, elsewhere.view.adult_id, sent(), 1
        )


def test_what_no_centre_has_taken_is_listed_and_not_opened(clean_world: World) -> None:
    announced = clean_world.announce(commune=UNSURE)
    jane = clean_world.adult(announced)
    ask(clean_world, jane)
    region = announced.view.candidate_regions[0]
    mine = clean_world.caseworker(region)
    (line,) = waiting_threads(clean_world.staff, mine)
    assert (line.urgent, line.taken) == (True, False)
    found = desk.look_at_threads(clean_world.staff, mine, announced.view.dossier_id)
    assert (found.with_whom, found.adults) == (With.NOBODY, ())
    with pytest.raises(NotYoursError):
        desk.answer(clean_world.staff, mine, announced.view.dossier_id, announced.view.adult_id, sent(), 1)
    assert clean_world.count("case_seen") == 0
    take(clean_world.staff, mine, announced.id)
    assert desk.look_at_threads(clean_world.staff, mine, announced.view.dossier_id).with_whom is With.US
    assert clean_world.count("case_seen") == 1


def test_a_newer_demand_elsewhere_takes_the_thread_along(clean_world: World, announced: Announced) -> None:
    """The household moved: the centre of the older demand still finds the file, and reads no message any more."""
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane)
    clean_world.clock.forward(hours=24)
    newer = clean_world.announce(commune=VISP)
    with clean_world.superuser() as connection:
        connection.execute(
            "UPDATE demand SET dossier_id = %s, adult_id = %s WHERE id = %s",
            [announced.view.dossier_id, announced.view.adult_id, newer.id],
        )
    assert waiting(clean_world.staff, claire).threads == 0
    assert waiting(clean_world.staff, clean_world.caseworker("oberwallis")).threads == 1
    assert desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id).with_whom is With.OTHERS
    with pytest.raises(NotYoursError):
        desk.answer(clean_world.staff, claire, announced.view.dossier_id, announced.view.adult_id, sent(), 1)


def test_after_a_move_the_next_centre_looks_for_itself(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane)
    first = clean_world.clock.now()
    desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id)
    pass_on(clean_world.staff, claire, announced.id, "martigny", "Domicile")
    clean_world.clock.forward(hours=1)
    next_one = clean_world.caseworker("martigny")
    assert desk.look_at_threads(clean_world.staff, next_one, announced.view.dossier_id).adults[0].thread.lines[0].new
    assert clean_world.row("SELECT array_agg(reader ORDER BY instant) FROM case_seen") == (["sierre", "martigny"],)
    assert thread(clean_world, jane).lines[0].read_at == first


def test_an_answer_reaches_one_adult(clean_world: World, announced: Announced) -> None:
    jane, paul, claire = clean_world.adult(announced), second_adult(clean_world, announced), clean_world.caseworker()
    write(clean_world, jane)
    write(clean_world, paul)
    answer(clean_world, claire, jane, "Pour Jeanne")
    assert words(thread(clean_world, jane))[-1] == "Pour Jeanne"
    assert "Pour Jeanne" not in words(thread(clean_world, paul))
    assert [one.adult_id for one in waiting_threads(clean_world.staff, claire)] == [paul.id]
    (line,) = [one for one in thread(clean_world, jane).lines if one.by_centre]
    assert (line.region, line.kind) == ("sierre", LineKind.ANSWER)
    assert "Name of" not in repr(thread(clean_world, jane))  # the centre, never the private name


def test_a_double_click_is_one_answer(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane)
    where = (clean_world.staff, claire, announced.view.dossier_id, announced.view.adult_id)
    form = sent("Une fois")
    assert desk.answer(*where, form, 1) == desk.answer(*where, form, 1)
    assert clean_world.count("thread_message") == 2


def test_who_answers_what_somebody_else_answered_meanwhile_is_told(clean_world: World, announced: Announced) -> None:
    jane, claire, denis = clean_world.adult(announced), clean_world.caseworker(), clean_world.caseworker()
    write(clean_world, jane)
    answer(clean_world, denis, jane, "De Denis")
    where = (clean_world.staff, claire, announced.view.dossier_id, announced.view.adult_id)
    for seen in (1, -1, 99):
        with pytest.raises(ChangedMeanwhileError):
            desk.answer(*where, sent("De Claire"), seen)
    assert words(thread(clean_world, jane)) == ["Bonjour", "De Denis"]
    desk.answer(*where, sent("De Claire"), 2)


def test_two_answers_at_once_are_one_and_a_word_to_the_other(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    write(clean_world, jane)
    caseworkers = [clean_world.caseworker() for _ in range(4)]

    def work(number: int) -> str:
        where = (clean_world.staff, caseworkers[number], announced.view.dossier_id, announced.view.adult_id)
        try:
            desk.answer(*where, sent(f"Réponse {number}"), 1)
        except ChangedMeanwhileError:
            return "told"
        return "sent"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == ["sent", "told", "told", "told"]
    assert clean_world.count("thread_message") == 2


def test_a_double_click_at_the_same_instant_is_one_message(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: write(clean_world, jane, "Une fois", "form"), range(4)))
    assert len(found) == clean_world.count("thread_message") == 1


def test_what_needs_no_answer_is_settled_and_the_person_sees_it(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane, "Merci !")
    desk.settle(clean_world.staff, claire, announced.view.dossier_id, announced.view.adult_id, sent(""), 1)
    assert waiting(clean_world.staff, claire).threads == 0
    assert news(clean_world.citizen, jane) == News(1, 0)
    assert [one.kind for one in thread(clean_world, jane).lines] == [LineKind.MESSAGE, LineKind.SETTLED]


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_is_answered_in_words(clean_world: World, announced: Announced, kind: RequestKind) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    ask(clean_world, jane, kind)
    write(clean_world, jane, "Et merci")
    with pytest.raises(OpenRequestError):
        desk.settle(clean_world.staff, claire, announced.view.dossier_id, announced.view.adult_id, sent(""), 2)
    assert waiting(clean_world.staff, claire).threads == 1
