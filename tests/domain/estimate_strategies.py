"""Random households, days and answers for the properties of the estimate: all that reading would accept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import Field, fields, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from portal.domain.parameter import FIRST_DAY
from portal.domain.situation import (
    Fact,
    Home,
    Income,
    IncomeKind,
    Missing,
    Payday,
    Permit,
    PermitState,
    Person,
    Relation,
    Rhythm,
    Situation,
    always,
)
from portal.domain.situation.kinds import Amount, Day, OneOf, Several, Whole, Words, YesNo

LAST_DAY = date(2027, 12, 31)
MOST_PERSONS = 8
_COUPLE = (Relation.SPOUSE, Relation.PARTNER)
_OTHERS = (Relation.CHILD, Relation.PARENT, Relation.RELATIVE, Relation.OTHER)
_EITHER = (("born", "age"), ("together_since", "together_years"), ("asylum_since", "asylum_years"))
"""Two ways to say one thing; only one of them is given."""

FIELDS: dict[type, dict[str, Field[Any]]] = {
    record: {spec.name: spec for spec in fields(record)} for record in (Situation, Person, Income)
}
SAID: dict[type, tuple[str, ...]] = {
    record: tuple(name for name, spec in specs.items() if spec.metadata.get("dated"))
    for record, specs in FIELDS.items()
}
"""Every answer of a record that may be unknown and may change over time."""

_MATTERS = {
    Situation: ("shared_meals", "home", "rent", "charges", "accounts", "vehicles", "moral_damages"),
    Person: (
        "age", "age", "born", "permit", "permit_state", "activity", "lives_here", "away_for_studies", "common_child",
        "together_years", "together_since", "training_completed", "self_supporting", "in_measure",
    ),
}  # fmt: skip
"""Drawn more often, for the figure hangs on them."""

days = st.dates(FIRST_DAY, LAST_DAY) | st.sampled_from(
    [FIRST_DAY, date(2022, 12, 31), date(2023, 1, 1), date(2024, 10, 1), date(2025, 1, 1), date(2026, 1, 1), LAST_DAY]
)
missing = st.sampled_from(Missing)


def amounts(most: int) -> st.SearchStrategy[int]:
    """Centimes: small, large, and beside the edges of the law."""
    edges = (0, 1, 99, 100, 10_000, 10_001, 60_000, 70_000, 95_000, 106_100, 400_001, 600_000, 1_500_000)
    return st.one_of(st.sampled_from([e for e in edges if e <= most]), st.integers(0, min(most, 500_000)))


def answers(record: type, name: str, on: date) -> st.SearchStrategy[Any]:
    """The known answers to one field, as reading accepts them on that day."""
    match FIELDS[record][name].metadata["kind"]:
        case OneOf(choices=choices) if choices is Permit:
            return st.sampled_from([*Permit, Permit.SWISS, Permit.B, Permit.L])
        case OneOf(choices=choices):
            return st.sampled_from(choices)
        case Amount(most=most):
            return amounts(most * 100)
        case Whole(least=least, most=most) if name in ("together_years", "asylum_years"):
            return st.integers(least, min(most, 10))
        case Whole() if name == "age":
            return st.one_of(st.integers(0, 30), st.sampled_from([17, 18, 24, 25, 64, 125]))
        case Whole(least=least, most=most):
            return st.integers(least, most)
        case YesNo():
            return st.booleans()
        case Day(past=True):
            return st.integers(0, 30 * 366).map(lambda back: on - timedelta(days=back))
        case Day(oldest=oldest, latest=latest):
            return st.dates(oldest, latest)
        case Several(choices=choices):
            return st.sets(st.sampled_from(choices)).map(lambda some: tuple(one for one in choices if one in some))
        case Words(pattern=None):
            return st.sampled_from(["Zoé Żółć-Ñandú", "محمد", "O'Neill", "Ben 🙂"])
        case Words():
            return st.sampled_from(["CH9300762011623852957", "CH5604835012345678009"])
    raise AssertionError(f"no strategy for {record.__name__}.{name}")


@st.composite
def facts(draw: Callable[..., Any], record: type, name: str, on: date) -> Fact[Any]:
    """One answer: known, open, or changing over time."""
    one = answers(record, name, on)
    how = draw(st.sampled_from(["known"] * 6 + ["open"] * 2 + ["dated"] * 2))
    if how == "known":
        return always(draw(one))
    if how == "open":
        return always(draw(missing))
    near = st.integers(-70, 40).map(lambda off: on + timedelta(days=off))
    since: list[date | None] = sorted(draw(st.sets(near, min_size=1, max_size=3)))
    since = [None, *since] if draw(st.booleans()) else since
    return Fact(tuple((day, draw(one | missing)) for day in since))


@st.composite
def some_facts(draw: Callable[..., Any], record: type, on: date, most: int) -> dict[str, Fact[Any]]:
    """Facts for some fields of a record; the others were not said."""
    names = draw(st.sets(st.sampled_from([*SAID[record], *_MATTERS[record] * 3]), max_size=most))
    for first, second in _EITHER:
        if first in names:
            names.discard(second)
    return {name: draw(facts(record, name, on)) for name in sorted(names)}


@st.composite
def incomes(draw: Callable[..., Any], on: date) -> Income:
    """One income of any kind and rhythm."""
    near = st.none() | st.integers(-75, 45).map(lambda off: on + timedelta(days=off))
    since, until = draw(near), draw(st.none() | near)
    if since and until and until < since:
        since, until = until, since
    kind = draw(st.sampled_from([*IncomeKind, IncomeKind.WAGE, IncomeKind.WAGE, IncomeKind.GIFT]))
    every = draw(st.sampled_from([Rhythm.MONTH, Rhythm.MONTH, Rhythm.YEAR, Rhythm.ONCE]))
    return Income(
        kind=kind,
        amount=draw(facts(Income, "amount", on)),
        every=every,
        payday=draw(st.none() | st.sampled_from(Payday)),
        irregular=draw(st.booleans()),
        paid_on=draw(near) if every is Rhythm.ONCE else None,
        since=since,
        until=until,
    )


@st.composite
def persons(draw: Callable[..., Any], on: date, number: int, relation: Relation) -> Person:
    """One person with some answers and at most three incomes."""
    said = draw(some_facts(Person, on, 8))
    paid = tuple(draw(st.lists(incomes(on), max_size=2 if number else 3)))
    return Person(id=f"p{number}", relation=relation, incomes=paid, **said)


@st.composite
def situations(draw: Callable[..., Any], on: date, most: int = MOST_PERSONS, *, amount: bool = True) -> Situation:
    """One household. With `amount`, the applicant's permit is one for which an amount may be stated."""
    couple: list[Relation] = draw(st.lists(st.sampled_from(_COUPLE), max_size=1))
    others: list[Relation] = draw(st.lists(st.sampled_from(_OTHERS), max_size=most - 1 - len(couple)))
    relations: Sequence[Relation] = (Relation.APPLICANT, *couple, *others)
    people = [draw(persons(on, number, relation)) for number, relation in enumerate(relations)]
    if amount:
        people[0] = replace(
            people[0],
            permit=draw(st.sampled_from([always(Permit.SWISS), always(Permit.B), Fact(), always(Missing.UNKNOWN)])),
            permit_state=always(PermitState.VALID),
        )
    return Situation(persons=tuple(draw(st.permutations(people))), **draw(some_facts(Situation, on, 7)))


def with_person(situation: Situation, index: int, **changes: Any) -> Situation:
    """The same household with another answer of one person."""
    people = list(situation.persons)
    people[index] = replace(people[index], **changes)
    return replace(situation, persons=tuple(people))


def alone(name: str) -> dict[str, Fact[Any]]:
    """The other way to say what this field says, emptied."""
    return {other: Fact() for pair in _EITHER if name in pair for other in pair if other != name}


def rented(rent: int = 90_000, **more: Any) -> dict[str, Any]:
    """A rented home."""
    return {"home": always(Home.RENTED), "rent": always(rent), **more}
