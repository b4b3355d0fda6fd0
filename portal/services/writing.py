"""Writes that several use cases share: a register entry, an audit event, a job. Always in the caller's transaction."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from portal.domain.register import Act
from portal.models import Adult, AuditEvent, DemandEvent, RegisterEntry
from portal.services.actor import Actor
from portal.services.kit import Kit

_DOSSIER_LOCK: Final = 7201103


@dataclass(frozen=True)
class Link:
    """Where an entry stands in the register; receipts print it."""

    sequence: int
    hash: bytes


def enter(session: Session, kit: Kit, act: Act) -> Link:
    """Sign an act and append it to the register."""
    key_id, signature = kit.signer.sign(act.signed_bytes())
    statement = (
        insert(RegisterEntry)
        .values(
            reference=act.reference,
            kind=act.kind.value,
            channel=act.channel,
            instant=act.instant,
            recorded_at=act.recorded_at,
            commune_bfs=act.commune_bfs,
            content_hmac=act.content_hmac,
            key_id=key_id,
            signature=signature,
        )
        .returning(RegisterEntry.sequence, RegisterEntry.hash)
    )
    row = session.execute(statement).one()
    return Link(row.sequence, row.hash)


def lock_dossier(session: Session, dossier: uuid.UUID) -> None:
    """One after the other for a dossier until the end of the transaction, also where no row stands to be locked."""
    session.execute(select(func.pg_advisory_xact_lock(_DOSSIER_LOCK, func.hashtext(str(dossier)))))


def audit(
    session: Session,
    actor: Actor,
    action: str,
    instant: datetime,
    dossier_id: uuid.UUID | None = None,
    outcome: str = "done",
    *,
    adult_id: uuid.UUID | None = None,
) -> None:
    """Append an audit event. `action` is noun:verb; never put case content here.

    `adult_id`: whom it concerns alone, if not whoever acts for themselves; none: the household as a whole. By it the adult
    sees it among who opened the dossier, and nobody else does; each action wants words in `portal/i18n/access_log.py`.
    """
    session.execute(
        insert(AuditEvent)
        .values(
            instant=instant,
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            region=actor.region,
            action=action,
            dossier_id=dossier_id,
            adult_id=adult_id or actor.adult_id,
            outcome=outcome,
            request_id=actor.request_id,
        )
        .inline()
    )


def adult_of(session: Session, dossier: uuid.UUID, person: str | None) -> uuid.UUID | None:
    """The adult with a file of their own who is that person of the household's answers; None: there is none."""
    if person is None:
        return None
    return session.scalar(select(Adult.id).where(Adult.dossier_id == dossier, Adult.person == person))


def defer(session: Session, task: str, **arguments: object) -> None:
    """Put a job on the queue; it exists only if the transaction commits."""
    session.execute(
        text("SELECT defer_job(:task, CAST(:arguments AS jsonb))"),
        {"task": task, "arguments": json.dumps(arguments)},
    )


def note_event(
    session: Session,
    kit: Kit,
    actor: Actor,
    demand_id: uuid.UUID,
    kind: str,
    instant: datetime,
    *,
    to_region: str | None = None,
    reason: str | None = None,
    register_sequence: int | None = None,
) -> None:
    """Write one line of a demand's history; the reason rests sealed, bound to the event."""
    event_id = uuid.uuid4()
    details = kit.envelope.seal(reason.encode(), f"demand_event/{event_id}") if reason else None
    session.execute(
        insert(DemandEvent).values(
            id=event_id,
            demand_id=demand_id,
            instant=instant,
            kind=kind,
            region=actor.region,
            to_region=to_region,
            caseworker_id=actor.id if actor.region else None,
            register_sequence=register_sequence,
            details=details,
        )
    )
