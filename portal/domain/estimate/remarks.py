"""What the centre will check, and what is not in the figure. Codes and the values of the law; words stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Activity, Home, IncomeKind, Person, Relation, Situation
from portal.domain.situation.ages import MAJORITY, age_of, not_in_time
from portal.domain.unit import Reason, Standing, Unit


class RemarkCode(StrEnum):
    """One thing to know beside the figure."""

    RENT = "rent"
    MINOR = "minor"
    HOMELESS = "homeless"
    INSTITUTION = "institution"
    WORK = "work"
    PROPERTY = "property"
    RELATIVES = "relatives"
    PARTNER = "partner"
    PERMIT_OF_MEMBER = "permit_of_member"
    LIVES_WITH_PARENTS = "lives_with_parents"
    TRAINING = "training"
    SELF_EMPLOYED = "self_employed"
    VEHICLE = "vehicle"
    IRREGULAR = "irregular"
    ALIMONY_PAID = "alimony_paid"
    DEBTS = "debts"
    UNEMPLOYMENT_SUSPENDED = "unemployment_suspended"
    NEW_AMOUNTS = "new_amounts"
    PREMIUM = "premium"
    HEALTH_COSTS = "health_costs"
    INSERTION = "insertion"
    DEPOSIT = "deposit"
    AVS = "avs"
    TAXES = "taxes"
    ALLOWANCE_COVERS = "allowance_covers"
    PAYING_BACK = "paying_back"
    ADVANCE = "advance"


@dataclass(frozen=True)
class Remark:
    """One remark with the values of the law behind it."""

    code: RemarkCode
    rules: tuple[Parameter, ...]


_RULES = {
    RemarkCode.RENT: ("rent_recognised", "rent_ceilings"),
    RemarkCode.MINOR: (),
    RemarkCode.HOMELESS: ("emergency_content",),
    RemarkCode.INSTITUTION: ("rent_recognised",),
    RemarkCode.WORK: ("register_as_job_seeker", "work_evaluation_exempt"),
    RemarkCode.PROPERTY: ("property_owner", "property_pledge_years", "property_pledge_interest"),
    RemarkCode.RELATIVES: ("first_relatives", "family_support", "family_support_income", "family_support_wealth"),
    RemarkCode.PARTNER: ("stable_concubinage_counted_as", "stable_concubinage_child", "stable_concubinage_years"),
    RemarkCode.PERMIT_OF_MEMBER: ("asylum_office_statuses",),
    RemarkCode.LIVES_WITH_PARENTS: ("young_adult_lives_with_parent", "dependent_child_age"),
    RemarkCode.TRAINING: (
        "first_training_age",
        "training_not_reimbursable_age",
        "training_loan_ages",
        "bursary_not_requested",
    ),
    RemarkCode.SELF_EMPLOYED: (
        "self_employed_aid",
        "self_employed_kinds",
        "self_employed_months",
        "self_employed_business_costs",
    ),
    RemarkCode.VEHICLE: ("vehicle", "movable_property"),
    RemarkCode.IRREGULAR: ("irregular_income",),
    RemarkCode.ALIMONY_PAID: ("alimony_paid",),
    RemarkCode.DEBTS: ("taxes_and_debts",),
    RemarkCode.UNEMPLOYMENT_SUSPENDED: ("unemployment_days_suspended",),
    RemarkCode.NEW_AMOUNTS: ("allowance_1",),
    RemarkCode.PREMIUM: ("premium_reduction_social_aid", "reference_premium", "premium_excess"),
    RemarkCode.HEALTH_COSTS: ("health_costs_paid", "franchise_adult", "quote_part_percent", "quote_part_limit"),
    RemarkCode.INSERTION: ("incentive_supplement", "integration_supplement"),
    RemarkCode.DEPOSIT: ("rent_deposit",),
    RemarkCode.AVS: ("avs_minimum_contribution",),
    RemarkCode.TAXES: ("taxes_and_debts",),
    RemarkCode.ALLOWANCE_COVERS: ("allowance_covers",),
    RemarkCode.PAYING_BACK: (
        "reimbursement_causes",
        "reimbursement_wealth",
        "reimbursement_income",
        "median_income_single",
        "reimbursement_of_advances",
        "remission",
    ),
    RemarkCode.ADVANCE: ("advance_meanwhile", "unclaimed_rights"),
}
_OUTSIDE = (
    RemarkCode.PREMIUM,
    RemarkCode.HEALTH_COSTS,
    RemarkCode.INSERTION,
    RemarkCode.DEPOSIT,
    RemarkCode.AVS,
    RemarkCode.TAXES,
    RemarkCode.ALLOWANCE_COVERS,
    RemarkCode.PAYING_BACK,
    RemarkCode.ADVANCE,
)
_WITHOUT_WORK = (Activity.RETIRED, Activity.UNABLE)


def to_be_checked(situation: Situation, units: tuple[Unit, ...], on: date, law: Law) -> tuple[Remark, ...]:
    """What the centre will look at for this very household."""
    situation = replace(situation, persons=tuple(one for one in situation.persons if not not_in_time(one, on)))
    codes = [*_of_home(situation, on), *_of_persons(situation, units, on, law), *_of_money(situation, on, law)]
    return tuple(_remark(code, law) for code in codes)


def outside_the_figure(law: Law) -> tuple[Remark, ...]:
    """What the figure leaves out, the same for everybody."""
    return tuple(_remark(code, law) for code in _OUTSIDE)


def _remark(code: RemarkCode, law: Law) -> Remark:
    return Remark(code, tuple(law(name) for name in _RULES[code]))


def _of_home(situation: Situation, on: date) -> Iterator[RemarkCode]:
    home = situation.home.known(on)
    if home in (Home.RENTED, None):
        yield RemarkCode.RENT
    if home is Home.NONE:
        yield RemarkCode.HOMELESS
    if home is Home.INSTITUTION:
        yield RemarkCode.INSTITUTION
    if home is Home.OWNED or situation.owns_property.on(on) not in (None, False):
        yield RemarkCode.PROPERTY


def _of_persons(situation: Situation, units: tuple[Unit, ...], on: date, law: Law) -> Iterator[RemarkCode]:
    adults = [member.person for member in units[0].counted if not _is_child(member.person)]
    if any(person.activity.known(on) not in _WITHOUT_WORK for person in adults):
        yield RemarkCode.WORK
    if len(units) > 1:
        yield RemarkCode.PARTNER
    if any(member.reason is Reason.PERMIT for member in units[0].those(Standing.IN_DOUBT)):
        yield RemarkCode.PERMIT_OF_MEMBER
    age = age_of(situation.applicant, on)
    if age is not None and age < MAJORITY:
        yield RemarkCode.MINOR
    parents = any(person.relation is Relation.PARENT for person in situation.persons)
    if age is not None and age < law("young_adult_age").whole() and parents:
        yield RemarkCode.LIVES_WITH_PARENTS
    if any(person.activity.known(on) is Activity.TRAINING for person in adults):
        yield RemarkCode.TRAINING
    if any(_self_employed(person, on) for person in adults):
        yield RemarkCode.SELF_EMPLOYED
    yield RemarkCode.RELATIVES


def _of_money(situation: Situation, on: date, law: Law) -> Iterator[RemarkCode]:
    every = (income for person in situation.persons for income in person.incomes)
    incomes = [income for income in every if income.runs(_month_before(on), last_of_month(on))]
    if any(income.irregular for income in incomes):
        yield RemarkCode.IRREGULAR
    if any(income.kind is IncomeKind.UNEMPLOYMENT for income in incomes):
        yield RemarkCode.UNEMPLOYMENT_SUSPENDED
    if situation.vehicles.may_be_some(on):
        yield RemarkCode.VEHICLE
    if situation.alimony_paid.may_be_some(on):
        yield RemarkCode.ALIMONY_PAID
    if situation.debts.may_be_some(on):
        yield RemarkCode.DEBTS
    if law("allowance_1").change_expected:
        yield RemarkCode.NEW_AMOUNTS


def _month_before(on: date) -> date:
    """An irregular income counts as it was in the month before (`irregular_income`)."""
    return first_of_month(first_of_month(on) - timedelta(days=1))


def _is_child(person: Person) -> bool:
    return person.relation is Relation.CHILD


def _self_employed(person: Person, on: date) -> bool:
    first, last = first_of_month(on), last_of_month(on)
    runs = any(one.kind is IncomeKind.SELF_EMPLOYMENT and one.runs(first, last) for one in person.incomes)
    return runs or person.activity.known(on) is Activity.SELF_EMPLOYED
