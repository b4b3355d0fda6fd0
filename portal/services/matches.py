"""Demands that may be of the same person. Only staff ever see this; the public side never looks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, tuple_, union

from portal.models import Adult, Demand
from portal.services.actor import Actor
from portal.services.demands import DemandView, joined
from portal.services.kit import Kit
from portal.services.scope import in_scope

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
    same: dict[str, ColumnElement[bool]] = {}
    with kit.database.transaction() as session:
        own = session.get_one(Adult, view.adult_id)
        if own.name_key:
            same["name"] = Adult.name_key == own.name_key
        if person.phone:
            same["phone"] = Adult.phone == person.phone
        if person.email:
            same["email"] = Adult.email == person.email
        if not same:
            return ()
        # Each sameness from its own index, and bounded: a shelter's telephone may stand in many demands.
        each = (select(Adult.dossier_id, Adult.id).where(agrees).limit(LOOKED_AT) for agrees in same.values())
        alike = union(*(part.subquery().select() for part in each))
        rows = session.execute(
            joined()
            .where(tuple_(Demand.dossier_id, Demand.adult_id).in_(alike), in_scope(actor), Demand.id != view.id)
            .order_by(Demand.instant)
            .limit(SHOWN)
        ).all()
    return tuple(
        Match(
            demand.id,
            dossier.reference,
            demand.filing_date,
            tuple(key for key in same if _agrees(key, own, adult)),
        )
        for demand, dossier, adult, _ in rows
    )


def _agrees(key: str, own: Adult, other: Adult) -> bool:
    column = {"name": "name_key", "phone": "phone", "email": "email"}[key]
    return bool(getattr(own, column) == getattr(other, column))
