"""What a caseworker does first with a household: of all that waits in it the few most pressing things, in their order. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.clock_board import Standing, standing

MOST: Final = 4
"""Lines of the list: what is first, not all that there is. Ours."""


class Need(StrEnum):
    """What waits. Of two that press alike the one that stands here first comes first: the order is ours."""

    URGENT = "urgent"
    """Urgent help that was asked for with the demand, and that no decision ended."""
    URGENT_ASKED = "urgent-asked"
    """The same, asked for in the messages."""
    URGENT_MERGED = "urgent-merged"
    """The same, in a file that was merged into this one."""
    DECISION = "decision"
    CHANGE = "change"
    """A new decision that a report of a change asks for."""
    REEXAMINATION = "reexamination"
    """A new decision that was asked for in the messages."""
    PAPERS_DUE = "papers-due"
    """Papers for which the centre has set a day."""
    CONFIRM = "confirm"
    """A decision of the commune that a colleague recorded."""
    THREAD = "thread"
    REPORTS = "reports"
    PAPERS = "papers"
    INTERVIEW = "interview"
    """None is agreed, or nobody noted what became of it."""
    CONTRADICTIONS = "contradictions"
    RIGHTS = "rights"
    MISSING = "missing"


_URGENT: Final = frozenset({Need.URGENT, Need.URGENT_ASKED, Need.URGENT_MERGED})
_NEAR: Final = frozenset({Standing.LATE, Standing.TODAY, Standing.SOON})


@dataclass(frozen=True)
class FirstStep:
    """One thing that waits. `due`: the last day of its clock, if it has one; `count`: how many of it, where they are counted."""

    need: Need
    due: date | None = None
    count: int = 0


def first_steps(waiting: Iterable[FirstStep], today: date) -> tuple[FirstStep, ...]:
    """At most MOST, each need once: urgent help, then what is late or nearly so by its last day, then what has no day.

    A day that is not near yet is no reason to do something first; the clocks stand on the page beside.
    """
    order = list(Need)
    pressing = (one for one in waiting if one.due is None or one.need in _URGENT or standing(one.due, today) in _NEAR)
    found: dict[Need, FirstStep] = {}
    for one in sorted(
        pressing, key=lambda one: (one.need not in _URGENT, one.due is None, one.due or today, order.index(one.need))
    ):
        found.setdefault(one.need, one)
    return tuple(found.values())[:MOST]
