"""The legal clocks. Two families, never mixed.

The canton's own clocks (decision, urgent measures, re-examination) count calendar days and never move, not
even from a Sunday: the shorter date is shown. The person's own time limit (appeal) moves to the next
working day.
Suspension periods ("féries") are not known to apply, so none is counted: again the shorter date.

All lengths in days are parameters (`portal/law/parameters/clocks`); dates are local dates in Valais.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

_SATURDAY = 5


def decision_due(filed: date, days: int) -> date:
    """The last day for the commune's written decision: calendar days from filing, day 1 is the day after.

    Directive on the LIAS, ch. 16.1.2 (state of 1.7.2021): certain. That nothing suspends it: unverified.
    """
    return _after(filed, days)


def urgent_due(requested: date, days: int) -> date:
    """The last day for the decision on urgent measures, from the express request. Calendar days.

    Directive on the LIAS, ch. 16.1.2; OLIAS art. 9: certain. That nothing suspends it: unverified.
    """
    return _after(requested, days)


def reexamination_due(reported: date, days: int) -> date:
    """The last day for the new decision after a reported change. Calendar days.

    Wording of RELIAS art. 30 and 31 al. 2, in force until 30.6.2021: probable today.
    """
    return _after(reported, days)


def appeal_last_day(notified: date, days: int, holidays: Set[date]) -> date:
    """The last day to appeal to the Conseil d'Etat, moved to the next working day.

    `notified` is the day the decision was received or is deemed received. The length is certain (directive
    on the LIAS, ch. 16.1.2); that the last day moves is probable (general rule; LPJA VS not read).
    """
    return next_working_day(_after(notified, days), holidays)


def deemed_notified(first_attempt: date, days: int = 7) -> date:
    """The day on which a registered letter that nobody collects counts as received.

    `first_attempt` is the day of the notice in the letter box; the pick-up period starts the day after.
    The day never moves, not even from a Sunday. General rule: certain.
    """
    return _after(first_attempt, days)


def next_working_day(day: date, holidays: Set[date]) -> date:
    """The day itself, or the first one after it that is no Saturday, Sunday or official holiday.

    General rule, probable; official holidays of the canton: `portal/law/holidays.yaml`, certain.
    """
    while day.weekday() >= _SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def working_day_after(day: date, count: int, holidays: Set[date]) -> date:
    """The `count`-th working day after a day: no Saturday, no Sunday, no official holiday is counted, nor the day itself.

    No legal clock: for reminders of ours to a centre, which is not there on the other days.
    """
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), holidays)
    return day


def days_left(due: date, today: date) -> int:
    """Days from today to the last day: 0 on the last day, negative once it is past."""
    return (due - today).days


def _after(start: date, days: int) -> date:
    if days < 1:
        raise ValueError(f"a clock runs for at least one day, not {days}")
    return start + timedelta(days=days)
