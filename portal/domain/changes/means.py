"""What the meanings of changes share: whom a change is about, and what was said in it as parts of steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from portal.domain.changes.change import Change
from portal.domain.changes.laying import income_key
from portal.domain.situation import IncomeKind, Missing, Person, Rhythm, Situation
from portal.domain.situation.words import APPLICANT, COUPLE

ONE_DAY: Final = timedelta(days=1)
FULL_TIME: Final = 100


class UnknownPersonError(LookupError):
    """A change is about somebody whom the answers do not name (`judging.faults` finds it before)."""


def who(change: Change) -> str:
    """Whom the change is about; the applicant where nobody is named."""
    return change.person or APPLICANT


def person_of(now: Situation, person: str) -> Person:
    """Whoever has that id. Raises UnknownPersonError."""
    for one in now.persons:
        if one.id == person:
            return one
    raise UnknownPersonError(person)


def works(now: Situation, person: str) -> bool:
    """Whether the activity of that person is asked at all: a child's wage is an income and nothing more."""
    return person_of(now, person).relation in COUPLE


def given(change: Change, *names: str) -> dict[str, Any]:
    """Those of the answers that were given."""
    return {name: change.value(name) for name in names if change.value(name) is not None}


def keys_running(person: Person, day: date, *kinds: IncomeKind) -> list[str]:
    """The keys of a person's incomes of those kinds that run on a day; what comes once does not run."""
    return [
        income_key(person, place)
        for place, income in enumerate(person.incomes)
        if income.kind in kinds and income.every is not Rhythm.ONCE and income.runs(day, day)
    ]


def monthly(change: Change, kind: IncomeKind, names: str, amount: str) -> dict[str, Any]:
    """An income of each month, its amount unknown where it was left open."""
    said = change.value(amount)
    return {
        "kind": kind.value,
        "key": f"{kind.value}-{names}",
        "amount": Missing.UNKNOWN.value if said is None else said,
        "since": change.since.isoformat(),
    }


def once(change: Change, kind: IncomeKind, names: str) -> dict[str, Any]:
    """A sum that came on one day."""
    return {
        "kind": kind.value,
        "key": f"{kind.value}-{names}",
        "amount": total(change),
        "every": Rhythm.ONCE.value,
        "paid_on": change.since.isoformat(),
    }


def total(change: Change) -> Any:
    """The sum that was said; unknown where it was left open."""
    said = change.value("sum")
    return Missing.UNKNOWN.value if said is None else said
