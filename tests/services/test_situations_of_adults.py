"""The situation of several: what another adult sees, who comes and goes, what no stranger and no table shows."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import Person
from portal.domain.situation import Relation, SituationError
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.situations import (
    NotInHouseholdError,
    add_person,
    keep_typed,
    open_situation,
    remove_person,
    save_page,
)
from tests.pages.world import JANE, Announced, World
from tests.services.households import IBAN, answers, page, say, second_adult, seen


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def typed(world: World, actor: Actor) -> dict[str, Any]:
    return {name: dict(texts) for name, texts in open_situation(world.citizen, actor).draft.typed.items()}


def test_nobody_else_sees_what_is_typed(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    keep_typed(world.citizen, jane, page("rent"), {"rent": "9"}, seen=seen(world, jane, "rent"))
    assert typed(world, paul) == {}
    keep_typed(world.citizen, paul, page("rent"), {"rent": "8"}, seen=seen(world, paul, "rent"))
    assert (typed(world, jane)["rent"]["rent"], typed(world, paul)["rent"]["rent"]) == ("9", "8")


def test_for_me_alone(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "special@a", own=True, pregnant=True, curatorship=False)
    assert answers(world, jane, "special@a") == {"pregnant": True, "curatorship": False}
    his = open_situation(world.citizen, paul).draft
    assert "pregnant" not in str(his)
    assert "special@a" not in his.done, "not even that something was said"
    say(world, paul, "rent", rent="900.00")
    assert answers(world, jane, "special@a") == {"pregnant": True, "curatorship": False}, "his saving loses nothing"
    assert answers(world, jane, "rent") == {"rent": "900.00"}


def test_for_everybody_after_all(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, jane, "benefits@a", own=True, asked_for=["alimony"])
    assert answers(world, paul, "benefits@a") == {}
    say(world, jane, "benefits@a", asked_for=["alimony"])
    assert answers(world, paul, "benefits@a") == {"asked_for": ["alimony"]}


def test_who_comes_gets_nothing_of_who_left(world: World, announced: Announced, jane: Actor) -> None:
    """Another adult's own row is out of reach of the one who takes somebody off."""
    paul = second_adult(world, announced)
    first = add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, paul, f"special@{first}", own=True, pregnant=True)
    remove_person(world.citizen, jane, first)
    with pytest.raises(NotInHouseholdError):  # nor does he see what becomes of them
        open_situation(world.citizen, paul)
    second = add_person(world.citizen, jane, Relation.PARTNER)
    assert second != first
    hers = open_situation(world.citizen, second_adult(world, announced, "Lea", second)).draft
    assert hers.person(second) == {"id": second, "relation": "partner"}
    assert not [key for key in hers.done if key.endswith(f"@{second}")]


def test_alone_is_only_what_is_said_of_oneself(world: World, announced: Announced, jane: Actor) -> None:
    """What an adult says of another one is the household's, whatever the form sends along."""
    paul = second_adult(world, announced)
    add_person(world.citizen, jane, Relation.SPOUSE)
    say(world, paul, "special@a", own=True, pregnant=True)
    assert answers(world, jane, "special@a") == {"pregnant": True}


def test_removing_a_person(world: World, jane: Actor) -> None:
    child, other = (add_person(world.citizen, jane, Relation.CHILD) for _ in range(2))
    for one in (child, other):
        say(world, jane, f"birth@{one}", name=f"Kind {one}", born="2015-01-01")
    say(world, jane, "rent", rent="900.00")
    remove_person(world.citizen, jane, child)
    remove_person(world.citizen, jane, "a")
    draft = open_situation(world.citizen, jane).draft
    assert [one["id"] for one in draft.said["persons"]] == ["a", other]
    assert (draft.person(other)["name"], draft.said["rent"], draft.person("a")["name"]) == (
        f"Kind {other}", "900.00", JANE.name,
    )  # fmt: skip


def test_an_answer_about_somebody_who_was_taken_off_meanwhile(world: World, jane: Actor) -> None:
    child = add_person(world.citizen, jane, Relation.CHILD)
    mark = seen(world, jane, f"birth@{child}")
    remove_person(world.citizen, jane, child)
    for act in (save_page, keep_typed):
        with pytest.raises(NotYoursError):
            act(world.citizen, jane, page(f"birth@{child}"), {"name": "Ana"}, seen=mark)


def test_a_couple_has_two(world: World, jane: Actor) -> None:
    add_person(world.citizen, jane, Relation.SPOUSE)
    with pytest.raises(SituationError):
        add_person(world.citizen, jane, Relation.PARTNER)
    assert len(open_situation(world.citizen, jane).draft.said["persons"]) == 2


def test_the_answers_are_sealed(world: World, jane: Actor) -> None:
    say(world, jane, "account", account_number=IBAN)
    say(world, jane, "birth@a", name="Zénaïde Introuvable", born="1980-01-01")
    keep_typed(world.citizen, jane, page("insurance@a"), {"insurer": "Zénaïde"}, seen=seen(world, jane, "insurance@a"))
    with world.superuser() as connection:
        rows = connection.execute("SELECT content, d::text FROM situation_draft d").fetchall()
    assert len(rows) == 2
    for content, whole in rows:
        for word in (IBAN, IBAN[4:], "Introuvable", "account_number", "1980-01-01", "insurer"):
            assert word.encode() not in bytes(content)
            assert word not in whole


def test_a_row_moved_to_another_dossier_does_not_open(world: World, announced: Announced, jane: Actor) -> None:
    say(world, jane, "account", account_number=IBAN)
    other = world.announce(Person(name="Jemand Anders"))
    with world.superuser() as connection:
        connection.execute("UPDATE situation_draft SET dossier_id = %s WHERE adult_id IS NULL", [other.view.dossier_id])
    with pytest.raises(UnreadableError):
        open_situation(world.citizen, world.adult(other))


def test_nobody_reaches_another_dossier(world: World, announced: Announced, jane: Actor) -> None:
    say(world, jane, "account", account_number=IBAN)
    other = world.adult(world.announce(Person(name="Jemand Anders")))
    assert IBAN not in str(open_situation(world.citizen, other))
    for stranger in (
        Actor(ActorKind.VISITOR, "test"),
        Actor(ActorKind.CITIZEN, "test", jane.id),
        Actor(ActorKind.CITIZEN, "test", jane.id, uuid.uuid4()),
    ):
        with pytest.raises(NotYoursError):
            open_situation(world.citizen, stranger)
        with pytest.raises(NotYoursError):
            save_page(world.citizen, stranger, page("debts"), {"debts": "1.00"}, seen="")
