"""Who of a centre takes care of something: a caseworker gives it to a colleague of the same region, to themselves, to nobody.

Each time is a row that stays; the last one counts. What the things are, and in whose scope, is the caller's business.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.models import Assignment, Caseworker
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit

_BY = aliased(Caseworker)
_ONE = aliased(Assignment)


class ItemKind(StrEnum):
    """What can be given to somebody."""

    DEMAND = "demand"
    REPORT = "report"
    PAPERS = "papers"
    """The papers of a household that are wanted by a day, by the dossier's id."""
    MOVED = "moved"
    """A file that began on paper and was moved to the centre, by the dossier's id."""
    THREAD = "thread"
    """The thread of an adult, by the adult's id, with every request in it."""


class AssignedMeanwhileError(Exception):
    """Somebody gave it to somebody else since the page was made; nothing was written."""


@dataclass(frozen=True)
class Assigned:
    """To whom a thing is given."""

    id: uuid.UUID
    """Of the row: a form names it, so that it never writes over what came meanwhile."""
    assignee: uuid.UUID | None
    name: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Colleague:
    """Somebody of the region who works on files."""

    id: uuid.UUID
    name: str


def colleagues(kit: Kit, actor: Actor) -> tuple[Colleague, ...]:
    """Everybody of the actor's region to whom something can be given, the actor too. Raises NotYoursError."""
    with kit.database.reading() as session:
        return colleagues_in(session, actor)


def colleagues_in(session: Session, actor: Actor) -> tuple[Colleague, ...]:
    """The same within a transaction."""
    rows = session.execute(
        select(Caseworker.id, Caseworker.name).where(*may_take(actor.region)).order_by(Caseworker.name)
    )
    return tuple(Colleague(*row) for row in rows)


def assigned_in(session: Session, kind: ItemKind, items: Iterable[uuid.UUID]) -> dict[uuid.UUID, Assigned]:
    """To whom each of these is given; those that were never given to anybody are missing."""
    rows = session.execute(
        select(Assignment.item_id, Assignment.id, Assignment.assignee, Caseworker.name, _BY.name, Assignment.at)
        .outerjoin(Caseworker, Caseworker.id == Assignment.assignee)
        .join(_BY, _BY.id == Assignment.by)
        .where(Assignment.item_kind == kind.value, Assignment.item_id.in_(list(items)))
        .order_by(Assignment.sequence)
    )
    return {item: Assigned(id_, who, name, giver, at.astimezone(UTC)) for item, id_, who, name, giver, at in rows}


def assignee_of(
    kind: ItemKind, item: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID]
) -> ScalarSelect[uuid.UUID | None]:
    """To whom it is given, in SQL; NULL: to nobody."""
    last = select(_ONE.assignee).where(_ONE.item_kind == kind.value, _ONE.item_id == item)
    return last.order_by(_ONE.sequence.desc()).limit(1).scalar_subquery()


def assign_in(
    session: Session,
    actor: Actor,
    kind: ItemKind,
    item: uuid.UUID,
    assignee: uuid.UUID | None,
    seen: uuid.UUID | None,
    now: datetime,
) -> bool:
    """Give it to somebody, for a caller who holds a lock on it, has proven the scope and audits it; whether it is new.

    `seen`: the row that stood on the page; None: there was none. Raises `AssignedMeanwhileError`; NotYoursError for
    somebody who is not of the region, or works on no files.
    """
    before = assigned_in(session, kind, [item]).get(item)
    if assignee == (before.assignee if before else None):
        return False
    if seen != (before.id if before else None):
        raise AssignedMeanwhileError
    if assignee is not None and assignee not in {one.id for one in colleagues_in(session, actor)}:
        raise NotYoursError
    session.execute(
        insert(Assignment).values(
            id=uuid.uuid4(), item_kind=kind.value, item_id=item, assignee=assignee, by=actor.id, at=now
        )
    )
    return True


def may_take(region: str | None) -> tuple[ColumnElement[bool], ...]:
    """The condition on caseworkers to whom somebody of that region can give something. Raises NotYoursError for none."""
    if region is None:
        raise NotYoursError
    # Who has a region works on files: a rule of the table.
    return (Caseworker.region == region, Caseworker.active.is_(True))
