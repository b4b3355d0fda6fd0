"""What a caseworker may see: the condition that stands in every query of the staff desk."""

from __future__ import annotations

import uuid
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.models import Adult, Demand, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.demands import Found, joined


@lru_cache(maxsize=64)
def scope_parts(region: str | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The demands of a caseworker's own region, and those that nobody has taken yet: no demand is in both.

    Raises NotYoursError for who has no region.
    """
    if region is None:
        raise NotYoursError
    free = and_(Demand.region.is_(None), Demand.candidate_regions.contains([region]))
    return Demand.region == region, free


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """The condition under which this caseworker sees a demand."""
    return or_(*scope_parts(actor.region))


def find(session: Session, actor: Actor, demand_id: uuid.UUID, *, lock: bool = False) -> Found:
    """A demand of the actor's scope, locked for a change if wanted; raises NotYoursError outside the scope."""
    query = joined().where(Demand.id == demand_id, in_scope(actor))
    found = session.execute(query.with_for_update(of=Demand) if lock else query).one_or_none()
    if found is None:
        raise NotYoursError
    return found


def household_in_scope(
    actor: Actor, dossier_id: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID], *, few: bool = False
) -> ColumnElement[bool]:
    """The condition under which this caseworker sees a household: by a demand of it, or by its file that began on paper.

    `few`: for few households of many; PostgreSQL then asks for each by the index, and never reads all of the region.
    Raises TypeError for a column of the very tables that are asked: it would be compared with itself, and always be true.
    """
    if getattr(dossier_id, "class_", None) in (Demand, PaperFile):
        raise TypeError("an alias or the dossier's own column is needed here")
    by_demand = select(Demand.id).where(Demand.dossier_id == dossier_id, in_scope(actor))
    on_paper = select(PaperFile.dossier_id).where(PaperFile.dossier_id == dossier_id, PaperFile.region == actor.region)
    if few:
        return or_(*(part.limit(1).scalar_subquery().is_not(None) for part in (by_demand, on_paper)))
    return or_(by_demand.exists(), on_paper.exists())


def find_dossier(session: Session, actor: Actor, dossier_id: uuid.UUID) -> Dossier:
    """A household's file of the actor's scope: one of its demands is, or it began on paper at the actor's own centre.

    Raises NotYoursError for any other.
    """
    ours = household_in_scope(actor, Dossier.id)
    found = session.scalars(select(Dossier).where(Dossier.id == dossier_id, ours)).one_or_none()
    if found is None:
        raise NotYoursError
    return found


def adult_in(session: Session, found: Found, adult_id: uuid.UUID | None) -> Adult:
    """The demand's own adult, or the named one of the same household; raises NotYoursError for any other."""
    adult = found[2] if adult_id is None else session.get(Adult, adult_id)
    if adult is None or adult.dossier_id != found[1].id:
        raise NotYoursError
    return adult
