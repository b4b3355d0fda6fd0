"""What waits for an answer in a region, urgent requests first; and urgent requests of which no duty address is told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.case_request import RequestKind
from portal.models import Adult, CaseRequest, CaseSeen, Caseworker, Demand, Dossier, PaperFile, SentMail, ThreadWaiting
from portal.services.actor import Actor
from portal.services.assigning import ItemKind, assignee_of
from portal.services.board import LonelyUrgent
from portal.services.kit import Kit
from portal.services.scope import in_scope
from portal.services.thread.closings import is_closed
from portal.services.thread.rows import everywhere, home_of
from portal.services.writing import audit

MOST = 200
"""Lines of one page of the list; the oldest first, so that none is forgotten behind it."""
ALERT = "urgent-again"
"""How the names of the alerts for these requests begin: `urgent-again/<request>/<region>/<slot>`."""


@dataclass(frozen=True)
class WaitingThread:
    """One thread with a message that nobody answered, or with an open request."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """None for a file that began on paper."""
    adult_id: uuid.UUID
    reference: str
    name: str | None
    latin_name: str | None
    language: str
    since: datetime
    asked: bool
    urgent: bool
    kinds: tuple[str, ...]
    """What is asked for and open, each kind once, urgent help first (`RequestKind`)."""
    taken: bool
    """False while no centre has the dossier: it has to be taken first."""
    assignee: str | None
    """The colleague who takes care of it."""


@dataclass(frozen=True)
class Waiting:
    """How much waits, for the board. `urgent` are among `threads`."""

    threads: int
    urgent: int


@dataclass(frozen=True)
class Unopened:
    """An urgent request that the centre which has the dossier did not open yet."""

    id: uuid.UUID
    reference: str
    region: str | None
    candidates: tuple[str, ...]
    requested_at: datetime


_REGION: Final = func.coalesce(Demand.region, PaperFile.region)
"""Which centre has a household, where a query has joined both: that of its demand, else of its file on paper."""


def _ours(actor: Actor) -> ColumnElement[bool]:
    return or_(in_scope(actor), and_(Demand.id.is_(None), PaperFile.region == actor.region))


def waiting(kit: Kit, actor: Actor) -> Waiting:
    """How many threads of the actor's scope wait for an answer. Raises NotYoursError without a region."""
    with kit.database.transaction() as session:
        return waiting_in(session, actor)


