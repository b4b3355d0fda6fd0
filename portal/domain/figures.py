"""What is counted of the demands of a quarter: who counts, in which classes, and from which day the quarter is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.domain.coarsening import PLACE, Dimension, Person, in_fives
from portal.domain.deadlines import decision_due, urgent_due

CLOSED_AFTER: Final = timedelta(days=40)
"""After the end of a quarter: its last demand has had its thirty days, and its decision ten more to be noted and confirmed."""
NOWHERE: Final = "none"
"""In place of a centre, a commune or an antenna that is not known."""

MONTH, CHANNEL, LANGUAGE, COMMUNE = "month", "channel", "language", "commune"
DECIDED, URGENT, WAY, PAPERS = "decided", "urgent", "way", "papers"

IN_TIME, NOT_IN_TIME = "in-time", "not-in-time"
LATE, WITHDRAWN, OPEN, NOT_ASKED, ASKED = "late", "withdrawn", "open", "not-asked", "asked"
LATE_OR_OPEN: Final = "late-or-open"
OTHER: Final = "other"
FILED, BEGUN = "filed", "begun"
"""How far a household has come that has sent no answers: it filed, or began to answer."""
WITHIN: Final = (("7", 7), ("14", 14), ("30", 30))
"""Classes of days from the filing to the first sending of answers, each with its longest."""
LATER: Final = "later"
DAYS: Final = (*(name for name, _longest in WITHIN), LATER)
SENT, NOT_SENT = "sent", "not-sent"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Household:
    """One household with its first demand of the quarter. No name, no reference."""

    filed: date
    region: str | None
    commune: int | None
    antenna: str | None
    channel: str
    language: str
    withdrawn_on: date | None
    decided_on: date | None
    """Day of the commune's decision on the demand, as two caseworkers noted it."""
    urgent_asked_on: date | None
    urgent_decided_on: date | None
    """Day of the first decision on the urgent help or on the demand since then."""
    begun: bool
    """Whether answers were begun."""
    sent_on: date | None
    """When answers were first sent to the centre."""
    papers: bool
    """Whether a paper was sent."""
    asked: Mapping[str, bool]
    """Kinds of paper that were asked for; whether one of the kind was refused."""


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter after."""
    return quarter_of(first + timedelta(days=100))


def closed(until: date, today: date) -> bool:
    """Whether what ended before `until` can be counted for good."""
    return today >= until + CLOSED_AFTER


def decided_class(one: Household, days: int) -> str:
    """Whether the commune decided within its clock (`decision_clock`, in days): by the day of its letter.

    What is withdrawn within the clock and before any decision needs none. Withdrawn later, it had waited too long already.
    """
    due = decision_due(one.filed, days)
    if one.withdrawn_on is not None and one.withdrawn_on <= due and one.withdrawn_on < (one.decided_on or date.max):
        return WITHDRAWN
    if one.decided_on is None:
        return OPEN
    return IN_TIME if one.decided_on <= due else LATE


def urgent_class(one: Household, days: int) -> str:
    """Whether any decision came within the urgent clock (`urgent_clock`, in days), from the day on which it was asked for.

    Late and not yet are one class: a demand that is decided has no urgent request open, and from the two the one could be
    computed.
    """
    if one.urgent_asked_on is None:
        return NOT_ASKED
    due = urgent_due(one.urgent_asked_on, days)
    return IN_TIME if one.urgent_decided_on is not None and one.urgent_decided_on <= due else NOT_IN_TIME


def way_class(one: Household) -> str:
    """How far it came before it sent its answers, or how many days that took since the filing, in classes."""
    if one.sent_on is None:
        return BEGUN if one.begun else FILED
    days = (one.sent_on - one.filed).days
    return next((name for name, longest in WITHIN if days <= longest), LATER)


def person_of(one: Household, decision_days: int, urgent_days: int) -> Person:
    """One household as it is counted."""
    return {
        PLACE: one.region or NOWHERE,
        MONTH: f"{one.filed:%Y-%m}",
        CHANNEL: one.channel,
        LANGUAGE: one.language,
        COMMUNE: f"{one.commune or NOWHERE}/{one.antenna or NOWHERE}",
        DECIDED: decided_class(one, decision_days),
        URGENT: urgent_class(one, urgent_days),
        WAY: way_class(one),
        PAPERS: YES if one.papers else NO,
    }


def dimensions(people: Sequence[Person]) -> tuple[Dimension, ...]:
    """Every dimension with its levels. They are fixed: which words there are decides nothing but what is named."""
    communes = {person[COMMUNE]: f"/{person[COMMUNE].partition('/')[2]}" for person in people}
    languages = {person[LANGUAGE]: OTHER for person in people if person[LANGUAGE] not in ("fr", "de")}
    channels = {person[CHANNEL]: OTHER for person in people if person[CHANNEL] != "online"}
    sent, undecided = dict.fromkeys(DAYS, SENT), dict.fromkeys((LATE, OPEN), LATE_OR_OPEN)
    return (
        Dimension(MONTH, ({},)),
        Dimension(CHANNEL, ({}, channels)),
        Dimension(LANGUAGE, ({}, languages)),
        Dimension(COMMUNE, ({}, communes), within_place=True),
        Dimension(DECIDED, ({}, undecided, dict.fromkeys((LATE, OPEN, WITHDRAWN), NOT_IN_TIME))),
        Dimension(URGENT, ({}, dict.fromkeys((IN_TIME, NOT_IN_TIME), ASKED))),
        Dimension(WAY, ({}, sent, sent | dict.fromkeys((FILED, BEGUN), NOT_SENT))),
        Dimension(PAPERS, ({},)),
    )


def paper_counts(households: Iterable[Household]) -> dict[str, tuple[int, int]]:
    """By kind of paper: of how many households it was asked, and to how many one was refused. Rounded down to fives, and
    only kinds that are then left: kinds follow from each other, so that exact counts could be taken from each other.
    """
    asked: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for one in households:
        asked.update(list(one.asked))
        refused.update(kind for kind, was in one.asked.items() if was)
    return {kind: (in_fives(count), in_fives(refused[kind])) for kind, count in asked.items() if in_fives(count)}


def median_class(counts: Mapping[str, int]) -> str | None:
    """The class of days in which the middle household lies that has sent its answers; None where none has, or the classes
    are not shown. A class and not a day: the middle day would be that of one household.
    """
    if not any(counts.get(name) for name in DAYS):
        return None
    middle, passed = (sum(counts.get(name, 0) for name in DAYS) + 1) // 2, 0
    for name in DAYS:
        passed += counts.get(name, 0)
        if passed >= middle:
            break
    return name
