"""A caseworker fills in the person's own form with them: one adult of one demand at a time, in one session of the desk.

What a household has not sent is nobody's but theirs. So it opens only while the person is there and asks for it: the
caseworker says so, that is dated, and the person sees it among what happened.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.models import Adult, Demand, Dossier, StaffSession
from portal.services.actor import Actor, NotYoursError
from portal.services.demands import HELPED_OTHER
from portal.services.kit import Kit
from portal.services.scope import adult_in, find
from portal.services.situations import opened_in
from portal.services.staff import IDLE
from portal.services.writing import audit, note_event


@dataclass(frozen=True)
class Helped:
    """The adult whose form is open at the desk."""

    adult_id: uuid.UUID
    dossier_id: uuid.UUID
    reference: str
    person: str
    """Who they are among the persons of the situation."""
    demand_id: uuid.UUID
    name: str | None


def begin(kit: Kit, actor: Actor, secret: str, demand_id: uuid.UUID, adult_id: uuid.UUID) -> None:
    """Open an adult's form in this session; what was open before closes.

    Raises NotYoursError unless the actor's own region has taken the demand, it is not withdrawn, and the adult is of its
    household; `NotInHouseholdError` where the answers do not name them any more.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = find(session, actor, demand_id, lock=True)
        demand, dossier, own, _ = found
        if demand.region != actor.region or demand.withdrawn_at is not None:
            raise NotYoursError
        adult = adult_in(session, found, adult_id)
        opened_in(session, kit, replace(actor, dossier_id=dossier.id, helped=adult.id, person=adult.person))
        _set(kit, session, secret, demand_id, adult.id, now)
        mine = adult.id == own.id
        note_event(
            session,
            kit,
            actor,
            demand_id,
            "helped" if mine else HELPED_OTHER,
            now,
            reason=None if mine else str(adult.id),
        )
        audit(session, actor, "situation:help", now, dossier.id)


def helped(kit: Kit, secret: str, region: str) -> Helped | None:
    """Whose form is open in this session, kept alive; None when it closed, lay idle or the demand went elsewhere."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = session.execute(
            select(StaffSession.helped_at, Adult, Dossier.reference, Demand.id)
            .join(Adult, Adult.id == StaffSession.helped_adult_id)
            .join(Dossier, Dossier.id == Adult.dossier_id)
            .join(Demand, Demand.id == StaffSession.helped_demand_id)
            .where(
                StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())),
                StaffSession.ended_at.is_(None),
                StaffSession.helped_at > now - IDLE,
                Demand.region == region,
                Demand.withdrawn_at.is_(None),
                Demand.dossier_id == Adult.dossier_id,
            )
        ).one_or_none()
        if found is None:
            return None
        since, adult, reference, demand_id = found
        if since is not None and now - since > timedelta(minutes=1):
            _set(kit, session, secret, demand_id, adult.id, now)
        return Helped(adult.id, adult.dossier_id, reference, adult.person, demand_id, adult.name)


def end(kit: Kit, actor: Actor, secret: str) -> uuid.UUID | None:
    """Close the form that is open in this session; the demand that it belonged to, None where none was."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        demand_id = session.scalar(select(StaffSession.helped_demand_id).where(StaffSession.id_hash.in_(hashes)))
        _set(kit, session, secret, None, None, None)
        audit(session, actor, "situation:help-ended", now)
        return demand_id


def _set(
    kit: Kit,
    session: Session,
    secret: str,
    demand_id: uuid.UUID | None,
    adult_id: uuid.UUID | None,
    at: datetime | None,
) -> None:
    session.execute(
        update(StaffSession)
        .where(StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())))
        .values(helped_demand_id=demand_id, helped_adult_id=adult_id, helped_at=at)
    )
