"""A caseworker's session is asked about at the provider: claimed, asked without any transaction, and written down.

Whoever claims the check is the only one to show the refresh token, which is good once at many providers. The network
call stands between two short transactions (`security/recheck.py` makes it): none is held open over it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.staff_session import RECHECK, RETRY, TAKEOVER, Ended
from portal.models import Caseworker, StaffSession
from portal.services.actor import Actor, ActorKind
from portal.services.kit import Kit
from portal.services.staff_rows import end, token_context
from portal.services.writing import audit


@dataclass(frozen=True)
class Claim:
    """The right to ask about one session, for `domain.staff_session.TAKEOVER`."""

    at: datetime
    begun: datetime
    """When the session began: with whose it is, it names the session also once its cookie has changed."""
    caseworker_id: uuid.UUID
    region: str | None
    issuer: str
    subject: str
    refresh_token: str | None = field(repr=False)
    """None: it cannot be opened any more, so nobody can be asked."""


def claim_check(kit: Kit, secret: str) -> Claim | None:
    """Claim a check that is due; None where it is not, or while another request has it."""
    now = kit.clock.now()
    due = (
        StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())),
        StaffSession.ended_at.is_(None),
        StaffSession.refresh_token.is_not(None),
        StaffSession.checked_at <= now - RECHECK,
        or_(StaffSession.failed_at.is_(None), StaffSession.failed_at <= now - RETRY),
        or_(StaffSession.claimed_at.is_(None), StaffSession.claimed_at <= now - TAKEOVER),
    )
    with kit.database.transaction() as session:
        statement = update(StaffSession).where(*due).values(claimed_at=now)
        names = (StaffSession.id_hash, StaffSession.refresh_token, StaffSession.created_at, StaffSession.caseworker_id)
        row = session.execute(statement.returning(*names).execution_options(synchronize_session=False)).one_or_none()
        if row is None or row.refresh_token is None:
            return None
        person = session.scalars(select(Caseworker).where(Caseworker.id == row.caseworker_id)).one()
    try:
        token = kit.envelope.open(row.refresh_token, token_context(row.id_hash)).decode()
    except UnreadableError:
        token = None
    return Claim(now, row.created_at, person.id, person.region, person.issuer, person.subject, token)


def vouched_again(kit: Kit, claim: Claim, refresh_token: str | None) -> None:
    """The provider vouches for the caseworker; `refresh_token` is the new one, if it gave one."""
    with kit.database.transaction() as session:
        _write(kit, session, claim, refresh_token, checked_at=claim.at, failed_at=None)


def not_reached(kit: Kit, claim: Claim) -> None:
    """The provider could not be asked: the session goes on, within its hour."""
    with kit.database.transaction() as session:
        _write(kit, session, claim, None, failed_at=claim.at)


def refused(kit: Kit, claim: Claim, request_id: str) -> None:
    """The provider does not vouch any more: the session ends at once."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        if end(session, *_of(claim), why=Ended.REFUSED, now=now):
            actor = Actor(ActorKind.STAFF, request_id, claim.caseworker_id, region=claim.region)
            audit(session, actor, "staff:session-end", now, outcome=Ended.REFUSED.value)


def _write(kit: Kit, session: Session, claim: Claim, refresh_token: str | None, **values: datetime | None) -> None:
    """What came of a check; nothing where the session ended meanwhile, or another request has taken the check over."""
    held = select(StaffSession.id_hash).where(*_of(claim), StaffSession.ended_at.is_(None)).with_for_update()
    id_hash = session.scalars(held).one_or_none()
    if id_hash is None:
        return
    fresh = {}
    if refresh_token is not None:
        fresh["refresh_token"] = kit.envelope.seal(refresh_token.encode(), token_context(id_hash))
    session.execute(
        update(StaffSession).where(StaffSession.id_hash == id_hash).values(claimed_at=None, **fresh, **values)
    )


def _of(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    """The session of a claim that nobody has taken over, whatever it is called by now: «next person» and the handing over
    of the device give it a new name while the provider is asked, and its token is good for no second try.
    """
    return (
        StaffSession.caseworker_id == claim.caseworker_id,
        StaffSession.created_at == claim.begun,
        StaffSession.claimed_at == claim.at,
    )
