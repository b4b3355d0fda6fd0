"""Of whom, and of which income, a change may be told on a day: what forms offer and `judging` allows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from portal.domain.changes.kinds import Whose
from portal.domain.changes.laying import income_key
from portal.domain.changes.on_day import begun_by
from portal.domain.situation import Income, IncomeKind, Person, Relation, Rhythm, Situation
from portal.domain.situation.ages import age_of, lives_in, unborn
from portal.domain.situation.naming import new_person_id
from portal.domain.situation.questions import WORKING_AGE
from portal.domain.situation.words import COUPLE

__all__ = ["candidates", "income_keys", "incomes_of", "may_come_back", "new_person_id"]

_ONE_DAY = timedelta(days=1)


def candidates(whose: Whose, situation: Situation, day: date) -> tuple[str, ...]:
    """The ids of those whom such a change may be about on a day: they live here then, or did the day before.

    For a newcomer: those who left before and may come back. For the household: nobody.
    """
    if whose is Whose.NEWCOMER:
        return may_come_back(situation, day)
    return tuple(one.id for one in situation.persons if _here(one, day) and _is(whose, one, day))


def may_come_back(situation: Situation, day: date) -> tuple[str, ...]:
    """Those who do not live here on a day, but did before or were said to live elsewhere; who is still to come is not."""
    return tuple(
        one.id
        for one in situation.persons
        if one.relation is not Relation.APPLICANT
        and not unborn(one, day)
        and one.lives_here.on(day) is False
        and (begun_by(one) or day) <= day
    )


def incomes_of(
    person: Person, day: date, kinds: Collection[IncomeKind] = tuple(IncomeKind)
) -> tuple[tuple[str, Income], ...]:
    """The incomes of these kinds that a change of that day may be about, by key: they run then or did the day before.
    What comes once does not go on.
    """
    return tuple(
        (income_key(person, place), income)
        for place, income in enumerate(person.incomes)
        if income.kind in kinds and _runs(income, day)
    )


def income_keys(
    situation: Situation, person: str, day: date, kinds: Collection[IncomeKind] = tuple(IncomeKind)
) -> tuple[str, ...]:
    """Their keys, of whoever has that id; nothing where nobody has."""
    return tuple(key for one in situation.persons if one.id == person for key, _ in incomes_of(one, day, kinds))


def _runs(income: Income, day: date) -> bool:
    return income.every is not Rhythm.ONCE and income.runs(day - _ONE_DAY, day)


def _here(person: Person, day: date) -> bool:
    return person.relation is Relation.APPLICANT or lives_in(person, day) or lives_in(person, day - _ONE_DAY)


def _is(whose: Whose, person: Person, day: date) -> bool:
    match whose:
        case Whose.OTHER:
            return person.relation is not Relation.APPLICANT
        case Whose.MATE:
            return person.relation in (Relation.SPOUSE, Relation.PARTNER)
        case Whose.CHILD:
            return person.relation is Relation.CHILD
        case Whose.GROWN:
            return person.relation in COUPLE or (person.relation is Relation.CHILD and _may_earn(person, day))
        case Whose.ANYONE:
            return True
        case _:
            return False


def _may_earn(person: Person, day: date) -> bool:
    """A child of working age, or of an age that nobody said."""
    age = age_of(person, day)
    return not unborn(person, day) and (age is None or age >= WORKING_AGE)
