"""Reminders: what is due on a day, derived from plain state values. Nothing is scheduled ahead.

A reminder has a window: from its first day on for at most `WINDOW` days, never after the day that it is about. So a
portal that starts late, or was away, does not flood anybody with what is long past, and a changed date changes the
reminder: its name carries the day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol

from portal.domain.deadlines import decision_due, working_day_after

WINDOW: Final = 7
"""Days in which a reminder is still given. Ours."""
DECISION_BEFORE: Final = 5
"""Days before the end of the decision clock: day 25 of 30. Ours."""
PAPERS_BEFORE: Final = (7, 2)
"""Days before papers are wanted. Ours."""
INTERVIEW_BEFORE: Final = 2
"""Days before an interview. Ours."""
SITUATION_AFTER: Final = (7, 21)
"""Days after filing, while no answers were sent. Ours: no rule asks for them by then."""
NOT_OPENED_AFTER: Final = 3
"""Working days: on the last of them the centre is told. Ours."""


class Kind(StrEnum):
    """What this portal reminds of. Another source of due things may have kinds of its own: `Due.kind` is any text."""

    DECISION_SOON = "decision-25"
    DECISION_DAY = "decision-30"
    DECISION_PASSED = "decision-31"
    PAPERS_WEEK = "papers-7"
    PAPERS_DAYS = "papers-2"
    SITUATION_WEEK = "situation-7"
    SITUATION_LAST = "situation-21"
    NOT_OPENED = "not-opened"
    REEXAMINATION_SOON = "reexamination-25"
    REEXAMINATION_DAY = "reexamination-30"
    REEXAMINATION_PASSED = "reexamination-31"
    NOT_READ = "report-not-read"
    REPORT_KEPT = "report-kept-7"
    WORDS_NOT_READ = "message-not-read"
    INTERVIEW = "interview-2"


DECISION: Final = (Kind.DECISION_SOON, Kind.DECISION_DAY, Kind.DECISION_PASSED)
REEXAMINATION: Final = (Kind.REEXAMINATION_SOON, Kind.REEXAMINATION_DAY, Kind.REEXAMINATION_PASSED)
"""What a clock brings before its last day, on it and after it."""


class To(StrEnum):
    """Who is told."""

    PERSON = "person"
    CENTRE = "centre"


@dataclass(frozen=True)
class Due:
    """One reminder that is due. `name` is its own for ever: it is given once."""

    name: str
    kind: str
    to: To
    dossier: uuid.UUID
    adult: uuid.UUID | None
    """Whom it is for; None where the centre is told."""
    day: date
    """The day that it is about."""
    region: str | None = None
    """The centre that is told; None for a person."""
    listed: bool = True
    """Whether it goes to the desk's list where no mail takes it. Not so what a centre may not see."""


class About(Protocol):
    """What a reminder is about: a demand, a report of a change, a request, the thread of an adult."""

    @property
    def id(self) -> uuid.UUID:
        """Its id: in the name of each reminder."""

    @property
    def dossier(self) -> uuid.UUID:
        """Its household."""

    @property
    def adult(self) -> uuid.UUID:
        """Whose it is."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The centre that has it, or all that could take it."""


@dataclass(frozen=True)
class DemandState:
    """A demand as far as its reminders go by it."""

    id: uuid.UUID
    dossier: uuid.UUID
    adult: uuid.UUID
    filed: date
    """The filing date: the decision clock starts there."""
    recorded: date
    """The local day from which the centre could see it."""
    decision_days: int
    """Length of the decision clock in days (parameter `decision_clock`)."""
    regions: tuple[str, ...]
    """The centre that has it, or all that could take it."""
    withdrawn: bool = False
    opened: bool = False
    urgent_waiting: bool = False
    """An unopened urgent request has its own alerts, every day."""
    sent: bool = False
    """Whether answers of the household were sent."""
    decided: bool = False
    """Whether a decision is recorded here."""


