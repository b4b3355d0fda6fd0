"""Who opened the dossier: each adult sees what concerns them and the household, of another adult's own matters nothing."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from devstack.s3 import S3
from portal.content.notices import current
from portal.domain.document_request import RequestState
from portal.domain.notice import RIGHTS
from portal.services import access_log, at_desk, citizen, desk, document_requests, helping, slips
from portal.services.access_log import PAGE, access_page
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.audit_chain import verify_audit
from portal.services.demands import view_of
from portal.services.document_requests import Note
from portal.services.documents.desk import copy_at_desk, page_at_desk
from portal.services.documents.shelf import documents_of
from portal.services.notices.desk import acknowledge_at_desk, link_at_desk, take_back_at_desk
from portal.services.scope import find
from portal.services.situations import remove_person
from portal.services.staff import staff_sign_in
from tests.pages.sent_papers import laid
from tests.pages.world import Announced, World
from tests.services.households import second_adult

COUPLE = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Paul Second"}],
}


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def ana(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def paul(world: World, announced: Announced) -> Actor:
    return second_adult(world, announced)


@pytest.fixture
def clerk(world: World, announced: Announced) -> Actor:
    return world.caseworker("sierre")


def seen(world: World, actor: Actor) -> list[str]:
    """The actions of the first page, oldest first."""
    return [one.action for one in reversed(access_page(world.citizen, actor).accesses)]


def test_each_sees_who_opened_what_is_the_household_s(
    world: World, announced: Announced, ana: Actor, paul: Actor, clerk: Actor
) -> None:
    desk.look(world.staff, clerk, announced.id, "summary:read")
    desk.open_demand(world.staff, clerk, announced.id)
    for adult in (ana, paul):
        assert seen(world, adult) == ["summary:read", "demand:open"]
    first = access_page(world.citizen, ana).accesses[0]
    assert (first.by_staff, first.region, first.instant) == (True, "sierre", world.clock.now())


def test_of_the_other_adult_s_own_matters_nothing(
    world: World, announced: Announced, ana: Actor, paul: Actor, clerk: Actor, s3: S3
) -> None:
    """Codes, papers, notes of papers, help with the form, acknowledgements, links: done for Paul, then for Ana."""
    for adult in (ana, paul):
        laid(world.citizen, world.worker, adult, key=f"payslips@{adult.person}")
    with world.staff.database.transaction() as session:
        demand = view_of(session, world.staff, find(session, clerk, announced.id))
    for adult in (paul, ana):
        (paper,) = documents_of(world.citizen, adult)
        token, person = os.urandom(32), adult.person
        desk.issue_code(world.staff, clerk, announced.id, token, adult.id)
        slips.new_code(world.staff, clerk, announced.id, token, adult_id=adult.id, hand_out=True)
        at_desk.look(world.staff, clerk, DeskPlace(announced.id), "document:read", paper=paper.pages[0].id)
        at_desk.look(world.staff, clerk, DeskPlace(announced.id), "checklist:read", person=person)
        at_desk.look(world.staff, clerk, DeskPlace(announced.id), "rights:read", person=person)
        page_at_desk(world.staff, clerk, demand, paper.pages[0].id, thumb=False)
        copy_at_desk(world.staff, clerk, demand, paper.id, "stamp")
        note = Note(RequestState.ACCEPTED)
        document_requests.note_at_desk(
            world.staff, clerk, demand.dossier_id, f"payslips@{person}", note, seen=world.clock.now()
        )
        world.caseworker(subject=f"clerk-{person}")
        secret = staff_sign_in(world.staff, world.stack.oidc.issuer, f"clerk-{person}", "fr", "test") or ""
        helping.begin(world.staff, clerk, secret, DeskPlace(announced.id), adult.id or announced.view.adult_id)
        acknowledge_at_desk(world.staff, clerk, demand, person, current(RIGHTS).version, "fr")
        link_at_desk(world.staff, clerk, demand, person)
        take_back_at_desk(world.staff, clerk, demand, person)
        mine = (
            *("access-code:issue", "access-code:print", "document:read", "checklist:read", "rights:read"),
            *("document:open", "document:open", "document:take", "document-request:accepted", "situation:help"),
            *("notice:acknowledge", "notice-link:make", "notice-link:end"),
        )
        assert tuple(seen(world, adult)) == mine
        assert seen(world, ana) == ([] if adult is paul else list(mine))
    desk.look(world.staff, clerk, announced.id, "receipt:print", own=True)
    assert seen(world, ana)[-1] == "receipt:print"
    assert "receipt:print" not in seen(world, paul)


def test_an_adult_whom_the_desk_takes_up_sees_that(
    world: World, announced: Announced, ana: Actor, clerk: Actor
) -> None:
    new = desk.NewAdult("b", "Paul Second", "fr")
    adult = desk.add_adult(world.staff, clerk, announced.id, new, os.urandom(32))
    assert seen(world, replace(ana, id=adult, person="b")) == ["adult:add"]
    assert seen(world, ana) == []


def test_own_codes_and_somebody_who_tries(world: World, announced: Announced, ana: Actor) -> None:
    assert citizen.sign_in(world.citizen, announced.reference, "1234567890123456", "test") is None
    assert citizen.sign_in(world.citizen, announced.reference, announced.code, "test")
    found = access_page(world.citizen, ana).accesses
    assert [(one.action, one.outcome, one.by_staff) for one in found] == [
        ("citizen:sign-in", "done", False),
        ("citizen:sign-in", "refused", False),
    ]


def test_with_two_adults_nobody_sees_the_other_one_s_tries_and_visits(
    world: World, announced: Announced, ana: Actor, paul: Actor
) -> None:
    assert citizen.sign_in(world.citizen, announced.reference, "1234567890123456", "test") is None
    assert citizen.sign_in(world.citizen, announced.reference, announced.code, "test")
    assert seen(world, ana) == ["citizen:sign-in"]
    assert seen(world, paul) == []


def test_another_dossier_sees_nothing_of_it(world: World, announced: Announced, clerk: Actor) -> None:
    desk.open_demand(world.staff, clerk, announced.id)
    other = world.adult(world.announce())
    assert seen(world, other) == []
    stranger = replace(other, dossier_id=announced.view.dossier_id)
    assert seen(world, stranger) == ["demand:open"], "the dossier comes from the visit, never from a form"


def test_fifty_at_once_the_newest_first(world: World, announced: Announced, ana: Actor, clerk: Actor) -> None:
    for _ in range(PAGE + 3):
        desk.look(world.staff, clerk, announced.id, "demand:read")
        world.clock.forward(seconds=1)
    first, second = (access_page(world.citizen, ana, number) for number in (1, 2))
    assert (len(first.accesses), first.more, len(second.accesses), second.more) == (PAGE, True, 3, False)
    instants = [one.instant for one in (*first.accesses, *second.accesses)]
    assert instants == sorted(set(instants), reverse=True)
    assert access_page(world.citizen, ana, 3).accesses == ()
    for number in (0, -1, access_log.MOST_PAGES + 1):
        with pytest.raises(NotYoursError):
            access_page(world.citizen, ana, number)


def test_it_is_for_nobody_but_an_adult(world: World, announced: Announced, clerk: Actor) -> None:
    helper = replace(clerk, dossier_id=announced.view.dossier_id, helped=announced.view.adult_id)
    for actor in (clerk, helper, Actor(ActorKind.VISITOR, "test")):
        with pytest.raises(NotYoursError):
            access_page(world.citizen, actor)


def test_the_chain_of_what_the_services_write_is_whole(
    world: World, announced: Announced, ana: Actor, clerk: Actor
) -> None:
    desk.open_demand(world.staff, clerk, announced.id)
    desk.issue_code(world.staff, clerk, announced.id)
    assert verify_audit(world.worker) == (3, ())
    concerns = world.row("SELECT array_agg(adult_id ORDER BY sequence) FROM audit_event")[0]
    assert concerns == [ana.id, None, ana.id]
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE audit_event SET adult_id = NULL WHERE sequence = 3")
    assert [(fault.kind, fault.sequence) for fault in verify_audit(world.worker)[1]] == [("altered", 3)]


def test_who_left_the_household_sees_no_more_of_it(
    world: World, announced: Announced, ana: Actor, paul: Actor, clerk: Actor
) -> None:
    desk.look(world.staff, clerk, announced.id, "summary:read")
    desk.issue_code(world.staff, clerk, announced.id, os.urandom(32), paul.id)
    remove_person(world.citizen, ana, "b")
    assert seen(world, paul) == ["access-code:issue"]
    assert seen(world, ana) == ["summary:read"]
