"""The row of a caseworker's session: what its token is bound to, what the rules want to know of it, and its end."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.staff_session import Ended, Visit
from portal.models import StaffSession
from portal.services.actor import NotYoursError
from portal.services.kit import Kit


def token_context(id_hash: bytes) -> str:
    """What the sealed refresh token of a session is bound to."""
    return f"staff_session/{id_hash.hex()}"


def moved_token(kit: Kit, row: StaffSession, fresh: bytes) -> bytes | None:
    """The refresh token, bound to the session's new name. One that cannot be opened is left: its check says so.

    A check that is under way stays claimed: its answer finds the session by `services.rechecking.Claim`.
    """
    if row.refresh_token is None:
        return None
    try:
        token = kit.envelope.open(row.refresh_token, token_context(row.id_hash))
    except UnreadableError:
        return row.refresh_token
    return kit.envelope.seal(token, token_context(fresh))


def locked(session: Session, kit: Kit, secret: str) -> StaffSession:
    """The living session of a secret, locked until the end of the transaction. Raises NotYoursError where none lives."""
    hashes = kit.keyring.digests("session", secret.encode())
    ours = select(StaffSession).where(StaffSession.id_hash.in_(hashes), StaffSession.ended_at.is_(None))
    row = session.scalars(ours.with_for_update()).one_or_none()
    if row is None:
        raise NotYoursError
    return row


def standing(row: StaffSession) -> Visit:
    """What the rules of `domain.staff_session` want to know of a session."""
    return Visit(row.created_at, row.seen_at, row.checked_at, row.failed_at, row.refresh_token is not None)


def end(session: Session, *which: ColumnElement[bool], why: Ended, now: datetime) -> Sequence[uuid.UUID]:
    """End the living sessions among these; whose they were, once for each. Their tokens go."""
    statement = (
        update(StaffSession)
        .where(*which, StaffSession.ended_at.is_(None))
        .values(ended_at=now, ended_why=why.value, refresh_token=None, claimed_at=None)
        .returning(StaffSession.caseworker_id)
        .execution_options(synchronize_session=False)
    )
    return session.scalars(statement).all()
