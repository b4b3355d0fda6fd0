"""The lines of a budget: what each one says, its amount, and the dated values of the law behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.estimate.span import OPEN, Span, exactly, from_francs
from portal.domain.parameter import Parameter, WrongKindError
from portal.domain.situation import Fact, IncomeKind


class LineCode(StrEnum):
    """Which rule a line applies."""

    ALLOWANCE = "allowance"
    ALLOWANCE_SHARE = "allowance_share"
    """The part of the household's allowance for those who are counted."""
    ALLOWANCE_FLAT_SHARE = "allowance_flat_share"
    ALLOWANCE_YOUNG_ADULT = "allowance_young_adult"
    CHILDREN_AWAY = "children_away"
    PERSON_IN_DOUBT = "person_in_doubt"
    """Somebody who may be counted: their share, less their own income."""
    RENT = "rent"
    CHARGES = "charges"
    OWNER_COSTS = "owner_costs"
    EARNINGS = "earnings"
    """Wages and income of self-employment of one person, less the earnings allowance."""
    INCOME = "income"
    INCOME_NOT_COUNTED = "income_not_counted"
    HOUSEHOLD_CONTRIBUTION = "household_contribution"
    HOUSEKEEPING = "housekeeping"
    WEALTH = "wealth"


@dataclass(frozen=True)
class Line:
    """One line. Its span is never negative, but for a person in doubt, who may bring more than they need."""

    code: LineCode
    span: Span
    rules: tuple[Parameter, ...]
    person: str | None = None
    """The person's id, where the line is about one."""
    income: IncomeKind | None = None
    given: tuple[tuple[str, Span], ...] = ()
    """The numbers that went in, by name."""
    unknown: tuple[str, ...] = ()
    """The answers whose absence keeps the ends apart."""

    @property
    def open_because(self) -> tuple[str, ...]:
        """Why the ends differ: the unknown answers, and the values of the law that are not known exactly."""
        if self.span.exact is not None:
            return ()
        vague = [rule.name for rule in self.rules if rule.admissible and rule.admissible[0] != rule.admissible[1]]
        missing = [rule.name for rule in self.rules if not rule.known and rule.name not in vague]
        return (*self.unknown, *vague, *missing)


def amount_of(rule: Parameter) -> Span:
    """What a parameter of francs may be, in centimes. Raises `WrongKindError` where not even bounds are known."""
    if rule.admissible is None:
        raise WrongKindError(f"{rule.name}: no bounds are known on {rule.on}")
    return from_francs(*rule.admissible)


def amount_said(fact: Fact[int], day: date, *, left_out: Span = OPEN) -> Span:
    """The amount of an answer on a day: open where it is «I do not know»; `left_out` where nothing was said."""
    known = fact.known(day)
    if known is not None:
        return exactly(known)
    return left_out if fact.on(day) is None else OPEN
