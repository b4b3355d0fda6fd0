"""Defending oneself: which letter answers which event, which time limit runs, and what is wrong with a date.

Pure. The lengths of the time limits are parameters (`portal/law/parameters/clocks`) and come in as numbers of days.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from portal.domain.deadlines import appeal_last_day, decision_due, deemed_notified, urgent_due
from portal.domain.demand import needs_latin_spelling


class Event(StrEnum):
    """What happened."""

    NO_ANSWER = "no-answer"
    REFUSED = "refused"
    CUT = "cut"
    DISAGREE = "disagree"
    FILE = "file"
    REPAY = "repay"
    CHANGED = "changed"


class Letter(StrEnum):
    """The letters that can be written."""

    APPEAL = "appeal"
    DECISION = "decision"
    REEXAMINATION = "reexamination"
    FILE = "file"
    REMISSION = "remission"


class Day(StrEnum):
    """The dates that somebody may give."""

    FILED = "filed"
    URGENT = "urgent"
    DECIDED = "decided"
    NOTIFIED = "notified"
    CHANGED = "changed"


class Fault(StrEnum):
    """What is wrong with a date."""

    FUTURE = "future"
    BEFORE_THE_LAW = "before-the-law"
    BEFORE_FILING = "before-filing"
    BEFORE_DECISION = "before-decision"


DECIDED: Final = frozenset({Event.REFUSED, Event.CUT, Event.DISAGREE, Event.REPAY})
"""Events where a decision was received: the time limit to appeal runs."""
_LETTERS: Final = {
    Event.NO_ANSWER: (Letter.DECISION, Letter.FILE),
    Event.REFUSED: (Letter.APPEAL, Letter.FILE, Letter.REEXAMINATION),
    Event.CUT: (Letter.APPEAL, Letter.FILE, Letter.REEXAMINATION),
    Event.DISAGREE: (Letter.APPEAL, Letter.FILE, Letter.REEXAMINATION),
    Event.FILE: (Letter.FILE,),
    Event.REPAY: (Letter.REMISSION, Letter.APPEAL, Letter.FILE),
    Event.CHANGED: (Letter.REEXAMINATION,),
}
_TOO_LATE: Final = (Letter.REEXAMINATION, Letter.FILE, Letter.APPEAL)
REASONS: Final = {
    Event.NO_ANSWER: ("papers_given", "need"),
    **dict.fromkeys(
        (Event.REFUSED, Event.CUT, Event.DISAGREE),
        ("income", "household", "rent", "papers", "unheard", "unclear", "need"),
    ),
    Event.FILE: (),
    Event.REPAY: ("honest", "poor", "family", "health"),
    Event.CHANGED: ("less", "people", "moved", "health", "new_papers", "need"),
}
"""What can be ticked as a reason; each is a sentence of the letter."""


@dataclass(frozen=True)
class Dates:
    """The dates that somebody gave; None = not given. `collected` is false for a registered letter left at the post."""

    filed: date | None = None
    urgent: date | None = None
    decided: date | None = None
    notified: date | None = None
    changed: date | None = None
    collected: bool = True


@dataclass(frozen=True)
class Told:
    """Everything that somebody said; only the event must be known. `reasons` are keys of `REASONS`."""

    event: Event
    dates: Dates = Dates()
    name: str | None = None
    address: str | None = None
    commune_bfs: int | None = None
    reference: str | None = None
    centimes: int | None = None
    """The amount that is asked back."""
    reasons: tuple[str, ...] = ()
    words: str | None = None

    @property
    def other_script(self) -> bool:
        """Whether something said will stand in the letter in letters that are not Latin."""
        said = " ".join(filter(None, (self.name, self.address, self.words)))
        return needs_latin_spelling(normalize("NFKC", said))  # «1º» of a Portuguese address is Latin


@dataclass(frozen=True)
class Lengths:
    """The lengths of the time limits, in days."""

    decision: int
    urgent: int
    appeal: int
    deemed: int


@dataclass(frozen=True)
class Limits:
    """The time limits that can be computed; each is its last day, None without the date that it needs."""

    decision: date | None = None
    urgent: date | None = None
    received: date | None = None
    """The day on which the decision counts as received."""
    appeal: date | None = None

    def late(self, today: date) -> bool:
        """Whether the time to appeal is over."""
        return self.appeal is not None and self.appeal < today

    def decision_late(self, today: date) -> bool:
        """Whether the commune, or the decision on urgent help, is late."""
        return any(due is not None and due < today for due in (self.decision, self.urgent))


def limits(event: Event, dates: Dates, lengths: Lengths, holidays: Set[date]) -> Limits:
    """Every time limit of this event (directive on the LIAS, ch. 16.1.2; OLIAS art. 9; general rules on days)."""
    if event is Event.NO_ANSWER:
        return Limits(
            decision=decision_due(dates.filed, lengths.decision) if dates.filed else None,
            urgent=urgent_due(dates.urgent, lengths.urgent) if dates.urgent else None,
        )
    if event not in DECIDED or dates.notified is None:
        return Limits()
    received = dates.notified if dates.collected else deemed_notified(dates.notified, lengths.deemed)
    return Limits(received=received, appeal=appeal_last_day(received, lengths.appeal, holidays))


def letters_for(event: Event, late: bool) -> tuple[Letter, ...]:
    """The letters for an event, the first one first; `late` when the time to appeal is over."""
    if not late or Letter.APPEAL not in _LETTERS[event]:
        return _LETTERS[event]
    kept = (Letter.REMISSION,) if event is Event.REPAY else ()
    return (*kept, *_TOO_LATE)


def faults(dates: Dates, today: date, first_day: date) -> dict[Day, Fault]:
    """What is wrong with each date. `first_day` is the day from which the law is known."""
    found: dict[Day, Fault] = {}
    for name in Day:
        given: date | None = getattr(dates, name.value)
        if given is None:
            continue
        if given > today:
            found[name] = Fault.FUTURE
        elif given < first_day:
            found[name] = Fault.BEFORE_THE_LAW
        elif name is not Day.FILED and name is not Day.CHANGED and dates.filed and given < dates.filed:
            found[name] = Fault.BEFORE_FILING
        elif name is Day.NOTIFIED and dates.decided and given < dates.decided:
            found[name] = Fault.BEFORE_DECISION
    return found
