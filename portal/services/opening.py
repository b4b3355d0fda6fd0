"""Whose file is open at the desk: one household in one session, opened by an act, closed for good by «next person».

What is open says which pages the desk may show; it gives no right. The scope stands in every query all the same.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.situation.words import APPLICANT
from portal.models import Adult, Demand, Dossier, StaffSession
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.demands import DemandView
from portal.services.kit import Kit
from portal.services.scope import household_in_scope
from portal.services.staff_rows import locked, moved_token
from portal.services.writing import audit


@dataclass(frozen=True)
class OpenFile:
    """The household that is open in a session, as the banner names it."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """By which demand its page is found; None: its file began on paper."""
    since: datetime
    reference: str | None
    """None: the household is not of the caseworker's scope any more, so that nothing of it is shown."""
    name: str | None
    latin_name: str | None

    @property
    def on_paper(self) -> bool:
        """Whether there is no demand."""
        return self.demand_id is None

    @property
    def at_desk(self) -> Mapping[str, uuid.UUID]:
        """How addresses of the desk name the household."""
        return {"dossier_id": self.dossier_id} if self.demand_id is None else {"demand_id": self.demand_id}


def open_in(session: Session, row: StaffSession, region: str | None) -> OpenFile | None:
    """What is open in a session of the desk; None for nothing, and for somebody who works on no files."""
    if row.open_dossier_id is None or row.open_since is None or region is None:
        return None
    whose = Actor(ActorKind.STAFF, "", row.caseworker_id, region=region)
    found = session.execute(
        select(Dossier.reference, Adult.name, Adult.latin_name)
        .join(Adult, Adult.dossier_id == Dossier.id)
        .where(Dossier.id == row.open_dossier_id, Adult.person == APPLICANT, household_in_scope(whose, Dossier.id))
    ).one_or_none()
    named = (None, None, None) if found is None else tuple(found)
    return OpenFile(row.open_dossier_id, row.open_demand_id, row.open_since, *named)


def is_of(kit: Kit, opened: OpenFile, place: DeskPlace) -> bool:
    """Whether an address of the desk is about the household that is open."""
    if place.demand_id is None:
        return place.dossier_id == opened.dossier_id
    if place.demand_id == opened.demand_id:
        return True
    with kit.database.reading() as session:  # another demand of the same household
        of_it = select(Demand.id).where(Demand.id == place.demand_id, Demand.dossier_id == opened.dossier_id)
        return session.scalar(of_it) is not None


def open_file(kit: Kit, actor: Actor, secret: str, place: DeskPlace) -> tuple[Head, bool]:
    """Open a household in this session; the one before closes, with the form of its adult.

    The household, and whether it is another one than before. Raises NotYoursError outside the scope, or when the
    session ended.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place)
        before = mark_open(session, kit, secret, head, now)
        if before is not None and before != head.dossier_id:
            audit(session, actor, "household:close", now, before)
        audit(session, actor, "household:open", now, head.dossier_id)
        return head, before != head.dossier_id


def mark_open(session: Session, kit: Kit, secret: str, head: Head, now: datetime) -> uuid.UUID | None:
    """Note it, in the caller's transaction; the dossier that was open before. Raises NotYoursError without a session."""
    row = locked(session, kit, secret)
    before = row.open_dossier_id
    values: dict[str, object] = {"open_demand_id": head.id if isinstance(head, DemandView) else None}
    if before != head.dossier_id:
        values |= {"open_dossier_id": head.dossier_id, "open_since": now, **_NO_FORM}
    session.execute(update(StaffSession).where(StaffSession.id_hash == row.id_hash).values(**values))
    return before


def close_file(kit: Kit, actor: Actor, secret: str) -> None:
    """Close what is open, file and form. Raises NotYoursError when the session ended meanwhile."""
    with kit.database.transaction() as session:
        _close(session, kit, actor, secret)


def next_person(kit: Kit, actor: Actor, secret: str) -> str:
    """Close what is open, file and form; the session goes on under a new secret, which is given back.

    Raises NotYoursError when the session ended meanwhile.
    """
    fresh = secrets.token_urlsafe(32)
    with kit.database.transaction() as session:
        _close(session, kit, actor, secret, fresh=kit.keyring.digest("session", fresh.encode()))
    return fresh


_NO_FILE = {"open_dossier_id": None, "open_demand_id": None, "open_since": None}
_NO_FORM = {"helped_demand_id": None, "helped_adult_id": None, "helped_at": None, "helped_how": None}


def _close(session: Session, kit: Kit, actor: Actor, secret: str, *, fresh: bytes | None = None) -> None:
    now, row = kit.clock.now(), locked(session, kit, secret)
    before, helped = row.open_dossier_id, row.helped_adult_id
    values: dict[str, object] = {"seen_at": now, **_NO_FILE, **_NO_FORM}
    if fresh is not None:
        values |= {"id_hash": fresh, "refresh_token": moved_token(kit, row, fresh)}
    session.execute(update(StaffSession).where(StaffSession.id_hash == row.id_hash).values(**values))
    if helped is not None:
        audit(session, actor, "situation:help-ended", now)
    audit(session, actor, "household:close", now, before)
