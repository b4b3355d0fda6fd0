"""Who of a centre is away, and until which day: a caseworker says it of themselves, the lead of anybody of the centre."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, Uuid, bindparam, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.domain.demand import FURTHEST_AHEAD, filing_day
from portal.domain.role import LEADS
from portal.models import Absence, Caseworker
from portal.services.actor import Actor, NotYoursError
from portal.services.assigning import ItemKind, assignee_of, colleagues_in, may_take
from portal.services.kit import Kit
from portal.services.writing import audit

_ONE = aliased(Absence)


@dataclass(frozen=True)
class Member:
    """Somebody of the centre, and until when they are away; None: they are here."""

    id: uuid.UUID
    name: str
    away_until: date | None


def members(kit: Kit, actor: Actor) -> tuple[Member, ...]:
    """Everybody of the actor's centre who works on files. Raises NotYoursError."""
    with kit.database.reading() as session:
        return members_in(session, actor, filing_day(kit.clock.now()))


def members_in(session: Session, actor: Actor, today: date) -> tuple[Member, ...]:
    """The same within a transaction."""
    found = colleagues_in(session, actor)
    query = select(Caseworker.id, away_until(Caseworker.id)).where(Caseworker.id.in_([one.id for one in found]))
    until = {id_: day for id_, day in session.execute(query) if day is not None and day >= today}
    return tuple(Member(one.id, one.name, until.get(one.id)) for one in found)


def holder_in(session: Session, actor: Actor, kind: ItemKind, item: uuid.UUID, today: date) -> Member | None:
    """Who of the actor's centre has one thing; None: nobody, or somebody who left. Raises NotYoursError."""
    found = session.execute(_holder(actor.region, kind), {"item": item}).one_or_none()
    if found is None:
        return None
    id_, name, until = found
    return Member(id_, name, until if until is not None and until >= today else None)


@lru_cache(maxsize=64)
def _holder(region: str | None, kind: ItemKind) -> Select[uuid.UUID, str, date | None]:
    """Put together once: every page of a household asks it."""
    query = select(Caseworker.id, Caseworker.name, away_until(Caseworker.id))
    return query.where(*may_take(region), Caseworker.id == assignee_of(kind, bindparam("item", type_=Uuid)))


def away_until(
    caseworker: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID],
) -> ScalarSelect[date | None]:
    """The last day away as it was noted last, in SQL; NULL: none was, or they are back. It may be past."""
    last = select(_ONE.until).where(_ONE.caseworker_id == caseworker).order_by(_ONE.sequence.desc())
    return last.limit(1).scalar_subquery()


def note(kit: Kit, actor: Actor, whose: uuid.UUID, until: date | None) -> None:
    """Somebody is away until that day, included; None: they are back. Said twice it is one note.

    Raises NotYoursError for somebody of another centre, and for a colleague unless the actor leads; ValueError for a day
    that is past or too far.
    """
    now = kit.clock.now()
    today = filing_day(now)
    if until is not None and not today <= until <= today + FURTHEST_AHEAD:
        raise ValueError("an absence ends on a day to come, within a year")
    with kit.database.transaction() as session:
        known = {one.id: one for one in members_in(session, actor, today)}
        if whose not in known or (whose != actor.id and not actor.roles & LEADS):
            raise NotYoursError
        if known[whose].away_until == until:
            return
        session.execute(insert(Absence).values(id=uuid.uuid4(), caseworker_id=whose, until=until, by=actor.id, at=now))
        audit(session, actor, "absence:note", now)
