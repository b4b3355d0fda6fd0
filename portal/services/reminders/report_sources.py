"""Due things of reports of a change, each read from an index by day. Only ids, days and kinds: what was said stays sealed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.domain.changes.report import EventKind
from portal.domain.demand import filing_day, start_of_day
from portal.domain.reminders import DECISION_BEFORE, WINDOW, Due
from portal.domain.report_reminders import KEPT_AFTER, KeptReport, SentReport, of_kept, of_reexamination, of_unread
from portal.law import holidays
from portal.law.parameters import FIRST_DAY, parameter
from portal.models import ChangeReport, ChangeReportEvent, Demand, PaperFile, ReportDraft, ReportUnread
from portal.services.decisions.standing import OF_REPORT, is_decided
from portal.services.kit import Kit

SILENCED: Final = (EventKind.WITHDRAWN.value, EventKind.CORRECTED.value)
"""Of a report with one of these nobody is reminded: it holds no more. Nor of one on which a decision holds."""
_LONGEST: Final = 60
"""Days: where an older value of the clock is looked up, as the report is of before `on`."""
UNREAD_DAYS: Final = 30
"""Three working days and the window never span more calendar days."""
_ONE = aliased(ChangeReport)
_BEFORE = aliased(ChangeReport)
_LATER = aliased(ChangeReport)
_EVENT = aliased(ChangeReportEvent)


def reexaminations_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due where a new decision was asked for and none is recorded here.

    By the report that asked first: a correction has its days, and its name, so that nothing is told twice.
    """
    asked = _asked(on)
    open_ = (~_has(ChangeReport.id, *SILENCED), ~is_decided(OF_REPORT, ChangeReport.id))
    holds = _reports(dossier).join(asked, asked.c.last == ChangeReport.id).where(*open_)
    query = holds.with_only_columns(
        asked.c.first, *holds.selected_columns[1:3], asked.c.instant, *holds.selected_columns[4:]
    )
    for report in _found(session, query):
        yield from of_reexamination(report, clock_days(report.reported), on)


def _asked(on: date) -> CTE:
    """Reports of days of which anything may be due that asked first, each with those that correct it and ask too.

    The same rule as `domain.asked_decision.first_asked`.
    """
    goes_on = select(_BEFORE.id).where(
        _BEFORE.id == _ONE.corrects, _BEFORE.asks_decision, ~is_decided(OF_REPORT, _BEFORE.id)
    )
    first = (
        select(_ONE.id.label("first"), _ONE.instant, _ONE.dossier_id, _ONE.id.label("last"))
        .where(_ONE.asks_decision, *between(_ONE.instant, *asked_between(on)), ~goes_on.exists())
        .cte("asked", recursive=True)
    )
    return first.union_all(
        select(first.c.first, first.c.instant, first.c.dossier_id, _LATER.id)
        .join(_LATER, (_LATER.dossier_id == first.c.dossier_id) & (_LATER.corrects == first.c.last))
        .where(_LATER.asks_decision, ~is_decided(OF_REPORT, first.c.last))
    )


def _has(report: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID], *kinds: str) -> ColumnElement[bool]:
    """Whether one of these happened to a report."""
    return select(_EVENT.report_id).where(_EVENT.report_id == report, _EVENT.kind.in_(kinds)).exists()


def unread_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for reports that nobody at the centre has read."""
    unread = _reports(dossier).join(ReportUnread, ReportUnread.report_id == ChangeReport.id)
    for report in _found(session, unread.where(*between(ChangeReport.instant, on - timedelta(UNREAD_DAYS), on))):
        yield from of_unread(report, on, holidays.official())


def kept_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for reports that were kept for later and not sent."""
    first, last = on - timedelta(KEPT_AFTER + WINDOW), on - timedelta(KEPT_AFTER)
    query = select(ReportDraft.id, ReportDraft.dossier_id, ReportDraft.adult_id, ReportDraft.saved_at).where(
        ReportDraft.saved_at >= start_of_day(first), ReportDraft.saved_at < start_of_day(last + timedelta(1))
    )
    rows = session.execute(query if dossier is None else query.where(ReportDraft.dossier_id == dossier)).all()
    for id_, home, adult, saved in rows:
        yield from of_kept(KeptReport(id_, home, adult, filing_day(saved)), on)


def _reports(dossier: uuid.UUID | None) -> Select[*tuple[Any, ...]]:
    """Reports, with the centre that has the household, as its newest demand that is not withdrawn or its paper file says."""
    paper = select(PaperFile.region).where(PaperFile.dossier_id == ChangeReport.dossier_id).scalar_subquery()
    alone = select(func.array_agg(PaperFile.region)).where(PaperFile.dossier_id == ChangeReport.dossier_id)
    query = select(
        ChangeReport.id,
        ChangeReport.dossier_id,
        ChangeReport.adult_id,
        ChangeReport.instant,
        func.coalesce(_of_newest_demand(Demand.region), paper),
        func.coalesce(_of_newest_demand(Demand.candidate_regions), alone.scalar_subquery()),
    )
    return query if dossier is None else query.where(ChangeReport.dossier_id == dossier)


def _of_newest_demand(column: Any) -> ColumnElement[Any]:
    query = select(column).where(Demand.dossier_id == ChangeReport.dossier_id, Demand.withdrawn_at.is_(None))
    return query.order_by(Demand.region.is_(None), Demand.instant.desc()).limit(1).scalar_subquery()


def between(column: InstrumentedAttribute[datetime], first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """What is of these local days."""
    return column >= start_of_day(first), column < start_of_day(last + timedelta(1))


def _found(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[SentReport]:
    """Nothing of a household whose demands are all withdrawn: it has no candidates at all, not even none."""
    for id_, home, adult, instant, region, candidates in session.execute(query).all():
        if candidates is not None:
            regions = (region,) if region else tuple(candidates)
            yield SentReport(id_, home, adult, filing_day(instant), regions)


def asked_between(on: date) -> tuple[date, date]:
    """The local days on which a new decision was asked for of which anything may be due."""
    clocks = {clock_days(on), clock_days(on - timedelta(_LONGEST))}
    return on - timedelta(max(clocks) + WINDOW), on - timedelta(min(clocks) - DECISION_BEFORE)


def clock_days(asked: date) -> int:
    """The length of the re-examination clock in days; of before our data: the oldest value, and its window is past."""
    return parameter("reexamination_clock", max(asked, FIRST_DAY)).whole()
