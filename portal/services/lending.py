"""The device is handed to the person: until somebody signs in again, this session of the desk shows their form alone.

The state rests in the session's row, also after its end: a device that was never given back still knows that it is not the
caseworker who sits before it. Only a fresh sign-in leads out of it, of the same caseworker back to the person's form, of
another one to a session of their own.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.staff_session import IDLE, Ended
from portal.models import Adult, StaffSession
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.staff_rows import end, locked, moved_token
from portal.services.writing import audit


@dataclass(frozen=True)
class Lent:
    """That the device is with the person."""

    since: datetime
    language: str
    """The one that the form is shown in."""
    closes_at: datetime | None = None
    """When the form closes although the person works on it: nobody vouches for the caseworker just now."""


def lend(kit: Kit, actor: Actor, secret: str, choose: Callable[[str], str]) -> tuple[str, str] | None:
    """Hand the device over with the form that is open. The session's new secret, and the language; None: no form is open.

    `choose` gives the language, told the adult's own. Raises NotYoursError when the session ended meanwhile.
    """
    now, fresh = kit.clock.now(), secrets.token_urlsafe(32)
    with kit.database.transaction() as session:
        row = locked(session, kit, secret)
        adult = session.get(Adult, row.helped_adult_id) if row.helped_adult_id else None
        if adult is None or row.helped_at is None or now - row.helped_at > IDLE:
            return None
        language, renamed = choose(adult.language), kit.keyring.digest("session", fresh.encode())
        session.execute(
            update(StaffSession)
            .where(StaffSession.id_hash == row.id_hash)
            .values(
                id_hash=renamed,
                refresh_token=moved_token(kit, row, renamed),
                seen_at=now,
                helped_at=now,
                lent_at=now,
                lent_language=language,
            )
        )
        audit(session, actor, "situation:lend", now, adult.dossier_id, adult_id=adult.id)
    return fresh, language


def lent_by(kit: Kit, secret: str) -> Lent | None:
    """Whether the device of this cookie was handed over, also where the session behind it has ended."""
    hashes = kit.keyring.digests("session", secret.encode())
    query = select(StaffSession.lent_at, StaffSession.lent_language).where(StaffSession.id_hash.in_(hashes))
    with kit.database.reading() as session:
        found = session.execute(query).one_or_none()
    return Lent(found.lent_at, found.lent_language) if found and found.lent_at else None


def take_back_in(session: Session, kit: Kit, secret: str, new: StaffSession, actor: Actor, now: datetime) -> None:
    """End the session that was handed over, within the sign-in that `new` is of.

    The same caseworker goes on with the household and the form that were open, if that session still lived.
    """
    hashes = kit.keyring.digests("session", secret.encode())
    row = session.scalars(select(StaffSession).where(StaffSession.id_hash.in_(hashes)).with_for_update()).one_or_none()
    if row is None or row.lent_at is None:
        return
    lives = row.ended_at is None and now - row.seen_at <= IDLE
    dossier, adult = _whose(session, row)
    if lives and row.caseworker_id == new.caseworker_id:
        for name in (*_FILE, *_FORM):
            setattr(new, name, getattr(row, name))
    end(session, StaffSession.id_hash == row.id_hash, why=Ended.SIGNED_OUT, now=now)
    audit(session, actor, "situation:take-back", now, dossier, adult_id=adult)


_FILE = ("open_dossier_id", "open_demand_id", "open_since")
_FORM = ("helped_demand_id", "helped_adult_id", "helped_at", "helped_how")


def _whose(session: Session, row: StaffSession) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    adult = session.get(Adult, row.helped_adult_id) if row.helped_adult_id else None
    return (adult.dossier_id, adult.id) if adult else (None, None)
