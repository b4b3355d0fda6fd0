"""What was done with a household's file, as the table holds it; for callers who have proven who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, case, func, insert, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.adapters.envelope import UnreadableError
from portal.domain.household_course import Course, Event, Step, Why
from portal.models import Caseworker, Demand, HouseholdEvent, PaperFile
from portal.services.actor import Actor, ActorKind
from portal.services.document_requests import set_due_in
from portal.services.kit import Kit

_PLAIN: Final = tuple(
    getattr(HouseholdEvent, name)
    for name in (
        *("sequence", "dossier_id", "kind", "instant", "region", "why", "to_region", "commune_bfs", "since"),
        *("other_dossier_id", "adult_id"),
    )
)
"""What the person's process may read too."""
_EVENT = aliased(HouseholdEvent)
_INTO = aliased(HouseholdEvent)

_log = structlog.get_logger()


@dataclass(frozen=True)
class Done:
    """One event with what only the desk sees of it."""

    event: Event
    by: str | None
    """The caseworker's name; None: the person wrote."""
    words: str | None
    """Why, in words; None where it cannot be opened."""


def event_context(event: uuid.UUID) -> str:
    """What the words of an event are bound to."""
    return f"household_event/{event}"


def course_in(session: Session, dossier_id: uuid.UUID) -> Course:
    """Everything that counts of one file, without who and why in words."""
    rows = session.execute(_about(select(*_PLAIN), dossier_id))
    return Course(dossier_id, tuple(_event(row) for row in rows))


def done_in(session: Session, kit: Kit, dossier_id: uuid.UUID) -> tuple[Done, ...]:
    """The same with who and why: for the desk."""
    named = select(*_PLAIN, HouseholdEvent.id, HouseholdEvent.details, Caseworker.name)
    named = named.outerjoin(Caseworker, Caseworker.id == HouseholdEvent.caseworker_id)
    return tuple(
        Done(_event(row), row.name, _words(kit, row.id, row.details))
        for row in session.execute(_about(named, dossier_id))
    )


def add_event(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    step: Step,
    now: datetime,
    words: str,
    **more: Any,
) -> uuid.UUID:
    """One event more, by the desk, for a caller who holds the file's lock; its id."""
    event = uuid.uuid4()
    session.execute(
        insert(HouseholdEvent).values(
            id=event,
            dossier_id=dossier_id,
            kind=step.value,
            instant=now,
            caseworker_id=actor.id,
            region=actor.region,
            details=kit.envelope.seal(words.encode(), event_context(event)),
            **more,
        )
    )
    return event


def mark_closed(session: Session, dossier_id: uuid.UUID, at: datetime | None) -> None:
    """Bring the derived columns up to date: lists and clocks read them. None: it is open."""
    session.execute(update(Demand).where(Demand.dossier_id == dossier_id).values(closed_at=at))
    session.execute(update(PaperFile).where(PaperFile.dossier_id == dossier_id).values(closed_at=at))


def papers_wanted_again(session: Session, kit: Kit, dossier_id: uuid.UUID) -> None:
    """The file is open again: the database brings back what waits, but for the day of its papers, which is sealed."""
    try:
        set_due_in(session, kit, dossier_id)
    except UnreadableError:  # a lost key of a paper keeps nobody from writing: the next note sets the day
        _log.error("papers-unreadable", dossier=str(dossier_id))


def closed_among(session: Session, dossiers: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these files that are closed now."""
    wanted = list(dossiers)
    if not wanted:
        return set()
    demands = select(Demand.dossier_id).where(Demand.dossier_id.in_(wanted), Demand.closed_at.is_not(None))
    papers = select(PaperFile.dossier_id).where(PaperFile.dossier_id.in_(wanted), PaperFile.closed_at.is_not(None))
    return set(session.scalars(demands.union(papers)))


def waits_for_decision() -> ColumnElement[bool]:
    """In SQL: whether the clock of a demand's decision runs still. False where there is no demand."""
    ended = func.num_nonnulls(Demand.decided_at, Demand.withdrawn_at, Demand.closed_at)
    return Demand.id.is_not(None) & (ended == 0)


def goes_on_in(dossier: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID]) -> ScalarSelect[uuid.UUID | None]:
    """In SQL: the file that goes on instead of a file, as `Course.merged` has it; null where none does."""
    onto = case((_EVENT.kind == Step.MERGED.value, _EVENT.other_dossier_id))
    last = select(onto).where(_EVENT.dossier_id == dossier, _EVENT.kind.in_((Step.MERGED.value, Step.PARTED.value)))
    return last.order_by(_EVENT.sequence.desc()).limit(1).correlate_except(_EVENT).scalar_subquery()


def merged_into(
    dossier: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID] | uuid.UUID,
    region: InstrumentedAttribute[str | None] | str | None,
) -> Select[uuid.UUID]:
    """In SQL: the files for which a file goes on, as far as this centre has them and they are not closed."""
    held = (  # one row of one file each time: of an EXISTS the planner would read every file of the region
        select(of.dossier_id)
        .where(of.dossier_id == _INTO.dossier_id, of.region == region, of.closed_at.is_(None))
        .limit(1)
        .correlate_except(of)
        .scalar_subquery()
        for of in (aliased(Demand), aliased(PaperFile))
    )
    into = select(_INTO.dossier_id).where(_INTO.other_dossier_id == dossier, goes_on_in(_INTO.dossier_id) == dossier)
    return into.where(func.num_nonnulls(*held) > 0).correlate_except(_INTO)


def reopen_by_writing(session: Session, kit: Kit, actor: Actor, dossier_id: uuid.UUID, now: datetime) -> None:
    """The person wrote: a closed file is open again from that moment, in the caller's transaction."""
    if actor.kind is not ActorKind.CITIZEN:
        return
    event = uuid.uuid4()
    values = {"whose": dossier_id, "event": event, "at": now}
    sealed = kit.envelope.seal(b"", event_context(event))
    if session.scalar(text("SELECT reopen_by_person(:whose, :event, :sealed, :at)"), values | {"sealed": sealed}):
        papers_wanted_again(session, kit, dossier_id)


def _about(query: Select[Any], dossier_id: uuid.UUID) -> Select[Any]:
    """Of the file itself, and what says of others that they were merged into it, or parted from it."""
    others = select(_INTO.dossier_id).where(_INTO.other_dossier_id == dossier_id)
    merged = (HouseholdEvent.dossier_id.in_(others)) & HouseholdEvent.other_dossier_id.is_not(None)
    return query.where(or_(HouseholdEvent.dossier_id == dossier_id, merged)).order_by(HouseholdEvent.sequence)


def _event(row: Row[Any]) -> Event:
    return Event(
        sequence=row.sequence,
        dossier_id=row.dossier_id,
        step=Step(row.kind),
        instant=row.instant.astimezone(UTC),
        region=row.region,
        why=Why(row.why) if row.why else None,
        to_region=row.to_region,
        commune_bfs=row.commune_bfs,
        since=row.since,
        other=row.other_dossier_id,
        adult=row.adult_id,
    )


def _words(kit: Kit, event: uuid.UUID, sealed: bytes) -> str | None:
    try:
        return kit.envelope.open(sealed, event_context(event)).decode()
    except UnreadableError:
        return None
