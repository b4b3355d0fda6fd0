"""A caseworker fills in the person's own form with them: one adult of one household at a time, in one session of the desk.

What a household has not sent is nobody's but theirs. So it opens only while the person is there and asks for it: the
caseworker says so, that is dated, and the person sees it among what happened, or who opened their dossier.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from portal.domain.answer_mark import STAYS, How
from portal.domain.staff_session import IDLE
from portal.models import Adult, Demand, Dossier, PaperFile, StaffSession
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.demands import HELPED_OTHER, DemandView
from portal.services.kit import Kit
from portal.services.opening import mark_open
from portal.services.situations import opened_in
from portal.services.writing import audit, note_event


@dataclass(frozen=True)
class Helped:
    """The adult whose form is open at the desk."""

    adult_id: uuid.UUID
    dossier_id: uuid.UUID
    reference: str
    person: str
    """Who they are among the persons of the situation."""
    demand_id: uuid.UUID | None
    """None: their file began on paper."""
    name: str | None
    latin_name: str | None
    language: str
    """The adult's own."""
    how: frozenset[How]
    """What stays ticked from the page before."""

    @property
    def on_paper(self) -> bool:
        """Whether there is no demand."""
        return self.demand_id is None

    @property
    def at_desk(self) -> Mapping[str, uuid.UUID]:
        """How addresses of the desk name the household."""
        return {"dossier_id": self.dossier_id} if self.demand_id is None else {"demand_id": self.demand_id}


def begin(kit: Kit, actor: Actor, secret: str, place: DeskPlace, adult_id: uuid.UUID) -> str:
    """Open an adult's form in this session; what was open before closes. The adult's language.

    Raises NotYoursError unless the actor's own region has the household, its demand is not withdrawn, and the adult is of
    it; `NotInHouseholdError` where the answers do not name them any more.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place, lock=True)
        adult = session.get(Adult, adult_id)
        ours = head.region == actor.region and head.withdrawn_at is None
        if not ours or adult is None or adult.dossier_id != head.dossier_id:
            raise NotYoursError
        opened_in(session, kit, replace(actor, dossier_id=head.dossier_id, helped=adult.id, person=adult.person))
        demand_id = head.id if isinstance(head, DemandView) else None
        mark_open(session, kit, secret, head, now)  # whose form is open has its file open, however one came here
        _set(kit, session, secret, demand_id, adult.id, now)
        if demand_id is not None:
            mine = adult.id == head.adult_id
            kind, whose = ("helped", None) if mine else (HELPED_OTHER, str(adult.id))
            note_event(session, kit, actor, demand_id, kind, now, reason=whose)
        audit(session, actor, "situation:help", now, head.dossier_id, adult_id=adult.id)
        return adult.language


def helped(kit: Kit, secret: str, region: str) -> Helped | None:
    """Whose form is open in this session, kept alive; None when it closed, lay idle or the household went elsewhere."""
    now = kit.clock.now()
    by_demand = and_(Demand.region == region, Demand.withdrawn_at.is_(None), Demand.dossier_id == Adult.dossier_id)
    on_paper = and_(StaffSession.helped_demand_id.is_(None), PaperFile.region == region)
    with kit.database.transaction() as session:
        found = session.execute(
            select(StaffSession.helped_at, StaffSession.helped_how, Adult, Dossier.reference, Demand.id)
            .join(Adult, Adult.id == StaffSession.helped_adult_id)
            .join(Dossier, Dossier.id == Adult.dossier_id)
            .outerjoin(Demand, Demand.id == StaffSession.helped_demand_id)
            .outerjoin(PaperFile, PaperFile.dossier_id == Adult.dossier_id)
            .where(
                StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())),
                StaffSession.ended_at.is_(None),
                StaffSession.helped_at > now - IDLE,
                or_(by_demand, on_paper),
            )
        ).one_or_none()
        if found is None:
            return None
        since, how, adult, reference, demand_id = found
        if since is not None and now - since > timedelta(minutes=1):
            _used(kit, session, secret, helped_at=now)
        return Helped(
            *(adult.id, adult.dossier_id, reference, adult.person, demand_id),
            *(adult.name, adult.latin_name, adult.language),
            frozenset(map(How, how or ())),
        )


def remember(kit: Kit, secret: str, how: Collection[How]) -> None:
    """What is ticked on the next page of this sitting: what was ticked now, but for what is seen for one page only."""
    with kit.database.transaction() as session:
        _used(kit, session, secret, helped_how=sorted(STAYS & frozenset(how)))


def end(kit: Kit, actor: Actor, secret: str) -> DeskPlace | None:
    """Close the form that is open in this session; whose household it belonged to, None where none was."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        hashes = kit.keyring.digests("session", secret.encode())
        found = session.execute(
            select(StaffSession.helped_demand_id, Adult.dossier_id)
            .join(Adult, Adult.id == StaffSession.helped_adult_id)
            .where(StaffSession.id_hash.in_(hashes))
        ).one_or_none()
        _set(kit, session, secret, None, None, None)
        audit(session, actor, "situation:help-ended", now)
    if found is None:
        return None
    demand_id, dossier_id = found
    return DeskPlace(demand_id=demand_id) if demand_id else DeskPlace(dossier_id=dossier_id)


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
        .values(helped_demand_id=demand_id, helped_adult_id=adult_id, helped_at=at, helped_how=None)
    )


def _used(kit: Kit, session: Session, secret: str, **values: object) -> None:
    session.execute(
        update(StaffSession)
        .where(StaffSession.id_hash.in_(kit.keyring.digests("session", secret.encode())))
        .values(**values)
    )
