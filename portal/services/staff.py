"""Caseworkers: enrolment, sessions after OpenID Connect, and their end."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from portal.adapters.database import Database
from portal.law import directory
from portal.models import Caseworker, StaffSession
from portal.services.actor import Actor, ActorKind
from portal.services.kit import Kit
from portal.services.writing import audit

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)


@dataclass(frozen=True)
class StaffVisit:
    """A signed-in caseworker."""

    caseworker_id: uuid.UUID
    name: str
    region: str
    language: str
    ends_at: datetime
    form_open: bool = False
    """Whether a person's own form is open in this session."""


def enrol(database: Database, issuer: str, subject: str, name: str, region: str) -> None:
    """Let a caseworker in, or move them to another region. Run by an administrator, as the tables' owner."""
    directory.region(region)
    values = {"name": name, "region": region, "active": True}
    with database.transaction() as session:
        statement = insert(Caseworker).values(id=uuid.uuid4(), issuer=issuer, subject=subject, **values)
        session.execute(statement.on_conflict_do_update(index_elements=["issuer", "subject"], set_=values))


def staff_sign_in(kit: Kit, issuer: str, subject: str, language: str, request_id: str) -> str | None:
    """The secret of a new session for an enrolled caseworker; None for anybody else (and the refusal is audited)."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = session.scalar(
            select(Caseworker).where(
                Caseworker.issuer == issuer, Caseworker.subject == subject, Caseworker.active.is_(True)
            )
        )
        if found is None:
            audit(session, Actor(ActorKind.VISITOR, request_id), "staff:sign-in", now, outcome="refused")
            return None
        secret = secrets.token_urlsafe(32)
        session.add(
            StaffSession(
                id_hash=kit.keyring.digest("session", secret.encode()),
                caseworker_id=found.id,
                language=language,
                created_at=now,
                seen_at=now,
            )
        )
        actor = Actor(ActorKind.STAFF, request_id, found.id, region=found.region)
        audit(session, actor, "staff:sign-in", now)
        return secret


_VISIT: Final = (
    select(StaffSession, Caseworker)
    .join(Caseworker, Caseworker.id == StaffSession.caseworker_id)
    .where(StaffSession.id_hash.in_(bindparam("hashes", expanding=True)), StaffSession.ended_at.is_(None))
)
"""Built once: it is asked with every request of the desk."""


def staff_visit(kit: Kit, secret: str) -> StaffVisit | None:
    """The visit behind a staff cookie, kept alive; None when it ended, was idle, or the caseworker left."""
    now = kit.clock.now()
    with kit.database.reading() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        found = session.execute(_VISIT, {"hashes": hashes}).one_or_none()
    if found is None:
        return None
    row, caseworker = found
    ended = not caseworker.active or now - row.seen_at > IDLE or now - row.created_at > ABSOLUTE
    if ended or now - row.seen_at > timedelta(minutes=1):  # most requests write nothing
        mark = update(StaffSession).where(StaffSession.id_hash == row.id_hash, StaffSession.ended_at.is_(None))
        with kit.database.transaction() as session:
            session.execute(mark.values(ended_at=now) if ended else mark.values(seen_at=now))
    if ended:
        return None
    ends_at = min(now + IDLE, row.created_at + ABSOLUTE)
    form_open = row.helped_at is not None and now - row.helped_at < IDLE
    return StaffVisit(caseworker.id, caseworker.name, caseworker.region, row.language, ends_at, form_open)


def set_language(kit: Kit, secret: str, language: str) -> None:
    """Remember the caseworker's language for this session."""
    with kit.database.transaction() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        session.execute(update(StaffSession).where(StaffSession.id_hash.in_(hashes)).values(language=language))


def staff_sign_out(kit: Kit, secret: str) -> None:
    """End the session behind a staff cookie, if it lives."""
    with kit.database.transaction() as session:
        session.execute(
            update(StaffSession)
            .where(
                StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())),
                StaffSession.ended_at.is_(None),
            )
            .values(ended_at=kit.clock.now())
        )
