"""Which answers of a situation are missing: not known, left for the interview, or not given though everybody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law
from portal.domain.situation import Fact, Home, Income, Missing, Permit, Person, Relation, Situation
from portal.domain.situation.ages import MAJORITY, age_of, not_in_time
from portal.domain.situation.words import COUPLE

_EITHER = {"age": "born", "together_years": "together_since", "asylum_years": "asylum_since"}
"""A second way to say one thing, with the first."""
_HOUSEHOLD = ("commune", "home", "accounts", "owns_property", "debts")
_WITH_STATE = (Permit.B, Permit.C, Permit.L)
_WITH_YEARS = (Permit.F, Permit.REFUGEE_B)
_PAID_FOR = (Home.RENTED, Home.INSTITUTION, Home.OWNED)


@dataclass(frozen=True)
class Gap:
    """One missing answer."""

    person: str | None
    """The id; None: of the household."""
    field: str
    """A field of the model: `persons.permit`, `rent`."""
    why: Missing | None
    """None: nobody answered yet."""
    income: Income | None = None
    """The income whose amount it is."""


def gaps(situation: Situation, on: date, law: Law) -> tuple[Gap, ...]:
    """All that is missing on a day, person by person, then of the household. None of it blocks anything.

    Of grown children below `dependent_child_age` it matters whether they are counted.
    """
    there = (person for person in situation.persons if not not_in_time(person, on))
    persons = (gap for person in there for gap in _of_person(person, on, law))
    return (*persons, *_of(situation, None, "", _asked_of_household(situation, on), on))


def _of_person(person: Person, on: date, law: Law) -> Iterator[Gap]:
    yield from _of(person, person.id, "persons.", _asked_of(person, on, law), on)
    for income in person.incomes:
        if not income.runs(first_of_month(on), last_of_month(on)):
            continue
        answer = income.amount.on(on)
        if answer is None or isinstance(answer, Missing):
            yield Gap(person.id, "persons.incomes", answer, income)


def _of(record: Person | Situation, person: str | None, prefix: str, asked: set[str], on: date) -> Iterator[Gap]:
    """The gaps among the answers of one record, in the order of the model."""
    for spec in fields(record):
        if not spec.metadata.get("dated") or spec.name in _EITHER:
            continue
        answers = [_fact(record, name).on(on) for name in (spec.name, *_others(spec.name))]
        if any(answer is not None and not isinstance(answer, Missing) for answer in answers):
            continue
        why = next((answer for answer in answers if isinstance(answer, Missing)), None)
        if why or spec.name in asked:
            yield Gap(person, f"{prefix}{spec.name}", why)


def _fact(record: Person | Situation, name: str) -> Fact[object]:
    found: Fact[object] = getattr(record, name)
    return found


def _others(name: str) -> tuple[str, ...]:
    return tuple(second for second, first in _EITHER.items() if first == name)


def _asked_of(person: Person, on: date, law: Law) -> set[str]:
    """What the centre needs of everybody alike; rare things are missing only where somebody says so."""
    if person.relation not in (*COUPLE, Relation.CHILD) or person.lives_here.on(on) is False:
        return set()
    asked, permit = {"born", "permit"}, person.permit.known(on)
    if permit in _WITH_STATE:
        asked.add("permit_state")
    if permit in _WITH_YEARS:
        asked.add("asylum_since")
    if person.relation is Relation.PARTNER:
        asked |= {"together_since", "common_child"}
    if person.relation in COUPLE:
        return asked | {"activity", "civil_status"}
    grown = MAJORITY <= (age_of(person, on) or 0) < law("dependent_child_age").whole()
    return asked | {"training_completed", "self_supporting"} if grown else asked


def _asked_of_household(situation: Situation, on: date) -> set[str]:
    return {*_HOUSEHOLD, "rent"} if situation.home.known(on) in _PAID_FOR else {*_HOUSEHOLD}
