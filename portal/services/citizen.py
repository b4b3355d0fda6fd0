"""Citizens: sign in with reference and code, look at the dossier, ask for urgent help, withdraw."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Label, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from portal.domain.register import Act, EntryKind
from portal.models import AccessCode, AccountClosing, Adult, CitizenSession, Demand, Dossier
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.begun_on_paper import Head, own_paper_file
from portal.services.demands import DemandView, as_adult, joined, view_of, without_others
from portal.services.households.rows import reopen_by_writing
from portal.services.kit import Kit
from portal.services.writing import audit, defer, enter, note_event

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
_NO_ADULT = uuid.UUID(int=0)
_NO_HASH = bytes(32)
_OTHERS = aliased(Adult)


@dataclass(frozen=True)
class CitizenVisit:
    """A signed-in adult."""

    adult_id: uuid.UUID
    dossier_id: uuid.UUID
    reference: str
    person: str
    """Who they are among the persons of the situation."""
    ends_at: datetime


class AccountClosedError(Exception):
    """Reference and code belong together, and their adult has closed the online account since."""


def sign_in(kit: Kit, reference: str | None, code: str | None, request_id: str) -> str | None:
    """The secret of a new session, or None when reference and code do not belong together.

    Raises AccountClosedError for the code that worked until its adult closed the account: whoever holds it may know that.

    Unknown reference and wrong code take the same path: one look-up, one comparison, one write.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        rows = session.execute(
            select(AccessCode.adult_id, AccessCode.code_hash, Dossier.id, AccessCode.ended_at, _adults_of_dossier())
            .join(Adult, Adult.id == AccessCode.adult_id)
            .join(Dossier, Dossier.id == Adult.dossier_id)
            .outerjoin(AccountClosing, and_(AccountClosing.adult_id == Adult.id, AccountClosing.ended_at.is_(None)))
            .where(
                Dossier.reference == (reference or ""),
                or_(AccessCode.ended_at.is_(None), AccessCode.ended_at == AccountClosing.instant),
            )
        ).all()
        chosen, closed = None, False
        candidates = [(row.adult_id, row.code_hash, row.id, row.ended_at is not None) for row in rows]
        for adult_id, code_hash, dossier_id, ended in candidates or [(_NO_ADULT, _NO_HASH, _NO_ADULT, False)]:
            if kit.keyring.matches("access-code", adult_id.bytes + (code or "").encode(), code_hash):
                chosen, closed = (adult_id, dossier_id), ended
        actor = Actor(ActorKind.VISITOR, request_id)
        if chosen is None:
            # Whose code was meant nobody knows, unless there is one adult: another one never sees that somebody tried.
            alone = rows[0].adult_id if rows and rows[0].adults == 1 else None
            dossier = rows[0].id if rows else None
            audit(session, actor, "citizen:sign-in", now, dossier, "refused", adult_id=alone)
            return None
        if not closed:
            audit(session, Actor(ActorKind.CITIZEN, request_id, chosen[0]), "citizen:sign-in", now, chosen[1])
            return _open_session(session, kit, chosen[0], now)
        audit(session, actor, "citizen:sign-in", now, chosen[1], "closed", adult_id=chosen[0])
    raise AccountClosedError


def _adults_of_dossier() -> Label[int]:
    """How many adults the dossier of an outer query has."""
    return select(func.count()).where(_OTHERS.dossier_id == Dossier.id).scalar_subquery().label("adults")


