"""A written decision of the commune as a centre records it: by one caseworker, and by a second one who looks at the letter too.

The commune decides, never the portal: what stands here says that a letter exists, of which day, of which kind, and what
it answers. Nothing is a decision here until a second person has confirmed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

LONGEST: Final = 1_000
"""Characters of the note and of a reason."""


class DecisionKind(StrEnum):
    """What a commune decides (OLIAS art. 9, known by its list of contents: certain); the letter says it in its own words."""

    AID = "aid"
    AID_WITH_CONDITIONS = "aid-with-conditions"
    INSERTION = "insertion"
    URGENT = "urgent"
    REFUSAL = "refusal"
    END = "end"
    REDUCTION = "reduction"
    REIMBURSEMENT = "reimbursement"
    REMISSION = "remission"
    OTHER = "other"


class Answers(StrEnum):
    """What a decision answers."""

    DEMAND = "demand"
    URGENT = "urgent"
    """The urgent help that was asked for with the demand."""
    REPORT = "report"
    REQUEST = "request"
    NOTHING = "nothing"
    """The commune decides of its own accord: no clock waits for it."""


class Step(StrEnum):
    """How a record ends waiting. Each does so once."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    """The second person says that it is wrong."""
    TAKEN_BACK = "taken-back"
    """By whoever recorded it."""


class State(StrEnum):
    """Where a record stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    REPLACED = "replaced"
    """It was confirmed, and a later confirmed record took its place."""


class Fault(StrEnum):
    """What is wrong with a day."""

    MISSING = "missing"
    FUTURE = "future"
    BEFORE_THE_LAW = "before-the-law"
    BEFORE_ASKED = "before-asked"
    BEFORE_DECIDED = "before-decided"


@dataclass(frozen=True)
class Faults:
    """What is wrong with the two days of a record."""

    decided: Fault | None = None
    notified: Fault | None = None

    def __bool__(self) -> bool:
        return self.decided is not None or self.notified is not None


def may(step: Step, *, recorded_by_them: bool) -> bool:
    """Whether somebody may end a record so: the two are never the same person; only its own author takes one back."""
    return recorded_by_them is (step is Step.TAKEN_BACK)


def state_of(step: Step | None, *, replaced: bool) -> State:
    """Where a record stands after its step, if there was one."""
    if step is None:
        return State.WAITING
    if step is Step.CONFIRMED and replaced:
        return State.REPLACED
    return State(step.value)


def ends_urgent(asked: datetime, decided: datetime | None, urgent_decided: datetime | None) -> bool:
    """Whether a decision that was recorded ends the clock of urgent help that was asked for with a demand.

    Its own does; so does one on the demand, as urgent help is decided for the time until then (directive ch. 16.1.2).
    What is asked for after that has its clock.
    """
    return urgent_decided is not None or (decided is not None and asked <= decided)


def faults(decided: date | None, notified: date | None, *, asked: date | None, today: date, first_day: date) -> Faults:
    """What is wrong with the days. `asked`: the day of what the decision answers; None: it answers nothing.

    `first_day`: the day from which the law is known, and with it the time to appeal.
    """
    return Faults(_decided(decided, asked, today, first_day), _notified(notified, decided, today, first_day))


def _decided(decided: date | None, asked: date | None, today: date, first_day: date) -> Fault | None:
    if decided is None:
        return Fault.MISSING
    if decided > today:
        return Fault.FUTURE
    if asked is not None and decided < asked:
        return Fault.BEFORE_ASKED
    return Fault.BEFORE_THE_LAW if decided < first_day else None


def _notified(notified: date | None, decided: date | None, today: date, first_day: date) -> Fault | None:
    if notified is None:
        return Fault.MISSING
    if notified > today:
        return Fault.FUTURE
    if decided is not None and notified < decided:
        return Fault.BEFORE_DECIDED
    return Fault.BEFORE_THE_LAW if notified < first_day else None
