"""By how much two estimates of the same month differ, as a range: what both do not know alike takes itself away.

«From 300 to 1000» and «from 800 to 1500» differ by exactly 500 where the same unknown earnings allowance makes both vague.
Nothing is said that may not be: where two lines are vague for different reasons, every pair of their ends is possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from portal.domain.estimate.engine import Budget, Estimate
from portal.domain.estimate.lines import Line, LineCode, amount_of
from portal.domain.estimate.span import NOTHING, Span, total

Key = tuple[str, str | None, str | None]


def line_key(line: Line) -> Key:
    """The same line of another estimate has the same key; all forms of the allowance are one line."""
    code = "allowance" if line.code.value.startswith("allowance") else line.code.value
    return code, line.person, None if line.income is None else line.income.value


def difference(before: Estimate, after: Estimate) -> Span | None:
    """The aid of `after` less that of `before`; None where one of them states no amount. Both with the law of one day."""
    if not before.budgets or not after.budgets:
        return None
    if len(before.budgets) == len(after.budgets):  # the same case with the same case: partner counted, or not
        pairs = list(zip(before.budgets, after.budgets, strict=True))
    else:
        pairs = [(one, other) for one in before.budgets for other in after.budgets]
    return reduce(or_, (_of_budgets(one, other) for one, other in pairs))


def _of_budgets(before: Budget, after: Budget) -> Span:
    """What the lines say; the aid never falls below nothing, and never moves further than its own ends let it."""
    moved = _moved(before.needs, after.needs) - _moved(before.resources, after.resources)
    if any(budget.balance.low is None or budget.balance.low < 0 for budget in (before, after)):
        moved = moved | NOTHING  # some or all of it may happen below nothing, where it changes no aid
    most = after.aid - before.aid
    return Span(_larger(moved.low, most.low), _smaller(moved.high, most.high))


def _moved(before: Iterable[Line], after: Iterable[Line]) -> Span:
    one, other = _by_key(before), _by_key(after)
    return total([_of_lines(one.get(key, ()), other.get(key, ())) for key in dict.fromkeys((*one, *other))])


def _by_key(lines: Iterable[Line]) -> dict[Key, tuple[Line, ...]]:
    """Several incomes of one kind are several lines of one key."""
    found: dict[Key, tuple[Line, ...]] = {}
    for line in lines:
        found[line_key(line)] = (*found.get(line_key(line), ()), line)
    return found


def _of_lines(before: tuple[Line, ...], after: tuple[Line, ...]) -> Span:
    if before == after:
        return NOTHING
    if {line.code for line in (*before, *after)} == {LineCode.EARNINGS}:
        return _of_earnings(before, after)
    return total([line.span for line in after]) - total([line.span for line in before])


def _of_earnings(before: tuple[Line, ...], after: tuple[Line, ...]) -> Span:
    """One person's earnings, of which the same allowance is left in both cases (`earnings_allowance`).

    What counts is `max(0, earned - left)`; its difference is largest and smallest at the ends of what is left.
    """
    one, other = (total([dict(line.given)["earned"] for line in lines]) for lines in (before, after))
    rule = next(rule for line in (*before, *after) for rule in line.rules if rule.name == "earnings_allowance")
    left = amount_of(rule)
    return reduce(or_, (_counted(other, end) - _counted(one, end) for end in (left.low, left.high)))


def _counted(earned: Span, left: int | None) -> Span:
    return (earned - Span(left, left)).at_least(0)


def _larger(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _smaller(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
