"""Defending oneself: time limits by the dated law, the letters that are offered, and what is known of somebody signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.defence import DECIDED, Dates, Event, Lengths, Letter, Limits, letters_for, limits
from portal.domain.demand import filing_day
from portal.domain.directory import Certainty, Office
from portal.i18n.languages import DEFAULT, official_beside
from portal.law import directory, holidays
from portal.law.parameters import law_of
from portal.services.actor import Actor, NotYoursError
from portal.services.begun_on_paper import PaperFileView
from portal.services.citizen import household_head
from portal.services.kit import Kit

ADVICE: Final = ("caritas", "main-tendue-143")
"""Who helps beside the centre; shown only while their entry is of sound confidence."""


@dataclass(frozen=True)
class Known:
    """What the portal knows of somebody signed in, to begin the form with."""

    name: str | None
    address: str | None
    commune_bfs: int | None
    reference: str
    filed: date | None
    """None where no demand was announced here."""
    urgent: date | None


@dataclass(frozen=True)
class Outlook:
    """What a page says first: the time limits, and the letters in the order in which they help."""

    event: Event
    limits: Limits
    late: bool
    """The time to appeal is over."""
    decision_late: bool
    letters: tuple[Letter, ...]

    @property
    def appealable(self) -> bool:
        """Whether a decision was received that an appeal may go against."""
        return self.event in DECIDED


def outlook(event: Event, dates: Dates, today: date) -> Outlook:
    """The time limits of an event as they stand today (parameters of `clocks`; each by its own day).

    Raises BeforeTheLawError for dates before 1.7.2021, which the form refuses.
    """
    found = limits(event, dates, lengths_of(dates, today), holidays.official())
    late = found.late(today)
    return Outlook(event, found, late, found.decision_late(today), letters_for(event, late))


def lengths_of(dates: Dates, today: date) -> Lengths:
    """The lengths that were the law when each time limit began."""
    return Lengths(
        decision=law_of(dates.filed or today)("decision_clock").whole(),
        urgent=law_of(dates.urgent or today)("urgent_clock").whole(),
        appeal=law_of(dates.notified or today)("appeal_period").whole(),
        deemed=law_of(dates.notified or today)("deemed_notified").whole(),
    )


def language_of(commune_bfs: int | None, wish: str | None, page: str, today: date) -> str:
    """The language of the letter: the wish, else the commune's region, else the page's where it is official."""
    if wish in ("fr", "de"):
        return wish
    commune = directory.commune(commune_bfs, today) if commune_bfs else None
    if commune is not None:
        return official_beside(DEFAULT, commune.region)
    return official_beside(page)


def help_offices() -> tuple[Office, ...]:
    """Who gives advice, as far as the directory is sure enough to send somebody there."""
    found = (directory.office(name) for name in ADVICE)
    return tuple(office for office in found if office.confidence is not Certainty.LOW)


def known_of(kit: Kit, actor: Actor) -> Known | None:
    """What a signed-in adult need not type again: of their own demand, else of the household's; None without one."""
    try:
        demand = household_head(kit, actor)
    except NotYoursError:
        return None
    person = demand.person
    if isinstance(demand, PaperFileView):
        name = person.latin_name or person.name
        return Known(name, person.postal_address, demand.commune_bfs, demand.reference, filed=None, urgent=None)
    asked = demand.urgent_requested_at
    return Known(
        name=person.latin_name or person.name,
        address=person.postal_address,
        commune_bfs=demand.announcement.commune_bfs,
        reference=demand.reference,
        filed=demand.filing_date,
        urgent=None if asked is None else filing_day(asked),
    )
