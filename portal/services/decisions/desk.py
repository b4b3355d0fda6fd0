"""Decisions at the desk: what was recorded of a household, what a decision may answer, which records wait for a second person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.case_request import RequestKind
from portal.domain.changes.report import EventKind
from portal.domain.decision import Answers, State
from portal.domain.demand import filing_day
from portal.models import (
    Adult,
    CaseRequest,
    Caseworker,
    ChangeReport,
    ChangeReportEvent,
    Decision,
    DecisionWaiting,
    Demand,
    Dossier,
)
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.decisions.rows import Record, records_in
from portal.services.kit import Kit
from portal.services.scope import household_in_scope
from portal.services.writing import audit

MOST: Final = 100
"""So many records that wait are listed; the number on the board says how many there are."""
_ASKS_FOR_ONE: Final = (RequestKind.URGENT.value, RequestKind.REEXAMINATION.value, RequestKind.DECISION.value)
_ENDED: Final = (EventKind.WITHDRAWN.value, EventKind.CORRECTED.value)


@dataclass(frozen=True)
class Matter:
    """Something that a decision may answer."""

    answers: Answers
    id: uuid.UUID | None
    asked: date | None
    adult_id: uuid.UUID | None = None
    """Whose own it is; None: the household's."""
    name: str | None = None
    request_kind: RequestKind | None = None

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.answers.value}:{self.id}" if self.id else self.answers.value


@dataclass(frozen=True)
class DeskDecisions:
    """The records of a household, newest first, and what the next one may answer."""

    head: Head
    records: tuple[Record, ...]
    matters: tuple[Matter, ...]
    names: Mapping[uuid.UUID, str]
    """Of the caseworkers who recorded and confirmed."""
    adults: Mapping[uuid.UUID, str | None]
    """Of the household, for what one adult alone asked for."""

    @property
    def seen(self) -> int:
        """How much stood on the page: records and their steps, which only ever become more."""
        return len(self.records) + sum(one.step is not None for one in self.records)

    def named(self, decision_id: uuid.UUID) -> Record:
        """One of them. Raises NotYoursError."""
        for one in self.records:
            if one.id == decision_id:
                return one
        raise NotYoursError

    @property
    def standing(self) -> tuple[Record, ...]:
        """The decisions that hold and answer something; what the commune decided of its own accord answers nothing."""
        return tuple(one for one in self.records if one.holds and one.about is not None)

    def answered_by(self, waiting: Record) -> tuple[Record, ...]:
        """Those that answer the same as a record that waits, and that it does not replace: the commune decided again, or
        the first one wants a correction. The second person is told, and never stopped.
        """
        same = (waiting.answers, waiting.about)
        return tuple(one for one in self.standing if (one.answers, one.about) == same and one.id != waiting.replaces)

    def waiting_for(self, matter: Matter) -> bool:
        """Whether a record on it waits already; what the commune decides of its own accord never stands in the way."""
        return matter.id is not None and any(
            one.state is State.WAITING and (one.answers, one.about) == (matter.answers, matter.id)
            for one in self.records
        )


@dataclass(frozen=True)
class ToConfirm:
    """A record that waits. Of a household this caseworker sees."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    reference: str
    name: str | None
    instant: datetime
    by: str
    own: bool
    """Whether this caseworker made it: then another one has to confirm it."""


def decisions_at_desk(kit: Kit, actor: Actor, place: DeskPlace) -> DeskDecisions:
    """Of a household that the actor's own region has taken; audited. Raises NotYoursError."""
    with kit.database.transaction() as session:
        found = found_in(session, kit, actor, place)
        audit(session, actor, "decisions:read", kit.clock.now(), found.head.dossier_id)
        return found


