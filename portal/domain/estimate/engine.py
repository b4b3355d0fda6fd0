"""The estimate: a budget of needs against resources for one month, as a range that says why it is one.

Pure: a situation, a day and the values of the law go in. It decides nothing and binds nobody; the commune decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from portal.domain.estimate.income import counted_income, income_lines
from portal.domain.estimate.lines import Line, LineCode, amount_of
from portal.domain.estimate.need import need_lines
from portal.domain.estimate.remarks import Remark, outside_the_figure, to_be_checked
from portal.domain.estimate.span import NOTHING, Span, total
from portal.domain.estimate.wealth import wealth_line
from portal.domain.parameter import Law
from portal.domain.routing import WITH_ORDINARY_AID, Route, route
from portal.domain.situation import Home, Missing, Situation
from portal.domain.situation.ages import not_in_time
from portal.domain.subsidiarity import Claim, first_claims
from portal.domain.unit import Reason, Standing, Unit, units


@dataclass(frozen=True)
class Budget:
    """Needs against resources for one unit. The lines sum to the result to the centime."""

    unit: Unit
    needs: tuple[Line, ...]
    resources: tuple[Line, ...]

    @property
    def need(self) -> Span:
        """All needs."""
        return total([line.span for line in self.needs])

    @property
    def resource(self) -> Span:
        """All that counts against them."""
        return total([line.span for line in self.resources])

    @property
    def balance(self) -> Span:
        """Needs less resources; may be negative."""
        return self.need - self.resource

    @property
    def aid(self) -> Span:
        """The balance, never below nothing."""
        return self.balance.at_least(0)

    @property
    def later(self) -> Span:
        """The aid of a month once the wealth above the exemption is used."""
        wealth = total([line.span for line in self.resources if line.code is LineCode.WEALTH])
        others = total([line.span for line in self.resources if line.code is not LineCode.WEALTH])
        return (self.need - others).at_least(0) if wealth != NOTHING else self.aid

    @property
    def lines(self) -> tuple[Line, ...]:
        """Needs, then resources."""
        return self.needs + self.resources

    @property
    def causes(self) -> tuple[Line, ...]:
        """The lines whose ends differ, the widest first."""
        vague = [line for line in self.lines if line.span.exact is None]
        return tuple(sorted(vague, key=lambda line: (line.span.width is not None, -(line.span.width or 0))))


@dataclass(frozen=True)
class Estimate:
    """What can be said of a month. `budgets` is empty where no amount may be stated: `route` says why."""

    on: date
    route: Route
    routes: tuple[tuple[str, Route], ...]
    """Of every other adult and child whose right to stay was said, by person's id."""
    budgets: tuple[Budget, ...]
    """One, or two where it is not known whether a partner is counted; the counted one first."""
    first: tuple[Claim, ...]
    checks: tuple[Remark, ...]
    outside: tuple[Remark, ...]

    @property
    def range(self) -> Span | None:
        """The lowest and the highest aid of all budgets; None where no amount may be stated."""
        return reduce(or_, (budget.aid for budget in self.budgets)) if self.budgets else None

    @property
    def later(self) -> Span | None:
        """The same, once the wealth above the exemption is used."""
        return reduce(or_, (budget.later for budget in self.budgets)) if self.budgets else None


def estimate(situation: Situation, on: date, law: Law) -> Estimate:
    """The estimate for the month of `on`. `law` gives the values of that very day."""
    way = route(situation.applicant, on, law)
    found = units(situation, on, law)
    budgets = tuple(_budget(situation, unit, on, law) for unit in found) if way.kind in WITH_ORDINARY_AID else ()
    others = tuple(
        (person.id, route(person, on, law))
        for person in situation.persons
        if person is not situation.applicant and person.permit.on(on) is not None and not not_in_time(person, on)
    )
    return Estimate(
        on=on,
        route=way,
        routes=others,
        budgets=budgets,
        first=first_claims(situation, on, law),
        checks=to_be_checked(situation, found, on, law),
        outside=outside_the_figure(law),
    )


def _budget(situation: Situation, unit: Unit, on: date, law: Law) -> Budget:
    needs = tuple(need_lines(situation, unit, on, law))
    return Budget(unit, needs, tuple(_resource_lines(situation, unit, on, law)))


def _resource_lines(situation: Situation, unit: Unit, on: date, law: Law) -> Iterator[Line]:
    for member in unit.counted:
        yield from income_lines(member.person, on, law)
    home = situation.home.on(on)
    if home is Home.HOSTED_BY_RELATIVE or isinstance(home, Missing):
        rule = law("relative_household_contribution")
        span = amount_of(rule) if home is Home.HOSTED_BY_RELATIVE else amount_of(rule) | NOTHING
        unknown = ("home",) if isinstance(home, Missing) else ()
        yield Line(LineCode.HOUSEHOLD_CONTRIBUTION, span, (rule,), unknown=unknown)
    for member in unit.those(Standing.LIVES_HERE):
        if member.reason is Reason.UNSTABLE_PARTNER:
            line = _housekeeping(counted_income(member.person, on, law), law)
            if line.span != NOTHING:
                yield line
    if wealth := wealth_line(situation, unit, on, law):
        yield wealth


def _housekeeping(income: Span, law: Law) -> Line:
    """A partner who is not counted may owe something for the household kept, never more than they have."""
    rule = law("housekeeping_compensation")
    span = amount_of(rule).at_most(Span(0, income.high))
    return Line(LineCode.HOUSEKEEPING, span, (rule,), given=(("partner_income", income),))
