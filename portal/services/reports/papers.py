"""The papers that reports of changes ask for: of each adult their own reports', by the day of the change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from portal.checklists import DocumentRequest, papers_of
from portal.domain.changes.report import Content
from portal.domain.changes.timeline import overlay
from portal.domain.situation import Situation
from portal.law.parameters import law_of
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.reports.stored import ReportView, live_of, reports_in
from portal.services.situations import Opened


def papers_of_content(content: Content, overlaid: Situation, name: str) -> tuple[DocumentRequest, ...]:
    """What the changes of one report ask for, each paper once. `overlaid`: the answers with them."""
    return _once(request for change in content.changes for request in papers_of(change, overlaid, law_of, name))


def reported_in(session: Session, kit: Kit, actor: Actor, opened: Opened, today: date) -> tuple[DocumentRequest, ...]:
    """What the adult's own reports ask for that hold. Those of others are theirs alone."""
    reports = reports_in(session, kit, actor.dossier_id)
    own = [one for one in reports if one.adult_id == actor.adult_id]
    if not own:
        return ()
    return papers_of_reports(own, overlay(opened.draft.situation(today), live_of(reports, actor.adult_id)).situation)


def papers_of_reports(reports: Iterable[ReportView], overlaid: Situation) -> tuple[DocumentRequest, ...]:
    """What those of them ask for that hold. `overlaid`: the answers with all of them."""
    return tuple(
        request
        for one in reports
        if one.content is not None and not one.ended
        for request in papers_of_content(one.content, overlaid, one.name)
    )


def _once(requests: Iterable[DocumentRequest]) -> tuple[DocumentRequest, ...]:
    """Two changes of one report may ask for the same paper."""
    found: dict[tuple[str, str | None], DocumentRequest] = {}
    for request in requests:
        found.setdefault((request.rule.id, request.person), request)
    return tuple(found.values())
