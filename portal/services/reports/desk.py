"""Reports at the desk: read, ask back, note from which month they count. Nothing is decided here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.domain.changes.report import EventKind
from portal.domain.changes.timeline import Live, overlay
from portal.domain.situation import Situation
from portal.models import Adult, ChangeReport, Demand, Dossier, PaperFile, ReportUnread
from portal.services.actor import Actor, NotYoursError
from portal.services.demands import joined, view_of
from portal.services.document_requests import NotedMeanwhileError
from portal.services.kit import Kit
from portal.services.reports.sending import EndedError, note_in
from portal.services.reports.stored import SETTLED, ReportView, reports_in
from portal.services.scope import find_dossier
from portal.services.snapshots import Said, said_to_centre, said_without_demand
from portal.services.writing import audit, defer, lock_dossier

MOST_UNREAD = 50
"""More are not listed at once; the number says that there are more."""


@dataclass(frozen=True)
class DeskReport:
    """A report, and who of the household made it."""

    report: ReportView
    name: str | None


@dataclass(frozen=True)
class DeskReports:
    """Every report of a household, newest first."""

    dossier_id: uuid.UUID
    reference: str
    demand_id: uuid.UUID | None
    """The newest demand, whose page is the household's at the desk; None for a file that began on paper."""
    reports: tuple[DeskReport, ...]


@dataclass(frozen=True)
class Unread:
    """A report that nobody at the centre has read."""

    dossier_id: uuid.UUID
    name: str
    reference: str
    person: str | None
    day: date


def reports_at_desk(kit: Kit, actor: Actor, dossier_id: uuid.UUID) -> DeskReports:
    """The reports of a household that the actor's own region has taken. Raises NotYoursError."""
    with kit.database.transaction() as session:
        found = _found(session, kit, actor, dossier_id)
        audit(session, actor, "reports:read", kit.clock.now(), dossier_id)
        return found


def read_at_desk(kit: Kit, actor: Actor, dossier_id: uuid.UUID, name: str) -> tuple[DeskReports, DeskReport]:
    """One report; the first reading is dated, and the person sees it. Raises NotYoursError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = _found(session, kit, actor, dossier_id)
        one = _named(found, name)
        if one.report.last(EventKind.READ) is None and not one.report.ended:
            lock_dossier(session, dossier_id)
            found = _found(session, kit, actor, dossier_id)
            one = _named(found, name)
            if one.report.last(EventKind.READ) is None and not one.report.ended:
                note_in(session, kit, actor, one.report.id, EventKind.READ, now, {})
                found = _found(session, kit, actor, dossier_id)
        audit(session, actor, "report:read", now, dossier_id, adult_id=one.report.adult_id)
        return found, _named(found, name)


def situation_with(kit: Kit, found: DeskReports, report: ReportView) -> Situation | None:
    """The answers that the centre has, with this report and those before it; None where it has none at all.

    A report that ended is laid over them all the same: its own page shows what it said.
    """
    said = _said(kit, found)
    if said is None or report.content is None:
        return None
    return overlay(said.situation, [Live(report.name, report.sequence, report.content.ops)]).situation


def _said(kit: Kit, found: DeskReports) -> Said | None:
    if found.demand_id is None:
        return said_without_demand(kit, found.dossier_id)
    with kit.database.reading() as session:
        rows = session.execute(joined().where(Demand.id == found.demand_id)).one()
        demand = view_of(session, kit, rows)
    return said_to_centre(kit, demand)


def note_at_desk(
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    name: str,
    kind: EventKind,
    details: Mapping[str, str],
    *,
    seen: int,
) -> None:
    """Note something of a report. `seen`: how many events stood on the page it was noted on.

    Raises NotYoursError, NotedMeanwhileError, and EndedError for a report that was withdrawn or corrected.
    """
    if kind not in (EventKind.ASKED_BACK, EventKind.COUNTED):
        raise NotYoursError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, dossier_id)
        report = _named(_found(session, kit, actor, dossier_id), name).report
        last = report.last(kind)
        if last is not None and last.details == dict(details) and last is report.events[-1]:
            return  # sent twice
        if report.ended:
            raise EndedError(report)
        if len(report.events) != seen:
            raise NotedMeanwhileError
        event = note_in(session, kit, actor, report.id, kind, now, details)
        if kind is EventKind.ASKED_BACK and SETTLED not in details:
            defer(session, "tell_asked_back", event_id=str(event))
        audit(session, actor, f"report:{kind.value}", now, dossier_id, adult_id=report.adult_id)


def unread(session: Session, actor: Actor) -> tuple[Unread, ...]:
    """What nobody of the actor's region has read yet, oldest first, at most MOST_UNREAD."""
    if actor.region is None:
        raise NotYoursError
    ours = select(Demand.id).where(Demand.dossier_id == ChangeReport.dossier_id, Demand.region == actor.region)
    paper = select(PaperFile.dossier_id).where(
        PaperFile.dossier_id == ChangeReport.dossier_id, PaperFile.region == actor.region
    )
    rows = session.execute(
        select(
            ChangeReport.dossier_id,
            ChangeReport.name,
            Dossier.reference,
            func.coalesce(Adult.latin_name, Adult.name).label("person"),
            func.timezone("Europe/Zurich", ChangeReport.instant).label("local"),
        )
        .join(Dossier, Dossier.id == ChangeReport.dossier_id)
        .join(Adult, Adult.id == ChangeReport.adult_id)
        .join(ReportUnread, ReportUnread.report_id == ChangeReport.id)
        .where(or_(ours.exists(), paper.exists()))
        .order_by(ChangeReport.sequence)
        .limit(MOST_UNREAD)
    ).all()
    return tuple(Unread(row.dossier_id, row.name, row.reference, row.person, row.local.date()) for row in rows)


def _found(session: Session, kit: Kit, actor: Actor, dossier_id: uuid.UUID) -> DeskReports:
    """Income and household are for the centre that took the demand, or that has the file on paper, and for no other."""
    dossier = find_dossier(session, actor, dossier_id)
    demand = session.scalars(
        select(Demand.id)
        .where(Demand.dossier_id == dossier_id, Demand.region == actor.region)
        .order_by(Demand.instant.desc())
        .limit(1)
    ).one_or_none()
    paper = session.get(PaperFile, dossier_id)
    if demand is None and (paper is None or paper.region != actor.region):
        raise NotYoursError
    query = select(Adult.id, func.coalesce(Adult.latin_name, Adult.name)).where(Adult.dossier_id == dossier_id)
    names = {adult: name for adult, name in session.execute(query)}  # noqa: C416 - a row is no pair for dict()
    reports = tuple(
        DeskReport(report, names.get(report.adult_id)) for report in reversed(reports_in(session, kit, dossier_id))
    )
    return DeskReports(dossier_id, dossier.reference, demand, reports)


def _named(found: DeskReports, name: str) -> DeskReport:
    for one in found.reports:
        if one.report.name == name:
            return one
    raise NotYoursError
