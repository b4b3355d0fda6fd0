"""A link that adds pages to one paper from another device: one use, fifteen minutes, and nothing else to see."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from portal.domain.document import HANDOFF_MINUTES
from portal.models import Document, Dossier, Handoff
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.documents.shelf import own
from portal.services.kit import Kit
from portal.services.writing import audit

_LASTS: Final = timedelta(minutes=HANDOFF_MINUTES)


@dataclass(frozen=True)
class HandoffVisit:
    """A device that adds pages to one paper."""

    dossier_id: uuid.UUID
    adult_id: uuid.UUID
    person: str
    key: str | None
    document: uuid.UUID | None
    """Where the link is for a paper that no item asks for."""
    ends_at: datetime
    reference: str
    link: str
    """By what its files are known; opens nothing."""

    def actor(self, request_id: str) -> Actor:
        """For whom it acts; the views hold it to its one paper."""
        return Actor(
            ActorKind.CITIZEN, request_id, self.adult_id, self.dossier_id, person=self.person, device=self.link
        )


def make_link(kit: Kit, actor: Actor, key: str | None, document: uuid.UUID | None = None) -> str:
    """The secret of a new link for one paper; links made before for this adult end. Raises NotYoursError."""
    now, secret = kit.clock.now(), secrets.token_urlsafe(24)
    with kit.database.transaction() as session:
        if document is not None and session.scalar(own(actor).where(Document.id == document)) is None:
            raise NotYoursError
        session.execute(
            update(Handoff).where(Handoff.adult_id == actor.adult_id, Handoff.ended_at.is_(None)).values(ended_at=now)
        )
        digest = kit.keyring.digest("handoff", secret.encode())
        said = {"key": key, "document": str(document) if document else None, "person": actor.person}
        session.add(
            Handoff(
                link_hash=digest,
                dossier_id=actor.dossier_id,
                adult_id=actor.adult_id,
                details=kit.envelope.seal(json.dumps(said).encode(), _context(digest)),
                made_at=now,
            )
        )
        audit(session, actor, "handoff:make", now, actor.dossier_id)
    return secret


def open_link(kit: Kit, secret: str) -> bool:
    """Whether a link can be used now. Looking at it uses nothing up: previews of messages look."""
    with kit.database.transaction() as session:
        return _unused(session, kit, secret) is not None


def use_link(kit: Kit, secret: str, request_id: str) -> str | None:
    """The secret of the device's cookie; None where the link was used, is over or never was. Used up by this."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        row = _unused(session, kit, secret)
        if row is None:
            return None
        device = secrets.token_urlsafe(24)
        used = session.execute(
            update(Handoff)
            .where(Handoff.link_hash == row.link_hash, Handoff.used_at.is_(None))
            .values(used_at=now, device_hash=kit.keyring.digest("handoff", device.encode()))
            .returning(Handoff.link_hash)
        ).scalar_one_or_none()
        if used is None:  # another device was quicker
            return None
        audit(session, Actor(ActorKind.CITIZEN, request_id, row.adult_id), "handoff:use", now, row.dossier_id)
        return device


def visit(kit: Kit, device: str) -> HandoffVisit | None:
    """What the cookie of a device opens; None when it is over."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = session.execute(
            select(Handoff, Dossier.reference)
            .join(Dossier, Dossier.id == Handoff.dossier_id)
            .where(
                Handoff.device_hash.in_(kit.keyring.digests("handoff", device.encode())),
                Handoff.made_at > now - _LASTS,
                or_(Handoff.ended_at.is_(None), Handoff.ended_at > now),
            )
        ).one_or_none()
    if found is None:
        return None
    row, reference = found
    said = json.loads(kit.envelope.open(row.details, _context(row.link_hash)))
    return HandoffVisit(
        row.dossier_id,
        row.adult_id,
        said["person"],
        said["key"],
        uuid.UUID(said["document"]) if said["document"] else None,
        row.made_at + _LASTS,
        reference,
        row.link_hash.hex(),
    )


def came_by(kit: Kit, device: HandoffVisit, secret: str) -> bool:
    """Whether a device came by this very link: scanning it once more leads back to its paper."""
    return device.link in {digest.hex() for digest in kit.keyring.digests("handoff", secret.encode())}


def end(kit: Kit, device: str) -> None:
    """The device is done."""
    with kit.database.transaction() as session:
        session.execute(
            update(Handoff)
            .where(Handoff.device_hash.in_(kit.keyring.digests("handoff", device.encode())), Handoff.ended_at.is_(None))
            .values(ended_at=kit.clock.now())
        )


def _unused(session: Session, kit: Kit, secret: str) -> Handoff | None:
    return session.scalar(
        select(Handoff).where(
            Handoff.link_hash.in_(kit.keyring.digests("handoff", secret.encode())),
            Handoff.made_at > kit.clock.now() - _LASTS,
            Handoff.used_at.is_(None),
            Handoff.ended_at.is_(None),
        )
    )


def _context(digest: bytes) -> str:
    return f"handoff/{digest.hex()}"
