"""The living sessions of a caseworker: their list, and their end by the caseworker or by the provider."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.dialects.postgresql import insert

from portal.domain.staff_session import ABSOLUTE, IDLE, Ended
from portal.models import Caseworker, LogoutSeen, StaffSession
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.staff_rows import end
from portal.services.writing import audit

_HANDLE = 16


@dataclass(frozen=True)
class OwnSession:
    """One living session, for its own caseworker. Of the device nothing is known, on purpose."""

    handle: str
    """Names the session in a form of its own caseworker; it opens nothing."""
    created_at: datetime
    seen_at: datetime
    here: bool
    """Whether it is the one that asks."""


@dataclass(frozen=True)
class Logout:
    """What a verified logout token says. One of `subject` and `session` at least."""

    issuer: str
    token: str
    """Its `jti`: it counts once."""
    subject: str | None
    session: str | None


def own_sessions(kit: Kit, actor: Actor, secret: str) -> list[OwnSession]:
    """The living sessions of the acting caseworker, newest use first; audited."""
    now = kit.clock.now()
    here = kit.keyring.digests("session", secret.encode())
    with kit.database.transaction() as session:
        rows = session.scalars(
            select(StaffSession).where(*_living(actor.id, now)).order_by(StaffSession.seen_at.desc())
        ).all()
        found = [OwnSession(_handle(row.id_hash), row.created_at, row.seen_at, row.id_hash in here) for row in rows]
        audit(session, actor, "staff:sessions-read", now)
    return found


def end_own(kit: Kit, actor: Actor, secret: str, handle: str | None) -> int:
    """End the own session of that handle, or with None all the others; the one that asks goes on. How many ended."""
    now = kit.clock.now()
    here = kit.keyring.digests("session", secret.encode())
    with kit.database.transaction() as session:
        rows = session.scalars(select(StaffSession.id_hash).where(*_living(actor.id, now))).all()
        chosen = [one for one in rows if one not in here and handle in (None, _handle(one))]
        ended = end(session, StaffSession.id_hash.in_(chosen), why=Ended.ELSEWHERE, now=now) if chosen else ()
        audit(session, actor, "staff:session-end", now, outcome=Ended.ELSEWHERE.value if ended else "refused")
    return len(ended)


def end_sessions(kit: Kit, actor: Actor, caseworker_id: uuid.UUID) -> int:
    """End every session of somebody of the actor's own centre, the one that asks as well; how many.

    That only its lead may do so is the route's rule. Raises NotYoursError for somebody of another centre.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        theirs = session.scalar(select(Caseworker.region).where(Caseworker.id == caseworker_id))
        if theirs is None or theirs != actor.region:
            raise NotYoursError
        ended = end(session, StaffSession.caseworker_id == caseworker_id, why=Ended.ELSEWHERE, now=now)
        audit(session, actor, "staff:session-end", now, outcome=Ended.ELSEWHERE.value if ended else "refused")
    return len(ended)


def end_by_provider(kit: Kit, logout: Logout, request_id: str) -> bool:
    """End what the provider's logout names; False where this very logout was told before.

    OpenID Connect Back-Channel Logout 1.0, section 2.7: the session of that name, or all of that subject. A session whose
    name at the provider is not known ends with any logout of its subject.
    """
    now = kit.clock.now()
    token_hash = kit.keyring.digest("logout-token", f"{logout.issuer}\n{logout.token}".encode())
    with kit.database.transaction() as session:
        noted = insert(LogoutSeen).values(token_hash=token_hash, seen_at=now).on_conflict_do_nothing()
        if session.execute(noted.returning(LogoutSeen.token_hash)).one_or_none() is None:
            return False
        people = {one.id: one for one in session.scalars(select(Caseworker).where(*_whose(logout)))}
        mine = StaffSession.caseworker_id.in_(people)
        ended = end(session, mine, _named(kit, logout), why=Ended.PROVIDER, now=now) if people else ()
        for person in dict.fromkeys(ended):
            actor = Actor(ActorKind.STAFF, request_id, person, region=people[person].region)
            audit(session, actor, "staff:session-end", now, outcome=Ended.PROVIDER.value)
    return True


def _whose(logout: Logout) -> tuple[ColumnElement[bool], ...]:
    own = (Caseworker.issuer == logout.issuer,)
    return own if logout.subject is None else (*own, Caseworker.subject == logout.subject)


def _named(kit: Kit, logout: Logout) -> ColumnElement[bool]:
    if logout.session is None:
        return StaffSession.ended_at.is_(None)
    named = StaffSession.provider_session.in_(kit.keyring.digests("provider-session", logout.session.encode()))
    unnamed = StaffSession.provider_session.is_(None)
    return named if logout.subject is None else or_(named, unnamed)


def _living(caseworker_id: uuid.UUID | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    living = and_(StaffSession.seen_at >= now - IDLE, StaffSession.created_at >= now - ABSOLUTE)
    return (StaffSession.caseworker_id == caseworker_id, StaffSession.ended_at.is_(None), living)


def _handle(id_hash: bytes) -> str:
    return id_hash.hex()[:_HANDLE]
