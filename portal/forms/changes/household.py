"""Whom a report may be about, and which incomes are known of them: what the forms offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from portal.domain.changes.judging import candidates
from portal.domain.changes.kinds import WAGES_ONLY, ChangeKind, Whose
from portal.domain.changes.persons import incomes_of
from portal.domain.situation import IncomeKind, Situation
from portal.domain.situation.words import APPLICANT
from portal.i18n.changes import income_words
from portal.i18n.situation import person_called
from portal.i18n.words import joined

_WAGES: Final = WAGES_ONLY | {ChangeKind.NEW_JOB}
"""Where the income that is named is a wage; elsewhere it may be any."""


@dataclass(frozen=True)
class Earned:
    """An income that is known: whose, by which name a report means it, and how it is read."""

    person: str
    key: str
    wage: bool
    words: str

    @property
    def choice(self) -> str:
        """As a form sends it."""
        return f"{self.person}:{self.key}"


@dataclass(frozen=True)
class Household:
    """What a form offers to one adult on one day."""

    today: date
    who: Mapping[Whose, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """For each kind of person: id and name."""
    incomes: tuple[Earned, ...] = ()

    def incomes_of(self, persons: Collection[str], kind: ChangeKind) -> tuple[Earned, ...]:
        """The incomes of those persons that such a change may be about."""
        return tuple(one for one in self.incomes if one.person in persons and (one.wage or kind not in _WAGES))


def household(situation: Situation, today: date, language: str, me: str = APPLICANT) -> Household:
    """What may be offered today. `situation`: the answers over time, with what was reported."""

    def called(person: str) -> str:
        return person_called(situation, person, language, on=today, me=me)

    who = {whose: tuple((person, called(person)) for person in candidates(whose, situation, today)) for whose in Whose}
    incomes = [
        Earned(
            person.id,
            key,
            income.kind is IncomeKind.WAGE,
            joined(" · ", (called(person.id), income_words(person, key, today, language) or "")),
        )
        for person in situation.persons
        for key, income in incomes_of(person, today)
    ]
    return Household(today, who, tuple(incomes))
