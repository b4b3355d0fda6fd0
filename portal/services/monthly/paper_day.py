"""The day of the month by which a centre wants papers: set by a caseworker for one dossier, never derived from anything."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from portal.domain.monthly import FIRST_DAY, LAST_DAY
from portal.models import Caseworker, DossierTerm
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.scope import find_dossier
from portal.services.writing import audit, lock_dossier

KIND: Final = "paper_day"
_LATER = aliased(DossierTerm)


@dataclass(frozen=True)
class Setting:
    """What a caseworker set. `day` None: from then on there is none."""

    day: int | None
    instant: datetime
    by: str
    """The caseworker's name, for the desk."""


@dataclass(frozen=True)
class PaperDay:
    """A dossier whose centre wants papers by that day."""

    dossier_id: uuid.UUID
    day: date


def set_paper_day(kit: Kit, actor: Actor, dossier_id: uuid.UUID, day: int | None) -> None:
    """Set the day, or that there is none. What is set already is not set again: a double click is one setting.

    Raises NotYoursError outside the caseworker's scope, ValueError for a day that not every month has.
    """
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a paper day is a day from {FIRST_DAY} to {LAST_DAY}, not {day}")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        find_dossier(session, actor, dossier_id)
        lock_dossier(session, dossier_id)
        if paper_day_in(session, dossier_id) == day:
            return
        values = {"id": uuid.uuid4(), "dossier_id": dossier_id, "kind": KIND, "value": day}
        session.execute(insert(DossierTerm).values(**values, caseworker_id=actor.id, instant=now))
        audit(session, actor, "paper-day:set", now, dossier_id)


def paper_day_in(session: Session, dossier_id: uuid.UUID | None) -> int | None:
    """The day of the month that counts for a dossier, for a caller that has proven who may know; None: none is set."""
    return session.scalar(
        select(DossierTerm.value)
        .where(DossierTerm.dossier_id == dossier_id, DossierTerm.kind == KIND)
        .order_by(DossierTerm.sequence.desc())
        .limit(1)
    )


def settings_in(session: Session, dossier_id: uuid.UUID) -> tuple[Setting, ...]:
    """Everything that was ever set, newest first, for the desk."""
    rows = session.execute(
        select(DossierTerm.value, DossierTerm.instant, Caseworker.name)
        .join(Caseworker, Caseworker.id == DossierTerm.caseworker_id)
        .where(DossierTerm.dossier_id == dossier_id, DossierTerm.kind == KIND)
        .order_by(DossierTerm.sequence.desc())
    )
    return tuple(Setting(*row) for row in rows)


def paper_days(session: Session, on: date, ahead: Collection[int]) -> tuple[PaperDay, ...]:
    """The dossiers whose centre wants papers in so many days from `on`: for whoever reminds (7 and 2 days before).

    By an index on the day of the month; no dossier without such a day is read. Whether somebody of it wants a reminder,
    and whether its demand was withdrawn, is the caller's to ask.
    """
    # Two days with one number can only be two months: each dossier is then named for both.
    days = sorted({on + timedelta(days=count) for count in ahead})
    newer = select(_LATER.id).where(
        _LATER.dossier_id == DossierTerm.dossier_id, _LATER.kind == KIND, _LATER.sequence > DossierTerm.sequence
    )
    rows = session.execute(
        select(DossierTerm.dossier_id, DossierTerm.value).where(
            DossierTerm.kind == KIND, DossierTerm.value.in_({day.day for day in days}), ~newer.exists()
        )
    ).all()
    return tuple(PaperDay(dossier, day) for day in days for dossier, value in rows if value == day.day)
