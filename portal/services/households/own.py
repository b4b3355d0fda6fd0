"""What an adult sees of what was done with their file: which centre has it, whether it is closed, with which one it goes on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.household_course import Course, Event
from portal.models import Demand, Dossier
from portal.services.actor import Actor, NotYoursError
from portal.services.households.rows import course_in, waits_for_decision


@dataclass(frozen=True)
class Elsewhere:
    """Another file of the same person."""

    reference: str
    filed: date | None
    waits: bool
    """Whether its announcement waits for a decision still."""


@dataclass(frozen=True)
class OwnCourse:
    """Of another adult's own matters nothing."""

    closed: Event | None
    moved: Event | None
    goes_on: Elsewhere | None
    """The file that goes on instead of this one."""
    merged_here: tuple[Elsewhere, ...]
    """Own files for which this one goes on too."""
    events: tuple[Event, ...]
    """What was done, in its order."""


def own_course_in(session: Session, actor: Actor) -> OwnCourse:
    """Of the actor's own file. Raises NotYoursError for anybody but an adult of it."""
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    course = course_in(session, actor.dossier_id)
    merged = course.merged
    here = [one.dossier_id for one in course.merged_here if one.adult == actor.adult_id]
    named = _named(session, [*here, *([merged.other] if merged and merged.other else [])])
    return OwnCourse(
        closed=course.closed,
        moved=course.moved,
        goes_on=named.get(merged.other) if merged and merged.other else None,
        merged_here=tuple(named[one] for one in here if one in named),
        events=_own_events(course, actor),
    )


def exported_in(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Everything that was done with the own file, for the export; why in words is the centre's."""
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    found = []
    for one in _own_events(course_in(session, actor.dossier_id), actor):
        said: dict[str, Any] = {"kind": one.step.value, "at": one.instant, "centre": one.region}
        said |= {"why": one.why.value} if one.why else {}
        said |= {"to_centre": one.to_region} if one.to_region else {}
        found.append(said)
    return found


def _own_events(course: Course, actor: Actor) -> tuple[Event, ...]:
    """Without what was done with other files for another adult of this one."""
    return tuple(one for one in course.events if actor.dossier_id == one.dossier_id or actor.adult_id == one.adult)


def _named(session: Session, dossiers: list[uuid.UUID]) -> dict[uuid.UUID, Elsewhere]:
    if not dossiers:
        return {}
    rows = session.execute(
        select(Dossier.id, Dossier.reference, Demand.filing_date, waits_for_decision())
        .outerjoin(Demand, Demand.dossier_id == Dossier.id)
        .where(Dossier.id.in_(dossiers))
        .order_by(Demand.instant.desc())
    )
    return {row[0]: Elsewhere(*row[1:]) for row in rows}
