"""The clocks of a centre: which one is the nearest, and how it stands on a day. Pure: the date is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.deadlines import days_left

SOON: Final = 3
"""Days before the last day from which a clock stands under «soon». Ours."""


class ClockKind(StrEnum):
    """By what something is due."""

    URGENT = "urgent"
    """`urgent_clock`: the decision on urgent help (directive LIAS ch. 16.1.2)."""
    DECISION = "decision"
    """`decision_clock`: the decision on the demand (directive LIAS ch. 16.1.2)."""
    PAPERS = "papers"
    """The day that the centre set for papers: no clock of the law."""
    REEXAMINATION = "reexamination"
    """`reexamination_clock`: the new decision (wording of RELIAS art. 30 and 31 al. 2, in force until 30.6.2021: probable)."""
    NONE = "none"
    """No rule that we know of sets a day."""


class Standing(StrEnum):
    """How near the day is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    RUNNING = "running"
    NONE = "none"
    """There is no day."""


@dataclass(frozen=True)
class Clock:
    """One clock that runs. `due`: its last day; None: it has none."""

    kind: ClockKind
    due: date | None


def nearest(clocks: Iterable[Clock]) -> Clock:
    """The one whose last day comes first; of two for one day urgent help comes first. Nothing runs: one without a day."""
    order = list(ClockKind)
    dated = [one for one in clocks if one.due is not None]
    return min(dated, key=lambda one: (one.due, order.index(one.kind)), default=Clock(ClockKind.NONE, None))


def standing(due: date | None, today: date) -> Standing:
    """How a clock stands: on its last day it is not late."""
    if due is None:
        return Standing.NONE
    left = days_left(due, today)
    if left < 0:
        return Standing.LATE
    if left == 0:
        return Standing.TODAY
    return Standing.SOON if left <= SOON else Standing.RUNNING


@dataclass(frozen=True)
class Span:
    """Days between which a last day lies, both included; None: no end on that side."""

    first: date | None
    last: date | None


class State(StrEnum):
    """What the board can be limited to, and counts."""

    LATE = "late"
    SOON = "soon"
    """The last day is today, or one of the next days."""
    LATER = "later"
    UNSEEN = "unseen"
    """Nobody at the centre has looked at it."""


def span_of(state: State | None, today: date) -> Span:
    """The last days of what is in a state."""
    if state is State.LATE:
        return Span(None, today - timedelta(days=1))
    if state is State.SOON:
        return Span(today, today + timedelta(days=SOON))
    if state is State.LATER:
        return Span(today + timedelta(days=SOON + 1), None)
    return Span(None, None)
