"""One day of the answers over time: what holds then and nothing else, and the days on which something changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from portal.domain.changes.laying import income_key
from portal.domain.months import first_of_month, first_of_next_month
from portal.domain.situation import Fact, Income, Person, Rhythm, Situation, always
from portal.domain.situation.ages import unborn

if TYPE_CHECKING:  # `timeline` takes its words from here
    from portal.domain.changes.timeline import Overlaid

Record = TypeVar("Record")
_ONE_DAY = timedelta(days=1)


def situation_on(overlaid: Overlaid, day: date) -> Situation:
    """What holds on one day and nothing else: no answer has a date any more.

    Who has not come yet, or is not born, is left out; who has left stays, as somebody who does not live here. Of the
    incomes those that run on the day, or were paid once in its month.
    """
    persons = tuple(_person_on(one, day) for one in overlaid.situation.persons if _known(one, day))
    return replace(_facts_on(overlaid.situation, day), persons=persons)


def begun_by(person: Person) -> date | None:
    """The day from which somebody is in the household at all; None: from the first day. `date.max`: never, for they
    left on the day on which they came.
    """
    entries = person.lives_here.entries
    if len(entries) <= 1 or entries[0] != (None, False):
        return None
    return next((since for since, here in entries if here is True and since), date.max)


def change_days(overlaid: Overlaid) -> tuple[date, ...]:
    """Every day on which `situation_on` may give something else than on the day before, oldest first."""
    return tuple(sorted(set(_change_days(overlaid.situation))))


def _change_days(situation: Situation) -> Iterator[date]:
    yield from _days(situation)
    for person in situation.persons:
        yield from _days(person)
        yield from (born for _, born in person.born.entries if isinstance(born, date))
        for income in person.incomes:
            yield from _days(income)
            if income.since:
                yield income.since
            if income.until:
                yield income.until + _ONE_DAY
            if income.paid_on:
                yield first_of_month(income.paid_on)
                yield first_of_next_month(income.paid_on)


def _days(record: Any) -> Iterator[date]:
    for spec in fields(record):
        value = getattr(record, spec.name)
        if isinstance(value, Fact):
            yield from value.days()


def _known(person: Person, day: date) -> bool:
    begins = begun_by(person)
    return (begins is None or begins <= day) and not unborn(person, day)


def _person_on(person: Person, day: date) -> Person:
    incomes = tuple(
        replace(_facts_on(income, day), key=income_key(person, place))
        for place, income in enumerate(person.incomes)
        if _paid(income, day)
    )
    return replace(_facts_on(person, day), incomes=incomes)


def _paid(income: Income, day: date) -> bool:
    if income.every is Rhythm.ONCE:
        return income.paid_on is None or first_of_month(income.paid_on) == first_of_month(day)
    return income.runs(day, day)


def _facts_on(record: Record, day: date) -> Record:
    found: dict[str, Any] = {}
    for spec in fields(record):  # type: ignore[arg-type]
        value = getattr(record, spec.name)
        if isinstance(value, Fact):
            answer = value.on(day)
            found[spec.name] = Fact() if answer is None else always(answer)
    return replace(record, **found)  # type: ignore[type-var]
