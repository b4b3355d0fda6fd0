"""The people of the desk, for who administers it: who may sign in, who is invited, and since when. No household at all.

Who somebody is changes in two functions of the database alone (migration 0031): the desk's own role cannot write it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.adapters.database import Database
from portal.domain.invitation import INVITABLE, VALID, InvitationState, folded, state_of
from portal.domain.role import Role, fits
from portal.domain.staff_session import IDLE, Ended
from portal.models import Caseworker, CaseworkerChange, Invitation, StaffSession
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.staff import RolesError
from portal.services.staff_rows import end
from portal.services.writing import audit, defer


@dataclass(frozen=True)
class Member:
    """One of the desk, also one whose access has ended."""

    id: uuid.UUID
    name: str
    roles: frozenset[Role]
    region: str | None
    active: bool
    signed_in: bool
    """Whether a session of theirs lives now."""


@dataclass(frozen=True)
class Invited:
    """One invitation."""

    id: uuid.UUID
    name: str
    address: str
    roles: frozenset[Role]
    region: str | None
    made_at: datetime
    ends_at: datetime
    state: InvitationState


@dataclass(frozen=True)
class Change:
    """What somebody was from an instant on."""

    instant: datetime
    by: str | None
    """The administrator's name; None where an invitation was taken up."""
    roles: frozenset[Role]
    region: str | None
    active: bool


@dataclass(frozen=True)
class People:
    """Everybody of the desk by name, those who are in first; invitations that nobody has taken up, newest first."""

    members: tuple[Member, ...]
    invited: tuple[Invited, ...]


@dataclass(frozen=True)
class NewInvitation:
    """Whom an administrator invites. `language` is that of the mail."""

    name: str
    address: str
    roles: frozenset[Role]
    region: str | None
    language: str


class InvitedBeforeError(Exception):
    """An invitation to this address is open."""


class Outcome(StrEnum):
    """What became of a change; the words are those of the database's function."""

    DONE = "done"
    LAST = "last"
    """It would leave nobody who lets people in."""
    ADMINISTRATOR = "administrator"
    """It would make an administrator: only the command does that."""
    ONESELF = "oneself"
    """Nobody gives themselves a function or a region: it would open files to who only lets others in."""
    NOT_YOURS = "not-yours"


def people(kit: Kit, actor: Actor) -> People:
    """Who may sign in and who is invited; audited."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        living = _signed_in(session, now)
        rows = session.scalars(select(Caseworker).order_by(Caseworker.active.desc(), Caseworker.name, Caseworker.id))
        members = tuple(_member(row, living) for row in rows)
        waiting = (Invitation.taken_at.is_(None), Invitation.withdrawn_at.is_(None))
        open_ = session.scalars(select(Invitation).where(*waiting).order_by(Invitation.made_at.desc(), Invitation.id))
        found = People(members, tuple(_invited(row, now) for row in open_))
        audit(session, actor, "people:read", now)
    return found


def member(kit: Kit, actor: Actor, whom: uuid.UUID) -> tuple[Member, tuple[Change, ...]]:
    """One of the desk, and what was changed of them, newest first; audited. Raises NotYoursError for nobody."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        row = session.get(Caseworker, whom)
        if row is None:
            raise NotYoursError
        query = (
            select(CaseworkerChange, Caseworker.name)
            .outerjoin(Caseworker, Caseworker.id == CaseworkerChange.by_id)
            .where(CaseworkerChange.caseworker_id == whom)
            .order_by(CaseworkerChange.sequence.desc())
        )
        changes = tuple(
            Change(one.instant, by, frozenset(map(Role, one.roles)), one.region, one.active)
            for one, by in session.execute(query)
        )
        found = _member(row, _signed_in(session, now))
        audit(session, actor, "people:read", now)
    return found, changes


def invite(kit: Kit, actor: Actor, whom: NewInvitation) -> uuid.UUID:
    """Invite an address for fourteen days, and send the mail. An invitation that is over makes room for the new one.

    Raises RolesError where functions and region do not fit or a function cannot be given here, InvitedBeforeError where an
    invitation to this address is open.
    """
    if not fits(whom.roles, whom.region) or not whom.roles <= set(INVITABLE):
        raise RolesError
    now, invitation_id = kit.clock.now(), uuid.uuid4()
    address = folded(whom.address)
    try:
        with kit.database.transaction() as session:
            over = (Invitation.address == address, Invitation.ends_at <= now, Invitation.taken_at.is_(None))
            session.execute(update(Invitation).where(*over, Invitation.withdrawn_at.is_(None)).values(withdrawn_at=now))
            session.execute(
                insert(Invitation).values(
                    id=invitation_id,
                    address=address,
                    name=whom.name,
                    roles=sorted(whom.roles),
                    region=whom.region,
                    language=whom.language,
                    made_at=now,
                    made_by=actor.id,
                    ends_at=now + VALID,
                )
            )
            defer(session, "tell_invitation", invitation_id=str(invitation_id))
            audit(session, actor, "people:invite", now)
    except IntegrityError as error:
        raise InvitedBeforeError from error
    return invitation_id


