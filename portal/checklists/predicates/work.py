"""What a person lives on: work, training, allowances, pensions, other benefits asked for."""

from __future__ import annotations

from datetime import date

from portal.checklists.predicates.register import Truth, of_person, rare
from portal.domain.months import first_of_month, last_of_month, months_before
from portal.domain.parameter import Law
from portal.domain.situation import Activity, Benefit, IncomeKind, Missing, Person, Relation, Rhythm, Situation
from portal.domain.situation.ages import MAJORITY, age_of

LOOK_BACK = 3
"""An income that ended in these many full months still has papers: the payslips asked for are those of three months."""
_WITH_PAPER_OF_THEIR_OWN = (Benefit.BURSARY, Benefit.ALIMONY, Benefit.FAMILY_ALLOWANCES)


def is_paid(person: Person, on: date, *kinds: IncomeKind) -> bool:
    """Whether an income of one of these kinds was paid in the months that papers are asked for, or is paid now."""
    first, last = months_before(on, LOOK_BACK)[0], last_of_month(on)
    return any(
        income.kind in kinds
        and income.runs(first, last)
        and not (income.every is Rhythm.ONCE and income.paid_on and first_of_month(income.paid_on) < first)
        for income in person.incomes
    )


def _busy(person: Person, on: date, *activities: Activity) -> Truth:
    """Whether one of these activities fills the days; a child about whom nothing was said does none of them."""
    answer = person.activity.on(on)
    if answer is None:
        return False if person.relation is Relation.CHILD and (age_of(person, on) or 0) < MAJORITY else None
    return None if isinstance(answer, Missing) else answer in activities


@of_person("person.activity")
def works_for_wage(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Employed, or paid a wage in the last three full months or now."""
    return is_paid(person, on, IncomeKind.WAGE) or _busy(person, on, Activity.EMPLOYED, Activity.PART_TIME)


@of_person("person.dismissed")
def dismissed(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Lost a job by dismissal."""
    return rare(person.dismissed.on(on))


@of_person()
def paid_unemployment(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Indemnities of the unemployment insurance."""
    return is_paid(person, on, IncomeKind.UNEMPLOYMENT)


@of_person("person.activity")
def seeks_work(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Seeks work, or is paid by the unemployment insurance (wording of RELIAS art. 23 al. 1 let. b)."""
    return is_paid(person, on, IncomeKind.UNEMPLOYMENT) or _busy(person, on, Activity.SEEKING)


@of_person()
def paid_daily_allowances(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Daily allowances for illness, accident, maternity, service, or of the AI."""
    return is_paid(person, on, IncomeKind.DAILY_ALLOWANCE)


@of_person()
def has_pension(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """A pension of the AVS, the AI or a pension fund, supplementary or transitional benefits."""
    return is_paid(
        person,
        on,
        IncomeKind.OLD_AGE,
        IncomeKind.DISABILITY,
        IncomeKind.OCCUPATIONAL,
        IncomeKind.SUPPLEMENTARY,
        IncomeKind.TRANSITIONAL,
    )


@of_person("person.asked_for")
def awaits_decision(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Another benefit was asked for and not decided; those with a paper of their own (bursary, alimony,
    family allowances) left out."""
    return _awaits(person, on, *(benefit for benefit in Benefit if benefit not in _WITH_PAPER_OF_THEIR_OWN))


@of_person("person.asked_for")
def awaits_benefit(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Any other benefit was asked for and not decided: aid may be an advance on it."""
    return _awaits(person, on, *Benefit)


def _awaits(person: Person, on: date, *benefits: Benefit) -> Truth:
    asked = person.asked_for.on(on)
    return None if isinstance(asked, Missing) else any(benefit in benefits for benefit in asked or ())


@of_person("person.activity")
def in_training(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """At school, in an apprenticeship or studies."""
    return _busy(person, on, Activity.TRAINING)


@of_person("person.activity")
def self_employed(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Self-employed, mainly or beside another activity (kinds: parameter `self_employed_kinds`)."""
    return is_paid(person, on, IncomeKind.SELF_EMPLOYMENT) or _busy(person, on, Activity.SELF_EMPLOYED)


@of_person()
def registered_for_vat(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Registered for the value added tax: the portal does not ask."""
    return None


@of_person("person.activity", "person.unable_percent")
def unable_to_work(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Ill or disabled, partly or in full."""
    percent = person.unable_percent.on(on)
    if isinstance(percent, int) and percent > 0:
        return True
    busy = _busy(person, on, Activity.UNABLE)
    return None if isinstance(percent, Missing) and busy is False else busy


@of_person("person.pregnant")
def pregnant(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Pregnant."""
    return rare(person.pregnant.on(on))


@of_person("person.leaves_institution")
def leaves_institution(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Comes out of a hospital, a home or detention."""
    return rare(person.leaves_institution.on(on))
