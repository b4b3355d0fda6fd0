"""Reminders of what comes after a demand: a new decision that was asked for, by a report of a change or by a request; a
report, a message or a request that nobody read; a report that was not sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.domain.deadlines import reexamination_due
from portal.domain.reminders import REEXAMINATION, Due, Kind, To, not_looked_at, of_clock, within

KEPT_AFTER: Final = 7
"""Days after a report was kept for later and not sent. Ours."""


@dataclass(frozen=True)
class SentReport:
    """A report that holds, as far as its reminders go by it."""

    id: uuid.UUID
    dossier: uuid.UUID
    adult: uuid.UUID
    reported: date
    """The local day of the report: the re-examination clock starts there, and from then on the centre could see it."""
    regions: tuple[str, ...]


@dataclass(frozen=True)
class SentRequest:
    """A request for a re-examination that an adult made from the dossier."""

    id: uuid.UUID
    dossier: uuid.UUID
    adult: uuid.UUID
    reported: date
    """The local day of the request: the re-examination clock starts there."""
    regions: tuple[str, ...]


@dataclass(frozen=True)
class UnreadThread:
    """A thread with something that the centre has not looked at. Urgent requests have alerts of their own."""

    adult: uuid.UUID
    dossier: uuid.UUID
    since: date
    """The local day of the oldest word of it: what came later adds nothing, until somebody looks."""
    regions: tuple[str, ...]

    @property
    def id(self) -> uuid.UUID:
        """An adult has one thread."""
        return self.adult


@dataclass(frozen=True)
class KeptReport:
    """A report that an adult keeps for later."""

    id: uuid.UUID
    dossier: uuid.UUID
    adult: uuid.UUID
    saved: date


def of_reexamination(asked: SentReport | SentRequest, days: int, on: date) -> Iterator[Due]:
    """What is due for a new decision that was asked for and of which none is recorded here.

    `days`: parameter `reexamination_clock` (wording of RELIAS art. 30 and 31 al. 2, in force until 30.6.2021: probable).
    """
    yield from of_clock(asked, REEXAMINATION, reexamination_due(asked.reported, days), on)


def of_unread(report: SentReport, on: date, holidays: Set[date]) -> Iterator[Due]:
    """What is due for a report that nobody at the centre has read. Working days are ours: no rule asks for them."""
    yield from not_looked_at(report, Kind.NOT_READ, report.reported, on, holidays)


def of_unread_thread(thread: UnreadThread, on: date, holidays: Set[date]) -> Iterator[Due]:
    """What is due for messages and requests that nobody at the centre has looked at. Working days are ours."""
    yield from not_looked_at(thread, Kind.WORDS_NOT_READ, thread.since, on, holidays)


def of_kept(kept: KeptReport, on: date) -> Iterator[Due]:
    """A report that was not sent, told once to whoever writes it, however often it is kept again. Never to a centre."""
    if within(kept.saved + timedelta(KEPT_AFTER), on):
        name = f"{Kind.REPORT_KEPT}/{kept.id}"
        yield Due(name, Kind.REPORT_KEPT, To.PERSON, kept.dossier, kept.adult, kept.saved, listed=False)
