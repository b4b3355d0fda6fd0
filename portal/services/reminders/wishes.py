"""Who wants reminders by e-mail, and where to. The last word counts; nothing is ever changed.

The link in each mail ends the mails of the wish by which it was sent, and of no later one: whoever still holds an old
mail has no say in what somebody wished since.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.adapters.keyring import same_secret
from portal.models import AccountClosing, Adult, MailWish
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.writing import audit, lock_dossier

TOKEN_LENGTH: Final = 43
"""Characters of a link: 16 bytes of the wish's id, 16 of its keyed hash."""
_PURPOSE: Final = "mail-wish"
_HALF: Final = 16
_log = structlog.get_logger()


class UnknownLinkError(LookupError):
    """The link was never ours, or a part of it is missing."""


@dataclass(frozen=True)
class Wish:
    """That an adult wants reminders by e-mail."""

    id: uuid.UUID
    address: str
    language: str
    since: datetime


def wish_context(wish: uuid.UUID) -> str:
    """What the address of a wish is bound to."""
    return f"mail_wish/{wish}"


def wished(session: Session, kit: Kit, adult: uuid.UUID) -> Wish | None:
    """The wish that counts; None where an adult wants no mail, ended them, or the address cannot be opened any more.

    Nor for who closed the account: they cannot open what the mail speaks of, whatever a wish still says.
    """
    row = _last(session, adult)
    if row is None or not row.wanted or row.address is None or _closed(session, adult):
        return None
    try:
        address = kit.envelope.open(row.address, wish_context(row.id)).decode()
    except UnreadableError:
        _log.error("mail-wish-unreadable", wish=str(row.id))
        return None
    return Wish(row.id, address, row.language, row.instant)


def own_wish(kit: Kit, actor: Actor) -> tuple[Wish | None, str | None]:
    """The actor's own wish, and the e-mail that they gave for their demand, to begin with. Raises NotYoursError."""
    adult = _adult(actor)
    with kit.database.transaction() as session:
        return wished(session, kit, adult), session.scalar(select(Adult.email).where(Adult.id == adult))


def wish(kit: Kit, actor: Actor, address: str, language: str) -> None:
    """From now on this adult gets reminders at this address. The same wish once more changes nothing.

    Raises NotYoursError, also where the account was closed meanwhile: a wish would come back with a new code.
    """
    adult, now = _adult(actor), kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, actor.dossier_id or adult)  # two at once: the later one sees what the other said
        if _closed(session, adult):
            raise NotYoursError
        before = wished(session, kit, adult)
        if before is not None and (before.address, before.language) == (address, language):
            return
        row = uuid.uuid4()
        sealed = kit.envelope.seal(address.encode(), wish_context(row))
        _write(session, adult, now, language, row, sealed)
        audit(session, actor, "mail-wish:begin", now, actor.dossier_id)


def end(kit: Kit, actor: Actor) -> None:
    """No more reminders by e-mail; where there were none, nothing changes."""
    adult, now = _adult(actor), kit.clock.now()
    with kit.database.transaction() as session:
        if end_in(session, adult, now):
            audit(session, actor, "mail-wish:end", now, actor.dossier_id)


def end_in(session: Session, adult: uuid.UUID, now: datetime) -> bool:
    """The same within a transaction, for a caller that has proven whose it is; whether something ended."""
    row = _last(session, adult)
    if row is None or not row.wanted:
        return False
    _write(session, adult, now, row.language, uuid.uuid4(), None)
    return True


def token_of(kit: Kit, wish_id: uuid.UUID) -> str:
    """What stands in the link of each mail that this wish brings."""
    digest = kit.keyring.digest(_PURPOSE, wish_id.bytes)[:_HALF]
    return base64.urlsafe_b64encode(wish_id.bytes + digest).decode().rstrip("=")


def look(kit: Kit, token: str) -> bool:
    """Whether the wish of a link still brings mails; looking changes nothing. Raises UnknownLinkError."""
    wish_id = _wish_of(kit, token)
    with kit.database.transaction() as session:
        return _running(session, wish_id) is not None


def end_by_link(kit: Kit, token: str, request_id: str) -> None:
    """End the mails of the link's wish; where they ended before, nothing changes. Raises UnknownLinkError."""
    wish_id, now = _wish_of(kit, token), kit.clock.now()
    with kit.database.transaction() as session:
        row = _running(session, wish_id)
        if row is not None and end_in(session, row.adult_id, now):
            dossier = session.scalar(select(Adult.dossier_id).where(Adult.id == row.adult_id))
            audit(session, Actor(ActorKind.VISITOR, request_id), "mail-wish:end", now, dossier)


def _running(session: Session, wish_id: uuid.UUID) -> MailWish | None:
    row = session.get(MailWish, wish_id)
    if row is None or not row.wanted:
        raise UnknownLinkError
    last = _last(session, row.adult_id)
    return row if last is not None and last.id == row.id else None


def _wish_of(kit: Kit, token: str) -> uuid.UUID:
    try:
        found = base64.urlsafe_b64decode(token + "=")
    except (binascii.Error, ValueError):
        raise UnknownLinkError from None
    wish_id, digest = found[:_HALF], found[_HALF:]
    known = [same_secret(digest, one[:_HALF]) for one in kit.keyring.digests(_PURPOSE, wish_id)]
    if len(found) != 2 * _HALF or not any(known):
        raise UnknownLinkError
    return uuid.UUID(bytes=wish_id)


def _last(session: Session, adult: uuid.UUID) -> MailWish | None:
    return session.scalar(
        select(MailWish).where(MailWish.adult_id == adult).order_by(MailWish.sequence.desc()).limit(1)
    )


def _closed(session: Session, adult: uuid.UUID) -> bool:
    """Whether the account is closed now."""
    closed = exists().where(AccountClosing.adult_id == adult, AccountClosing.ended_at.is_(None))
    return bool(session.scalar(select(closed)))


def _write(
    session: Session, adult: uuid.UUID, now: datetime, language: str, row: uuid.UUID, sealed: bytes | None
) -> None:
    values = {"id": row, "adult_id": adult, "instant": now, "wanted": sealed is not None, "language": language}
    session.execute(insert(MailWish).values(values | {"address": sealed}))


def _adult(actor: Actor) -> uuid.UUID:
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        raise NotYoursError
    return actor.id
