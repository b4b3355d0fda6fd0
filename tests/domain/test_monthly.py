"""The monthly rhythm: days for papers over months and years, and of which months something can be said."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from portal.domain.calendar import entry_id
from portal.domain.monthly import months_since, next_paper_day, next_paper_days, open_months


@pytest.mark.parametrize(
    ("number", "on", "day"),
    [
        (5, date(2026, 11, 4), date(2026, 11, 5)),
        (5, date(2026, 11, 5), date(2026, 11, 5)),
        (5, date(2026, 11, 6), date(2026, 12, 5)),
        (28, date(2026, 12, 29), date(2027, 1, 28)),
        (28, date(2027, 2, 28), date(2027, 2, 28)),
        (1, date(2026, 12, 31), date(2027, 1, 1)),  # a holiday: the day stands as it was set
        (15, date(2026, 11, 14), date(2026, 11, 15)),  # a Sunday: the same
    ],
)
def test_the_next_day_for_papers(number: int, on: date, day: date) -> None:
    assert next_paper_day(number, on) == day


def test_a_years_days_go_over_its_end() -> None:
    days = next_paper_days(28, date(2026, 11, 29), 12)
    assert [(day.year, day.month) for day in days] == [(2026, 12), *((2027, month) for month in range(1, 12))]
    assert {day.day for day in days} == {28}


def test_from_every_day_the_next_one_is_less_than_a_month_away() -> None:
    for number in (1, 15, 28):
        for count in range(800):
            on = date(2026, 1, 1) + timedelta(days=count)
            day = next_paper_day(number, on)
            assert day.day == number
            assert 0 <= (day - on).days <= 30


@pytest.mark.parametrize("number", [-1, 0, 29, 31])
def test_a_day_that_not_every_month_has_is_none(number: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 28"):
        next_paper_day(number, date(2026, 11, 1))


def test_this_month_and_the_last_are_open() -> None:
    began = date(2026, 9, 30)
    assert open_months(date(2027, 1, 31), began) == (date(2027, 1, 1), date(2026, 12, 1))
    assert open_months(date(2026, 10, 1), began) == (date(2026, 10, 1), date(2026, 9, 1))
    assert open_months(date(2026, 9, 30), began) == (date(2026, 9, 1),)


def test_the_list_goes_down_to_the_month_of_the_filing() -> None:
    found = months_since(date(2026, 11, 30), date(2027, 1, 1))
    assert found == (date(2027, 1, 1), date(2026, 12, 1), date(2026, 11, 1))
    assert months_since(date(2026, 12, 5), date(2026, 11, 10)) == (date(2026, 11, 1),)


def test_an_id_lasts_and_is_one_adults_alone() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    assert entry_id(one, "paper-day/2026-12") == entry_id(one, "paper-day/2026-12")
    assert len({entry_id(who, name) for who in (one, other) for name in ("decision/1", "decision/2")}) == 4
