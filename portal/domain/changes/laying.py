"""How one step is laid over the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar, assert_never

from portal.domain.changes.ops import AddItem, BeginIncome, BeginPerson, EndIncome, Op, SetAmount, SetFact, TakeItem
from portal.domain.situation import Fact, Income, Missing, Person, Situation, read_situation
from portal.domain.situation.kinds import WrongAnswerError
from portal.domain.situation.model import MOST_INCOMES, MOST_PERSONS, VERSION
from portal.domain.situation.reading import within_rhythm

Record = TypeVar("Record")


class NotThereError(Exception):
    """What a step is about is not there."""


def income_key(person: Person, place: int) -> str:
    """The name by which a report means an income: its own, or kind and number among those of its kind."""
    income = person.incomes[place]
    alike = [one for one in person.incomes[:place] if one.kind is income.kind and one.key is None]
    return income.key or f"{income.kind.value}-{len(alike) + 1}"


def begun(situation: Situation, op: Op) -> Situation:
    """With a person or an income more; their dates are their own. Raises NotThereError, ValueError."""
    if isinstance(op, BeginPerson):
        if len(situation.persons) >= MOST_PERSONS or any(one.id == op.person for one in situation.persons):
            raise NotThereError
        here: Fact[bool] = Fact(((None, False), (op.since, True)))
        return replace(situation, persons=(*situation.persons, replace(_read_person(op), lives_here=here)))
    if isinstance(op, BeginIncome):
        person = person_of(situation, op.person)
        if len(person.incomes) >= MOST_INCOMES:
            raise NotThereError
        return _with(situation, replace(person, incomes=(*person.incomes, _read_income(op))))
    return situation


def laid(situation: Situation, op: Op) -> Situation:
    """With what the step says from its day on. Raises NotThereError, ValueError."""
    match op:
        case SetFact(person=None):
            return _with_fact(situation, op.field, read_value(Situation, op.field, op.value), op.since)
        case SetFact():
            found = person_of(situation, op.person or "")
            return _with(situation, _with_fact(found, op.field, read_value(Person, op.field, op.value), op.since))
        case EndIncome():
            return _with_income(situation, op.person, op.key, lambda income: replace(income, until=op.since))
        case SetAmount():
            amount = read_value(Income, "amount", op.value)
            return _with_income(
                situation, op.person, op.key, lambda income: _with_fact(income, "amount", amount, op.since)
            )
        case AddItem() | TakeItem():
            person = person_of(situation, op.person)
            (item,) = read_value(Person, op.field, [op.value])
            return _with(situation, _with_item(person, op.field, item, op.since, add=isinstance(op, AddItem)))
        case BeginPerson() | BeginIncome():
            return situation  # they stand there already
        case _:
            assert_never(op)


def with_entry(fact: Fact[Any], value: Any, since: date) -> Fact[Any]:
    """A fact that has this value from that day until its next day; another value of that very day goes."""
    others = [entry for entry in fact.entries if entry[0] != since]
    entries = sorted([*others, (since, value)], key=lambda entry: entry[0] or date.min)
    return Fact(tuple(entries))


def read_value(record: type[Any], name: str, raw: Any) -> Any:
    """The value of a dated field from its JSON form; «unknown» stays that. Raises WrongAnswerError, NotThereError."""
    spec = next((spec for spec in fields(record) if spec.name == name and spec.metadata.get("dated")), None)
    if spec is None:
        raise NotThereError
    if isinstance(raw, str) and raw in list(Missing) and not spec.metadata["sure"]:
        return Missing(raw)
    return spec.metadata["kind"].read(raw, date.max)


def person_of(situation: Situation, person_id: str) -> Person:
    """Whoever has that id. Raises NotThereError."""
    for one in situation.persons:
        if one.id == person_id:
            return one
    raise NotThereError


def _with_fact(record: Record, name: str, value: Any, since: date) -> Record:
    fact: Fact[Any] = getattr(record, name)
    return replace(record, **{name: with_entry(fact, value, since)})  # type: ignore[type-var]


def _with_item(person: Person, name: str, item: Any, since: date, *, add: bool) -> Person:
    """One item more or less from a day on, whatever else is said of the list before or after.

    Who takes an item off a list of which nothing is known knows no more of it than before.
    """
    fact: Fact[tuple[Any, ...]] = getattr(person, name)
    standing = fact.on(since)
    known = isinstance(standing, tuple)
    if known or add:
        fact = with_entry(fact, standing if known else (), since)

    def changed(value: Any) -> Any:
        if isinstance(value, Missing):
            return value
        rest = [one.value for one in value if one != item]
        return read_value(Person, name, [*rest, item.value] if add else rest)

    entries = tuple((day, changed(value) if day is not None and day >= since else value) for day, value in fact.entries)
    laid_over: dict[str, Any] = {name: Fact(entries)}
    return replace(person, **laid_over)


def _with_income(situation: Situation, person_id: str, key: str, change: Callable[[Income], Income]) -> Situation:
    person = person_of(situation, person_id)
    keys = [income_key(person, place) for place in range(len(person.incomes))]
    if key not in keys:
        raise NotThereError
    place = keys.index(key)
    income = change(person.incomes[place])
    if not within_rhythm(income):
        raise WrongAnswerError("more than an income of a month may be")
    return _with(situation, replace(person, incomes=(*person.incomes[:place], income, *person.incomes[place + 1 :])))


def _with(situation: Situation, person: Person) -> Situation:
    return replace(situation, persons=tuple(person if one.id == person.id else one for one in situation.persons))


def _read_person(op: BeginPerson) -> Person:
    """The person as the step gives them; days of birth may lie ahead, where a birth is awaited. Raises ValueError."""
    one = {**op.fields, "id": op.person}
    raw = {"version": VERSION, "persons": [{"id": "-", "relation": "applicant"}, one]}
    return read_situation(raw, date.max).persons[1]


def _read_income(op: BeginIncome) -> Income:
    one = {"id": "-", "relation": "applicant", "incomes": [dict(op.income)]}
    return read_situation({"version": VERSION, "persons": [one]}, date.max).persons[0].incomes[0]
