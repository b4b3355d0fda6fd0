"""The monthly rhythm: which months can be spoken of, and the day by which a centre wants its papers. Dates only.

No text known for Valais sets such a day: a caseworker sets it for one dossier, or there is none. It is never derived
from the day of payment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from portal.domain.months import first_of_month, first_of_next_month, months_before

FIRST_DAY: Final = 1
LAST_DAY: Final = 28
"""A day that every month has."""


def next_paper_day(day_of_month: int, on: date) -> date:
    """The first such day from `on` on, that day included.

    The day stands as the centre set it, also on a Saturday, a Sunday or a holiday: no rule is known that moves it.
    Raises ValueError for a number that is not 1 to 28.
    """
    return next(_paper_days(day_of_month, on))


def next_paper_days(day_of_month: int, on: date, count: int) -> tuple[date, ...]:
    """The next `count` such days, one for each month. Raises ValueError as `next_paper_day` does."""
    return tuple(islice(_paper_days(day_of_month, on), count))


def open_months(today: date, first: date) -> tuple[date, ...]:
    """The months of which somebody may say today that nothing changed, newest first: this one and the last.

    None before `first`, the month in which the file began. A choice of the portal: no text sets such a time.
    """
    this = first_of_month(today)
    return tuple(month for month in (this, *months_before(this, 1)) if month >= first_of_month(first))


def months_since(first: date, today: date) -> tuple[date, ...]:
    """The first days of all months from that of `first` to that of today, newest first; this month at least."""
    found = [first_of_month(min(first, today))]
    while found[-1] < first_of_month(today):
        found.append(first_of_next_month(found[-1]))
    return tuple(reversed(found))


def _paper_days(day_of_month: int, on: date) -> Iterator[date]:
    if not FIRST_DAY <= day_of_month <= LAST_DAY:
        raise ValueError(f"a paper day is a day from {FIRST_DAY} to {LAST_DAY}, not {day_of_month}")
    month = first_of_month(on) if on.day <= day_of_month else first_of_next_month(on)
    while True:
        yield month.replace(day=day_of_month)
        month = first_of_next_month(month)
