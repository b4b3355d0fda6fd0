"""Caseworkers: enrolment, sessions after OpenID Connect, and their end."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from portal.adapters.database import Database
from portal.domain.role import ADMINISTERS, COUNTS, DESK, LEADS, PREPARES, Role, fits
from portal.domain.staff_session import IDLE, Ended, Notice, Visit
from portal.law import directory
from portal.models import Caseworker, StaffSession
from portal.services.actor import Actor, ActorKind
from portal.services.invitations import take_up
from portal.services.kit import Kit
from portal.services.lending import Lent, take_back_in
from portal.services.opening import OpenFile, open_in
from portal.services.staff_rows import end, standing, token_context
from portal.services.writing import audit


@dataclass(frozen=True)
class Vouched:
    """By what the provider can be asked later whether it still vouches for a caseworker, and can name their visit."""

    refresh_token: str | None = field(repr=False)
    session: str | None
    """Its own name of the visit (`sid`)."""


@dataclass(frozen=True)
class StaffVisit:
    """A signed-in caseworker."""

    caseworker_id: uuid.UUID
    name: str
    region: str | None
    """Whose files they work on; None for somebody who works on none."""
    roles: frozenset[Role]
    language: str
    ends_at: datetime
    form_open: bool = False
    """Whether a person's own form is open in this session."""
    check_due: bool = False
    """Whether the provider is to be asked now."""
    notice: Notice | None = None
    """What every page says: that nobody vouches for this visit just now."""
    holds_until: datetime | None = None
    """With a notice: until when it goes on like this."""
    open: OpenFile | None = None
    """The household whose pages this session may show."""
    lent: Lent | None = None
    """The device is with the person: their form, and nothing else."""

    @property
    def on_files(self) -> bool:
        """Whether they work on files at all."""
        return bool(self.roles & DESK)

    @property
    def prepares(self) -> bool:
        """Whether they hand files to the commune and record its decisions."""
        return bool(self.roles & PREPARES)

    @property
    def leads(self) -> bool:
        """Whether they lead their centre."""
        return bool(self.roles & LEADS)

    @property
    def counts(self) -> bool:
        """Whether they read figures."""
        return bool(self.roles & COUNTS)

    @property
    def administers(self) -> bool:
        """Whether they let people in and out."""
        return bool(self.roles & ADMINISTERS)


class RolesError(ValueError):
    """Roles and region do not go together: who works on files has a region, and nobody else."""


def enrol(
    database: Database,
    issuer: str,
    subject: str,
    name: str,
    region: str | None,
    roles: Iterable[Role] = (Role.SOCIAL_WORKER,),
) -> None:
    """Let somebody in, or move them to another region or function. Run by an administrator, as the tables' owner.

    Raises RolesError where roles and region do not fit.
    """
    held = frozenset(roles)
    if not fits(held, region):
        raise RolesError
    if region is not None:
        directory.region(region)
    values = {"name": name, "region": region, "active": True, "roles": sorted(held)}
    with database.transaction() as session:
        statement = insert(Caseworker).values(id=uuid.uuid4(), issuer=issuer, subject=subject, **values)
        session.execute(statement.on_conflict_do_update(index_elements=["issuer", "subject"], set_=values))


