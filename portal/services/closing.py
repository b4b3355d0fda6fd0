"""An adult closes their online account: code, visits, links and mails end, and what they had not sent goes.

What was sent stays with the centre: for how long the canton has not said (parameter `retention_period`, unknown). The
demand goes on. The desk opens the account again by giving a new code (`desk.issue_code`).
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select, text, update
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.situation.model import VERSION
from portal.models import AccountClosing, Adult, CitizenSession, Demand, Handoff, NoticeLink, SituationDraft
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.reminders.wishes import end_in
from portal.services.situations import draft_context
from portal.services.snapshots import snapshots_of
from portal.services.writing import audit, lock_dossier, note_event


@dataclass(frozen=True)
class Closed:
    """An adult of a household whose account is closed now."""

    name: str | None
    person: str
    since: datetime


def close_account(kit: Kit, actor: Actor) -> bool:
    """Close the own account; False where it was closed already. Raises NotYoursError for anybody but a signed-in adult.

    Of what this adult had not sent nothing stays: what they typed, and what they answered for themselves alone since it
    was sent last. The household's draft goes only where no other adult has a code and nothing at all was sent.
    """
    dossier, whose = actor.dossier_id, actor.id
    if actor.kind is not ActorKind.CITIZEN or dossier is None or whose is None:
        raise NotYoursError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        drafts = select(SituationDraft.id).where(SituationDraft.dossier_id == dossier)
        # As whoever sends: the drafts first, then the dossier. Nobody waits for the other in a circle.
        session.execute(drafts.with_for_update().order_by(SituationDraft.adult_id.nulls_first())).all()
        lock_dossier(session, dossier)
        kept = _own_as_sent(session, kit, dossier, whose)
        values = {"dossier": dossier, "adult": whose, "now": now}
        if not session.scalar(text("SELECT close_account(:dossier, :adult, :now)"), values):
            return False
        if kept is not None:
            row = {"id": uuid.uuid4(), "dossier_id": dossier, "adult_id": whose, "saved_at": now, "content": kept}
            session.execute(insert(SituationDraft).values(row))
        end_in(session, whose, now)  # a new code opens the account again, and brings no mails back
        for table, mine in ((CitizenSession, CitizenSession.adult_id), (Handoff, Handoff.adult_id)):
            session.execute(update(table).where(mine == whose, table.ended_at.is_(None)).values(ended_at=now))
        session.execute(
            update(NoticeLink)
            .where(NoticeLink.made_by == whose, NoticeLink.used_at.is_(None), NoticeLink.ended_at.is_(None))
            .values(ended_at=now)
        )
        demand = session.scalar(
            select(Demand.id)
            .where(Demand.dossier_id == dossier, Demand.adult_id == whose)
            .order_by(Demand.instant.desc())
            .limit(1)
        )
        if demand is not None:  # of another adult's account the one who made the demand is told nothing
            note_event(session, kit, actor, demand, "account-closed", now)
        audit(session, actor, "account:close", now, dossier)
    return True


def ended_by_closing(kit: Kit, secret: str) -> bool:
    """Whether a visit ended because its adult closed the account: the second click of a double one."""
    hashes = kit.keyring.digests("session", secret.encode())
    with kit.database.transaction() as session:
        found = exists().where(
            CitizenSession.id_hash.in_(hashes),
            AccountClosing.adult_id == CitizenSession.adult_id,
            AccountClosing.instant == CitizenSession.ended_at,
        )
        return bool(session.scalar(select(found)))


def closed_since(session: Session, adult: uuid.UUID) -> datetime | None:
    """Since when an adult's account is closed, for whoever is about to write a mail to them; None: it is open."""
    return session.scalar(
        select(AccountClosing.instant).where(AccountClosing.adult_id == adult, AccountClosing.ended_at.is_(None))
    )


def closed_in(session: Session, dossier: uuid.UUID) -> tuple[Closed, ...]:
    """The adults of a household whose accounts are closed now; the caller has proven that it is in the actor's scope."""
    query = (
        select(Adult.name, Adult.person, AccountClosing.instant)
        .join(AccountClosing, AccountClosing.adult_id == Adult.id)
        .where(AccountClosing.dossier_id == dossier, AccountClosing.ended_at.is_(None))
        .order_by(AccountClosing.instant)
    )
    return tuple(Closed(name, person, since) for name, person, since in session.execute(query))


def _own_as_sent(session: Session, kit: Kit, dossier: uuid.UUID, adult: uuid.UUID) -> bytes | None:
    """The adult's own row with nothing but what was sent of it, sealed; None: nothing was.

    Without it the next sending, after a new code, would take back what the centre has.
    """
    try:
        sent = snapshots_of(session, kit, dossier)
    except UnreadableError:  # its key is gone: what was sent stays sealed where it lies
        return None
    whose = sent[0].whose.get(str(adult), {}) if sent else {}
    if not whose:
        return None
    said = {person["id"]: person for person in sent[0].said["persons"]}
    own: dict[str, dict[str, Any]] = {
        person: {name: said[person][name] for name in names if name in said[person]}
        for person, names in whose.items()
        if person in said
    }
    content = {"version": VERSION, "own": own, "done": [], "typed": {}}
    return kit.envelope.seal(json.dumps(content).encode(), draft_context(dossier, adult))
