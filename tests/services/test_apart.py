"""A file of one's own for somebody who is not safe: theirs alone, and of no trace in the old one."""

from __future__ import annotations

import os
from datetime import date

import pytest

from portal.domain.demand import Need
from portal.services import apart, citizen
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.apart import Wish
from portal.services.citizen import AccountClosedError
from portal.services.filed import find_filed
from portal.services.reports.reading import known
from portal.services.situations import open_situation
from portal.services.snapshots import send, snapshots
from tests.pages.world import SION, Announced, World
from tests.services.households import second_adult

HOUSEHOLD = {
    "version": 1,
    "persons": [
        {"id": "a", "relation": "applicant", "name": "Jeanne Dupont", "age": 46, "permit": "c", "identity_paper": True},
        {"id": "b", "relation": "spouse", "name": "Paul Second", "age": 45, "lives_here": True},
        {"id": "c1", "relation": "child", "age": 9},
    ],
    "home": "rented",
    "rent": "1100.00",
    "accounts": "300.00",
}
ALONE = Wish("+41 79 555 00 09", None, None, SION, (Need.LODGING,), code_is_mine=True)
SHARED = Wish(None, None, None, None, (), code_is_mine=False)
OF_THE_OLD = (
    "adult", "demand", "demand_event", "access_code", "situation_draft", "situation_snapshot", "audit_event",
    "document_request_event", "sent_mail", "thread_message", "change_report", "account_closing",
)  # fmt: skip


@pytest.fixture
def announced(clean_world: World) -> Announced:
    announced = clean_world.announce(situation=HOUSEHOLD)
    send(clean_world.citizen, clean_world.adult(announced))
    return announced


def part(world: World, actor: Actor, wish: Wish, token: bytes) -> Announced:
    """Part now; what they get is theirs."""
    apart.part(world.citizen, actor, wish, token, world.clock.now(), "192.0.2.1", "pt")
    found = find_filed(world.citizen, token)
    assert found is not None
    assert found.access_code is not None
    return Announced(token, found.demand, found.access_code)


def rows_of(world: World, announced: Announced) -> dict[str, str]:
    """Everything that the database says of a dossier."""
    found = {}
    for table in OF_THE_OLD:
        where = {
            "access_code": "adult_id IN (SELECT id FROM adult WHERE dossier_id = %s)",
            "demand_event": "demand_id IN (SELECT id FROM demand WHERE dossier_id = %s)",
            "sent_mail": "name LIKE '%%' || (SELECT id FROM demand WHERE dossier_id = %s)::text || '%%'",
        }.get(table, "dossier_id = %s")
        query = f"SELECT coalesce(string_agg(t::text, ',' ORDER BY t::text), '') FROM {table} t WHERE {where}"  # noqa: S608
        found[table] = world.row(query, announced.view.dossier_id)[0]
    return found


def test_the_new_file_is_whole_and_theirs(world: World, announced: Announced) -> None:
    theirs = part(world, world.adult(announced), ALONE, os.urandom(32))
    assert theirs.reference != announced.reference
    assert theirs.view.filing_date == announced.view.filing_date  # today, as the old one in this test
    assert theirs.view.region == "sion-herens-conthey"
    assert theirs.view.urgent
    assert theirs.view.person.phone == "+41 79 555 00 09"
    assert theirs.view.person.email is None
    assert theirs.view.person.name == "Jeanne Dupont"
    (me,) = open_situation(world.citizen, world.adult(theirs)).draft.situation(date(2026, 11, 21)).persons
    assert me.identity_paper.known(date(2026, 11, 21)) is True
    assert not open_situation(world.citizen, world.adult(theirs)).draft.said.get("rent")
    assert citizen.sign_in(world.citizen, theirs.reference, theirs.code, "test")


@pytest.mark.parametrize("who", ["a", "b"])
def test_a_shared_code_leaves_no_trace_at_all(world: World, announced: Announced, who: str) -> None:
    me = world.adult(announced) if who == "a" else second_adult(world, announced)
    before = rows_of(world, announced)
    theirs = part(world, me, SHARED, os.urandom(32))
    assert rows_of(world, announced) == before
    assert theirs.view.person.unreachable
    assert citizen.sign_in(world.citizen, announced.reference, announced.code, "test")


def test_the_other_adult_sees_the_same_as_before(world: World, announced: Announced) -> None:
    me, other = world.adult(announced), second_adult(world, announced)
    before = (open_situation(world.citizen, other), snapshots(world.citizen, other), known(world.citizen, other))
    demand = citizen.household_demand(world.citizen, other)
    part(world, me, ALONE, os.urandom(32))
    assert (
        open_situation(world.citizen, other),
        snapshots(world.citizen, other),
        known(world.citizen, other),
    ) == before
    assert citizen.household_demand(world.citizen, other) == demand
    with pytest.raises(AccountClosedError):
        citizen.sign_in(world.citizen, announced.reference, announced.code, "test")


def test_twice_is_once(world: World, announced: Announced) -> None:
    token, me = os.urandom(32), world.adult(announced)
    first = part(world, me, SHARED, token)
    assert part(world, me, SHARED, token).reference == first.reference
    assert world.count("dossier") == 2
    assert world.count("apart") == 1


def test_the_desk_is_told_on_both_sides_and_nobody_else(world: World, announced: Announced) -> None:
    theirs = part(world, world.adult(announced), ALONE, os.urandom(32))
    kit = world.staff
    with kit.database.reading() as session:
        sierre, sion = world.caseworker("sierre"), world.caseworker("sion-herens-conthey")
        (left,) = apart.others_in(session, sierre, announced.view.dossier_id)
        assert (left.reference, left.demand_id, left.left) == (theirs.reference, None, False)
        (old,) = apart.others_in(session, sion, theirs.view.dossier_id)
        assert (old.reference, old.demand_id, old.left) == (announced.reference, None, True)


def test_only_a_signed_in_adult_parts(world: World, announced: Announced) -> None:
    desk = world.caseworker()
    with pytest.raises(NotYoursError):
        apart.part(world.citizen, desk, SHARED, os.urandom(32), world.clock.now(), None, "fr")
    nobody = Actor(ActorKind.CITIZEN, "test", None, announced.view.dossier_id)
    with pytest.raises(NotYoursError):
        apart.part(world.citizen, nobody, SHARED, os.urandom(32), world.clock.now(), None, "fr")
    assert world.count("dossier") == 1
