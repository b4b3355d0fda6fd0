"""Dates for a person's own calendar. Pure values: what a date is, and how it is recognised when it is taken again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DateKind(StrEnum):
    """What a date is about."""

    DECISION = "decision"
    URGENT = "urgent"
    PAPER = "paper"
    PAPER_DAY = "paper_day"
    REEXAMINATION = "reexamination"
    """By when a new decision is due that was asked for, with a report of a change or by a request."""
    APPEAL = "appeal"
    """The last day to appeal against a decision that is recorded here."""
    ASKED_BACK = "asked_back"
    """By when the centre wants an answer about a report of a change."""
    INTERVIEW = "interview"
    """When the centre and the person meet."""


PAPERS = (DateKind.PAPER, DateKind.PAPER_DAY)
"""Where something is to be given; an interview is an hour; all others are only watched."""


@dataclass(frozen=True)
class Entry:
    """One whole day in a calendar file, or an hour of it, in the words that everybody with that calendar may read."""

    uid: uuid.UUID
    day: date
    title: str
    description: str
    at: datetime | None = None
    """The aware instant at which it begins; None: the whole day."""


def entry_id(adult: uuid.UUID, name: str) -> uuid.UUID:
    """The lasting id of one adult's date: the same however often it is taken, whatever day it moves to.

    A name-based UUID under the adult's random id: it says nothing of the person, the host or the case, as RFC 7986
    section 5.3 wants, and nobody who does not know that id can make it.
    """
    return uuid.uuid5(adult, name)
