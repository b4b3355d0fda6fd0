"""Send a report of a change: the act that must never be lost or doubled. And take one back, for all to see."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import ClashKind, clashes, said_already
from portal.domain.changes.judging import faults
from portal.domain.changes.kinds import Duty
from portal.domain.changes.meaning import ops_of_report
from portal.domain.changes.report import Content, EventKind
from portal.domain.changes.timeline import Live, overlay
from portal.domain.demand import filing_day
from portal.domain.document_request import request_key
from portal.models import ChangeReport
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import ask_keys_in
from portal.services.households.rows import reopen_by_writing
from portal.services.kit import Kit
from portal.services.reports.papers import papers_of_content
from portal.services.reports.reading import Known, known_in
from portal.services.reports.rows import end_report, note_in, write_report
from portal.services.reports.stored import ReportView, reports_in
from portal.services.reports.terms import (
    ClashError,
    EndedError,
    FaultsError,
    SaidAlreadyError,
    Sending,
    name_of,
    newcomer_of,
)
from portal.services.writing import defer, lock_dossier

__all__ = [
    "ClashError",
    "EndedError",
    "FaultsError",
    "SaidAlreadyError",
    "Sending",
    "name_of",
    "newcomer_of",
    "note_in",
    "send_report",
    "withdraw_report",
]


def send_report(kit: Kit, actor: Actor, sending: Sending, received_at: datetime) -> ReportView:
    """Store the report with its register entry in one commit; sent twice with one token it is the same report.

    Raises FaultsError, ClashError, SaidAlreadyError, EndedError (of the one it corrects), NotYoursError,
    NotInHouseholdError, and DatabaseUnavailableError where it may or may not be stored: sending again is safe.
    """
    dossier, adult = actor.dossier_id, actor.adult_id
    if dossier is None or adult is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        lock_dossier(session, dossier)
        sent = _by_token(session, kit, actor, sending.token)
        if sent is not None:
            return sent
        known, name = known_in(session, kit, actor).without(sending.corrects), name_of(kit, sending.token)
        content = _judged(known, sending, name, received_at)
        report = uuid.uuid4()
        corrected = _own(session, kit, actor, sending.corrects) if sending.corrects is not None else None
        if corrected is not None and corrected.ended:
            raise EndedError(corrected)
        with_it = overlay(known.base, [*known.live, Live(name, sys.maxsize, content.ops, content.drops)]).situation
        asked = papers_of_content(content, with_it, name)
        ask_keys_in(
            session, kit, actor, (request_key(one.rule.id, one.person, one.report) for one in asked), received_at
        )
        defer(session, "tell_report", report_id=str(report))
        reopen_by_writing(session, kit, actor, dossier, received_at)
        write_report(session, kit, actor, sending, content, report, received_at)
        if corrected is not None:
            end_report(session, kit, actor, corrected, EventKind.CORRECTED, received_at, report)
        return _one(session, kit, actor, report)


def withdraw_report(kit: Kit, actor: Actor, name: str, received_at: datetime, reason: str | None) -> ReportView:
    """Take a report back: it stays to be seen, and nothing of it holds any more. A second time changes nothing.

    Raises NotYoursError; EndedError where a correction took its place.
    """
    with kit.database.transaction() as session:
        if actor.dossier_id is None:
            raise NotYoursError
        lock_dossier(session, actor.dossier_id)
        own = reports_in(session, kit, actor.dossier_id, actor.adult_id)
        report = next((one for one in own if one.name == name), None)
        if report is None:
            raise NotYoursError
        if report.last(EventKind.WITHDRAWN):
            return report
        details = {"words": reason} if reason else {}
        end_report(session, kit, actor, report, EventKind.WITHDRAWN, received_at, None, details)
        return _one(session, kit, actor, report.id)


def _judged(before: Known, sending: Sending, name: str, received_at: datetime) -> Content:
    """The content, proven to be possible and to contradict nothing that the person was not asked about.

    `before`: what holds without the report that this one corrects.
    """
    now = before.overlaid.situation
    found = faults(sending.changes, now, before.opened.filing_date, filing_day(received_at))
    if found:
        raise FaultsError(found)
    ops = tuple(op for _, op in ops_of_report(sending.changes, now, name))
    clashing = clashes(before.base, before.live, ops)
    if said_already(clashing, ops):
        first = next(clash for clash in clashing if clash.kind is ClashKind.SAME)
        mine = next((one for one in before.own if one.name == first.step.report), None)
        # What another adult reported may be said once more: it is no news, and proof for this one.
        if mine is not None and _told(before, sending.changes):
            raise SaidAlreadyError(mine)
    asked = tuple(
        clash
        for clash in clashing
        if clash.kind is not ClashKind.SAME and (clash.step.report, clash.step.place) not in sending.settled
    )
    if asked:
        raise ClashError(asked)
    return Content(
        sending.changes, ops, sending.why, sending.words, sending.drops & sending.settled, dict(sending.names or {})
    )


def _told(before: Known, changes: Sequence[Change]) -> bool:
    """Whether own reports tell of each of these sums. A sale and an inheritance of one day may bring as much: both count."""
    own = [change for one in before.own if one.content is not None and not one.ended for change in one.content.changes]
    known = {(change.kind, change.value("what")) for change in own}
    return all((one.kind, one.value("what")) in known for one in changes if one.spec.duty is Duty.SUM)


def _by_token(session: Session, kit: Kit, actor: Actor, token: bytes) -> ReportView | None:
    """The report that this token has sent; another adult's token sends nothing of mine."""
    hashes = kit.keyring.digests("report-token", token)
    found = session.execute(
        select(ChangeReport.id, ChangeReport.adult_id).where(ChangeReport.token_hash.in_(hashes))
    ).one_or_none()
    if found is None:
        return None
    if found.adult_id != actor.adult_id:
        raise NotYoursError
    return _one(session, kit, actor, found.id)


def _own(session: Session, kit: Kit, actor: Actor, report: uuid.UUID) -> ReportView:
    found = next((one for one in reports_in(session, kit, actor.dossier_id, actor.adult_id) if one.id == report), None)
    if found is None:
        raise NotYoursError
    return found


_one = _own
