"""The month's edge: which days it is shown on, and the dates behind it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import months

DAYS = st.dates(date(2021, 7, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 11, 25), False),
        (date(2026, 11, 26), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 27), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2028, 2, 24), False),
        (date(2028, 2, 29), True),
    ],
)
def test_the_last_five_days(today, shown):
    assert months.last_days_of_month(today) is shown


def test_the_dates_on_the_last_evening_of_the_year():
    edge = months.month_edge(date(2026, 12, 31))
    assert edge.last_day == date(2026, 12, 31)
    assert edge.days_left == 0
    assert edge.start_if_today == date(2026, 12, 1)
    assert edge.start_if_next_month == date(2027, 1, 1)


@given(day=DAYS)
def test_months_follow_each_other_without_gap(day):
    first, following = months.first_of_month(day), months.first_of_next_month(day)
    assert first.day == following.day == 1
    assert first <= day < following
    assert 28 <= (following - first).days <= 31
    assert months.last_of_month(day) + timedelta(days=1) == following


@given(year=st.integers(2021, 2099), month=st.integers(1, 12))
def test_five_days_of_each_month_are_its_last(year, month):
    first = date(year, month, 1)
    length = (months.first_of_next_month(first) - first).days
    shown = [n for n in range(length) if months.last_days_of_month(first + timedelta(days=n))]
    assert shown == list(range(length - 5, length))
