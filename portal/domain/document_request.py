"""What became of a paper of the checklist: its state, why it cannot be had, who asks for it. Pure values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

OTHER_PAPERS: Final = "other"
"""In place of a rule's name: a paper that no item of the list asks for. No rule may be called so."""


CENTRE_PAPER: Final = "centre_paper"
"""In place of a rule's name: a paper that the centre asks for in its own words. No rule may be called so."""


class RequestState(StrEnum):
    """Where one paper stands."""

    TO_BRING = "to_bring"
    TO_SIGN = "to_sign"
    ADDED = "added"
    SEEN = "seen"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANNOT = "cannot"
    NOT_NEEDED = "not_needed"


MISSING: Final = frozenset({RequestState.TO_BRING, RequestState.TO_SIGN, RequestState.REFUSED})
"""It is not there: the day by which the centre wants it counts."""


class Obstacle(StrEnum):
    """Why a paper cannot be had."""

    LOST = "lost"
    COSTS = "costs"
    THIRD_PARTY = "third_party"
    ABROAD = "abroad"
    AFRAID = "afraid"
    OTHER = "other"


class Refusal(StrEnum):
    """Why the centre cannot use a paper; each is said in the person's language."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    CUT_OFF = "cut_off"
    """An edge of a page is not in the picture."""
    OTHER_MONTHS = "other_months"
    OUT_OF_DATE = "out_of_date"
    """It is older than what is asked for."""
    EXPIRED = "expired"
    """It was valid until a day that has passed: a passport, a permit."""
    OTHER_PERSON = "other_person"
    OTHER_PAPER = "other_paper"
    NOT_SIGNED = "not_signed"
    OTHER = "other"
    """Said in the caseworker's own words."""


class Asker(StrEnum):
    """Who will ask for a paper that cannot be had."""

    SELF = "self"
    CENTRE = "centre"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Told:
    """Why a paper is as it is, in its two parts."""

    library: str | None
    """The reason of the library, in the reader's language."""
    words: str | None
    """As somebody wrote it."""
    language: str | None
    """In which a caseworker wrote it; None: not known, or the person wrote it."""


@dataclass(frozen=True)
class Mark:
    """What was said of one paper, by the person or by a caseworker."""

    state: RequestState
    at: datetime
    by_staff: bool = False
    reason: str | None = None
    """Both parts of `told` as one text."""
    told: Told | None = None
    obstacle: Obstacle | None = None
    asker: Asker | None = None
    wanted_by: date | None = None


@dataclass(frozen=True)
class Asked:
    """A paper that the centre asks for by itself, whatever the answers ask for."""

    key: str
    months: tuple[date, ...]
    told: Told | None
    """What it wrote; for a paper of its own words, which one it is."""


@dataclass(frozen=True)
class PaperKey:
    """The parts of a paper's name."""

    rule: str
    person: str | None = None
    report: str | None = None
    """The short id of the report of a change that asks for it; None: the demand does."""


def request_key(rule: str, person: str | None, report: str | None = None) -> str:
    """The stable name of one paper: `payslips`, `payslips@b` where it is one person's, and `payslips@b~kwmvthnaqz`
    where a reported change asks for it: the paper of a new job is another one than that of the old.
    """
    whose = rule if person is None else f"{rule}@{person}"
    return whose if report is None else f"{whose}~{report}"


def read_key(key: str) -> PaperKey:
    """The parts of a name that `request_key` or `other_key` made. Nothing else takes such a name apart."""
    whose, _, report = key.partition("~")
    rule, _, person = whose.partition("@")
    return PaperKey(rule, person or None, report or None)


def person_of(key: str) -> str | None:
    """Whose paper the name is of, by the household's answers; None: the household's, or one that no item asks for."""
    rule, _, person = key.partition("@")
    return None if rule in (OTHER_PAPERS, CENTRE_PAPER) else person.partition("~")[0] or None


def centre_key(event: uuid.UUID) -> str:
    """The name of a paper that the centre asks for in its own words: `centre_paper@<letters>`."""
    return f"{CENTRE_PAPER}@{event.hex[:12]}"


def other_key(document: uuid.UUID) -> str:
    """The name under which a paper is noted that no item asks for: `other@<document>`."""
    return f"{OTHER_PAPERS}@{document}"
