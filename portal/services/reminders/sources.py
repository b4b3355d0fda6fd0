"""Where due things come from. Each source reads the state by day, from an index, and gives what is due on it.

Another part of the portal adds its own to `SOURCES`: a function of (session, kit, on, dossier). `dossier` limits it to
one household, for the person's own page; the sweep gives None.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, TypeAlias

import structlog
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import filing_day, start_of_day
from portal.domain.document_request import MISSING, read_key
from portal.domain.reminders import (
    DECISION_BEFORE,
    INTERVIEW_BEFORE,
    PAPERS_BEFORE,
    SITUATION_AFTER,
    WINDOW,
    DemandState,
    Due,
    PaperTerm,
    of_demand,
    of_interview,
    of_papers,
)
from portal.domain.situation.words import APPLICANT
from portal.i18n.languages import DEFAULT
from portal.law import holidays
from portal.law.parameters import FIRST_DAY, parameter
from portal.models import Adult, Demand, DocumentRequestEvent, SituationSnapshot
from portal.services.document_requests import marks_in
from portal.services.households.rows import closed_among
from portal.services.interviews.rows import interviews_on
from portal.services.kit import Kit
from portal.services.reminders.report_sources import kept_due, reexaminations_due, unread_due
from portal.services.reminders.thread_sources import requests_due, threads_due

Source: TypeAlias = Callable[[Session, Kit, date, "uuid.UUID | None"], Iterator[Due]]
_UNOPENED_DAYS: Final = 30
"""Three working days and the window never span more calendar days."""
_log = structlog.get_logger()


def demands_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for demands: the decision clock, answers that were not sent, and that nobody opened it."""
    sent = select(SituationSnapshot.dossier_id).where(SituationSnapshot.dossier_id == Demand.dossier_id).exists()
    query = select(
        Demand.id,
        Demand.dossier_id,
        Demand.adult_id,
        Demand.filing_date,
        Demand.recorded_at,
        Demand.region,
        Demand.candidate_regions,
        Demand.opened_at,
        Demand.urgent_requested_at,
        Demand.urgent_opened_at,
        Demand.decided_at,
        sent,
    ).where(Demand.withdrawn_at.is_(None), _in_some_window(on))
    rows = session.execute(query if dossier is None else query.where(Demand.dossier_id == dossier)).all()
    for id_, home, adult, filed, recorded, region, candidates, opened, urgent, urgent_opened, decided, said in rows:
        state = DemandState(
            id=id_,
            dossier=home,
            adult=adult,
            filed=filed,
            recorded=filing_day(recorded),
            decision_days=_decision_days(filed),
            regions=(region,) if region else tuple(candidates),
            opened=opened is not None,
            urgent_waiting=urgent is not None and urgent_opened is None,
            sent=said,
            decided=decided is not None,
        )
        yield from of_demand(state, on, holidays.official())


def papers_due(session: Session, kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for papers that the centre wants by a day and that are not there yet."""
    last = on + timedelta(max(PAPERS_BEFORE))
    query = select(DocumentRequestEvent.dossier_id).distinct().where(DocumentRequestEvent.wanted_by.between(on, last))
    if dossier is not None:
        query = query.where(DocumentRequestEvent.dossier_id == dossier)
    for home in session.scalars(query).all():
        try:
            terms = _terms(session, kit, home)
        except UnreadableError:  # one dossier whose key is lost must not silence the others
            _log.error("papers-unreadable", dossier=str(home))
            continue
        for term in terms:
            yield from of_papers(term, on)


def interviews_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for the interviews of the next days, to each adult who is to come."""
    for home, at, adults in interviews_on(session, on, on + timedelta(INTERVIEW_BEFORE), dossier):
        for adult in adults:
            yield from of_interview(home, adult, filing_day(at), on)


SOURCES: Final[list[Source]] = [
    *(demands_due, papers_due, reexaminations_due, unread_due, kept_due),
    *(requests_due, threads_due, interviews_due),
]


def due_on(session: Session, kit: Kit, on: date, dossier: uuid.UUID | None = None) -> tuple[Due, ...]:
    """Everything that is due on a local day; of a file that is closed at its centre nothing."""
    found = [due for source in SOURCES for due in source(session, kit, on, dossier)]
    closed = closed_among(session, {due.dossier for due in found})
    return tuple(due for due in found if due.dossier not in closed)


def _in_some_window(on: date) -> ColumnElement[bool]:
    """Demands of which anything may be due, by two indexes: the domain says what."""
    clocks = {_decision_days(on), _decision_days(on - timedelta(60))}
    first = min(*SITUATION_AFTER, min(clocks) - DECISION_BEFORE)
    last = max(*SITUATION_AFTER, *clocks) + WINDOW
    unopened = and_(Demand.opened_at.is_(None), Demand.recorded_at >= start_of_day(on - timedelta(_UNOPENED_DAYS)))
    return or_(Demand.filing_date.between(on - timedelta(last), on - timedelta(first)), unopened)


def _decision_days(filed: date) -> int:
    """The length of the decision clock of a demand; one of before our data goes by the oldest value, and its window is past."""
    return parameter("decision_clock", max(filed, FIRST_DAY)).whole()


def _terms(session: Session, kit: Kit, dossier: uuid.UUID) -> set[PaperTerm]:
    """The days that are set, each for whom it concerns: whose paper it is, else who made the household's demand."""
    people = select(Adult).where(Adult.dossier_id == dossier)
    adults = {one.person: one.id for one in session.scalars(people)}
    first = session.scalar(
        select(Demand.adult_id).where(Demand.dossier_id == dossier).order_by(Demand.instant.desc()).limit(1)
    )
    if first is None:  # a file that began on paper: the applicant, who alone got a letter
        first = adults.get(APPLICANT)
    found = set()
    for key, mark in marks_in(session, kit, dossier, DEFAULT).items():
        adult = adults.get(_person_of(key), first)
        if mark.wanted_by is not None and mark.state in MISSING and adult is not None:
            found.add(PaperTerm(dossier, adult, mark.wanted_by))
    return found


def _person_of(key: str) -> str:
    """Whose paper it is: `payslips@b`, and `payslips@b~…` where it belongs to a report."""
    return read_key(key).person or ""
