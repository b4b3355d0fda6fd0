"""The reviewed holidays against the Easter computation and against an independent package."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as independent
import pytest

from portal import law
from portal.law.holidays import calendar

YEARS = range(2021, 2029)
FIXED = {(1, 1), (3, 19), (8, 1), (8, 15), (11, 1), (12, 8), (12, 25)}


def easter(year: int) -> date:
    """Easter Sunday, anonymous Gregorian computation (Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), (f, _) = divmod(b, 4), divmod(8 * b + 13, 25)
    h = (19 * a + b - d - f + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def test_the_easter_computation_itself():
    known = {2021: (4, 4), 2024: (3, 31), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: easter(year) for year in known} == {year: date(year, *day) for year, day in known.items()}


@pytest.mark.parametrize("year", YEARS)
def test_nine_holidays_each_year(year):
    days = {day for day in law.holidays.official() if day.year == year}
    movable = {easter(year) + timedelta(days=39), easter(year) + timedelta(days=60)}
    assert days == movable | {date(year, *day) for day in FIXED}


def test_the_days_named_in_the_fact_sheet():
    assert law.holidays.name(date(2027, 5, 6)) == "Ascension"
    assert law.holidays.name(date(2027, 5, 27), "de") == "Fronleichnam"
    assert law.holidays.name(date(2026, 12, 8)) == "Immaculée Conception"
    assert law.holidays.name(date(2026, 12, 24)) is None


def test_the_reviewed_years():
    assert sorted({day.year for day in law.holidays.official()}) == list(YEARS)
    assert law.holidays.reviewed_until() == date(2028, 12, 31)
    assert calendar().source
    assert calendar().confidence == "certain"


@pytest.mark.parametrize("year", YEARS)
def test_against_the_holidays_package(year):
    """Its public holidays of the canton are exactly ours; what it lists beyond them is optional or custom only."""
    listed = set(independent.country_holidays("CH", subdiv="VS", years=year))
    assert listed == {day for day in law.holidays.official() if day.year == year}
    for unofficial in (easter(year) - timedelta(days=2), easter(year) + timedelta(days=1), date(year, 12, 26)):
        assert unofficial not in law.holidays.official()