def enter_after_filing(kit: Kit, demand: DemandView, request_id: str) -> str:
    """The secret of a session for somebody who holds the fresh filing's token."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        actor = Actor(ActorKind.CITIZEN, request_id, demand.adult_id)
        audit(session, actor, "citizen:sign-in", now, demand.dossier_id)
        return _open_session(session, kit, demand.adult_id, now)


def _open_session(session: Session, kit: Kit, adult_id: uuid.UUID, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    session.add(
        CitizenSession(
            id_hash=kit.keyring.digest("session", secret.encode()),
            adult_id=adult_id,
            created_at=now,
            seen_at=now,
        )
    )
    return secret


_VISIT: Final = (
    select(CitizenSession, Dossier.id, Dossier.reference, Adult.person)
    .join(Adult, Adult.id == CitizenSession.adult_id)
    .join(Dossier, Dossier.id == Adult.dossier_id)
    .where(
        CitizenSession.id_hash.in_(bindparam("hashes", expanding=True)),
        CitizenSession.ended_at.is_(None),
        # A sign-in at the very instant of the closing may have made a session that the closing did not see.
        ~exists().where(AccountClosing.adult_id == Adult.id, AccountClosing.ended_at.is_(None)),
    )
)
"""Built once: it is asked with every request of somebody who has signed in."""


def visit(kit: Kit, secret: str) -> CitizenVisit | None:
    """The visit behind a cookie, kept alive; None when it ended, was idle too long or never was."""
    now = kit.clock.now()
    with kit.database.reading() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        found = session.execute(_VISIT, {"hashes": hashes}).one_or_none()
    if found is None:
        return None
    row, dossier_id, reference, person = found
    ended = now - row.seen_at > IDLE or now - row.created_at > ABSOLUTE
    if ended or now - row.seen_at > timedelta(minutes=1):  # most requests write nothing
        mark = update(CitizenSession).where(CitizenSession.id_hash == row.id_hash, CitizenSession.ended_at.is_(None))
        with kit.database.transaction() as session:
            session.execute(mark.values(ended_at=now) if ended else mark.values(seen_at=now))
    if ended:
        return None
    ends_at = min(now + IDLE, row.created_at + ABSOLUTE)
    return CitizenVisit(row.adult_id, dossier_id, reference, person, ends_at)


def sign_out(kit: Kit, secret: str) -> None:
    """End the session behind a cookie, if it lives."""
    with kit.database.transaction() as session:
        session.execute(
            update(CitizenSession)
            .where(
                CitizenSession.id_hash.in_(kit.keyring.digests("session", secret.encode())),
                CitizenSession.ended_at.is_(None),
            )
            .values(ended_at=kit.clock.now())
        )


def own_demands(kit: Kit, actor: Actor) -> tuple[DemandView, ...]:
    """Every demand of the actor's own, newest first."""
    with kit.database.reading() as session:
        found = session.execute(
            joined()
            .where(Demand.dossier_id == actor.dossier_id, Demand.adult_id == actor.id)
            .order_by(Demand.instant.desc())
        ).all()
        return tuple(without_others(view_of(session, kit, row)) for row in found)


def own_demand(kit: Kit, actor: Actor) -> DemandView:
    """The newest demand of the actor's own; raises NotYoursError when there is none."""
    demands = own_demands(kit, actor)
    if not demands:
        raise NotYoursError
    return demands[0]


def household_demand(kit: Kit, actor: Actor) -> DemandView:
    """The newest own demand; for an adult who made none the household's, without what is another adult's.

    Raises NotYoursError.
    """
    with kit.database.reading() as session:
        found = session.execute(
            joined()
            .where(Demand.dossier_id == actor.dossier_id)
            .order_by((Demand.adult_id == actor.id).desc(), Demand.instant.desc())
            .limit(1)
        ).one_or_none()
        if found is None:
            raise NotYoursError
        view = view_of(session, kit, found)
        return without_others(view) if view.adult_id == actor.id else as_adult(view, session.get_one(Adult, actor.id))


def household_head(kit: Kit, actor: Actor) -> Head:
    """What says whose a household is and which centre has it: its demand, else its file on paper. Raises NotYoursError."""
    try:
        return household_demand(kit, actor)
    except NotYoursError:
        return own_paper_file(kit, actor)


def request_urgent_help(kit: Kit, actor: Actor, received_at: datetime) -> None:
    """Record an express urgent request on the own demand; a second one changes nothing (OLIAS art. 9)."""
    _act(kit, actor, received_at, EntryKind.URGENT_REQUEST)


def withdraw(kit: Kit, actor: Actor, received_at: datetime, reason: str | None) -> None:
    """Withdraw the own demand: dated, kept in the register; a second time changes nothing."""
    _act(kit, actor, received_at, EntryKind.WITHDRAWAL, reason)


def _act(kit: Kit, actor: Actor, instant: datetime, kind: EntryKind, reason: str | None = None) -> None:
    column = Demand.withdrawn_at if kind is EntryKind.WITHDRAWAL else Demand.urgent_requested_at
    with kit.database.transaction() as session:
        found = session.execute(
            joined()
            .where(Demand.dossier_id == actor.dossier_id, Demand.adult_id == actor.id)
            .order_by(Demand.instant.desc())
            .limit(1)
            .with_for_update(of=Demand)
        ).one_or_none()
        if found is None:
            raise NotYoursError
        demand, dossier, _, entry = found
        if getattr(demand, column.key) is not None or demand.withdrawn_at is not None:
            return
        act = Act(
            reference=dossier.reference,
            kind=kind,
            channel="online",
            instant=instant,
            recorded_at=instant,
            commune_bfs=demand.commune_bfs,
            content_hmac=entry.content_hmac,
        )
        link = enter(session, kit, act)
        session.execute(update(Demand).where(Demand.id == demand.id).values({column.key: instant}))
        note_event(
            session,
            kit,
            actor,
            demand.id,
            kind.value,
            instant,
            reason=reason,
            register_sequence=link.sequence,
        )
        if kind is EntryKind.URGENT_REQUEST:
            reopen_by_writing(session, kit, actor, dossier.id, instant)
        audit(session, actor, f"demand:{kind.value}", instant, dossier.id)
        if kind is EntryKind.URGENT_REQUEST:
            defer(session, "alert_duty", demand_id=str(demand.id))
