"""What must hold for every household on every day (docs/estimate.md). Random, and the same at each run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from portal.domain.estimate import Estimate, Line, LineCode, Span, estimate
from portal.domain.parameter import Definition, Law, Parameter
from portal.domain.situation import (
    Activity,
    Fact,
    Income,
    IncomeKind,
    Missing,
    Permit,
    PermitState,
    Person,
    Relation,
    Situation,
    always,
)
from portal.domain.unit import Standing
from portal.law.parameters import at, definitions, law_of
from tests.domain.estimate_strategies import amounts, days, household, income_of, rented, with_person

JUMPS = Path(__file__).parents[1] / "law" / "estimate" / "jumps"
many = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def _open_or(end: int | None) -> float:
    return float("inf") if end is None else end


def _no_more(one: Span, other: Span) -> bool:
    """Whether neither end of the first span lies above that of the second."""
    return _open_or(one.low) <= _open_or(other.low) and _open_or(one.high) <= _open_or(other.high)


def _standings(found: Estimate) -> list[dict[str, Standing]]:
    return [{member.person.id: member.standing for member in budget.unit.members} for budget in found.budgets]


@many
@given(st.data())
def test_never_negative_and_low_never_above_high(data: st.DataObject) -> None:
    on = data.draw(days)
    found = estimate(household(data.draw, on, amount=False), on, law_of(on))
    for budget in found.budgets:
        for span in (budget.aid, budget.later):
            assert span.low is not None
            assert span.low >= 0
        # A person in doubt may bring more than they need; no other line of need lies below nothing.
        sure = [line.span for line in budget.lines if line.code is not LineCode.PERSON_IN_DOUBT]
        assert all(span.low is not None and span.low >= 0 for span in sure)
        assert len(sure) < len(budget.lines) or (budget.need.low is not None and budget.need.low >= 0)
        for span in (*[line.span for line in budget.lines], budget.need, budget.resource, budget.aid, budget.later):
            # An open low end is one below nothing: somebody in doubt with an income of unknown amount.
            assert span.high is None or span.low is None or span.low <= span.high


@many
@given(st.data())
def test_the_lines_sum_to_the_result_to_the_centime(data: st.DataObject) -> None:
    on = data.draw(days)
    found = estimate(household(data.draw, on), on, law_of(on))
    assume(found.budgets)
    for budget in found.budgets:
        low, high = _sums(budget.needs)
        less, more = _sums(budget.resources)
        balance = (
            None if low is None or more is None else low - more,
            None if high is None or less is None else high - less,
        )
        assert (budget.need, budget.resource) == (Span(low, high), Span(less, more))
        assert budget.balance == Span(*balance)
        assert budget.aid == Span(max(0, balance[0] or 0), None if balance[1] is None else max(0, balance[1]))
        assert all(type(end) in (int, type(None)) for line in budget.lines for end in (line.span.low, line.span.high))
    aids = [budget.aid for budget in found.budgets]
    highs = [aid.high for aid in aids]
    assert found.range == Span(min(aid.low or 0 for aid in aids), None if None in highs else max(h or 0 for h in highs))


def _sums(lines: tuple[Line, ...]) -> tuple[int | None, int | None]:
    ends = ([line.span.low for line in lines], [line.span.high for line in lines])
    found = [None if None in side else sum(end or 0 for end in side) for side in ends]
    return found[0], found[1]


def _permit_l_begins_to_earn(person: Person, income: Income, on: date) -> bool:
    """Without a wage no amount is known for a permit L; with the first franc of it, one can be stated."""
    return person.permit.known(on) is Permit.L and income.kind is IncomeKind.WAGE


JUMPS_OF_INCOME: dict[Callable[[Person, Income, date], bool], tuple[str, str]] = {
    _permit_l_begins_to_earn: ("permit_l_without_a_franc_of_wage", "permit_l_with_the_first_franc_of_wage"),
}
"""Where the law itself jumps, each with its named cases."""


def test_each_jump_is_a_named_case() -> None:
    for names in JUMPS_OF_INCOME.values():
        assert all((JUMPS / f"{name}.yaml").is_file() for name in names)


@many
@given(st.data())
def test_one_more_franc_of_income_never_raises_the_aid(data: st.DataObject) -> None:
    """One franc, one centime, or many francs at once."""
    on = data.draw(days)
    situation = household(data.draw, on, 4)
    who = data.draw(st.integers(0, len(situation.persons) - 1))
    person = situation.persons[who]
    paid = replace(income_of(data.draw, on), amount=always(data.draw(amounts(10_000_000))))
    assume(not any(jumps(person, paid, on) for jumps in JUMPS_OF_INCOME))
    others = person.incomes
    before = estimate(with_person(situation, who, incomes=(*others, paid)), on, law_of(on))
    more = data.draw(st.sampled_from([100, 1, 10_000, 70_000, 300_000]) | st.integers(1, 500_000))
    entries = tuple((day, given if isinstance(given, Missing) else given + more) for day, given in paid.amount.entries)
    richer = replace(paid, amount=Fact(entries))
    after = estimate(with_person(situation, who, incomes=(*others, richer)), on, law_of(on))
    assert (before.route.kind, _standings(before)) == (after.route.kind, _standings(after)), "group and way are fixed"
    for one, other in zip(after.budgets, before.budgets, strict=True):
        assert _no_more(one.aid, other.aid)
        assert _no_more(one.later, other.later)
        assert _no_more(other.resource, one.resource), "what the aid, never below nothing, would hide"


def _child(on: date) -> Person:
    return Person(id="new", relation=Relation.CHILD, age=always(7))


def _spouse(on: date) -> Person:
    return Person(id="new", relation=Relation.SPOUSE, age=always(35), permit=always(Permit.SWISS))


@pytest.mark.parametrize("new", [_child, _spouse])
@many
@given(data=st.data())
def test_one_more_counted_person_never_lowers_the_need(new: Callable[[date], Person], data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on)
    person = new(on)
    couple = (Relation.SPOUSE, Relation.PARTNER)
    assume(person.relation not in couple or not any(one.relation in couple for one in situation.persons))
    before = estimate(situation, on, law_of(on))
    after = estimate(replace(situation, persons=(*situation.persons, person)), on, law_of(on))
    assert all(standings["new"] is Standing.COUNTED for standings in _standings(after))
    for one, other in zip(before.budgets, after.budgets, strict=True):
        assert _no_more(one.need, other.need)


def _behind(found: Estimate) -> Iterator[Parameter]:
    """Every value of the law that the answer shows."""
    for budget in found.budgets:
        for line in budget.lines:
            yield from line.rules
    for remark in (*found.checks, *found.outside):
        yield from remark.rules
    for claim in found.first:
        yield claim.rule
        yield from claim.details


@cache
def _known_by(on: date) -> dict[str, Parameter]:
    """The law as somebody knew it who had never heard of any later value."""
    return {one.name: at(_up_to(one, on), on) for one in definitions()}


def _up_to(one: Definition, on: date) -> Definition:
    return replace(one, values=tuple(value for value in one.values if value.since <= on))


@many
@given(st.data())
def test_no_value_is_used_before_its_day(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    found = estimate(situation, on, law_of(on))
    assert all(rule.since <= on and rule.on == on for rule in _behind(found))
    assert found == estimate(situation, on, _known_by(on).__getitem__)


@many
@given(st.data())
def test_the_order_of_persons_does_not_matter(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    other = replace(situation, persons=tuple(data.draw(st.permutations(situation.persons))))
    one, two = (estimate(asked, on, law_of(on)) for asked in (situation, other))
    assert (one.range, one.later, one.route) == (two.range, two.later, two.route)
    assert sorted(one.routes, key=str) == sorted(two.routes, key=str)
    assert _standings(one) == _standings(two)
    for first, second in zip(one.budgets, two.budgets, strict=True):
        assert Counter(map(repr, first.lines)) == Counter(map(repr, second.lines))
    assert (one.first, one.checks, one.outside) == (two.first, two.checks, two.outside)


def _minors(number: int) -> Person:
    return Person(id=f"p{number}", relation=Relation.CHILD, age=always(number % 17))


def _students(number: int) -> Person:
    wage = Income(IncomeKind.WAGE, always(50_000))
    return Person(
        id=f"p{number}", relation=Relation.CHILD, age=always(20), activity=always(Activity.TRAINING), incomes=(wage,)
    )


def _in_doubt(number: int) -> Person:
    return Person(id=f"p{number}", relation=Relation.CHILD, incomes=(Income(IncomeKind.BURSARY, always(20_000)),))


def _away(number: int) -> Person:
    return Person(id=f"p{number}", relation=Relation.CHILD, age=always(10), away_for_studies=always(True))


def _flatmates(number: int) -> Person:
    return Person(id=f"p{number}", relation=Relation.OTHER, age=always(30))


def _household(kind: Callable[[int], Person], persons: int) -> Situation:
    applicant = Person(
        id="a",
        relation=Relation.APPLICANT,
        age=always(40),
        permit=always(Permit.B),
        permit_state=always(PermitState.VALID),
    )
    partner = Person(id="b", relation=Relation.PARTNER, incomes=(Income(IncomeKind.WAGE, always(100_000)),))
    people = (applicant, partner, *map(kind, range(persons - 2)))
    return Situation(persons=people, accounts=always(900_000), **rented())


def _lookups(situation: Situation) -> int:
    on, asked = date(2026, 11, 21), 0

    def law(name: str) -> Parameter:
        nonlocal asked
        asked += 1
        return law_of(on)(name)

    estimate(situation, on, law)
    return asked


def _calls(situation: Situation) -> int:
    """Calls of functions, a clock that no other process disturbs."""
    on, seen = date(2026, 11, 21), 0
    law: Law = law_of(on)

    def count(frame: Any, event: str, arg: Any) -> None:
        nonlocal seen
        seen += event == "call"

    estimate(situation, on, law)  # the values of the law are read once, before it counts
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        estimate(situation, on, law)
    finally:
        sys.setprofile(before)
    return seen


@pytest.mark.parametrize("cost", [_lookups, _calls])
@pytest.mark.parametrize("kind", [_minors, _students, _in_doubt, _away, _flatmates])
def test_the_cost_grows_linearly_with_persons(kind: Callable[[int], Person], cost: Callable[[Situation], int]) -> None:
    sizes = (2, 4, 8, 16, 20)
    costs = [cost(_household(kind, size)) for size in sizes]
    each = [(b - a) / (n - m) for m, n, a, b in zip(sizes, sizes[1:], costs, costs[1:], strict=False)]
    # A person beyond the fifth adds a step that the first ones do not; a cost that grows with n² doubles `each` twice.
    assert max(each[2:]) <= 1.5 * max(each[:2]), f"for {sizes} persons: {costs}"
