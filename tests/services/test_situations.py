"""The situation of the own dossier: where it begins, what two devices and two adults see, what is never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from portal.domain.demand import Person
from portal.domain.situation import Relation, SituationError
from portal.domain.situation.questions import pages
from portal.services.actor import Actor, ActorKind
from portal.services.situations import (
    SEEN,
    ConflictError,
    TooLongError,
    add_person,
    keep_typed,
    mark_of,
    open_situation,
    save_page,
)
from tests.pages.world import SIERRE, Announced, World
from tests.services.households import answers, page, say, seen


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def typed(world: World, actor: Actor) -> dict[str, Any]:
    return {name: dict(texts) for name, texts in open_situation(world.citizen, actor).draft.typed.items()}


def test_it_begins_with_what_the_demand_says(clean_world: World) -> None:
    jane = clean_world.adult(clean_world.announce(Person(name="Jeanne Dupont", birth_date=date(1980, 2, 29))))
    opened = open_situation(clean_world.citizen, jane)
    assert opened.draft.said == {
        "version": 1,
        "commune": SIERRE,
        "persons": [{"id": "a", "relation": "applicant", "name": "Jeanne Dupont", "born": "1980-02-29"}],
    }
    assert (opened.saved_at, opened.filing_date) == (None, date(2026, 11, 10))
    assert clean_world.count("situation_draft") == 0, "looking stores nothing"


@pytest.mark.parametrize(
    "name", ["Jean\u00a0Dupont", "محمد علی\u200cرضا", "Ana\u2028Rey", "x" * 200, "Ana\u00adRey", None]
)
def test_any_name_of_a_demand_opens(clean_world: World, name: str | None) -> None:
    jane = clean_world.adult(clean_world.announce(Person(name=name, phone="+41 79 555 00 01")))
    say(clean_world, jane, "home", home="none")
    open_situation(clean_world.citizen, jane).draft.situation(date(2026, 11, 10))


def test_an_answer_is_there_on_another_device(world: World, jane: Actor) -> None:
    say(world, jane, "rent", rent="900.00", charges="unknown")
    again = open_situation(world.citizen, Actor(ActorKind.CITIZEN, "elsewhere", jane.id, jane.dossier_id))
    assert again.draft.answers(page("rent")) == {"rent": "900.00", "charges": "unknown"}
    assert "rent" in again.draft.done
    assert again.saved_at == world.clock.now()


def test_the_second_save_with_another_value_overwrites_nothing(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "rent")
    say(world, jane, "rent", mark=mark, rent="900.00")
    with pytest.raises(ConflictError) as conflict:
        say(world, jane, "rent", mark=mark, rent="950.00")
    assert conflict.value.opened.draft.answers(page("rent")) == {"rent": "900.00"}
    assert answers(world, jane, "rent") == {"rent": "900.00"}
    now = mark_of(world.citizen, conflict.value.opened.draft, page("rent"))
    say(world, jane, "rent", mark=now, rent="950.00")
    assert answers(world, jane, "rent") == {"rent": "950.00"}


def test_the_same_value_twice_is_no_conflict(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "rent")
    for _ in range(2):
        say(world, jane, "rent", mark=mark, rent="900.00", charges=None)
    assert answers(world, jane, "rent") == {"rent": "900.00"}


def test_another_page_is_no_conflict(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "debts")
    say(world, jane, "rent", rent="900.00")
    say(world, jane, "debts", mark=mark, debts="1.00")
    assert answers(world, jane, "rent") == {"rent": "900.00"}


def both(*acts: Any) -> list[Any]:
    """All at the same time; what each gave, or the error it met."""

    def done(act: Any) -> Any:
        try:
            return act()
        except Exception as error:  # the test looks at it
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_two_first_answers_at_once_to_two_pages_are_both_kept(world: World, jane: Actor) -> None:
    marks = {name: seen(world, jane, name) for name in ("rent", "debts", "accounts", "vehicles")}
    said = {"rent": {"rent": "1.00"}, "debts": {"debts": "2.00"}, "accounts": {"accounts": "3.00"}}
    found = both(*[
        (lambda name=name: say(world, jane, name, mark=marks[name], **said[name])) for name in said  # type: ignore[misc]
    ])  # fmt: skip
    assert not [one for one in found if isinstance(one, Exception)]
    assert {name: answers(world, jane, name) for name in said} == said
    assert world.count("situation_draft") == 2


def test_two_answers_at_once_to_one_page_leave_one(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "rent")
    found = both(*[(lambda n=n: say(world, jane, "rent", mark=mark, rent=f"{n}.00")) for n in range(4)])  # type: ignore[misc]
    refused = [one for one in found if isinstance(one, ConflictError)]
    assert len(refused) == 3
    kept = answers(world, jane, "rent")
    assert all(one.opened.draft.answers(page("rent")) == kept for one in refused)


def test_what_is_typed_is_kept_and_ends_with_the_answer(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "rent")
    keep_typed(world.citizen, jane, page("rent"), {"rent": "neuf cents", "charges": ""}, seen=mark)
    assert typed(world, jane) == {"rent": {"rent": "neuf cents", SEEN: mark}}
    assert answers(world, jane, "rent") == {}
    keep_typed(world.citizen, jane, page("rent"), {"rent": ""}, seen=mark)
    assert typed(world, jane) == {}
    keep_typed(world.citizen, jane, page("rent"), {"rent": "9"}, seen=mark)
    say(world, jane, "rent", rent="900.00")
    assert typed(world, jane) == {}


def test_a_text_that_comes_after_its_page_was_saved_is_refused(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "rent")
    say(world, jane, "rent", mark=mark, rent="900.00")
    with pytest.raises(ConflictError):
        keep_typed(world.citizen, jane, page("rent"), {"rent": "90"}, seen=mark)
    assert typed(world, jane) == {}


def test_too_much_text_is_refused_aloud(world: World, jane: Actor) -> None:
    mark = seen(world, jane, "insurance@a")
    keep_typed(world.citizen, jane, page("insurance@a"), {"insurer": "x" * 4000}, seen=mark)
    with pytest.raises(TooLongError):
        keep_typed(world.citizen, jane, page("insurance@a"), {"insurer": "x" * 4001}, seen=mark)
    assert len(typed(world, jane)["insurance@a"]["insurer"]) == 4000


@pytest.mark.parametrize("moment", ["2026-11-20 12:00", "2026-11-20 00:10", "2026-11-20 23:59"])
def test_a_child_born_after_the_filing(world: World, jane: Actor, moment: str) -> None:
    """The demand is of the 10th; what happens until today may be said, by the local day."""
    world.clock.set(moment)
    child = add_person(world.citizen, jane, Relation.CHILD)
    say(world, jane, f"birth@{child}", born="2026-11-20")
    assert answers(world, jane, f"birth@{child}") == {"born": "2026-11-20"}
    with pytest.raises(SituationError):
        say(world, jane, f"birth@{child}", born="2026-11-21")


def test_every_answer_of_a_stored_example_goes_through_the_pages(world: World, jane: Actor) -> None:
    """A household of six, page by page, as it is asked."""
    for relation in (Relation.SPOUSE, *[Relation.CHILD] * 4):
        add_person(world.citizen, jane, relation)
    opened = open_situation(world.citizen, jane)
    on = opened.filing_date
    for one in pages(opened.draft.situation(on), on):
        opened = save_page(
            world.citizen, jane, one, opened.draft.answers(one), seen=mark_of(world.citizen, opened.draft, one)
        )
    left = [one for one in pages(opened.draft.situation(on), on) if one.key not in opened.draft.done]
    assert left == []
