"""A request of a thread is closed by the centre, with a reason, and may be opened again. The commune decides, never the portal:
what asks for a decision is closed by a decision that was recorded, or because the person does not ask for it any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from portal.domain.case_request import LineKind, RequestKind


class Because(StrEnum):
    """Why the centre closes a request; each is said in the person's language."""

    DECIDED = "decided"
    """A decision that answers it is recorded, and confirmed by a second person."""
    HANDED = "handed"
    """The person saw their file, or has a copy."""
    TAKEN_BACK = "taken-back"
    """The person told the centre that they do not ask for it any more."""
    DOUBLE = "double"
    """An older request of the same kind is open: its clock ends before."""
    OTHER = "other"
    """Said in the caseworker's own words."""


class CloseFault(StrEnum):
    """Why a request cannot be closed so."""

    NOT_THIS_KIND = "not-this-kind"
    NO_DECISION = "no-decision"
    NO_OLDER = "no-older"
    NO_WORDS = "no-words"


_ASKS_FOR_A_DECISION: Final = (Because.DECIDED, Because.TAKEN_BACK, Because.DOUBLE)
REASONS: Final[Mapping[RequestKind, tuple[Because, ...]]] = {
    RequestKind.URGENT: _ASKS_FOR_A_DECISION,
    RequestKind.REEXAMINATION: _ASKS_FOR_A_DECISION,
    RequestKind.DECISION: _ASKS_FOR_A_DECISION,
    RequestKind.FILE: (Because.HANDED, Because.TAKEN_BACK, Because.DOUBLE, Because.OTHER),
}
"""The reasons for each kind. An answer in words, or a talk, decides nothing: it is no reason where a decision is asked for."""


def fault(kind: RequestKind, because: Because, *, decided: bool, older: bool, words: bool) -> CloseFault | None:
    """What is wrong with closing a request so. `older`: whether an older one of the kind is open."""
    if because not in REASONS[kind]:
        return CloseFault.NOT_THIS_KIND
    if because is Because.DECIDED and not decided:
        return CloseFault.NO_DECISION
    if because is Because.DOUBLE and not older:
        return CloseFault.NO_OLDER
    return CloseFault.NO_WORDS if because is Because.OTHER and not words else None


@dataclass(frozen=True)
class Trace:
    """What of a line of a thread says whether it waits; no words."""

    sequence: int
    kind: LineKind
    about: uuid.UUID | None
    instant: datetime
    asks: RequestKind | None = None
    """Of a request's own line."""


@dataclass(frozen=True)
class Open:
    """A word of the person that waits for the centre."""

    instant: datetime
    asks: RequestKind | None
    about: uuid.UUID | None


def waiting(lines: Iterable[Trace]) -> tuple[Open, ...]:
    """What waits, oldest first: messages after the centre's last answer, and every request that it did not close. An answer
    in words closes no request.
    """
    messages: list[Open] = []
    asked: dict[uuid.UUID | None, Open] = {}
    closed: set[uuid.UUID | None] = set()
    for line in sorted(lines, key=lambda one: one.sequence):
        one = Open(line.instant, line.asks, line.about)
        if line.kind in (LineKind.ANSWER, LineKind.SETTLED):
            messages.clear()
        elif line.kind is LineKind.MESSAGE:
            messages.append(one)
        elif line.kind is LineKind.REQUEST:
            asked[line.about] = one
        elif line.kind is LineKind.CLOSED:
            closed.add(line.about)
        else:
            closed.discard(line.about)
    left = [one for about, one in asked.items() if about not in closed]
    return tuple(sorted((*messages, *left), key=lambda one: one.instant))
