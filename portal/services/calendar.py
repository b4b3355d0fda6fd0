"""All dates that wait for one adult, for their own calendar. Nothing is kept of what was taken.

The file leaves our reach: shared phones, calendars in a cloud. It holds this adult's dates only, under neutral titles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from portal.adapters.calendar import ics
from portal.domain.calendar import DateKind, Entry, entry_id
from portal.domain.interview import State
from portal.domain.monthly import next_paper_days
from portal.i18n.monthly import date_words, neutral_title, see_dossier
from portal.i18n.words import joined
from portal.services.actor import Actor, NotYoursError
from portal.services.asked_again import own_clocks
from portal.services.citizen import household_demand
from portal.services.clocks import clocks_of
from portal.services.decisions.own import own_decisions
from portal.services.interviews.own import own_interview
from portal.services.kit import Kit
from portal.services.monthly.paper_day import paper_day_in
from portal.services.monthly.wanted import wanted_by_a_day
from portal.services.reports.asked_back import open_questions
from portal.services.writing import audit

MONTHS: Final = 12
"""For how many months ahead the paper day is given: what is set today may be set anew."""


@dataclass(frozen=True)
class Deadline:
    """One date of an adult."""

    name: str
    """What it is about, lasting: whoever takes the file again gets the same entry, also where the day has moved."""
    kind: DateKind
    day: date
    title: str
    """For the person's own page, never for the file."""
    detail: str = ""
    at: datetime | None = None
    """The hour, of what has one."""
    source: str | None = None
    """The parameter behind the day, where the law sets it."""


Source: TypeAlias = Callable[[Kit, Actor, date, str], Iterable[Deadline]]
"""The dates of one kind: `(kit, actor, today, language)`."""


def clocks(kit: Kit, actor: Actor, today: date, language: str) -> Iterator[Deadline]:
    """The clocks as the dossier shows them to this adult: of another's demand the decision's, never the urgent one's."""
    with suppress(NotYoursError):  # a file that began on paper has no demand, and so no clock of one
        demand = household_demand(kit, actor)
        for one in clocks_of(demand, today):
            kind = DateKind(one.name)
            name = f"{one.name}/{demand.id}"
            yield Deadline(name, kind, one.due, date_words(kind, language), source=one.rule.name)


def wanted_papers(kit: Kit, actor: Actor, _today: date, language: str) -> Iterator[Deadline]:
    """The papers of the own list that the centre wants by a day and that were not given yet."""
    for item in wanted_by_a_day(kit, actor, language):
        if item.wanted_on:
            words = date_words(DateKind.PAPER, language)
            yield Deadline(f"paper/{item.key}", DateKind.PAPER, item.wanted_on, words, item.named)


def monthly_papers(kit: Kit, actor: Actor, today: date, language: str) -> Iterator[Deadline]:
    """The paper day of the next twelve months, where the centre has set one."""
    with kit.database.transaction() as session:
        number = paper_day_in(session, actor.dossier_id)
    for day in next_paper_days(number, today, MONTHS) if number else ():
        words = date_words(DateKind.PAPER_DAY, language)
        yield Deadline(f"paper-day/{day:%Y-%m}", DateKind.PAPER_DAY, day, words)


def new_decisions(kit: Kit, actor: Actor, today: date, language: str) -> Iterator[Deadline]:
    """The clocks of what this adult asked for: a new decision, by a report or in the thread; urgent help, in the thread."""
    for one in own_clocks(kit, actor, today):
        kind = DateKind(one.clock.name)
        yield Deadline(one.name, kind, one.clock.due, date_words(kind, language), source=one.clock.rule.name)


def asked_back(kit: Kit, actor: Actor, today: date, language: str) -> Iterator[Deadline]:
    """By when the centre wants an answer about a report of this adult, while it waits for one."""
    for one in open_questions(kit, actor, today):
        if one.wanted_by is not None:
            words = date_words(DateKind.ASKED_BACK, language)
            yield Deadline(f"asked-back/{one.report}", DateKind.ASKED_BACK, one.wanted_by, words)


def appeals(kit: Kit, actor: Actor, _today: date, language: str) -> Iterator[Deadline]:
    """The last day to appeal against each decision that stands here; one that was corrected keeps its name."""
    for one in own_decisions(kit, actor):
        if one.now.holds:
            appeal = one.now.appeal
            words = date_words(DateKind.APPEAL, language)
            yield Deadline(f"appeal/{one.name}", DateKind.APPEAL, appeal.last_day, words, source=appeal.rule.name)


def interview(kit: Kit, actor: Actor, _today: date, language: str) -> Iterator[Deadline]:
    """The interview with the centre, while it lies ahead."""
    found = own_interview(kit, actor)
    if found.state is State.AHEAD and found.meeting is not None and found.day is not None:
        words = date_words(DateKind.INTERVIEW, language)
        yield Deadline(f"interview/{actor.dossier_id}", DateKind.INTERVIEW, found.day, words, at=found.meeting.at)


SOURCES: Final[tuple[Source, ...]] = (
    *(clocks, wanted_papers, monthly_papers, new_decisions, asked_back),
    *(appeals, interview),
)
"""A new kind of date gets a `DateKind` and its words in `i18n/monthly.py`."""


def own_deadlines(kit: Kit, actor: Actor, today: date, language: str) -> tuple[Deadline, ...]:
    """Every date of this adult, the nearest first. Those that are past stay: one may have moved there from a later day."""
    found = [one for source in SOURCES for one in source(kit, actor, today, language)]
    return tuple(sorted(found, key=lambda one: (one.day, one.name)))


def calendar_file(kit: Kit, actor: Actor, today: date, language: str) -> bytes | None:
    """The calendar file of this adult; audited. None without a date: RFC 5545, 3.4, knows no empty one.

    Raises NotYoursError.
    """
    if actor.adult_id is None:
        raise NotYoursError
    now = kit.clock.now()
    words = joined("\n", (see_dossier(language), f"{kit.public_url}/{language}/dossier"))
    entries = [
        Entry(entry_id(actor.adult_id, one.name), one.day, neutral_title(one.kind, language), words, one.at)
        for one in own_deadlines(kit, actor, today, language)
    ]
    if not entries:
        return None
    with kit.database.transaction() as session:
        audit(session, actor, "calendar:take", now, actor.dossier_id)
    return ics(entries, now)
