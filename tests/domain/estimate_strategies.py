"""Random households, days and answers for the properties of the estimate: all that reading would accept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

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
"""Every answer of a record that may change over time."""

OPEN_TO: dict[type, tuple[str, ...]] = {
    record: tuple(name for name in SAID[record] if not specs[name].metadata["sure"]) for record, specs in FIELDS.items()
}
"""Every answer of a record that may be «I do not know»."""

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


def _wholes(name: str, least: int, most: int) -> st.SearchStrategy[int]:
    if name in ("together_years", "asylum_years"):
        return st.integers(least, min(most, 10))
    if name == "age":
        return st.one_of(st.integers(0, 30), st.sampled_from([17, 18, 24, 25, 64, 125]))
    return st.integers(least, most)


@cache
def _raw_answers(record: type, name: str) -> st.SearchStrategy[Any]:
    """The known answers to one field; a day in the past as the number of days before."""
    match FIELDS[record][name].metadata["kind"]:
        case OneOf(choices=choices) if choices is Permit:
            return st.sampled_from([*Permit, Permit.SWISS, Permit.B, Permit.L])
        case OneOf(choices=choices):
            return st.sampled_from(choices)
        case Amount(most=most):
            return amounts(most * 100)
        case Whole(least=least, most=most):
            return _wholes(name, least, most)
        case YesNo():
            return st.booleans()
        case Day(past=True):
            return st.integers(0, 30 * 366)
        case Several(choices=choices):
            return st.sets(st.sampled_from(choices), max_size=3).map(
                lambda some: tuple(c for c in choices if c in some)
            )
        case Words(pattern=pattern):
            numbers, names = ["CH9300762011623852957", "CH5604835012345678009"], ["Zoé Żółć-Ñandú", "محمد", "Ben 🙂"]
            return st.sampled_from(numbers if pattern else names)
    raise AssertionError(f"no strategy for {record.__name__}.{name}")


def answer_to(draw: Draw, record: type, name: str, on: date) -> Any:
    """One known answer to one field, as reading accepts it on that day."""
    drawn = draw(_raw_answers(record, name))
    kind = FIELDS[record][name].metadata["kind"]
    return on - timedelta(days=drawn) if isinstance(kind, Day) else drawn


def fact_of(draw: Draw, record: type, name: str, on: date) -> Fact[Any]:
    """One answer: known, open, or changing over time."""
    how = draw(_HOW)
    if how == "known":
        return always(answer_to(draw, record, name, on))
    if how == "open" and name in OPEN_TO[record]:
        return always(draw(missing))
    changes: list[date | None] = [None] if draw(_EVEN) else []
    changes += [on + timedelta(days=off) for off in sorted(draw(_CHANGES))]
    return Fact(tuple((day, _known_or_not(draw, record, name, on)) for day in changes))


def _known_or_not(draw: Draw, record: type, name: str, on: date) -> Any:
    return draw(missing) if name in OPEN_TO[record] and draw(_RARE) else answer_to(draw, record, name, on)


def some_facts(draw: Draw, record: type, on: date, *without: str) -> dict[str, Fact[Any]]:
    """Facts for some fields of a record; the others were not said."""
    names = draw(_NAMES[record]) - set(without)
    for first, second in _EITHER:
        if first in names:
            names.discard(second)
    return {name: fact_of(draw, record, name, on) for name in sorted(names)}


def income_of(draw: Draw, on: date) -> Income:
    """One income of any kind and rhythm."""
    since, until, paid_on = (None if off is None else on + timedelta(days=off) for off in draw(_NEAR_DAYS))
    if since and until and until < since:
        since, until = until, since
    kind, every, payday, irregular = draw(_INCOMES)
    return Income(
        kind=kind,
        amount=fact_of(draw, Income, "amount", on),
        every=every,
        payday=payday,
        irregular=irregular,
        paid_on=paid_on if every is Rhythm.ONCE else None,
        since=since,
        until=until,
    )


def household(
    draw: Draw, on: date, most: int = MOST_PERSONS, *, amount: bool = True, with_a: Relation | None = None
) -> Situation:
    """One household. With `amount`, the applicant's permit is one for which an amount may be stated."""
    others = ([with_a] if with_a else []) + draw(_RELATIONS)[: most - 2]
    couple = [relation for relation in others if relation in _COUPLE]
    relations = (Relation.APPLICANT, *couple[:1], *(relation for relation in others if relation not in _COUPLE))
    people = [
        Person(
            id=f"p{number}",
            relation=relation,
            incomes=tuple(income_of(draw, on) for _ in range(draw(_FEW))),
            **some_facts(draw, Person, on),
        )
        for number, relation in enumerate(relations)
    ]
    if amount:
        people[0] = replace(people[0], permit=draw(_ORDINARY), permit_state=always(PermitState.VALID))
    return Situation(persons=tuple(draw(st.permutations(people))), **some_facts(draw, Situation, on))


Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
"""What draws from a strategy: `data.draw`."""

_HOW = st.sampled_from(["known"] * 6 + ["open"] * 2 + ["dated"] * 2)
_CHANGES = st.sets(st.integers(-70, 40), min_size=1, max_size=3)
_EVEN = st.booleans()
_RARE = st.integers(0, 3).map(lambda number: number == 3)
_FEW = st.sampled_from([0, 0, 1, 1, 2, 3])
_ORDINARY = st.sampled_from([always(Permit.SWISS), always(Permit.B), Fact(), always(Missing.UNKNOWN)])
_RELATIONS = st.lists(st.sampled_from((*_COUPLE, *_OTHERS, Relation.CHILD, Relation.OTHER)), max_size=MOST_PERSONS - 1)
_NAMES: dict[type, st.SearchStrategy[set[str]]] = {
    record: st.sets(st.sampled_from([*SAID[record], *_MATTERS[record] * 3]), max_size=6)
    for record in (Situation, Person)
}
_NEAR_DAYS = st.tuples(*[st.none() | st.integers(-75, 45)] * 3)
_INCOMES = st.tuples(
    st.sampled_from([*IncomeKind, IncomeKind.WAGE, IncomeKind.WAGE, IncomeKind.GIFT]),
    st.sampled_from([Rhythm.MONTH, Rhythm.MONTH, Rhythm.YEAR, Rhythm.ONCE]),
    st.none() | st.sampled_from(Payday),
    st.booleans(),
)


def with_answer(situation: Situation, name: str, said: Fact[Any]) -> Situation:
    """The same household with another answer."""
    changes: dict[str, Any] = {name: said}
    return replace(situation, **changes)


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
