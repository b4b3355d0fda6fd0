"""What a kind of change is made of: its name, the duty to report behind it, whom it is about and what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from portal.domain.situation.kinds import Kind
from portal.domain.situation.words import IncomeKind, Relation


class ChangeKind(StrEnum):
    """What happened, as people say it."""

    CHILD_BORN = "child_born"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    SEPARATED = "separated"
    MOVED = "moved"
    NEW_JOB = "new_job"
    LOST_JOB = "lost_job"
    OTHER_HOURS = "other_hours"
    WAGE_CHANGED = "wage_changed"
    SICK = "sick"
    BENEFIT_DECIDED = "benefit_decided"
    """A pension or a daily allowance."""
    INHERITED = "inherited"
    GIFT = "gift"
    SOLD = "sold"
    ASKED_BENEFIT = "asked_benefit"
    """AI, a bursary, or another benefit that comes first."""
    ABROAD = "abroad"
    TRAINING_DONE = "training_done"
    PERMIT_CHANGED = "permit_changed"
    OTHER = "other"


class Duty(StrEnum):
    """What the parameter `changes_to_report` lists."""

    HOUSEHOLD = "household"
    PLACE = "place"
    INCOME = "income"
    SUM = "sum"
    CLAIM = "claim"
    NONE_NAMED = "none_named"
    """The text names no such change; it may matter all the same."""


class Whose(StrEnum):
    """Whom a change is about."""

    HOUSEHOLD = "household"
    NEWCOMER = "newcomer"
    """Somebody who was not in the household, or who left it and comes back."""
    OTHER = "other"
    """Somebody of the household beside the applicant."""
    MATE = "mate"
    """The spouse or the partner."""
    GROWN = "grown"
    """The applicant, spouse or partner, or a child who may earn."""
    CHILD = "child"
    ANYONE = "anyone"


@dataclass(frozen=True)
class Ask:
    """One thing that is asked beside whom and since when."""

    name: str
    kind: Kind
    needed: bool = False
    """Without it the report says nothing; everything else may be left open."""


@dataclass(frozen=True)
class Spec:
    """What belongs to one kind of change."""

    duty: Duty
    whose: Whose
    asks: tuple[Ask, ...] = ()
    papers: tuple[str, ...] = ()
    """Rules of the checklist of which this very change asks a paper."""
    months_after: int = 0
    """For how many months after the change papers that are for months are asked."""
    decision: bool = False
    """Whether asking for a new decision is proposed, which the person may take off (wording of RELIAS art. 30 and 31)."""


NEWCOMERS: Final = (
    Relation.SPOUSE,
    Relation.PARTNER,
    Relation.CHILD,
    Relation.PARENT,
    Relation.RELATIVE,
    Relation.OTHER,
)
DECIDED: Final = (
    IncomeKind.UNEMPLOYMENT,
    IncomeKind.DAILY_ALLOWANCE,
    IncomeKind.OLD_AGE,
    IncomeKind.DISABILITY,
    IncomeKind.SUPPLEMENTARY,
    IncomeKind.OCCUPATIONAL,
    IncomeKind.TRANSITIONAL,
    IncomeKind.FAMILY_ALLOWANCE,
    IncomeKind.ALIMONY,
    IncomeKind.BURSARY,
)
"""What an office may have decided."""
_PENSION: Final = ("pension_decision",)
DECISIONS: Final[Mapping[IncomeKind, tuple[str, ...]]] = MappingProxyType(
    {
        IncomeKind.UNEMPLOYMENT: ("unemployment_statements",),
        IncomeKind.DAILY_ALLOWANCE: ("daily_allowance_statements",),
        IncomeKind.OLD_AGE: _PENSION,
        IncomeKind.DISABILITY: _PENSION,
        IncomeKind.SUPPLEMENTARY: _PENSION,
        IncomeKind.OCCUPATIONAL: _PENSION,
        IncomeKind.TRANSITIONAL: _PENSION,
        IncomeKind.FAMILY_ALLOWANCE: ("family_allowance_decision",),
        IncomeKind.ALIMONY: ("maintenance_agreement", "brace_decision"),
        IncomeKind.BURSARY: ("bursary_decision",),
    }
)
"""The papers of each."""
MOST_DAYS_AHEAD: Final = 366
PAST_ONLY: Final = frozenset(
    {ChangeKind.CHILD_BORN, ChangeKind.INHERITED, ChangeKind.GIFT, ChangeKind.SOLD, ChangeKind.ASKED_BENEFIT}
)
"""What can be reported only once it has happened. A move, a job, a decision, a permit may be known before its day."""
WAGES_ONLY: Final = frozenset({ChangeKind.LOST_JOB, ChangeKind.OTHER_HOURS})
"""Where the income that is named is a wage."""
