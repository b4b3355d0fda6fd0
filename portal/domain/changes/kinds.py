"""The kinds of change in daily words, what each asks, and the duty to report behind it. One table; the words stand elsewhere.

Five kinds of change must be reported without delay (parameter `changes_to_report`; wording of RELIAS art. 24 al. 4, in force
until 30.6.2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from portal.domain.changes.spec import (
    DECIDED,
    DECISIONS,
    MOST_DAYS_AHEAD,
    NEWCOMERS,
    PAST_ONLY,
    WAGES_ONLY,
    Ask,
    ChangeKind,
    Duty,
    Spec,
    Whose,
)
from portal.domain.situation.kinds import Day, OneOf, Several, Whole, Words, YesNo
from portal.domain.situation.model import MONTHLY, PERCENT, RENT, WEALTH
from portal.domain.situation.words import (
    Activity,
    Benefit,
    Home,
    IncomeKind,
    Payday,
    Permit,
    PermitState,
    Relation,
)

__all__ = [
    "DECIDED",
    "DECISIONS",
    "INCOME",
    "KINDS",
    "MOST_DAYS_AHEAD",
    "NEWCOMERS",
    "PAST_ONLY",
    "WAGES_ONLY",
    "Ask",
    "ChangeKind",
    "Duty",
    "Spec",
    "Whose",
]

INCOME: Final = Words(30, "[a-z0-9_-]+")
"""The key of an income of that person (`timeline.income_key`)."""

_NAME: Final = Ask("name", Words(200))
_WAGE: Final = Ask("amount", MONTHLY)
_PAYDAY: Final = Ask("payday", OneOf(Payday))
_PERCENT: Final = Ask("percent", PERCENT)

KINDS: Final[Mapping[ChangeKind, Spec]] = MappingProxyType(
    {
        ChangeKind.CHILD_BORN: Spec(
            Duty.HOUSEHOLD,
            Whose.NEWCOMER,
            (_NAME,),
            ("birth_certificate", "custody_papers", "family_allowance_decision"),
            decision=True,
        ),
        ChangeKind.MOVED_IN: Spec(
            Duty.HOUSEHOLD,
            Whose.NEWCOMER,
            (
                Ask("relation", OneOf(Relation)),
                _NAME,
                Ask("born", Day(past=True)),
                Ask("permit", OneOf(Permit)),
                _WAGE,
            ),
            ("identity_paper", "residence_permit", "flat_share", "work_contract", "payslips"),
            months_after=1,
            decision=True,
        ),
        ChangeKind.MOVED_OUT: Spec(Duty.HOUSEHOLD, Whose.OTHER, (), ("departure_proof",), decision=True),
        ChangeKind.SEPARATED: Spec(
            Duty.HOUSEHOLD,
            Whose.MATE,
            (
                Ask("still_here", YesNo()),
                Ask("alimony_received", MONTHLY),
                Ask("alimony_paid", MONTHLY),
            ),
            ("separation_ruling", "maintenance_agreement", "departure_proof", "custody_papers"),
            decision=True,
        ),
        ChangeKind.MOVED: Spec(
            Duty.PLACE,
            Whose.HOUSEHOLD,
            (
                Ask("commune", Whole(1, 9999)),
                Ask("outside", YesNo()),
                Ask("address", Words(200)),
                Ask("home", OneOf(Home)),
                Ask("rent", RENT),
                Ask("charges", RENT),
            ),
            ("lease", "rent_notice", "mortgage_and_charges", "host_declaration", "flat_share"),
            decision=True,
        ),
        ChangeKind.NEW_JOB: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (_WAGE, _PERCENT, _PAYDAY, Ask("irregular", YesNo()), Ask("instead_of", INCOME)),
            ("work_contract", "payslips"),
            months_after=1,
        ),
        ChangeKind.LOST_JOB: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (Ask("income", INCOME), Ask("dismissed", YesNo())),
            ("dismissal_letter", "orp_registration", "payslips"),
            months_after=1,
        ),
        ChangeKind.OTHER_HOURS: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (Ask("income", INCOME), _PERCENT, _WAGE),
            ("work_contract", "payslips"),
            months_after=1,
        ),
        ChangeKind.WAGE_CHANGED: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (Ask("income", INCOME, needed=True), Ask("amount", MONTHLY, needed=True)),
            ("payslips",),
            months_after=1,
        ),
        ChangeKind.SICK: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (
                _PERCENT,
                Ask("until", Day()),
                Ask("wage_goes_on", YesNo()),
                Ask("amount", MONTHLY),
            ),
            ("medical_certificate", "daily_allowance_statements"),
            months_after=1,
        ),
        ChangeKind.BENEFIT_DECIDED: Spec(
            Duty.INCOME,
            Whose.GROWN,
            (Ask("kind", OneOf(IncomeKind), needed=True), _WAGE, Ask("instead_of", INCOME)),
            tuple(dict.fromkeys(rule for rules in DECISIONS.values() for rule in rules)),
            months_after=1,
        ),
        ChangeKind.INHERITED: Spec(
            Duty.SUM,
            Whose.GROWN,
            (Ask("sum", WEALTH), Ask("received", YesNo())),
            ("inheritance_proof", "claims_papers", "account_statements"),
            months_after=1,
        ),
        ChangeKind.GIFT: Spec(Duty.SUM, Whose.GROWN, (Ask("sum", WEALTH),), ("account_statements",), months_after=1),
        ChangeKind.SOLD: Spec(
            Duty.SUM,
            Whose.GROWN,
            (Ask("sum", WEALTH), Ask("what", Words(200))),
            ("sale_contract", "account_statements"),
            months_after=1,
        ),
        ChangeKind.ASKED_BENEFIT: Spec(
            Duty.CLAIM,
            Whose.GROWN,
            (Ask("benefits", Several(Benefit), needed=True),),
            ("pending_request", "bursary_decision", "brace_decision", "family_allowance_decision", "cession"),
        ),
        ChangeKind.ABROAD: Spec(Duty.NONE_NAMED, Whose.ANYONE, (Ask("until", Day()),)),
        ChangeKind.TRAINING_DONE: Spec(
            Duty.HOUSEHOLD, Whose.CHILD, (Ask("activity", OneOf(Activity)),), ("training_end_proof",), decision=True
        ),
        ChangeKind.PERMIT_CHANGED: Spec(
            Duty.NONE_NAMED,
            Whose.ANYONE,
            (Ask("permit", OneOf(Permit), needed=True), Ask("permit_state", OneOf(PermitState))),
            ("residence_permit", "permit_renewal_proof"),
            decision=True,
        ),
        ChangeKind.OTHER: Spec(Duty.NONE_NAMED, Whose.HOUSEHOLD),
    }
)