def withdraw(kit: Kit, actor: Actor, invitation_id: uuid.UUID) -> bool:
    """Take an invitation back; False where it was taken up or taken back before. Raises NotYoursError for none."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        open_ = (Invitation.taken_at.is_(None), Invitation.withdrawn_at.is_(None))
        ended = session.execute(
            update(Invitation)
            .where(Invitation.id == invitation_id, *open_)
            .values(withdrawn_at=now)
            .returning(Invitation.id)
        ).one_or_none()
        if ended is None and session.get(Invitation, invitation_id) is None:
            raise NotYoursError
        audit(session, actor, "people:withdraw", now, outcome="done" if ended else "refused")
    return ended is not None


def change(kit: Kit, actor: Actor, whom: uuid.UUID, roles: Iterable[Role], region: str | None) -> Outcome:
    """Other functions or another region from now on: every session of theirs ends, so that nothing of before goes on.

    Raises RolesError where both do not fit, NotYoursError for nobody, or for somebody whose access has ended.
    """
    held = frozenset(roles)
    if not fits(held, region):
        raise RolesError
    return _change(kit, actor, whom, held, region, stays=True)


def end_access(kit: Kit, actor: Actor, whom: uuid.UUID) -> Outcome:
    """Somebody leaves: they cannot sign in any more and every session ends. What they did stays. NotYoursError as above."""
    return _change(kit, actor, whom, frozenset(), None, stays=False)


def leave(database: Database, issuer: str, subject: str, now: datetime) -> bool:
    """End somebody's access as the tables' owner; False where nobody of that name was in. The last administrator as well."""
    with database.transaction() as session:
        row = session.scalar(
            update(Caseworker)
            .where(Caseworker.issuer == issuer, Caseworker.subject == subject, Caseworker.active.is_(True))
            .values(active=False)
            .returning(Caseworker)
        )
        if row is None:
            return False
        session.execute(
            insert(CaseworkerChange).values(
                id=uuid.uuid4(), caseworker_id=row.id, instant=now, roles=row.roles, region=row.region, active=False
            )
        )
        end(session, StaffSession.caseworker_id == row.id, why=Ended.LEFT, now=now)
    return True


def _change(
    kit: Kit, actor: Actor, whom: uuid.UUID, roles: frozenset[Role], region: str | None, *, stays: bool
) -> Outcome:
    now = kit.clock.now()
    with kit.database.transaction() as session:
        if whom == actor.id and _wins(session.get_one(Caseworker, whom), roles, region):
            outcome = Outcome.ONESELF
        else:
            said = session.scalar(select(func.change_caseworker(actor.id, whom, sorted(roles), region, stays, now)))
            outcome = Outcome(str(said))
        if outcome is Outcome.NOT_YOURS:
            raise NotYoursError
        if outcome is Outcome.DONE:
            why = Ended.CHANGED if stays else Ended.LEFT
            end(session, StaffSession.caseworker_id == whom, why=why, now=now)
        done = "done" if outcome is Outcome.DONE else "refused"
        audit(session, actor, "people:change" if stays else "people:end", now, outcome=done)
    return outcome


def _wins(own: Caseworker, roles: frozenset[Role], region: str | None) -> bool:
    """Whether somebody would hold more than before, or work on another region's files."""
    return bool(roles - {Role(role) for role in own.roles}) or region not in (None, own.region)


def _signed_in(session: Session, now: datetime) -> frozenset[uuid.UUID]:
    living = (StaffSession.ended_at.is_(None), StaffSession.seen_at >= now - IDLE)
    return frozenset(session.scalars(select(StaffSession.caseworker_id).where(*living)))


def _member(row: Caseworker, living: frozenset[uuid.UUID]) -> Member:
    return Member(row.id, row.name, frozenset(map(Role, row.roles)), row.region, row.active, row.id in living)


def _invited(row: Invitation, now: datetime) -> Invited:
    return Invited(
        *(row.id, row.name, row.address, frozenset(map(Role, row.roles)), row.region, row.made_at, row.ends_at),
        state_of(row.ends_at, row.taken_at, row.withdrawn_at, now),
    )
