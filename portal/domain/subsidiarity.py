"""«These come first»: other benefits that this household should claim (LIAS art. 3 and 30; OLIAS art. 2 and 40).

Generous on purpose: a benefit that may be due is named, and its own office decides. Where the facts state no age, the
portal's own threshold only says from when a benefit is worth asking about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import (
    Activity,
    CivilStatus,
    Home,
    IncomeKind,
    Person,
    Relation,
    Situation,
)
from portal.domain.situation.ages import MAJORITY, age_of, lives_in, not_in_time

NEAR_PENSION = 58
"""Age from which pensions are worth asking about. A choice of the portal, not of the law."""
FULL_TIME = 100
_PARTED = (CivilStatus.SEPARATED, CivilStatus.DIVORCED)


class ClaimState(StrEnum):
    """What was said of it."""

    TO_CLAIM = "to_claim"
    ASKED = "asked"
    RECEIVED = "received"


@dataclass(frozen=True)
class Claim:
    """One benefit that comes first, with the value of the law that names its office, and what else is known of it."""

    name: str
    """Parameter `first_<name>`."""
    rule: Parameter
    details: tuple[Parameter, ...]
    """Its amounts, ages and conditions."""
    persons: tuple[str, ...]
    """The ids of those it is for; empty: the household."""
    state: ClaimState


_RECEIVED_AS = {
    "unemployment": IncomeKind.UNEMPLOYMENT,
    "daily_allowances": IncomeKind.DAILY_ALLOWANCE,
    "disability": IncomeKind.DISABILITY,
    "old_age": IncomeKind.OLD_AGE,
    "supplementary": IncomeKind.SUPPLEMENTARY,
    "transitional": IncomeKind.TRANSITIONAL,
    "pension_funds": IncomeKind.OCCUPATIONAL,
    "family_allowances": IncomeKind.FAMILY_ALLOWANCE,
    "household_allowance": IncomeKind.FAMILY_FUND,
    "alimony": IncomeKind.ALIMONY,
    "bursary": IncomeKind.BURSARY,
}


_DETAILS = {
    "family_allowances": ("child_allowance", "child_allowance_third", "training_allowance", "birth_allowance"),
    "household_allowance": ("household_allowance",),
    "dental": ("dental_help",),
    "alimony": ("alimony_advance", "alimony_child_age", "alimony_arrears_months", "alimony_start"),
    "bursary": ("bursary_start", "bursary_permit_b_years"),
    "premium_reduction": (
        "premium_reduction_special",
        "premium_reduction_tax_years",
        "premium_reduction_modest",
        "premium_reduction_child",
        "premium_reduction_wealth_limit",
    ),
    "private_funds": ("mimosa_fund",),
}


def first_claims(situation: Situation, on: date, law: Law) -> tuple[Claim, ...]:
    """The benefits to claim, those of a person before those of everybody."""
    there = replace(situation, persons=tuple(one for one in situation.persons if not not_in_time(one, on)))
    return tuple(_claim(name, persons, there, on, law) for name, persons in _wanted(there, on, law))


def _claim(name: str, persons: tuple[Person, ...], situation: Situation, on: date, law: Law) -> Claim:
    state = ClaimState.TO_CLAIM
    kind = _RECEIVED_AS.get(name)
    own = name in (*_BY_ADULT, "bursary")  # each person's own right: what another one gets says nothing
    without = tuple(person for person in persons if kind is None or not _has(person, on, kind))
    if kind and (not without if own else any(_has(person, on, kind) for person in situation.persons)):
        state = ClaimState.RECEIVED
    else:
        persons = without if own else persons
        asking = persons if own else situation.persons
        asked = [person for person in asking if name in (person.asked_for.known(on) or ())]
        if asked and (not own or len(asked) == len(persons)):
            state = ClaimState.ASKED
    details = tuple(law(detail) for detail in _DETAILS.get(name, ()))
    return Claim(name, law(f"first_{name}"), details, tuple(sorted(person.id for person in persons)), state)


def _wanted(situation: Situation, on: date, law: Law) -> Iterator[tuple[str, tuple[Person, ...]]]:
    adults = tuple(person for person in situation.persons if _adult(person, on))
    for name, applies in _BY_ADULT.items():
        persons = tuple(person for person in adults if applies(person, on))
        if name == "pension_funds" and not persons and situation.insurances.may_be_some(on):
            persons = adults
        if persons:
            yield name, persons
    students = tuple(person for person in situation.persons if person.activity.known(on) is Activity.TRAINING)
    if students:
        yield "bursary", students
    yield from _of_children(situation, adults, on, law)
    yield from _of_household(situation, adults, on)


def _adult(person: Person, on: date) -> bool:
    couple = (Relation.APPLICANT, Relation.SPOUSE, Relation.PARTNER)
    return person.relation in couple and lives_in(person, on)


def _of_children(
    situation: Situation, adults: tuple[Person, ...], on: date, law: Law
) -> Iterator[tuple[str, tuple[Person, ...]]]:
    until = law("dependent_child_age").whole()
    children = tuple(
        person
        for person in situation.persons
        if person.relation is Relation.CHILD and _young(person, on, until) and lives_in(person, on)
    )
    if not children:
        return
    yield "family_allowances", children
    yield "household_allowance", ()
    if len(adults) == 1 or any(person.civil_status.known(on) in _PARTED for person in adults):
        yield "alimony", children
    yield "dental", ()


def _young(person: Person, on: date, until: int) -> bool:
    age = age_of(person, on)
    in_training = person.activity.known(on) is Activity.TRAINING or person.training_completed.known(on) is False
    return age is None or age < MAJORITY or (age < until and in_training)


def _of_household(
    situation: Situation, adults: tuple[Person, ...], on: date
) -> Iterator[tuple[str, tuple[Person, ...]]]:
    ended = (*_PARTED, CivilStatus.WIDOWED)
    if situation.claims.may_be_some(on) or any(person.civil_status.known(on) in ended for person in adults):
        yield "claims", ()
    yield "premium_reduction", ()
    if situation.debts.may_be_some(on):
        yield "debt_advice", ()
    if situation.home.known(on) is Home.NONE:
        yield "social_emergency", ()
    yield "victims", ()
    yield "private_funds", ()


def _unable(person: Person, on: date) -> bool:
    return person.activity.known(on) is Activity.UNABLE or (person.unable_percent.known(on) or 0) > 0


def _near_pension(person: Person, on: date) -> bool:
    return (age_of(person, on) or 0) >= NEAR_PENSION or person.activity.known(on) is Activity.RETIRED


def _without_full_work(person: Person, on: date) -> bool:
    activity, percent = person.activity.known(on), person.work_percent.known(on)
    partly = activity is Activity.EMPLOYED and percent is not None and percent < FULL_TIME
    return (
        activity in (Activity.SEEKING, Activity.PART_TIME, Activity.OTHER)
        or partly
        or _has(person, on, IncomeKind.UNEMPLOYMENT)
    )


def _has(person: Person, on: date, *kinds: IncomeKind) -> bool:
    """Whether such an income comes in that month."""
    first, last = first_of_month(on), last_of_month(on)
    return any(income.kind in kinds and income.runs(first, last) for income in person.incomes)


def _pensioner(person: Person, on: date) -> bool:
    return _has(person, on, IncomeKind.OLD_AGE, IncomeKind.DISABILITY, IncomeKind.SUPPLEMENTARY)


def _older_job_seeker(person: Person, on: date) -> bool:
    return (age_of(person, on) or 0) >= NEAR_PENSION and person.activity.known(on) is Activity.SEEKING


_BY_ADULT: dict[str, Callable[[Person, date], bool]] = {
    "unemployment": _without_full_work,
    "daily_allowances": lambda person, on: _unable(person, on) or _has(person, on, IncomeKind.DAILY_ALLOWANCE),
    "disability": lambda person, on: _unable(person, on) or _has(person, on, IncomeKind.DISABILITY),
    "old_age": lambda person, on: _near_pension(person, on) or person.civil_status.known(on) is CivilStatus.WIDOWED,
    "supplementary": _pensioner,
    "transitional": _older_job_seeker,
    "pension_funds": lambda person, on: _near_pension(person, on) or _unable(person, on),
    "loss_of_earnings": lambda person, on: person.pregnant.known(on) is True,
}
