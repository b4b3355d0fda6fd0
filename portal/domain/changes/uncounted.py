"""What of a report no step is made of: a calculation cannot count it, and a page must say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.persons import income_keys
from portal.domain.situation import IncomeKind, Situation
from portal.domain.situation.ages import age_of

_WORDS: Final = (ChangeKind.ABROAD, ChangeKind.OTHER)
_LEAST_TOLD: Final = 2


class Why(StrEnum):
    """Why something is not counted."""

    PERSON = "person"
    """The answers do not name whom it is about."""
    INCOME = "income"
    """The answers do not name the income that changed or ended."""
    READ = "read"
    """No answer says such a thing: the centre reads it."""


@dataclass(frozen=True)
class Uncounted:
    """Something that was said and is not counted. `amount`: the name of the answer with the sum, where one was said."""

    change: Change
    why: Why
    amount: str | None = None
    alone: bool = True
    """Nothing else of this change is counted either."""


def uncounted(changes: Sequence[Change], now: Situation) -> tuple[Uncounted, ...]:
    """All of it, in the order of the changes. `now`: the answers with the report."""
    return tuple(one for change in changes for one in _of(change, now))


def _of(change: Change, now: Situation) -> Iterator[Uncounted]:
    if change.unnamed:
        yield Uncounted(change, Why.PERSON)
    elif change.kind in _WORDS:
        yield Uncounted(change, Why.READ)
    elif change.kind is ChangeKind.WAGE_CHANGED and change.value("income") is None:
        yield Uncounted(change, Why.INCOME, "amount")
    elif change.kind is ChangeKind.OTHER_HOURS:
        amount, income = change.value("amount"), change.value("income")
        if amount is not None and income is None:
            yield Uncounted(change, Why.INCOME, "amount", alone=change.value("percent") is None)
    elif _a_wage_ends(change) and not income_keys(now, change.person or "", change.since, (IncomeKind.WAGE,)):
        yield Uncounted(change, Why.INCOME, alone=change.kind is ChangeKind.LOST_JOB)


def _a_wage_ends(change: Change) -> bool:
    """A job is lost, or the employer pays no more."""
    return change.kind is ChangeKind.LOST_JOB or (
        change.kind is ChangeKind.SICK and change.value("wage_goes_on") is False
    )


def answers_little(situation: Situation, day: date) -> bool:
    """Whether the answers say next to nothing, so that an aid worked out of them would be made of nothing: less than two
    of the home, the work or incomes, and age or permit of the applicant. A choice of the portal.
    """
    me = situation.applicant
    told = (
        situation.home.known(day) is not None or situation.rent.known(day) is not None,
        me.activity.known(day) is not None or any(person.incomes for person in situation.persons),
        me.permit.known(day) is not None or age_of(me, day) is not None,
    )
    return sum(told) < _LEAST_TOLD
