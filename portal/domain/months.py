"""The month's edge: why the day of the announcement matters. Dates only, no promise.

Aid starts on the first day of the month of first contact: parameter `start_of_aid` (certain for 1.7.2021,
probable today). The commune decides on the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

LAST_DAYS = 5
"""On how many last days the portal points at the month's edge. A choice of the portal, not of the law."""


@dataclass(frozen=True)
class MonthEdge:
    """What announcing today may be worth, in dates."""

    today: date
    last_day: date
    """The last day of this month."""
    days_left: int
    """Days that remain after today: 0 on the last day."""
    start_if_today: date
    """The day from which aid may start with an announcement today."""
    start_if_next_month: date
    """The day from which it may start with an announcement after the month's end."""


def first_of_month(day: date) -> date:
    """The first day of this day's month."""
    return day.replace(day=1)


def first_of_next_month(day: date) -> date:
    """The first day of the month after this day's."""
    return first_of_month(first_of_month(day) + timedelta(days=31))


def months_before(day: date, count: int) -> tuple[date, ...]:
    """The first days of the full calendar months before this day's month, oldest first.

    Filed on 21.11.2026, three months: August, September and October 2026.
    """
    found: list[date] = []
    month = first_of_month(day)
    for _ in range(count):
        month = first_of_month(month - timedelta(days=1))
        found.append(month)
    return tuple(reversed(found))


def months_from(day: date, count: int) -> tuple[date, ...]:
    """The first days of so many calendar months from this day's month on, oldest first."""
    found: list[date] = []
    month = first_of_month(day)
    for _ in range(count):
        found.append(month)
        month = first_of_next_month(month)
    return tuple(found)


def last_of_month(day: date) -> date:
    """The last day of this day's month."""
    return first_of_next_month(day) - timedelta(days=1)


def last_days_of_month(today: date) -> bool:
    """Whether today is one of the last five days of its month, the last one included."""
    return (last_of_month(today) - today).days < LAST_DAYS


def month_edge(today: date) -> MonthEdge:
    """The dates behind "announcing today may be worth a month of aid" (parameter `start_of_aid`)."""
    last = last_of_month(today)
    return MonthEdge(
        today=today,
        last_day=last,
        days_left=(last - today).days,
        start_if_today=first_of_month(today),
        start_if_next_month=first_of_next_month(today),
    )
