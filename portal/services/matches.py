"""Demands that may be of the same person. Only staff ever see this; the public side never looks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, Uuid, bindparam, or_, select, tuple_, union

from portal.models import Adult, Demand, Dossier
from portal.services.actor import Actor
from portal.services.demands import DemandView
from portal.services.households.rows import goes_on_in
from portal.services.kit import Kit
from portal.services.scope import scope_parts

_COLUMNS: Final = {"name": Adult.name_key, "phone": Adult.phone, "email": Adult.email}
SHOWN = 10
LOOKED_AT = 200


@dataclass(frozen=True)
class Match:
    """Another demand of the region that may be of the same person."""

    id: uuid.UUID
    reference: str
    filing_date: date
    why: tuple[str, ...]


def possible_matches(kit: Kit, actor: Actor, view: DemandView) -> tuple[Match, ...]:
    """Other demands of the scope with the same name, phone or e-mail. Only staff ever see this."""
    person = view.person
    with kit.database.reading() as session:
        own = {
            "name": session.scalar(select(Adult.name_key).where(Adult.id == view.adult_id)),
            "phone": person.phone,
            "email": person.email,
        }
        same = tuple(key for key, value in own.items() if value)
        if not same:
            return ()
        rows = session.execute(_query(actor.region, same), own | {"demand": view.id, "dossier": view.dossier_id}).all()
    return tuple(
        Match(
            demand_id,
            reference,
            filing_date,
            tuple(key for key, value in zip(_COLUMNS, theirs, strict=True) if key in same and value == own[key]),
        )
        for demand_id, reference, filing_date, *theirs in rows
    )


@lru_cache(maxsize=128)
def _query(region: str | None, same: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Put together once for each sameness: that takes longer than to ask it."""
    # Each sameness from its own index, and bounded: a shelter's telephone may stand in many demands.
    each = (select(Adult.dossier_id, Adult.id).where(_COLUMNS[key] == bindparam(key)).limit(LOOKED_AT) for key in same)
    alike = union(*(part.subquery().select() for part in each))
    dossier = bindparam("dossier", type_=Uuid)
    return (
        select(Demand.id, Dossier.reference, Demand.filing_date, *_COLUMNS.values())
        .join(Dossier, Demand.dossier_id == Dossier.id)
        .join(Adult, Demand.adult_id == Adult.id)
        .where(tuple_(Demand.dossier_id, Demand.adult_id).in_(alike), or_(*scope_parts(region)))
        .where(Demand.id != bindparam("demand"))
        .where(  # what is merged already is no guess any more
            goes_on_in(Demand.dossier_id).is_distinct_from(dossier),
            Demand.dossier_id.is_distinct_from(goes_on_in(dossier)),
        )
        .order_by(Demand.instant)
        .limit(SHOWN)
    )
