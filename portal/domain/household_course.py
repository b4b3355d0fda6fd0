"""The course of a household's file at the desk: closed, opened again, moved, put together with another. Standard library only.

No rule of law names these acts: they are office work. None of them is a decision about aid, and none removes anything.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

LONGEST_WORDS: Final = 1000


class Step(StrEnum):
    """What was done."""

    CLOSED = "closed"
    REOPENED = "reopened"
    MOVED = "moved"
    MERGED = "merged"
    """This file stops being worked on; another one of the same person goes on."""
    PARTED = "parted"
    """That is taken back."""


class Why(StrEnum):
    """Why a file is closed at the centre."""

    AID_ENDED = "aid-ended"
    WITHDRAWN = "withdrawn"
    NEVER_COMPLETED = "never-completed"
    LEFT_CANTON = "left-canton"
    DIED = "died"
    DOUBLE = "double"


@dataclass(frozen=True)
class Event:
    """One thing that was done with the file, or, of another file, that it was merged into this one."""

    sequence: int
    dossier_id: uuid.UUID
    step: Step
    instant: datetime
    region: str | None
    """The centre that did it; None: the person, by writing."""
    why: Why | None = None
    to_region: str | None = None
    commune_bfs: int | None = None
    since: date | None = None
    """Of a move: from which day the household lives there."""
    other: uuid.UUID | None = None
    """The file that goes on."""
    adult: uuid.UUID | None = None
    """Who in that file is the same person."""


@dataclass(frozen=True)
class Course:
    """What stands of a file."""

    dossier_id: uuid.UUID
    events: tuple[Event, ...]
    """In their order; of other files only what says that they were merged into this one, or parted again."""

    @property
    def closed(self) -> Event | None:
        """The closing that stands."""
        last = _last(self._own, Step.CLOSED, Step.REOPENED)
        return last if last is not None and last.step is Step.CLOSED else None

    @property
    def moved(self) -> Event | None:
        """The last move to another centre."""
        return _last(self._own, Step.MOVED)

    @property
    def merged(self) -> Event | None:
        """The merging that stands, where another file goes on instead of this one."""
        return _standing(self._own)

    @property
    def merged_here(self) -> tuple[Event, ...]:
        """The mergings that stand by which this file goes on for others too."""
        others = dict.fromkeys(one.dossier_id for one in self.events if one.dossier_id != self.dossier_id)
        found = (_standing([one for one in self.events if one.dossier_id == other]) for other in others)
        return tuple(one for one in found if one is not None and one.other == self.dossier_id)

    @property
    def seen(self) -> int:
        """The number of the last event: whoever does the next thing has seen this one. 0 where there is none."""
        return max((one.sequence for one in self.events), default=0)

    @property
    def _own(self) -> list[Event]:
        return [one for one in self.events if one.dossier_id == self.dossier_id]


def _last(events: Sequence[Event], *steps: Step) -> Event | None:
    return next((one for one in reversed(events) if one.step in steps), None)


def _standing(events: Sequence[Event]) -> Event | None:
    last = _last(events, Step.MERGED, Step.PARTED)
    return last if last is not None and last.step is Step.MERGED else None
