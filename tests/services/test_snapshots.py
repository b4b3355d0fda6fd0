"""What was sent to the centre: dated, never changed, never twice; whole for the centre, not for another adult."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psycopg
import pytest

from portal.domain.demand import Person
from portal.domain.situation import Relation, write_situation
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.own_papers import own_papers
from portal.services.situations import NotInHouseholdError, add_person, open_situation, remove_person
from portal.services.snapshots import send, sent_at, snapshots, snapshots_of
from tests.pages.world import Announced, World
from tests.said import said_of
from tests.services.households import IBAN, answers, say, second_adult

EXAMPLES = sorted((Path(__file__).parents[1] / "domain" / "snapshots").glob("*.json"))


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def whole(world: World, actor: Actor) -> list[str]:
    """Every sending as the centre has it, newest first, as text."""
    with world.staff.database.transaction() as session:
        return [json.dumps(one.said) for one in snapshots_of(session, world.staff, actor.dossier_id)]


def test_a_sending_is_dated_and_says_what_was_said(world: World, jane: Actor) -> None:
    say(world, jane, "rent", rent="900.00")
    now = world.clock.forward(hours=1)
    assert (send(world.citizen, jane), sent_at(world.citizen, jane.dossier_id)) == (1, now)
    (one,) = snapshots(world.citizen, jane)
    assert (one.number, one.sent_at, one.said["rent"]) == (1, now, "900.00")
    assert one.situation.rent.known(date(2026, 11, 10)) == 90_000


def test_it_may_be_sent_without_an_answer(world: World, jane: Actor) -> None:
    assert send(world.citizen, jane) == 1
    assert snapshots(world.citizen, jane)[0].said["persons"][0]["name"] == "Jeanne Dupont"


def test_unchanged_it_is_sent_once(world: World, jane: Actor) -> None:
    say(world, jane, "rent", rent="900.00")
    assert [send(world.citizen, jane) for _ in range(3)] == [1, 1, 1]
    say(world, jane, "rent", rent="900.00")
    assert send(world.citizen, jane) == 1
    assert world.count("situation_snapshot") == 1


@pytest.mark.parametrize("answered", [False, True])
def test_at_once_it_is_sent_once(world: World, jane: Actor, answered: bool) -> None:
    if answered:
        say(world, jane, "rent", rent="900.00")
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: send(world.citizen, jane), range(6)))
    assert found == [1] * 6
    assert world.count("situation_snapshot") == 1
    assert world.row("SELECT count(*) FROM demand_event WHERE kind = 'situation-sent'") == (1,)


def test_a_correction_is_a_sending_more_and_changes_no_other(world: World, jane: Actor) -> None:
    child = add_person(world.citizen, jane, Relation.CHILD)
    say(world, jane, f"birth@{child}", name="Léa Dupont")
    send(world.citizen, jane)
    before = world.row("SELECT content, sent_at FROM situation_snapshot WHERE number = 1")
    say(world, jane, f"birth@{child}", name="Lea Dupond")
    remove_person(world.citizen, jane, child)
    assert send(world.citizen, jane) == 2
    assert world.row("SELECT content, sent_at FROM situation_snapshot WHERE number = 1") == before
    new, old = snapshots(world.citizen, jane)
    assert [one["id"] for one in new.said["persons"]] == ["a"]
    assert old.said["persons"][1]["name"] == "Léa Dupont", "what was said of somebody who left stays sent"


@pytest.mark.parametrize("role", ["portal_citizen", "portal_staff", "portal_both", "portal_worker"])
@pytest.mark.parametrize("act", ["UPDATE situation_snapshot SET number = 9", "DELETE FROM situation_snapshot"])
def test_nobody_may_change_what_was_sent(world: World, jane: Actor, role: str, act: str) -> None:
    send(world.citizen, jane)
    with world.database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(act)  # type: ignore[arg-type]


def test_for_me_alone_goes_to_the_centre_and_to_no_other_adult(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "special@a", own=True, pregnant=True)
    send(world.citizen, jane)
    say(world, jane, "special@a", own=True, pregnant=False)
    send(world.citizen, jane)
    assert ["pregnant" in text for text in whole(world, jane)] == [True, True]
    assert [one.said["persons"][0]["pregnant"] for one in snapshots(world.citizen, jane)] == [False, True]
    assert "pregnant" not in str([one.said for one in snapshots(world.citizen, paul)])


def test_what_another_adult_sends_has_everybodys_answers(world: World, announced: Announced, jane: Actor) -> None:
    """The newest sending is what the centre reads: it must not lack what the other one said for themselves and sent."""
    paul = second_adult(world, announced)
    spouse = add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "special@a", own=True, pregnant=True)
    send(world.citizen, jane)
    say(world, paul, f"special@{spouse}", own=True, curatorship=True)
    send(world.citizen, paul)
    newest = whole(world, paul)[0]
    assert '"pregnant": true' in newest
    assert '"curatorship": true' in newest
    assert send(world.citizen, jane) == 2, "it is the same, whoever sends it"
    assert "pregnant" not in str(snapshots(world.citizen, paul)[0].said)
    assert "curatorship" not in str(snapshots(world.citizen, jane)[0].said)


def test_nobody_sends_what_another_one_keeps(world: World, announced: Announced, jane: Actor) -> None:
    """What is for her alone and not sent is not sent by him; what she sent stays as she sent it."""
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "special@a", own=True, pregnant=True)
    send(world.citizen, paul)
    assert "pregnant" not in whole(world, paul)[0]
    send(world.citizen, jane)
    say(world, jane, "special@a", own=True, pregnant=False)
    say(world, paul, "rent", rent="900.00")
    send(world.citizen, paul)
    assert '"pregnant": true' in whole(world, paul)[0]


def test_of_a_private_sending_the_other_sees_nothing(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    send(world.citizen, jane)
    assert not own_papers(world.citizen, paul, "fr").unsent
    say(world, jane, "special@a", own=True, pregnant=True)
    assert own_papers(world.citizen, jane, "fr").unsent
    assert not own_papers(world.citizen, paul, "fr").unsent
    send(world.citizen, jane)
    assert [one.number for one in snapshots(world.citizen, jane)] == [2, 1]
    assert [one.number for one in snapshots(world.citizen, paul)] == [1]


def test_who_is_no_longer_named_sees_nothing_of_what_is_sent(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    spouse = add_person(world.citizen, jane, Relation.SPOUSE)
    send(world.citizen, jane)
    remove_person(world.citizen, jane, spouse)
    with pytest.raises(NotInHouseholdError):
        snapshots(world.citizen, paul)


def test_what_is_taken_back_to_oneself_is_a_sending_of_its_own(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "special@a", pregnant=True)
    send(world.citizen, jane)
    say(world, jane, "special@a", own=True, pregnant=True)
    assert send(world.citizen, jane) == 2
    assert "pregnant" not in str(snapshots(world.citizen, paul)[0].said)


def test_what_is_typed_and_not_saved_is_not_sent(world: World, jane: Actor) -> None:
    from portal.services.situations import keep_typed
    from tests.services.households import page, seen

    keep_typed(world.citizen, jane, page("rent"), {"rent": "1234"}, seen=seen(world, jane, "rent"))
    send(world.citizen, jane)
    assert said_of(["1234"], whole(world, jane)[0]) == []


def test_it_is_sealed_and_bound_to_its_row(world: World, jane: Actor) -> None:
    say(world, jane, "account", account_number=IBAN)
    send(world.citizen, jane)
    content, row = world.row("SELECT content, s::text FROM situation_snapshot s")
    for word in (IBAN, "Dupont", "account_number"):
        assert word.encode() not in bytes(content)
        assert word not in row


def test_the_history_of_the_demand_and_the_audit_know_of_it(world: World, announced: Announced, jane: Actor) -> None:
    send(world.citizen, jane)
    assert world.row(
        "SELECT kind FROM demand_event WHERE demand_id = %s ORDER BY instant DESC LIMIT 1", announced.id
    ) == ("situation-sent",)
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'situation:send'") == (1,)


def test_nothing_of_another_dossier(world: World, jane: Actor) -> None:
    say(world, jane, "account", account_number=IBAN)
    send(world.citizen, jane)
    other = world.adult(world.announce(Person(name="Jemand Anders")))
    assert (snapshots(world.citizen, other), sent_at(world.citizen, other.dossier_id)) == ((), None)
    assert send(world.citizen, other) == 1, "numbers are those of the dossier"
    with pytest.raises(NotYoursError):
        send(world.citizen, Actor(ActorKind.VISITOR, "test"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_of_every_version_comes_out_of_the_database(world: World, jane: Actor, path: Path) -> None:
    """Sealed in a row as an older portal left it, opened by today's."""
    send(world.citizen, jane)
    ids = world.row("SELECT id FROM situation_snapshot")
    content = json.dumps({"said": json.loads(path.read_text()), "whose": {}}).encode()
    sealed = world.citizen.envelope.seal(content, f"situation_snapshot/{ids[0]}")
    with world.superuser() as connection:
        connection.execute("UPDATE situation_snapshot SET content = %s", [sealed])
    (one,) = snapshots(world.citizen, jane)
    assert write_situation(one.situation)["home"] in ("rented", "owned", "none")


def test_a_child_born_on_the_night_of_the_sending(world: World, jane: Actor) -> None:
    """Ten past midnight here is still yesterday in UTC."""
    world.clock.set("2026-11-20 00:10")
    child = add_person(world.citizen, jane, Relation.CHILD)
    say(world, jane, f"birth@{child}", born="2026-11-20")
    send(world.citizen, jane)
    assert snapshots(world.citizen, jane)[0].situation.persons[1].born
    assert answers(world, jane, f"birth@{child}") == {"born": "2026-11-20"}
    assert open_situation(world.citizen, jane).draft.situation(date(2026, 11, 20))
