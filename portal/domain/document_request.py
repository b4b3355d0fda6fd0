"""What became of a paper of the checklist: its state, why it cannot be had, who asks for it. Pure values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

OTHER_PAPERS: Final = "other"
"""In place of a rule's name: a paper that no item of the list asks for. No rule may be called so."""


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
    OTHER_MONTHS = "other_months"
    OUT_OF_DATE = "out_of_date"
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
class Mark:
    """What was said of one paper, by the person or by a caseworker."""

    state: RequestState
    at: datetime
    by_staff: bool = False
    reason: str | None = None
    obstacle: Obstacle | None = None
    asker: Asker | None = None
    wanted_by: date | None = None


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
    return None if rule == OTHER_PAPERS else person.partition("~")[0] or None


def other_key(document: uuid.UUID) -> str:
    """The name under which a paper is noted that no item asks for: `other@<document>`."""
    return f"{OTHER_PAPERS}@{document}"
