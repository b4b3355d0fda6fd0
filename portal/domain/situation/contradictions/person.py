"""Contradictions in what one person says: what does not fit the age, and work without pay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from portal.domain.situation.answers import Missing
from portal.domain.situation.contradictions.found import Contradiction, age_field, age_of
from portal.domain.situation.contradictions.found import ContradictionCode as Code
from portal.domain.situation.model import Person, years_between
from portal.domain.situation.words import Activity, CivilStatus, IncomeKind

MARRIAGE_AGE: Final = 16
WAGE_AGE: Final = 13
PENSION_AGE: Final = 58
ORPHAN_AGE: Final = 25
"""Up to here, and after a marriage, a pension of the AVS may be one of survivors."""
PREGNANT_AGES: Final = range(11, 61)
MOSTLY_PERCENT: Final = 50
"""Half or less of an inability to work goes along with another activity."""
_SURVIVORS = (CivilStatus.WIDOWED, CivilStatus.DIVORCED)
_PAY = (IncomeKind.WAGE, IncomeKind.ONE_OFF, IncomeKind.DAILY_ALLOWANCE)
"""What somebody with a job may be paid."""


def of_years(person: Person, on: date) -> Iterator[Contradiction]:
    """What does not fit a person's age."""
    age, field = age_of(person, on), age_field(person, on)
    if age is None:
        return
    status = person.civil_status.on(on)
    if age < MARRIAGE_AGE and person.civil_status.known(on) not in (None, CivilStatus.SINGLE):
        yield Contradiction(Code.MARRIED_CHILD, (person.id,), ("persons.civil_status", field))
    survivor = age < ORPHAN_AGE or status in _SURVIVORS or isinstance(status, Missing)
    if age < PENSION_AGE and not survivor and gets(person, on, IncomeKind.OLD_AGE):
        yield Contradiction(Code.EARLY_OLD_AGE_PENSION, (person.id,), ("persons.incomes", field))
    if age < WAGE_AGE and gets(person, on, IncomeKind.WAGE, IncomeKind.SELF_EMPLOYMENT):
        yield Contradiction(Code.CHILD_WITH_WAGE, (person.id,), ("persons.incomes", field))
    if person.pregnant.known(on) and age not in PREGNANT_AGES:
        yield Contradiction(Code.PREGNANT_AT_THAT_AGE, (person.id,), ("persons.pregnant", field))
    since, born, years = person.asylum_since.known(on), person.born.known(on), person.asylum_years.known(on)
    if since and (since < born if born else years_between(since, on) > age):
        yield Contradiction(Code.ASYLUM_BEFORE_BIRTH, (person.id,), ("persons.asylum_since", field))
    elif not since and years is not None and years > age:
        yield Contradiction(Code.ASYLUM_BEFORE_BIRTH, (person.id,), ("persons.asylum_years", field))


def gets(person: Person, on: date, *kinds: IncomeKind) -> bool:
    """Whether an amount above nothing was said for an income of these kinds."""
    return any((income.amount.known(on) or 0) > 0 for income in person.incomes if income.kind in kinds)


def _names(person: Person, on: date, *kinds: IncomeKind) -> bool:
    """Whether such an income is named at all: with an amount, or with one that is not known."""
    return any(income.amount.on(on) != 0 for income in person.incomes if income.kind in kinds)


def of_work(person: Person, on: date) -> Iterator[Contradiction]:
    """What fills the days, and what is paid for it."""
    activity, unable = person.activity.known(on), person.unable_percent.known(on)
    if activity in (Activity.EMPLOYED, Activity.PART_TIME) and not _names(person, on, *_PAY):
        yield Contradiction(Code.WORK_WITHOUT_WAGE, (person.id,), ("persons.activity", "persons.incomes"))
    if activity is Activity.SELF_EMPLOYED and not _names(person, on, IncomeKind.SELF_EMPLOYMENT):
        yield Contradiction(Code.SELF_EMPLOYED_WITHOUT_INCOME, (person.id,), ("persons.activity", "persons.incomes"))
    if activity is Activity.TRAINING and person.training_completed.known(on):
        yield Contradiction(Code.TRAINING_COMPLETED, (person.id,), ("persons.training_completed", "persons.activity"))
    busy = activity not in (None, Activity.UNABLE, Activity.RETIRED)
    if busy and unable is not None and unable > MOSTLY_PERCENT:
        yield Contradiction(Code.UNABLE_YET_BUSY, (person.id,), ("persons.unable_percent", "persons.activity"))
