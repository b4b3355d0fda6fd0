"""Reminders: what a mail says, whom papers concern, the wish and its link, the desk's list, what gave up."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from devstack.smtp import Smtp
from portal.domain.demand import Person, filing_day
from portal.domain.document_request import RequestState
from portal.i18n.languages import CODES
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import Note, marks_in, note_at_desk, note_own
from portal.services.mailing import Outcome
from portal.services.reminders import wishes
from portal.services.reminders.by_mail import mail_adult
from portal.services.reminders.due import run_due
from portal.services.reminders.own import own_reminders
from portal.services.reminders.wishes import UnknownLinkError
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.test_mails import PERSON, SAID, TOPIC

ADDRESS = "other.box@example.ch"
SITUATION = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Paul"}],
}


def wish(world: World, actor: Actor, language: str = "fr", address: str = ADDRESS) -> None:
    wishes.wish(world.citizen, actor, address, language)


def sweep(world: World) -> Any:
    return run_due(world.worker, world.mailer, filing_day(world.clock.now()))


def ask_for(world: World, announced: Announced, key: str, wanted: date | None, state: RequestState) -> None:
    dossier = announced.view.dossier_id
    with world.staff.database.transaction() as session:
        last = marks_in(session, world.staff, dossier, "fr").get(key)
    note = Note(state, wanted_by=wanted)
    note_at_desk(world.staff, world.caseworker(), dossier, key, note, seen=last.at if last else None)
    world.clock.forward(minutes=1)


def lines_of(world: World) -> list[tuple[Any, ...]]:
    with world.superuser() as connection:
        return connection.execute("SELECT kind, adult_id, why FROM call_list ORDER BY name").fetchall()


@pytest.mark.parametrize("language", CODES)
def test_a_mail_says_the_reference_and_where_to_look(clean_world: World, mailbox: Smtp, language: str) -> None:
    announced = clean_world.announce(PERSON, language=language)
    wish(clean_world, clean_world.adult(announced), language)
    clean_world.clock.forward(days=7)
    sweep(clean_world)
    (letter,) = [one for one in letters(mailbox) if one.to == ADDRESS]
    content = f"{letter.subject}\n{letter.body}"
    assert announced.reference in letter.subject
    assert f"/{language}/sign-in" in letter.body
    assert f"/{language}/reminders/" in letter.body
    assert letter.language == language
    assert [word for word in SAID if word in letter.whole] == []
    assert [word for word in TOPIC if word in content.casefold()] == []


def test_all_reminders_have_the_same_words(clean_world: World, mailbox: Smtp) -> None:
    """Whoever sees the mail cannot tell a decision from a paper."""
    announced = clean_world.announce(Person("A B"))
    wish(clean_world, clean_world.adult(announced))
    for day in (7, 14, 4, 5, 1):
        clean_world.clock.forward(days=day)
        sweep(clean_world)
    bodies = [(letter.subject, letter.body) for letter in letters(mailbox) if letter.to == ADDRESS]
    assert len(bodies) == 5
    assert len(set(bodies)) == 1


def test_papers_concern_whose_they_are(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = world.announce(Person("A B"), situation=SITUATION)
    other = second_adult(world, announced)
    today = filing_day(world.clock.now())
    ask_for(world, announced, "payslips@b", today + timedelta(days=20), RequestState.TO_BRING)
    ask_for(world, announced, "lease", today + timedelta(days=20), RequestState.TO_BRING)
    ask_for(world, announced, "tax_decision@a~QWERTZUIOP", today + timedelta(days=22), RequestState.REFUSED)
    world.clock.forward(days=13)
    sweep(world)
    world.clock.forward(days=2)
    sweep(world)
    papers = [line for line in lines_of(world) if line[0] == "papers-7"]
    assert sorted(adult for _, adult, _ in papers) == sorted(
        [announced.view.adult_id, announced.view.adult_id, other.id]
    )
    assert [one.kind for one in own_reminders(world.citizen, other, "fr")] == ["papers-7"]
    assert not [letter for letter in letters(mailbox) if "payslip" in letter.whole]


@pytest.mark.parametrize("done", [RequestState.ADDED, RequestState.ACCEPTED, RequestState.CANNOT])
def test_papers_that_are_there_are_not_asked_for(clean_world: World, mailbox: Smtp, done: RequestState) -> None:
    world = clean_world
    announced = world.announce(Person("A B"), situation=SITUATION)
    wanted = filing_day(world.clock.now()) + timedelta(days=6)
    ask_for(world, announced, "identity_paper@a", wanted, RequestState.TO_BRING)
    if done is RequestState.CANNOT:
        note_own(world.citizen, world.adult(announced), "identity_paper@a", Note(done))
    else:
        ask_for(world, announced, "identity_paper@a", None, done)
    sweep(world)
    assert lines_of(world) == []


def test_a_later_day_for_papers_takes_the_place_of_the_first(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = world.announce(Person("A B"), situation=SITUATION)
    today = filing_day(world.clock.now())
    ask_for(world, announced, "lease", today + timedelta(days=6), RequestState.TO_BRING)
    ask_for(world, announced, "lease", today + timedelta(days=90), RequestState.TO_BRING)
    sweep(world)
    assert lines_of(world) == []


def test_a_wish_is_sealed_and_said_once(clean_world: World) -> None:
    actor = clean_world.adult(clean_world.announce(PERSON))
    for _ in range(2):
        wish(clean_world, actor)
    assert clean_world.count("mail_wish") == 1
    assert ADDRESS.encode() not in bytes(clean_world.row("SELECT address FROM mail_wish")[0])
    found, known = wishes.own_wish(clean_world.citizen, actor)
    assert found is not None
    assert (found.address, known) == (ADDRESS, PERSON.email)
    wishes.end(clean_world.citizen, actor)
    wishes.end(clean_world.citizen, actor)
    assert wishes.own_wish(clean_world.citizen, actor)[0] is None
    assert clean_world.count("mail_wish") == 2
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action LIKE 'mail-wish:%%'") == (2,)


def test_a_wish_is_the_adults_own(clean_world: World) -> None:
    announced = clean_world.announce(PERSON)
    other = second_adult(clean_world, announced)
    wish(clean_world, clean_world.adult(announced))
    assert wishes.own_wish(clean_world.citizen, other) == (None, None)
    wishes.end(clean_world.citizen, other)
    assert wishes.own_wish(clean_world.citizen, clean_world.adult(announced))[0] is not None
    with pytest.raises(NotYoursError):
        wishes.own_wish(clean_world.citizen, clean_world.caseworker())


def link_of(world: World, actor: Actor) -> str:
    found, _ = wishes.own_wish(world.citizen, actor)
    assert found is not None
    return wishes.token_of(world.worker, found.id)


def test_the_link_ends_its_own_wish_and_no_later_one(clean_world: World) -> None:
    actor = clean_world.adult(clean_world.announce(PERSON))
    wish(clean_world, actor)
    old = link_of(clean_world, actor)
    assert len(old) == wishes.TOKEN_LENGTH
    wish(clean_world, actor, address="new@example.ch")
    wishes.end_by_link(clean_world.citizen, old, "test")  # whoever holds an old mail
    assert not wishes.look(clean_world.citizen, old)
    new = link_of(clean_world, actor)
    assert wishes.look(clean_world.citizen, new)
    for _ in range(2):
        wishes.end_by_link(clean_world.citizen, new, "test")
    assert not wishes.look(clean_world.citizen, new)
    assert clean_world.count("mail_wish") == 3


def test_a_link_that_was_changed_opens_nothing(clean_world: World) -> None:
    actor = clean_world.adult(clean_world.announce(PERSON))
    wish(clean_world, actor)
    right = link_of(clean_world, actor)
    ended = wishes.token_of(clean_world.worker, uuid.uuid4())
    wrong = [right[:-2] + "AA", "A" + right[1:], "x" * 43, "é" * 43, "", right[:30], ended]
    for token in wrong:
        if token != right:
            with pytest.raises(UnknownLinkError):
                wishes.end_by_link(clean_world.citizen, token, "test")
    assert wishes.look(clean_world.citizen, right)


def test_no_wish_no_mail(clean_world: World, mailbox: Smtp) -> None:
    """The address of the demand is no wish."""
    announced = clean_world.announce(PERSON)
    assert mail_adult(clean_world.worker, clean_world.mailer, "report/1", announced.view.adult_id) is Outcome.OFF
    assert letters(mailbox) == []
    wish(clean_world, clean_world.adult(announced))
    for outcome in (Outcome.SENT, Outcome.BEFORE):
        assert mail_adult(clean_world.worker, clean_world.mailer, "report/1", announced.view.adult_id) is outcome
    assert [letter.to for letter in letters(mailbox)] == [ADDRESS]


def test_a_wish_that_ended_while_the_server_was_down(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    actor = world.adult(world.announce(Person("A B")))
    wish(world, actor)
    world.clock.forward(days=7)
    mailbox.kill()
    assert sweep(world).waiting >= 1
    wishes.end(world.citizen, actor)
    mailbox.start()
    sweep(world)
    assert [letter.to for letter in letters(mailbox) if letter.to == ADDRESS] == []
    assert [line[0] for line in lines_of(world)] == ["situation-7"]
