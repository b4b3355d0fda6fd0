"""The log of a centre, read by its lead: who of the own people did what, and everything that was done in one household."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.models import AuditEvent, Caseworker, Dossier
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.kit import Kit
from portal.services.writing import audit

PAGE: Final = 50
NEWEST: Final = 2**62
"""Above every number of the log."""


@dataclass(frozen=True)
class LogLine:
    """One event, without case content: the log holds none."""

    sequence: int
    instant: datetime
    by: str | None
    """The name of the caseworker; None for a person, a visitor and the portal itself."""
    kind: ActorKind
    region: str | None
    action: str
    outcome: str
    reference: str | None


@dataclass(frozen=True)
class Member:
    """One of the own people, also one who has left."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class LogPage:
    """Some lines, newest first; `older` is where the next page begins, None at the end."""

    lines: tuple[LogLine, ...]
    older: int | None


def centre_log(kit: Kit, actor: Actor, *, member: uuid.UUID | None = None, before: int = NEWEST) -> LogPage:
    """What the people of the actor's own centre did, or one of them. Reading it is an event too.

    Raises NotYoursError without a centre, and for somebody who is not of it.
    """
    if actor.region is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        query = _lines().where(AuditEvent.region == actor.region)
        if member is not None:
            if session.scalar(select(Caseworker.region).where(Caseworker.id == member)) != actor.region:
                raise NotYoursError
            query = query.where(AuditEvent.actor_id == member)
        found = _page(session, query, before)
        audit(session, actor, "log:read", kit.clock.now())
        return found


def household_log(kit: Kit, actor: Actor, place: DeskPlace, *, before: int = NEWEST) -> tuple[Head, LogPage]:
    """Everything that was done in one household of the scope, by whomever. Raises NotYoursError outside of it."""
    with kit.database.transaction() as session:
        whose = head_in(session, kit, actor, place)
        found = _page(session, _lines().where(AuditEvent.dossier_id == whose.dossier_id), before)
        audit(session, actor, "household-log:read", kit.clock.now(), whose.dossier_id)
        return whose, found


def members(kit: Kit, actor: Actor) -> tuple[Member, ...]:
    """The people of the own centre, by name."""
    query = select(Caseworker.id, Caseworker.name).where(Caseworker.region == actor.region).order_by(Caseworker.name)
    with kit.database.reading() as session:
        return tuple(Member(*row) for row in session.execute(query))


def _lines() -> Select[AuditEvent, str, str]:
    return (
        select(AuditEvent, Caseworker.name, Dossier.reference)
        .outerjoin(Caseworker, Caseworker.id == AuditEvent.actor_id)
        .outerjoin(Dossier, Dossier.id == AuditEvent.dossier_id)
    )


def _page(session: Session, query: Select[AuditEvent, str, str], before: int) -> LogPage:
    newest = query.where(AuditEvent.sequence < before).order_by(AuditEvent.sequence.desc()).limit(PAGE + 1)
    lines = tuple(
        LogLine(
            event.sequence,
            event.instant.astimezone(UTC),
            name,
            ActorKind(event.actor_kind),
            event.region,
            event.action,
            event.outcome,
            reference,
        )
        for event, name, reference in session.execute(newest)
    )
    return LogPage(lines[:PAGE], lines[PAGE - 1].sequence if len(lines) > PAGE else None)