def staff_sign_in(
    kit: Kit,
    issuer: str,
    subject: str,
    language: str,
    request_id: str,
    vouched: Vouched | None = None,
    address: str | None = None,
    *,
    lent: str | None = None,
) -> str | None:
    """The secret of a new session for an enrolled caseworker; None for anybody else (and the refusal is audited).

    Who is not enrolled is let in by the open invitation to `address`, if there is one: an address that the provider verified.
    Without a refresh token in `vouched` the session lives an hour at most (`domain.staff_session.GRACE`). `lent`: the secret
    of the session in which the device was handed over; it ends.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = session.scalar(
            select(Caseworker).where(
                Caseworker.issuer == issuer, Caseworker.subject == subject, Caseworker.active.is_(True)
            )
        )
        taken = None if found else take_up(session, address, issuer, subject, now)
        found = found or taken
        if found is None:
            audit(session, Actor(ActorKind.VISITOR, request_id), "staff:sign-in", now, outcome="refused")
            return None
        secret = secrets.token_urlsafe(32)
        id_hash = kit.keyring.digest("session", secret.encode())
        token, name = (vouched.refresh_token, vouched.session) if vouched else (None, None)
        row = StaffSession(
            id_hash=id_hash,
            caseworker_id=found.id,
            language=language,
            created_at=now,
            seen_at=now,
            provider_session=kit.keyring.digest("provider-session", name.encode()) if name else None,
            refresh_token=kit.envelope.seal(token.encode(), token_context(id_hash)) if token else None,
            checked_at=now,
        )
        session.add(row)
        actor = Actor(
            ActorKind.STAFF, request_id, found.id, region=found.region, roles=frozenset(map(Role, found.roles))
        )
        if lent is not None:
            take_back_in(session, kit, lent, row, actor, now)
        if taken:
            audit(session, actor, "people:take-up", now)
        audit(session, actor, "staff:sign-in", now)
        return secret


_VISIT: Final = (
    select(StaffSession, Caseworker)
    .join(Caseworker, Caseworker.id == StaffSession.caseworker_id)
    .where(StaffSession.id_hash.in_(bindparam("hashes", expanding=True)), StaffSession.ended_at.is_(None))
)
"""Built once: it is asked with every request of the desk."""


def staff_visit(kit: Kit, secret: str, request_id: str) -> StaffVisit | None:
    """The visit behind a staff cookie, kept alive; None when it ended, was idle, or the caseworker left."""
    now = kit.clock.now()
    with kit.database.reading() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        found = session.execute(_VISIT, {"hashes": hashes}).one_or_none()
        if found is None:
            return None
        row, caseworker = found
        opened = open_in(session, row, caseworker.region)
    visit = standing(row)
    why = visit.ended(now, active=caseworker.active)
    if why is not None:
        with kit.database.transaction() as session:
            ended = end(session, StaffSession.id_hash == row.id_hash, why=why, now=now)
            if ended and why not in (Ended.IDLE, Ended.TOO_LONG):
                actor = Actor(ActorKind.STAFF, request_id, caseworker.id, region=caseworker.region)
                audit(session, actor, "staff:session-end", now, outcome=why.value)
        return None
    if now - row.seen_at > timedelta(minutes=1):  # most requests write nothing
        mark = update(StaffSession).where(StaffSession.id_hash == row.id_hash, StaffSession.ended_at.is_(None))
        with kit.database.transaction() as session:
            session.execute(mark.values(seen_at=now))
    form_open = row.helped_at is not None and now - row.helped_at < IDLE
    return StaffVisit(
        *(caseworker.id, caseworker.name, caseworker.region, frozenset(map(Role, caseworker.roles))),
        *(row.language, visit.ends_at(now), form_open),
        open=opened,
        check_due=visit.check_due(now),
        notice=visit.notice,
        holds_until=visit.holds_until if visit.notice else None,
        lent=_lent(row, visit),
    )


def _lent(row: StaffSession, visit: Visit) -> Lent | None:
    if row.lent_at is None or row.lent_language is None:
        return None
    return Lent(row.lent_at, row.lent_language, visit.holds_until if visit.notice else None)


def why_ended(kit: Kit, secret: str) -> Ended | None:
    """Why the visit behind a cookie is over; None while it holds, or where no such visit was."""
    with kit.database.reading() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        word = session.scalar(select(StaffSession.ended_why).where(StaffSession.id_hash.in_(hashes)))
    return Ended(word) if word else None


def set_language(kit: Kit, secret: str, language: str) -> None:
    """Remember the caseworker's language for this session."""
    with kit.database.transaction() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        session.execute(update(StaffSession).where(StaffSession.id_hash.in_(hashes)).values(language=language))


def staff_sign_out(kit: Kit, secret: str) -> None:
    """End the session behind a staff cookie, if it lives."""
    with kit.database.transaction() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        end(session, StaffSession.id_hash.in_(hashes), why=Ended.SIGNED_OUT, now=kit.clock.now())
