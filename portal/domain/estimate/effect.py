"""What a change does: the estimate of each month without it and with it. Pure; it decides nothing, and adds no months up.

Both figures of a month are made with the law of that month, so that new amounts of the law never look like the change's
own effect. For which month a change of the household or the home counts was read in no text (`household_change_month`):
a month in which such an answer changes holds what was before and what comes after; it is clear from the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_

from portal.domain.estimate.difference import difference
from portal.domain.estimate.engine import Estimate, estimate
from portal.domain.estimate.span import NOTHING, Span
from portal.domain.months import first_of_month, first_of_next_month
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Fact, Person, Situation

HORIZON = 4
"""How many months are shown: that of the change, and the next ones. A choice of the portal."""


@dataclass(frozen=True)
class Figure:
    """What can be said of one month: one estimate, or several where answers change during the month."""

    estimates: tuple[Estimate, ...]
    """In the order of the days; never empty."""

    @property
    def last(self) -> Estimate:
        """What holds at the end of the month."""
        return self.estimates[-1]

    @property
    def range(self) -> Span | None:
        """The lowest and the highest aid of all that state one; None where none does."""
        found = [one.range for one in self.estimates if one.range is not None]
        return reduce(or_, found) if found else None

    @property
    def stated(self) -> bool:
        """Whether an amount is stated whichever of them holds."""
        return all(one.range is not None for one in self.estimates)

    @property
    def several(self) -> bool:
        """Whether it is not known which of several figures holds for the month."""
        return len(self.estimates) > 1


@dataclass(frozen=True)
class MonthPair:
    """One month without the change and with it."""

    month: date
    """Its first day."""
    before: Figure
    after: Figure
    difference: Span | None
    """Of the aid; None where one side states no amount."""
    rule: Parameter | None
    """`household_change_month`, where it keeps two figures apart."""

    @property
    def rerouted(self) -> bool:
        """Whether another office is competent, or other conditions hold, at the end of the month."""
        return self.before.last.route.kind is not self.after.last.route.kind

    @property
    def certain(self) -> bool:
        """Whether the figures surely differ."""
        if self.difference is None:
            ways = {(one.range is None) for one in self.before.estimates}
            others = {(one.range is None) for one in self.after.estimates}
            return not ways & others
        low, high = self.difference.low, self.difference.high
        return (low is not None and low > 0) or (high is not None and high < 0)

    @property
    def possible(self) -> bool:
        """Whether the figures may differ."""
        if self.difference is None:
            return self.rerouted or self.before.stated is not self.after.stated
        return self.difference != NOTHING


@dataclass(frozen=True)
class Effect:
    """The months from that of the change on."""

    months: tuple[MonthPair, ...]

    @property
    def first_certain(self) -> date | None:
        """The first month whose figures surely differ."""
        return next((pair.month for pair in self.months if pair.certain), None)

    @property
    def first_possible(self) -> date | None:
        """The first month whose figures may differ."""
        return next((pair.month for pair in self.months if pair.possible), None)


def effect(
    before: Situation, after: Situation, since: date, law_for: Callable[[date], Law], horizon: int = HORIZON
) -> Effect:
    """The months from that of `since` on, never an earlier one. `law_for` gives the values of a day.

    Raises what `law_for` raises, for a month before the law came into force.
    """
    months, month = [], first_of_month(since)
    for _ in range(horizon):
        months.append(_pair(before, after, month, law_for(month)))
        month = first_of_next_month(month)
    return Effect(tuple(months))


def _pair(before: Situation, after: Situation, month: date, law: Law) -> MonthPair:
    # The same days for both: a birthday in the month is no effect of the change.
    days = sorted({month, *_days(before, month), *_days(after, month)})
    one, other = ([estimate(situation, day, law) for day in days] for situation in (before, after))
    apart = [difference(first, second) for first, second in zip(one, other, strict=True)]
    known = [span for span in apart if span is not None]
    figures = _figure(one), _figure(other)
    both = any(figure.several for figure in figures)
    return MonthPair(
        month,
        *figures,
        difference=reduce(or_, known) if len(known) == len(apart) else None,
        rule=law("household_change_month") if both else None,
    )


def _figure(estimates: list[Estimate]) -> Figure:
    """Without those that say the same as the day before."""
    kept = estimates[:1]
    for one in estimates[1:]:
        if (one.route, _lines(one)) != (kept[-1].route, _lines(kept[-1])):
            kept.append(one)
    return Figure(tuple(kept))


def _lines(one: Estimate) -> tuple[object, ...]:
    return tuple(budget.lines for budget in one.budgets)


def _days(situation: Situation, month: date) -> Iterator[date]:
    """The days of that month on which an answer about the household or its home changes; amounts count by the month."""
    records: tuple[Situation | Person, ...] = (situation, *situation.persons)
    for record in records:
        for spec in fields(record):
            value = getattr(record, spec.name)
            if isinstance(value, Fact):
                yield from (day for day in value.days() if first_of_month(day) == month)
