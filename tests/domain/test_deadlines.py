"""The clocks as pure rules; worked dates stand in `tests/law/deadlines/`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import deadlines

DAYS = st.dates(date(2021, 7, 1), date(2099, 1, 1))
LENGTHS = st.integers(1, 60)
CALENDAR_CLOCKS = [
    deadlines.decision_due,
    deadlines.urgent_due,
    deadlines.reexamination_due,
    deadlines.deemed_notified,
]


@pytest.mark.parametrize("clock", CALENDAR_CLOCKS)
@given(start=DAYS, length=LENGTHS)
def test_a_calendar_clock_never_moves(clock, start, length):
    assert clock(start, length) - start == timedelta(days=length)


@pytest.mark.parametrize("clock", CALENDAR_CLOCKS)
@pytest.mark.parametrize("length", [0, -1])
def test_a_clock_runs_for_at_least_one_day(clock, length):
    with pytest.raises(ValueError, match="at least one day"):
        clock(date(2026, 11, 20), length)


@given(start=DAYS, length=LENGTHS, holidays=st.frozensets(DAYS, max_size=20))
def test_an_appeal_ends_on_the_first_working_day_not_before_its_last_day(start, length, holidays):
    end = deadlines.appeal_last_day(start, length, holidays)
    day = start + timedelta(days=length)
    assert end >= day
    assert end.weekday() < 5
    assert end not in holidays
    while day < end:
        assert day.weekday() >= 5 or day in holidays
        day += timedelta(days=1)


def test_a_chain_of_free_days_is_passed_whole():
    """Thursday and Friday are holidays, then the weekend: the appeal ends on Monday."""
    holidays = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    assert deadlines.appeal_last_day(date(2026, 11, 24), 30, holidays) == date(2026, 12, 28)


def test_days_left_counts_down_through_zero():
    due = date(2026, 12, 20)
    assert deadlines.days_left(due, date(2026, 11, 20)) == 30
    assert deadlines.days_left(due, due) == 0
    assert deadlines.days_left(due, date(2026, 12, 22)) == -2


def test_a_registered_letter_is_deemed_received_on_day_seven_by_default():
    assert deadlines.deemed_notified(date(2026, 12, 1)) == date(2026, 12, 8)
