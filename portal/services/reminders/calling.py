"""The desk's list: reminders to print or to call about, of the caseworker's region. What was done stays done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from portal.models import Adult, CallLine, Caseworker, Demand, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.scope import household_in_scope, in_scope
from portal.services.writing import audit

PAGE = 30
COUNTED = 1000
"""Lines are counted up to here."""


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    id: uuid.UUID
    dossier_id: uuid.UUID
    reference: str
    demand_id: uuid.UUID | None
    """The household's newest demand that this centre may open; None: its file began on paper."""
    kind: str
    day: date
    why: str
    made_at: datetime
    done_at: datetime | None
    done_by: str | None
    for_person: bool
    """Whether a letter to the person is ready; else the centre itself is told."""
    name: str | None
    latin_name: str | None
    phone: str | None
    email: str | None
    postal_address: str | None
    spoken: str | None
    """The language for a call."""
    interpreter: bool | None
    reads: str | None
    """The language of the letter."""
    region: str | None


@dataclass(frozen=True)
class CallList:
    """One page of open lines, oldest first, and what was done last."""

    lines: tuple[Line, ...]
    total: int
    page: int
    more: bool
    done: tuple[Line, ...]

    @property
    def count(self) -> str:
        """The number of open lines as it can be shown."""
        return str(self.total) if self.total <= COUNTED else f"{COUNTED}+"


def call_list(kit: Kit, actor: Actor, *, page: int = 1) -> CallList:
    """The lines of the actor's scope. Raises NotYoursError for who has no region."""
    ours = _ours(actor)
    opened = _lines(actor).where(CallLine.done_at.is_(None), ours).order_by(CallLine.made_at, CallLine.name)
    done = _lines(actor).where(CallLine.done_at.is_not(None), ours).order_by(CallLine.done_at.desc()).limit(PAGE)
    counted = select(CallLine.id).where(CallLine.done_at.is_(None), ours).limit(COUNTED + 1)
    with kit.database.transaction() as session:
        total = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
        rows = [_line(row) for row in session.execute(opened.limit(PAGE + 1).offset((page - 1) * PAGE))]
        finished = tuple(_line(row) for row in session.execute(done))
        audit(session, actor, "call-list:read", kit.clock.now())
    return CallList(tuple(rows[:PAGE]), total, page, len(rows) > PAGE, finished)


def line_of(kit: Kit, actor: Actor, line_id: uuid.UUID) -> Line:
    """One line to be printed. Raises NotYoursError outside the scope."""
    with kit.database.transaction() as session:
        row = session.execute(_lines(actor).where(CallLine.id == line_id, _ours(actor))).one_or_none()
        if row is None:
            raise NotYoursError
        dossier, adult = session.execute(
            select(CallLine.dossier_id, CallLine.adult_id).where(CallLine.id == line_id)
        ).one()
        audit(session, actor, "call-list:print", kit.clock.now(), dossier, adult_id=adult)
    return _line(row)


def mark_done(kit: Kit, actor: Actor, line_id: uuid.UUID) -> None:
    """Printed and sent, or called: dated, by whom. A second time changes nothing. Raises NotYoursError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = session.execute(
            select(CallLine.dossier_id, CallLine.adult_id).where(CallLine.id == line_id, _ours(actor))
        ).one_or_none()
        if found is None:
            raise NotYoursError
        still = (CallLine.id == line_id, CallLine.done_at.is_(None))
        changed = session.execute(update(CallLine).where(*still).values(done_at=now, done_by=actor.id))
        if changed.rowcount:  # type: ignore[attr-defined]
            audit(session, actor, "call-list:done", now, found.dossier_id, adult_id=found.adult_id)


def open_lines_in(session: Session, actor: Actor) -> int:
    """How many lines wait for this centre, counted up to `COUNTED`: for the board."""
    counted = select(CallLine.id).where(CallLine.done_at.is_(None), _ours(actor)).limit(COUNTED)
    return session.scalar(select(func.count()).select_from(counted.subquery())) or 0


def _ours(actor: Actor) -> ColumnElement[bool]:
    """Lines of households that the actor may see; those for a centre are for that centre alone."""
    seen = household_in_scope(actor, CallLine.dossier_id)
    return and_(seen, or_(CallLine.region.is_(None), CallLine.region == actor.region))


def _line(row: Any) -> Line:
    return Line(*row)


def _lines(actor: Actor) -> Select[*tuple[Any, ...]]:
    newest = (
        select(Demand.id)
        .where(Demand.dossier_id == CallLine.dossier_id, in_scope(actor))
        .order_by(Demand.instant.desc())
        .limit(1)
    ).scalar_subquery()
    region = (
        select(Demand.region)
        .where(Demand.dossier_id == CallLine.dossier_id, in_scope(actor))
        .order_by(Demand.instant.desc())
        .limit(1)
    ).scalar_subquery()
    paper = select(PaperFile.region).where(PaperFile.dossier_id == CallLine.dossier_id).scalar_subquery()
    return (
        select(
            CallLine.id, CallLine.dossier_id, Dossier.reference, newest, CallLine.kind, CallLine.day, CallLine.why,
            CallLine.made_at, CallLine.done_at, Caseworker.name, CallLine.adult_id.is_not(None), Adult.name,
            Adult.latin_name, Adult.phone, Adult.email, Adult.postal_address,
            func.coalesce(Adult.interview_language, Adult.language), Adult.interpreter, Adult.language,
            func.coalesce(region, paper),
        )
        .join(Dossier, Dossier.id == CallLine.dossier_id)
        .outerjoin(Adult, Adult.id == CallLine.adult_id)
        .outerjoin(Caseworker, Caseworker.id == CallLine.done_by)
    )  # fmt: skip
