"""The mails that were sent to one adult: which, when, and whether they left. What they said is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit


@dataclass(frozen=True)
class OwnMail:
    """One mail. `name` says what it belongs to; the words for a person are in `i18n/mails.py`."""

    name: str
    created_at: datetime
    sent_at: datetime | None
    refused_at: datetime | None

    @property
    def instant(self) -> datetime:
        """When it left, else when it was to leave."""
        return self.sent_at or self.created_at


def own_mails(kit: Kit, actor: Actor, most: int) -> tuple[OwnMail, ...]:
    """The newest `most` that were sent to the actor, never to another adult; newest first. Raises NotYoursError."""
    with kit.database.reading() as session:
        return own_mails_in(session, actor)[::-1][:most]


def own_mails_in(session: Session, actor: Actor) -> tuple[OwnMail, ...]:
    """All of them within a transaction, oldest first."""
    if actor.adult_id is None:
        raise NotYoursError
    query = text("SELECT name, created_at, sent_at, refused_at FROM own_mails(:adult)")
    return tuple(
        OwnMail(name, created.astimezone(UTC), _utc(sent), _utc(refused))
        for name, created, sent, refused in session.execute(query, {"adult": actor.adult_id})
    )


def _utc(instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(UTC)