@dataclass(frozen=True)
class PaperTerm:
    """A day by which the centre wants papers that are not there yet; several papers of one day are one term."""

    dossier: uuid.UUID
    adult: uuid.UUID
    wanted_by: date


def of_demand(state: DemandState, on: date, holidays: Set[date]) -> tuple[Due, ...]:
    """What is due for a demand on a local day (directive on the LIAS, ch. 16.1.2, for the decision clock)."""
    if state.withdrawn:
        return ()
    return (*_decision(state, on), *_answers(state, on), *_not_opened(state, on, holidays))


def of_papers(term: PaperTerm, on: date) -> tuple[Due, ...]:
    """What is due for papers on a local day: in the last week, and once more in the last days."""
    week, days = PAPERS_BEFORE
    for kind, before, until in ((Kind.PAPERS_WEEK, week, days + 1), (Kind.PAPERS_DAYS, days, 0)):
        if term.wanted_by - timedelta(before) <= on <= term.wanted_by - timedelta(until):
            name = f"{kind}/{term.adult}/{term.wanted_by}"
            return (Due(name, kind, To.PERSON, term.dossier, term.adult, term.wanted_by),)
    return ()


def of_interview(dossier: uuid.UUID, adult: uuid.UUID, day: date, on: date) -> tuple[Due, ...]:
    """What is due for an interview on a local day: in the days before it, once for each day that it was moved to."""
    if not day - timedelta(INTERVIEW_BEFORE) <= on < day:
        return ()
    name = f"{Kind.INTERVIEW}/{adult}/{day}"
    return (Due(name, Kind.INTERVIEW, To.PERSON, dossier, adult, day),)


def of_clock(about: About, kinds: tuple[Kind, Kind, Kind], due: date, on: date) -> Iterator[Due]:
    """Before the last day to both sides, on it to both sides, after it to the person."""
    soon, last, passed = kinds
    if due - timedelta(DECISION_BEFORE) <= on <= due:
        kind = last if on == due else soon
        yield _person(about, kind, due)
        yield from _centres(about, kind, due)
    elif due < on <= due + timedelta(WINDOW):
        yield _person(about, passed, due)


def within(first: date, on: date) -> bool:
    """Whether a reminder that begins on a day is still given."""
    return first <= on < first + timedelta(WINDOW)


def not_looked_at(about: About, kind: Kind, here: date, on: date, holidays: Set[date]) -> Iterator[Due]:
    """It is `here` since that day, and nobody looked. Saturdays, Sundays and the official holidays are never counted."""
    if within(working_day_after(here, NOT_OPENED_AFTER, holidays), on):
        yield from _centres(about, kind, here)


def _decision(state: DemandState, on: date) -> Iterator[Due]:
    if not state.decided:
        yield from of_clock(state, DECISION, decision_due(state.filed, state.decision_days), on)


def _answers(state: DemandState, on: date) -> Iterator[Due]:
    """The answers were begun with the filing and not sent."""
    if state.sent:
        return
    for kind, after in zip((Kind.SITUATION_WEEK, Kind.SITUATION_LAST), SITUATION_AFTER, strict=True):
        if within(state.filed + timedelta(after), on):
            yield _person(state, kind, state.filed)


def _not_opened(state: DemandState, on: date, holidays: Set[date]) -> Iterator[Due]:
    """No caseworker has opened it."""
    if not (state.opened or state.urgent_waiting):
        yield from not_looked_at(state, Kind.NOT_OPENED, state.recorded, on, holidays)


def _person(about: About, kind: Kind, day: date) -> Due:
    return Due(f"{kind}/{about.id}/{day}", kind, To.PERSON, about.dossier, about.adult, day)


def _centres(about: About, kind: Kind, day: date) -> Iterator[Due]:
    for region in about.regions:
        yield Due(f"{kind}/{about.id}/{day}/{region}", kind, To.CENTRE, about.dossier, None, day, region)
