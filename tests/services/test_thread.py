"""An adult's own thread: only theirs, nothing in it ever changes, and what was sent twice stands once."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from portal.adapters.envelope import UnreadableError
from portal.domain.case_request import LONGEST, LineKind, RequestKind
from portal.services.actor import NotYoursError
from portal.services.thread import asking, desk, waiting, writing
from portal.services.thread.reading import News, news, own_thread
from portal.services.thread.rows import TooManyError
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.threads import answer, ask, thread, words, write

HOSTILE = "<script>alert(1)</script> ' OR 1=1 -- {{ 7*7 }} %s \u202eabc ﷽ 👩‍👩‍👧 \n\n line"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


def test_messages_stand_in_their_order_with_their_instant(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    first = clean_world.clock.now()
    write(clean_world, jane, "Un")
    clean_world.clock.forward(minutes=5)
    write(clean_world, jane, HOSTILE)
    found = thread(clean_world, jane)
    assert words(found) == ["Un", HOSTILE]
    assert [one.instant for one in found.lines] == [first, clean_world.clock.now()]
    assert {one.kind for one in found.lines} == {LineKind.MESSAGE}
    assert not any(one.by_centre or one.new for one in found.lines)


def test_the_words_rest_sealed(clean_world: World, announced: Announced) -> None:
    write(clean_world, clean_world.adult(announced), "Un mot secret")
    ask(clean_world, clean_world.adult(announced), RequestKind.FILE, "Un mot secret")
    for table in ("thread_message", "case_request"):
        assert b"secret" not in bytes(clean_world.row(f"SELECT details FROM {table} LIMIT 1")[0])  # noqa: S608


def test_another_adult_of_the_household_sees_nothing(clean_world: World, announced: Announced) -> None:
    jane, paul = clean_world.adult(announced), second_adult(clean_world, announced)
    write(clean_world, jane)
    ask(clean_world, jane, RequestKind.URGENT, "Danger")
    answer(clean_world, clean_world.caseworker(), jane)
    assert thread(clean_world, paul).lines == ()
    assert thread(clean_world, paul).total == 0
    assert news(clean_world.citizen, paul) == News(0, 0)
    assert news(clean_world.citizen, jane) == News(1, 1), "a reply closes no request"
    for kind in RequestKind:
        assert asking.standing(clean_world.citizen, paul, kind, clean_world.clock.now()) is None
    write(clean_world, paul, "De Paul")
    assert "De Paul" not in words(thread(clean_world, jane))


def test_nobody_reads_or_writes_as_somebody_else(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    strangers = (
        clean_world.caseworker(),
        replace(clean_world.caseworker(), helped=jane.id, dossier_id=jane.dossier_id),
        replace(jane, device="link"),
        replace(jane, dossier_id=None),
    )
    for stranger in strangers:
        for act in (lambda who: thread(clean_world, who), lambda who: write(clean_world, who),
                    lambda who: ask(clean_world, who), lambda who: news(clean_world.citizen, who)):  # fmt: skip
            with pytest.raises(NotYoursError):
                act(stranger)
    assert clean_world.count("thread_message") == 0


def test_a_double_click_is_one_message_and_other_words_are_another(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    assert write(clean_world, jane, "Une fois", "form") == write(clean_world, jane, "Une fois", "form")
    assert write(
        clean_world, jane, "Retour, puis autre texte", "form"
    )  # «back», and not the same words: nothing is lost
    assert words(thread(clean_world, jane)) == ["Une fois", "Retour, puis autre texte"]


def test_the_same_token_of_another_adult_is_another_message(clean_world: World, announced: Announced) -> None:
    jane, paul = clean_world.adult(announced), second_adult(clean_world, announced)
    assert write(clean_world, jane, "Oui", "form") != write(clean_world, paul, "Oui", "form")


@pytest.mark.parametrize("said", ["", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_is_refused(clean_world: World, announced: Announced, said: str) -> None:
    with pytest.raises(ValueError, match="words"):
        write(clean_world, clean_world.adult(announced), said)
    assert clean_world.count("thread_message") == 0


def test_a_flood_stops_and_urgent_help_never_does(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    for number in range(writing.MOST):
        write(clean_world, jane, f"Message {number}")
    with pytest.raises(TooManyError):
        write(clean_world, jane, "Un de trop")
    with pytest.raises(TooManyError):
        ask(clean_world, jane, RequestKind.FILE)
    assert ask(clean_world, jane, RequestKind.URGENT)
    assert clean_world.count("thread_message") == writing.MOST + 1
    clean_world.clock.forward(minutes=11)
    assert write(clean_world, jane, "Plus tard")


def test_roles_and_owner_alike_cannot_change_what_stands(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    ask(clean_world, jane)
    answer(clean_world, clean_world.caseworker(), jane)
    thread(clean_world, jane)
    changes = (
        "UPDATE thread_message SET instant = now()",
        "UPDATE thread_message SET adult_id = gen_random_uuid()",
        "UPDATE case_request SET kind = 'file'",
        "UPDATE case_seen SET instant = now()",
    )
    for change in changes:
        with (
            pytest.raises(Exception, match="is insert-only"),
            clean_world.owner.transaction() as at,
        ):
            at.execute(text(change))


def test_read_marks_are_made_once(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane)
    assert thread(clean_world, jane).lines[0].read_at is None
    clean_world.clock.forward(minutes=5)
    first = clean_world.clock.now()
    for _ in range(2):
        desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id)
        clean_world.clock.forward(hours=1)
    assert thread(clean_world, jane).lines[0].read_at == first
    answer(clean_world, claire, jane)
    looked = clean_world.clock.now()
    assert [one.new for one in thread(clean_world, jane).lines] == [False, True]
    clean_world.clock.forward(hours=1)
    assert [one.new for one in thread(clean_world, jane).lines] == [False, False]
    found = desk.look_at_threads(clean_world.staff, claire, announced.view.dossier_id)
    assert found.adults[0].thread.lines[1].read_at == looked


def test_a_long_thread_has_pages_and_only_what_was_shown_is_read(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    for number in range(60):
        clean_world.clock.forward(minutes=2)
        answer(clean_world, claire, jane, f"Réponse {number}")
    assert news(clean_world.citizen, jane).unread == 60
    first = thread(clean_world, jane)
    assert (words(first)[-1], len(first.lines), first.more) == ("Réponse 59", 50, True)
    assert news(clean_world.citizen, jane).unread == 10
    older = own_thread(clean_world.citizen, jane, 2)
    assert (words(older)[0], len(older.lines), older.more) == ("Réponse 0", 10, False)
    assert news(clean_world.citizen, jane).unread == 0


def test_words_whose_key_is_gone_hide_nothing_else(clean_world: World, announced: Announced) -> None:
    jane = clean_world.adult(announced)
    write(clean_world, jane, "Lisible")
    with clean_world.superuser(triggers=False) as connection:
        connection.execute("UPDATE thread_message SET details = 'x'")
    write(clean_world, jane, "Après")
    assert [(one.words, one.readable) for one in thread(clean_world, jane).lines] == [("", False), ("Après", True)]
    with pytest.raises(UnreadableError):
        clean_world.citizen.envelope.open(b"x", f"thread_message/{uuid.uuid4()}")


def test_an_audit_event_comes_with_each_act_and_holds_no_words(clean_world: World, announced: Announced) -> None:
    jane, claire = clean_world.adult(announced), clean_world.caseworker()
    write(clean_world, jane, "Secret")
    ask(clean_world, jane)
    answer(clean_world, claire, jane, "Secret")
    waiting.waiting_threads(clean_world.staff, claire)
    found = clean_world.row(
        "SELECT array_agg(action ORDER BY sequence) FROM audit_event WHERE action ~ '^(thread|request):'"
    )
    assert found == (["thread:write", "request:urgent", "thread:look", "thread:answer", "thread:list"],)
