"""The first interview of a household: what was noted of it, in what order, and where it stands. Standard library only.

No rule sets a time limit for it: we have read none, so there is no clock. Whether it took place says nothing of a demand.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from portal.domain.demand import FURTHEST_AHEAD, ZURICH

FIRST_HOUR: Final = time(7)
LAST_HOUR: Final = time(19)
"""Outside of these hours the desk is asked once more: a slip of the pen is likelier than a meeting. Ours."""
LONGEST_WORDS: Final = 300


class Way(StrEnum):
    """Where or how they meet."""

    ANTENNA = "antenna"
    HOME = "home"
    PHONE = "phone"
    VIDEO = "video"
    ELSEWHERE = "elsewhere"


class Interpreter(StrEnum):
    """Whether somebody translates."""

    NOT_NEEDED = "not_needed"
    TO_BOOK = "to_book"
    BOOKED = "booked"


class Step(StrEnum):
    """What the desk noted. `CHANGED`: the same day and hour, something else of it is new.

    `CALLED_OFF`: before its hour it is said that it will not be. `TAKEN_BACK`: what ended it was noted by mistake.
    """

    NOTED = "noted"
    MOVED = "moved"
    CHANGED = "changed"
    MISSED = "missed"
    HELD = "held"
    CALLED_OFF = "called_off"
    TAKEN_BACK = "taken_back"


class State(StrEnum):
    """Where it stands."""

    NONE = "none"
    AHEAD = "ahead"
    WAITING = "waiting"
    """Its hour is past, and nobody noted what became of it."""
    MISSED = "missed"
    HELD = "held"
    CALLED_OFF = "called_off"


ENDS: Final = {Step.MISSED: State.MISSED, Step.HELD: State.HELD, Step.CALLED_OFF: State.CALLED_OFF}
"""What ends it, and where it stands then."""
OVER: Final = frozenset(ENDS.values())
OUTCOMES: Final = {
    Step.HELD: frozenset({State.WAITING}),
    Step.MISSED: frozenset({State.WAITING}),
    Step.CALLED_OFF: frozenset({State.AHEAD}),
    Step.TAKEN_BACK: OVER,
}
"""What can be said of an agreed interview, and where it has to stand for that."""
KEPT: Final = {Step.CALLED_OFF: Step.MISSED, Step.TAKEN_BACK: Step.CHANGED}
"""As what a step is kept where it is not kept as itself; `step_read` tells them apart by what was noted before."""


@dataclass(frozen=True)
class Meeting:
    """What is agreed."""

    at: datetime
    """The beginning, aware."""
    way: Way
    antenna: str | None
    """The id of the centre's antenna; only for `ANTENNA`."""
    place: str | None
    """In words; only for `ELSEWHERE`."""
    interpreter: Interpreter
    language: str | None
    """In which one is interpreted; None where nobody is."""
    adults: tuple[uuid.UUID, ...]
    """Who is to come, in a lasting order."""


@dataclass(frozen=True)
class Event:
    """One thing that was noted. `meeting` is None for what ends it."""

    sequence: int
    step: Step
    instant: datetime
    meeting: Meeting | None


class Doubt(StrEnum):
    """What is asked once more, and never stands in the way."""

    HOUR = "hour"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


class WrongTime(StrEnum):
    """What cannot be."""

    PAST = "past"
    TOO_FAR = "too_far"


def wrong_time(at: datetime, now: datetime) -> WrongTime | None:
    """Why nobody can meet then; None: they can."""
    if at <= now:
        return WrongTime.PAST
    return WrongTime.TOO_FAR if at > now + FURTHEST_AHEAD else None


def doubts(at: datetime, holidays: Set[date]) -> tuple[Doubt, ...]:
    """What is unusual about an aware instant, by the local day and hour."""
    local = at.astimezone(ZURICH)
    found = []
    if not FIRST_HOUR <= local.time() <= LAST_HOUR:
        found.append(Doubt.HOUR)
    if local.date() in holidays:
        found.append(Doubt.HOLIDAY)
    elif local.isoweekday() >= 6:
        found.append(Doubt.SATURDAY if local.isoweekday() == 6 else Doubt.SUNDAY)
    return tuple(found)


def agreed(events: Sequence[Event]) -> Meeting | None:
    """What was agreed last, also where it is over; None: nothing ever was."""
    return next((one.meeting for one in reversed(events) if one.meeting is not None), None)


def state_of(events: Sequence[Event], now: datetime) -> State:
    """Where the interview stands by everything that was noted, in its order."""
    if not events:
        return State.NONE
    last = events[-1]
    if last.step in ENDS:
        return ENDS[last.step]
    meeting = agreed(events)
    return State.AHEAD if meeting is not None and meeting.at > now else State.WAITING


def moved_from(events: Sequence[Event]) -> datetime | None:
    """The hour before, where the meeting that stands was moved; None where it was not."""
    found: datetime | None = None
    before: datetime | None = None
    for one in events:
        if one.meeting is not None:
            if one.step is Step.NOTED:
                found = None
            elif one.step is Step.MOVED:
                found = before
            before = one.meeting.at
    return found


def step_to(events: Sequence[Event], wanted: Meeting) -> Step | None:
    """What noting `wanted` is: a new meeting, a move, another detail; None: it stands so already."""
    if not events or events[-1].step in ENDS:
        return Step.NOTED
    standing = agreed(events)
    if standing is None or standing.at != wanted.at:
        return Step.MOVED
    return None if standing == wanted else Step.CHANGED


def called_off(instant: datetime, meeting: Meeting | None) -> bool:
    """Whether what was noted at `instant` as not having taken place was called off: it was said before its hour."""
    return meeting is not None and instant < meeting.at


def step_read(kept: Step, instant: datetime, before: Sequence[Event]) -> Step:
    """What a kept step is after those before it: the other way round of `KEPT`."""
    if kept is Step.MISSED and called_off(instant, agreed(before)):
        return Step.CALLED_OFF
    if kept is Step.CHANGED and before and before[-1].step in ENDS:
        return Step.TAKEN_BACK
    return kept