def waiting_in(session: Session, actor: Actor) -> Waiting:
    """The same within a transaction."""
    counted = (
        select(func.count(), func.count().filter(ThreadWaiting.urgent))
        .select_from(ThreadWaiting)
        .outerjoin(Demand, Demand.id == home_of(ThreadWaiting.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == ThreadWaiting.dossier_id)
        .where(_ours(actor))
    )
    threads, urgent = session.execute(counted).one()
    return Waiting(threads, urgent)


def unanswered_urgent(session: Session, actor: Actor) -> int:
    """How many threads of the scope hold an urgent request that is open."""
    return waiting_in(session, actor).urgent


class Given(StrEnum):
    """Which of them are wanted."""

    MINE = "mine"
    NOBODY = "nobody"


def waiting_threads(kit: Kit, actor: Actor, given: Given | None = None) -> tuple[WaitingThread, ...]:
    """The threads of the scope that wait: those with an urgent request first, then by the oldest word; audited.

    `given`: those that are given to the actor, or to nobody.
    """
    taker = assignee_of(ItemKind.THREAD, ThreadWaiting.adult_id)
    wanted = {Given.MINE: taker == actor.id, Given.NOBODY: taker.is_(None)}
    query = (
        select(
            ThreadWaiting.dossier_id,
            Demand.id.label("demand_id"),
            ThreadWaiting.adult_id,
            Dossier.reference,
            Adult.name,
            Adult.latin_name,
            func.coalesce(Adult.interview_language, Adult.language).label("language"),
            ThreadWaiting.since,
            ThreadWaiting.asked,
            ThreadWaiting.urgent,
            _open_kinds().label("kinds"),
            _REGION.is_not(None).label("taken"),
            Caseworker.name.label("assignee"),
        )
        .select_from(ThreadWaiting)
        .join(Dossier, Dossier.id == ThreadWaiting.dossier_id)
        .join(Adult, Adult.id == ThreadWaiting.adult_id)
        .outerjoin(Demand, Demand.id == home_of(ThreadWaiting.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == ThreadWaiting.dossier_id)
        .outerjoin(Caseworker, Caseworker.id == taker)
        .where(_ours(actor), *([wanted[given]] if given else []))
        .order_by(ThreadWaiting.urgent.desc(), ThreadWaiting.since, ThreadWaiting.adult_id)
        .limit(MOST)
    )
    with kit.database.transaction() as session:
        rows = session.execute(query).all()
        audit(session, actor, "thread:list", kit.clock.now())
    return tuple(
        WaitingThread(
            **row._asdict() | {"kinds": tuple(one.value for one in RequestKind if one.value in (row.kinds or ()))}
        )
        for row in rows
    )


def _open_kinds() -> ScalarSelect[Sequence[str]]:
    one = CaseRequest
    return (
        select(func.array_agg(one.kind))
        .where(one.adult_id == ThreadWaiting.adult_id, ~is_closed(one.id))
        .scalar_subquery()
    )


def unopened(session: Session, request_id: uuid.UUID | None = None) -> tuple[Unopened, ...]:
    """Every urgent request, or this one, that the centre which has the dossier has not opened; oldest first.

    Derived from the state: a dossier that was passed on is opened anew by the next centre. Reads no words.
    """
    query = _unopened()
    if request_id is not None:
        query = query.where(CaseRequest.id == request_id)
    return tuple(
        Unopened(found, reference, region, tuple(candidates or everywhere()), instant.astimezone(UTC))
        for found, reference, region, candidates, instant in session.execute(query)
    )


def lonely_again(kit: Kit) -> tuple[LonelyUrgent, ...]:
    """The same as `board.lonely_urgent` for requests from a dossier; `id` is the dossier's."""
    alerts = SentMail.name.like(func.concat(f"{ALERT}/", cast(CaseRequest.id, Text), "/", _REGION, "/%"))
    refused = exists().where(alerts, SentMail.refused_at.is_not(None))
    query = (
        _unopened()
        .add_columns(CaseRequest.dossier_id, refused)
        .where(or_(_REGION.is_(None), _REGION.not_in(list(kit.duty_addresses)), refused))
        .limit(20)
    )
    with kit.database.reading() as session:
        return tuple(
            LonelyUrgent(dossier, reference, region, tuple(candidates or everywhere()), instant, was_refused)
            for _id, reference, region, candidates, instant, dossier, was_refused in session.execute(query)
        )


def _unopened() -> Select[uuid.UUID, str, str | None, list[str], datetime]:
    opened = exists().where(CaseSeen.about == CaseRequest.id, CaseSeen.reader == _REGION)
    return (
        select(CaseRequest.id, Dossier.reference, _REGION, Demand.candidate_regions, CaseRequest.instant)
        .join(Dossier, Dossier.id == CaseRequest.dossier_id)
        .outerjoin(Demand, Demand.id == home_of(CaseRequest.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == CaseRequest.dossier_id)
        .where(CaseRequest.kind == RequestKind.URGENT.value, ~opened, ~is_closed(CaseRequest.id))
        .order_by(CaseRequest.instant)
    )


def waits_in(kit: Kit, dossier_id: uuid.UUID) -> int:
    """How many adults of a household wait for an answer, for a caller who has proven the scope."""
    with kit.database.reading() as session:
        return session.scalar(select(waits_of(dossier_id))) or 0


def waits_of(dossier_id: uuid.UUID | ColumnElement[uuid.UUID]) -> ScalarSelect[int]:
    """The same, in SQL."""
    return select(func.count()).where(ThreadWaiting.dossier_id == dossier_id).scalar_subquery()