def found_in(session: Session, kit: Kit, actor: Actor, place: DeskPlace) -> DeskDecisions:
    """The same within a transaction. Only for the centre that has the household: while none has it, nobody records."""
    head = head_in(session, kit, actor, place)
    if actor.region is None or head.region != actor.region:
        raise NotYoursError
    records = records_in(session, kit, Decision.dossier_id == head.dossier_id)
    query = select(Adult.id, func.coalesce(Adult.latin_name, Adult.name)).where(Adult.dossier_id == head.dossier_id)
    adults = {adult: name for adult, name in session.execute(query)}  # noqa: C416 - a row is no pair for dict()
    people = {who for one in records for who in (one.by, one.step_by) if who is not None}
    rows = session.execute(select(Caseworker.id, Caseworker.name).where(Caseworker.id.in_(people))).all()
    matters = tuple(_matters(session, actor, head.dossier_id, adults))
    return DeskDecisions(head, records, matters, {who: name for who, name in rows}, adults)  # noqa: C416


def _matters(
    session: Session, actor: Actor, dossier: uuid.UUID, names: Mapping[uuid.UUID, str | None]
) -> Iterator[Matter]:
    """Demands of this centre, reports that ask for a decision and hold, requests that ask for one; the newest first."""
    demands = session.execute(
        select(Demand.id, Demand.filing_date, Demand.urgent_requested_at, Demand.adult_id)
        .where(Demand.dossier_id == dossier, Demand.region == actor.region)
        .order_by(Demand.instant.desc())
    ).all()
    for id_, filed, urgent, adult in demands:
        yield Matter(Answers.DEMAND, id_, filed)
        if urgent is not None:
            yield Matter(Answers.URGENT, id_, filing_day(urgent), adult, names.get(adult))
    ended = (
        select(ChangeReportEvent.id)
        .where(ChangeReportEvent.report_id == ChangeReport.id, ChangeReportEvent.kind.in_(_ENDED))
        .exists()
    )
    reports = session.execute(
        select(ChangeReport.id, ChangeReport.instant, ChangeReport.adult_id)
        .where(ChangeReport.dossier_id == dossier, ChangeReport.asks_decision, ~ended)
        .order_by(ChangeReport.sequence.desc())
    ).all()
    for id_, at, adult in reports:
        yield Matter(Answers.REPORT, id_, filing_day(at), adult, names.get(adult))
    requests = session.execute(
        select(CaseRequest.id, CaseRequest.instant, CaseRequest.adult_id, CaseRequest.kind)
        .where(CaseRequest.dossier_id == dossier, CaseRequest.kind.in_(_ASKS_FOR_ONE))
        .order_by(CaseRequest.instant.desc())
    ).all()
    for id_, at, adult, kind in requests:
        yield Matter(Answers.REQUEST, id_, filing_day(at), adult, names.get(adult), RequestKind(kind))
    yield Matter(Answers.NOTHING, None, None)


def waiting_count_in(session: Session, actor: Actor) -> int:
    """How many records of households of the actor's own region wait, for the board."""
    waiting = select(DecisionWaiting.decision_id).where(household_in_scope(actor, DecisionWaiting.dossier_id))
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def to_confirm(kit: Kit, actor: Actor) -> tuple[ToConfirm, ...]:
    """Those that wait in the actor's region, oldest first, at most MOST; audited. Names and references, nothing else."""
    newest = (
        select(Demand.id)
        .where(Demand.dossier_id == DecisionWaiting.dossier_id, Demand.region == actor.region)
        .order_by(Demand.instant.desc())
        .limit(1)
        .scalar_subquery()
    )
    applicant = (
        select(func.coalesce(Adult.latin_name, Adult.name))
        .where(Adult.dossier_id == DecisionWaiting.dossier_id)
        .order_by(Adult.person)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            DecisionWaiting.dossier_id,
            newest,
            Dossier.reference,
            applicant,
            Decision.instant,
            Caseworker.name,
            Decision.caseworker_id == actor.id,
        )
        .join(Decision, Decision.id == DecisionWaiting.decision_id)
        .join(Dossier, Dossier.id == DecisionWaiting.dossier_id)
        .join(Caseworker, Caseworker.id == Decision.caseworker_id)
        .where(household_in_scope(actor, DecisionWaiting.dossier_id))
        .order_by(Decision.sequence)
        .limit(MOST)
    )
    with kit.database.transaction() as session:
        found = tuple(ToConfirm(*row) for row in session.execute(query))
        audit(session, actor, "decision:list", kit.clock.now())
        return found
