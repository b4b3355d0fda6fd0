"""A link by which another adult reads a notice and acknowledges it: one use, fourteen days, nothing of the dossier.

Looking at a link uses nothing up: previews of messages look. The acknowledgement does.
"""

from __future__ import annotations

import base64
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.notice import LINK_DAYS, RIGHTS, Way
from portal.models import NoticeLink
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.notices.acknowledging import (
    Given,
    Standing,
    Wanted,
    acknowledge_in,
    open_links,
    standings_in,
)
from portal.services.notices.people import linked_person, own_household
from portal.services.situations import NotInHouseholdError
from portal.services.writing import adult_of, audit, lock_dossier

_LASTS: Final = timedelta(days=LINK_DAYS)


class LinkOverError(LookupError):
    """The link was taken back, is too old, or never was one: people are told no more than that."""


@dataclass(frozen=True)
class LinkView:
    """What a link shows: whether it was used, and nothing of whose dossier it is."""

    given: Given | None
    """What was acknowledged by it; the link is used up then."""
    before: Given | None
    """An earlier version that the same adult acknowledged: they see what changed."""


def make_link(kit: Kit, actor: Actor, person: str, token: str = "") -> str:
    """The secret of a new link for an adult of the own household; an older one of theirs ends.

    `token`: of the form that asks for it; the same form once more gives the same link while it is open. Raises
    `NotInHouseholdError` for somebody whom the answers do not name as grown up, `NotYoursError`.
    """
    if actor.dossier_id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        if person not in own_household(session, kit, actor, "fr"):
            raise NotInHouseholdError
        return make_in(session, kit, actor, actor.dossier_id, person, token)


def make_in(session: Session, kit: Kit, actor: Actor, dossier: uuid.UUID, person: str, token: str = "") -> str:
    """The same within a transaction, for a caller that has proven that the person is of the household."""
    now = kit.clock.now()
    lock_dossier(session, dossier)  # two at once: the later one ends the other's link, not only those it could see
    secret = _derived(kit, dossier, person, token) if token else secrets.token_urlsafe(24)
    if token:
        row = session.get(NoticeLink, kit.keyring.digest("notice-link", secret.encode()))
        if row is not None and row.used_at is None and row.ended_at is None:
            return secret
        if row is not None:
            secret = secrets.token_urlsafe(24)
    session.execute(open_links(dossier, person).values(ended_at=now))
    session.add(
        NoticeLink(
            link_hash=kit.keyring.digest("notice-link", secret.encode()),
            dossier_id=dossier,
            person=person,
            notice=RIGHTS,
            made_at=now,
            made_by=actor.id if actor.kind is ActorKind.CITIZEN else None,
        )
    )
    whose = None if actor.kind is ActorKind.CITIZEN else adult_of(session, dossier, person)
    audit(session, actor, "notice-link:make", now, dossier, adult_id=whose)
    return secret


def _derived(kit: Kit, dossier: uuid.UUID, person: str, token: str) -> str:
    """Of the same form always the same secret: a page that is loaded again must not end the link that it has just shown."""
    digest = kit.keyring.digest("derive-notice-link", f"{dossier}/{person}/{token}".encode())
    return base64.urlsafe_b64encode(digest[:24]).decode()


def take_back(kit: Kit, actor: Actor, person: str) -> None:
    """End the open link for an adult of the own household; where there is none, nothing changes."""
    if actor.dossier_id is None:
        raise NotYoursError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        session.execute(open_links(actor.dossier_id, person).values(ended_at=now))
        audit(session, actor, "notice-link:end", now, actor.dossier_id)


def open_until(session: Session, kit: Kit, dossier: uuid.UUID | None) -> dict[str, datetime]:
    """Person → until when their open link works, for a caller that has proven whose dossier it is."""
    rows = session.scalars(
        select(NoticeLink).where(
            NoticeLink.dossier_id == dossier,
            NoticeLink.used_at.is_(None),
            NoticeLink.ended_at.is_(None),
            NoticeLink.made_at > kit.clock.now() - _LASTS,
        )
    )
    return {row.person: row.made_at + _LASTS for row in rows}


def own_links(kit: Kit, actor: Actor) -> dict[str, datetime]:
    """Person → until when their open link works, of the own household."""
    if actor.dossier_id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        return open_until(session, kit, actor.dossier_id)


def look(kit: Kit, secret: str, request_id: str) -> LinkView:
    """What a link shows; uses nothing up. Raises `LinkOverError`, `NotInHouseholdError` for who left the household."""
    with kit.database.transaction() as session:
        row = _row(session, kit, secret)
        standing = _standing(session, kit, row, request_id)
        if row.used_at is not None and standing.given is None:
            raise LinkOverError
        return LinkView(_nameless(standing.given), _nameless(standing.before))


def acknowledge_by(kit: Kit, secret: str, version: int, language: str, request_id: str) -> Given:
    """Acknowledge by a link, which is used up then. Sent once more it gives what stands.

    Raises `LinkOverError`, `OtherVersionError`, `NotInHouseholdError`.
    """
    with kit.database.transaction() as session:
        row = _row(session, kit, secret, lock=True)
        standing = _standing(session, kit, row, request_id)
        if row.used_at is not None:
            if standing.given is None:  # used for a version before this one: one use is one use
                raise LinkOverError
            return standing.given
        visitor = Actor(ActorKind.VISITOR, request_id)
        wanted = Wanted(version, language, Way.LINK)
        return acknowledge_in(session, kit, visitor, row.dossier_id, standing.signer, wanted)


def _nameless(given: Given | None) -> Given | None:
    """Without the name: who holds a link may be anybody."""
    return None if given is None else replace(given, name="")


def _row(session: Session, kit: Kit, secret: str, *, lock: bool = False) -> NoticeLink:
    query = select(NoticeLink).where(
        NoticeLink.link_hash.in_(kit.keyring.digests("notice-link", secret.encode())),
        NoticeLink.ended_at.is_(None),
        NoticeLink.made_at > kit.clock.now() - _LASTS,
    )
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise LinkOverError
    return row


def _standing(session: Session, kit: Kit, row: NoticeLink, request_id: str) -> Standing:
    signer = linked_person(session, kit, row.dossier_id, row.person, request_id)
    return standings_in(session, kit, row.dossier_id, [signer])[0]
