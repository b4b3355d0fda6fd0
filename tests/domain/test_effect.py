"""What a change does, month by month, worked out by hand: 997 to 1061 for one person, 1525 to 1624 for two, rent 900."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.estimate import Effect, Span, effect
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Situation
from portal.law.parameters import law_of
from tests.changes import WAGE, change, single, with_changes

MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))
Francs = tuple[int | None, int | None]
ALONE: Francs = (1897, 1961)
NONE = None


def does(before: Situation, *changes: Change, since: date | None = None) -> Effect:
    return effect(before, with_changes(before, changes), since or min(one.since for one in changes), law_of)


def francs(span: Span | None) -> Francs | None:
    if span is None:
        return None
    low, high = ((None if end is None else end / 100) for end in (span.low, span.high))
    return low, high  # type: ignore[return-value]


def after(found: Effect) -> list[Francs | None]:
    return [francs(pair.after.range) for pair in found.months]


def apart(found: Effect) -> list[Francs | None]:
    return [francs(pair.difference) for pair in found.months]


JOB = {"amount": "2000.00"}
PAID: Francs = (0, 661)  # 1897 - 2000 is below nothing; 1961 - (2000 - 700) = 661
LESS: Francs = (-1961, -1236)  # all of it, or 1897 - 661

CASES: dict[str, tuple[Situation, Sequence[Change], list[Francs | None], list[Francs | None], date | None, date | None]]
CASES = {
    "a wage at the month's end counts from the next month on": (
        single(),
        [change(ChangeKind.NEW_JOB, "2026-05-01", **JOB, payday="month_end")],
        [ALONE, PAID, PAID, PAID],
        [(0, 0), LESS, LESS, LESS],
        JUNE,
        JUNE,
    ),
    "a wage during the month counts at once": (
        single(),
        [change(ChangeKind.NEW_JOB, "2026-05-01", **JOB, payday="during")],
        [PAID] * 4,
        [LESS] * 4,
        MAY,
        MAY,
    ),
    "a payday that was not said: both": (
        single(),
        [change(ChangeKind.NEW_JOB, "2026-05-01", **JOB)],
        [(0, 1961), PAID, PAID, PAID],
        [(-1961, 0), LESS, LESS, LESS],
        JUNE,
        MAY,
    ),
    "a child on the first of a month": (
        single(),
        [change(ChangeKind.CHILD_BORN, "2026-05-01", "k1")],
        [(2425, 2524)] * 4,
        [(464, 627)] * 4,  # 1525 - 1061 to 1624 - 997
        MAY,
        MAY,
    ),
    "a child in the middle of a month: both, then clear": (
        single(),
        [change(ChangeKind.CHILD_BORN, "2026-05-14", "k1")],
        [(1897, 2524), (2425, 2524), (2425, 2524), (2425, 2524)],
        [(0, 627), (464, 627), (464, 627), (464, 627)],
        JUNE,
        MAY,
    ),
    "a spouse comes": (
        single(),
        [change(ChangeKind.MOVED_IN, "2026-05-31", "s1", relation="spouse")],
        [(1897, 2524), (2425, 2524), (2425, 2524), (2425, 2524)],
        [(0, 627), (464, 627), (464, 627), (464, 627)],
        JUNE,
        MAY,
    ),
    "the same earnings allowance takes itself away": (
        single(WAGE | {"amount": 1200}),
        [change(ChangeKind.WAGE_CHANGED, "2026-05-01", income="wage-1", amount="1700.00")],
        [(697, 1461), (197, 961), (197, 961), (197, 961)],
        [(0, 0), (-500, -500), (-500, -500), (-500, -500)],
        JUNE,
        JUNE,
    ),
    "a small wage, of which all may be left": (
        single(WAGE | {"amount": 200}),
        [change(ChangeKind.WAGE_CHANGED, "2026-05-01", income="wage-1", amount="500.00")],
        [(1697, 1961), (1397, 1961), (1397, 1961), (1397, 1961)],
        [(0, 0), (-300, 0), (-300, 0), (-300, 0)],  # all of it counts, or nothing of both
        NONE,
        JUNE,
    ),
    "more of what was too much already": (
        single(WAGE | {"amount": 5000}),
        [change(ChangeKind.WAGE_CHANGED, "2026-05-01", income="wage-1", amount="6000.00")],
        [(0, 0)] * 4,
        [(0, 0)] * 4,
        NONE,
        NONE,
    ),
    "a job is lost; its last wage counts for the next month": (
        single(WAGE),
        [change(ChangeKind.LOST_JOB, "2026-05-31")],
        [(0, 561), (0, 561), ALONE, ALONE],  # 1961 - 1400
        [(0, 0), (0, 0), (1336, 1961), (1336, 1961)],  # 1897 - 561
        JULY,
        JULY,
    ),
    "another rent from the middle of a month": (
        single(),
        [change(ChangeKind.MOVED, "2026-05-10", None, rent="1200.00")],
        [(1897, 2261), (2197, 2261), (2197, 2261), (2197, 2261)],
        [(0, 300), (300, 300), (300, 300), (300, 300)],
        JUNE,
        MAY,
    ),
    "a permit of the asylum office: no amount from then on": (
        single(),
        [change(ChangeKind.PERMIT_CHANGED, "2026-05-01", permit="n")],
        [None] * 4,
        [None] * 4,
        MAY,
        MAY,
    ),
    "the same in the middle of a month": (
        single(),
        [change(ChangeKind.PERMIT_CHANGED, "2026-05-10", permit="n")],
        [ALONE, None, None, None],
        [None] * 4,
        JUNE,
        MAY,
    ),
    "a sum received: from nothing to all of it": (
        single(),
        [change(ChangeKind.SOLD, "2026-05-10", sum="500.00")],
        [(1397, 1961)] * 4,
        [(-500, 0)] * 4,
        NONE,
        MAY,
    ),
    "what the centre must read": (
        single(),
        [change(ChangeKind.OTHER, "2026-05-10", None)],
        [ALONE] * 4,
        [(0, 0)] * 4,
        NONE,
        NONE,
    ),
    "two changes at once": (
        single(),
        [
            change(ChangeKind.CHILD_BORN, "2026-05-01", "k1"),
            change(ChangeKind.MOVED, "2026-06-01", None, rent="1200.00"),
        ],
        [(2425, 2524), (2725, 2824), (2725, 2824), (2725, 2824)],
        [(464, 627), (764, 927), (764, 927), (764, 927)],
        MAY,
        MAY,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_months(name: str) -> None:
    before, changes, ranges, differences, certain, possible = CASES[name]
    found = does(before, *changes, since=MAY)
    assert after(found) == ranges
    assert apart(found) == differences
    assert (found.first_certain, found.first_possible) == (certain, possible)


def test_no_month_before_that_of_the_change() -> None:
    found = does(single(), change(ChangeKind.MOVED, "2026-06-30", None, rent="1200.00"))
    assert [pair.month for pair in found.months] == [JUNE, JULY, AUGUST, date(2026, 9, 1)]


def test_without_a_change_nothing_differs() -> None:
    found = effect(single(WAGE), single(WAGE), MAY, law_of)
    assert found.first_possible is None
    assert all(pair.before == pair.after for pair in found.months)


def test_new_amounts_of_the_law_are_no_effect_of_the_change() -> None:
    def law_for(day: date) -> Law:
        def law(name: str) -> Parameter:
            found = law_of(day)(name)
            if name == "allowance_1" and day >= date(2027, 1, 1):
                return replace(found, admissible=(Decimal(1100), Decimal(1100)))
            return found

        return law

    before = single()
    changes = [change(ChangeKind.MOVED, "2026-12-01", None, rent="1200.00")]
    found = effect(before, with_changes(before, changes), date(2026, 12, 1), law_for)
    assert [francs(pair.before.range) for pair in found.months] == [ALONE, (2000, 2000), (2000, 2000), (2000, 2000)]
    assert apart(found) == [(300, 300)] * 4


def test_a_birthday_in_the_month_is_no_effect_of_the_change() -> None:
    """A child in no training turns eighteen on the eighth: it is in doubt from then on, with the change or without."""
    child = {"id": "k", "relation": "child", "born": "2008-05-08", "permit": "swiss"}
    adult = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"}
    before = single(persons=[adult, child])
    found = does(before, change(ChangeKind.MOVED, "2026-05-10", None, rent="1200.00"))
    assert apart(found) == [(0, 300), (300, 300), (300, 300), (300, 300)]
    assert found.months[0].before.several


def test_a_month_of_two_figures_names_the_rule_that_is_not_known() -> None:
    found = does(single(), change(ChangeKind.CHILD_BORN, "2026-05-14", "k1"))
    rule = found.months[0].rule
    assert rule is not None
    assert rule.name == "household_change_month"
    assert not rule.known
    assert [pair.rule for pair in found.months[1:]] == [None, None, None]


def test_a_rent_that_is_not_known_has_no_end() -> None:
    found = does(single(), change(ChangeKind.MOVED, "2026-05-01", None, rent="unknown"))
    assert apart(found)[0] == (-900, None)  # from no rent at all


def test_another_office_is_said_of_the_month() -> None:
    found = does(single(), change(ChangeKind.PERMIT_CHANGED, "2026-05-10", permit="n"))
    assert [pair.rerouted for pair in found.months] == [True] * 4
    assert [pair.after.stated for pair in found.months] == [False] * 4
    assert all(pair.before.stated for pair in found.months)


def test_a_partner_who_comes_after_another_left_is_looked_at() -> None:
    adult = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"}
    first = {"id": "p", "relation": "partner", "together_years": 5, "permit": "swiss"}
    before = single(persons=[adult, first])
    changes = (
        change(ChangeKind.MOVED_OUT, "2026-05-01", "p"),
        change(ChangeKind.MOVED_IN, "2026-06-01", "p2", relation="partner"),
    )
    found = does(before, *changes)
    assert [len(pair.after.last.budgets) for pair in found.months] == [1, 2, 2, 2]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("left", [0, 350, 700])
@pytest.mark.parametrize("end", [0, 1])
def test_whatever_the_law_turns_out_to_be_the_difference_was_said(name: str, left: int, end: int) -> None:
    """With one earnings allowance and one level of the allowances, what was open before lies within what was said."""

    def law_for(day: date) -> Law:
        def law(name: str) -> Parameter:
            found = law_of(day)(name)
            if name == "earnings_allowance":
                return replace(found, admissible=(Decimal(left), Decimal(left)))
            if name.startswith("allowance_") and found.admissible:
                return replace(found, admissible=(found.admissible[end],) * 2)
            return found

        return law

    before, changes, *_ = CASES[name]
    after = with_changes(before, changes)
    said, known = (effect(before, after, MAY, source) for source in (law_of, law_for))
    for wide, narrow in zip(said.months, known.months, strict=True):
        if wide.difference is None or narrow.difference is None:
            assert wide.difference is narrow.difference
        else:
            assert wide.difference.holds(narrow.difference)
        assert not (wide.certain and not narrow.possible)
