"""The rows of a report: itself with its register entry, and the events that follow. Always in the caller's transaction."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.domain.changes.report import Content, EventKind
from portal.domain.demand import Channel
from portal.domain.register import Act, EntryKind
from portal.models import ChangeReport, ChangeReportEvent, Dossier, RegisterEntry, ReportUnread
from portal.services.actor import Actor, ActorKind
from portal.services.kit import Kit
from portal.services.reports.stored import ReportView, event_context, report_context
from portal.services.reports.terms import EndedError, Sending, name_of
from portal.services.writing import audit, enter


def write_report(
    session: Session,
    kit: Kit,
    actor: Actor,
    sending: Sending,
    content: Content,
    report: uuid.UUID,
    received_at: datetime,
) -> None:
    """Everything of one report. The register's lock comes before the log's, as in a filing: else each waits for the other."""
    salt = os.urandom(32)
    channel = Channel.ONLINE if actor.kind is ActorKind.CITIZEN else Channel.WALK_IN
    link = enter(
        session,
        kit,
        Act(
            reference=_reference(session, actor),
            kind=EntryKind.REPORT,
            channel=channel.value,
            instant=received_at,
            recorded_at=received_at,
            commune_bfs=None,
            content_hmac=content.content_hmac(salt),
        ),
    )
    session.execute(
        insert(ChangeReport).values(
            id=report,
            name=name_of(kit, sending.token),
            dossier_id=actor.dossier_id,
            adult_id=actor.adult_id,
            channel=channel.value,
            instant=received_at,
            recorded_at=received_at,
            recorded_by=actor.id if actor.kind is ActorKind.STAFF else None,
            corrects=sending.corrects,
            asks_decision=sending.asks_decision,
            register_sequence=link.sequence,
            check_code=f"{secrets.randbelow(10**8):08d}",
            token_hash=kit.keyring.digest("report-token", sending.token),
            salt=salt,
            content=kit.envelope.seal(json.dumps(content.write()).encode(), report_context(report)),
        )
    )
    session.execute(insert(ReportUnread).values(report_id=report, dossier_id=actor.dossier_id))
    audit(session, actor, "report:send", received_at, actor.dossier_id)


def end_report(
    session: Session,
    kit: Kit,
    actor: Actor,
    report: ReportView,
    kind: EventKind,
    instant: datetime,
    by: uuid.UUID | None,
    details: Mapping[str, str] | None = None,
) -> None:
    """A report holds no more. Withdrawn stands in the register too; a correction has an entry of its own."""
    if report.ended:
        raise EndedError(report)
    link = None
    if kind is EventKind.WITHDRAWN:
        entry = session.get_one(RegisterEntry, report.register_sequence)
        act = Act(
            reference=report.reference,
            kind=EntryKind.REPORT_WITHDRAWAL,
            channel=(Channel.ONLINE if actor.kind is ActorKind.CITIZEN else Channel.WALK_IN).value,
            instant=instant,
            recorded_at=instant,
            commune_bfs=None,
            content_hmac=entry.content_hmac,
        )
        link = enter(session, kit, act)
    note = dict(details or {}) | ({"by": str(by)} if by else {})
    note_in(session, kit, actor, report.id, kind, instant, note, register_sequence=link.sequence if link else None)
    audit(session, actor, f"report:{kind.value}", instant, actor.dossier_id)  # after the register: its lock comes first


def note_in(
    session: Session,
    kit: Kit,
    actor: Actor,
    report: uuid.UUID,
    kind: EventKind,
    instant: datetime,
    details: Mapping[str, str],
    *,
    register_sequence: int | None = None,
) -> uuid.UUID:
    """Write one event of a report, its details sealed; its id. After any of them nobody need read it for the first time."""
    session.execute(delete(ReportUnread).where(ReportUnread.report_id == report))
    event = uuid.uuid4()
    sealed = kit.envelope.seal(json.dumps(dict(details)).encode(), event_context(event)) if details else None
    session.execute(
        insert(ChangeReportEvent).values(
            id=event,
            report_id=report,
            instant=instant,
            kind=kind.value,
            adult_id=actor.adult_id,
            caseworker_id=actor.id if actor.kind is ActorKind.STAFF else None,
            register_sequence=register_sequence,
            details=sealed,
        )
    )
    return event


def _reference(session: Session, actor: Actor) -> str:
    return session.scalars(select(Dossier.reference).where(Dossier.id == actor.dossier_id)).one()
