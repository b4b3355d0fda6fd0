"""Records of decisions as they rest in the database, opened. For callers that have proven who may see them."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from portal.adapters.envelope import UnreadableError
from portal.domain.case_request import RequestKind
from portal.domain.deadlines import appeal_last_day
from portal.domain.decision import Answers, DecisionKind, State, Step, state_of
from portal.domain.demand import filing_day
from portal.law import holidays
from portal.law.parameters import Parameter, parameter
from portal.models import CaseRequest, ChangeReport, Decision, DecisionStep, Demand
from portal.services.kit import Kit

_LATER = aliased(Decision)
_AFTER = aliased(DecisionStep)


@dataclass(frozen=True)
class Appeal:
    """The time to appeal: its last day, and the value of the law behind its length."""

    last_day: date
    rule: Parameter


@dataclass(frozen=True)
class Record:
    """One record of a decision, as pages show it."""

    id: uuid.UUID
    adult_id: uuid.UUID | None
    """Who alone sees it once it is confirmed; None: the household."""
    answers: Answers
    about: uuid.UUID | None
    """The demand, the report or the request that it answers."""
    asked: date | None
    """The local day on which that was asked for; of a demand its filing date. None: it answers nothing."""
    request_kind: RequestKind | None
    """What the request asks for, where it answers one."""
    replaces: uuid.UUID | None
    annuls: bool
    kind: DecisionKind | None
    """None where it cannot be opened now."""
    decided: date
    notified: date
    note: str | None
    """The centre's own; never shown to the person."""
    instant: datetime
    by: uuid.UUID
    step: Step | None
    stepped_at: datetime | None
    step_by: uuid.UUID | None
    reason: str | None
    """Why the second person found it wrong."""
    replaced: bool

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.step, replaced=self.replaced)

    @property
    def holds(self) -> bool:
        """Whether it counts, and a decision exists by it."""
        return self.state is State.CONFIRMED and not self.annuls

    @property
    def appeal(self) -> Appeal:
        """The time to appeal to the Conseil d'Etat (parameter `appeal_period`, directive ch. 16.1.2), from the notification."""
        return appeal_of(self.notified)


def appeal_of(notified: date) -> Appeal:
    """The same for a day of notification, which is never before 1.7.2021 here."""
    rule = parameter("appeal_period", notified)
    return Appeal(appeal_last_day(notified, rule.whole(), holidays.official()), rule)


def decision_context(decision: uuid.UUID) -> str:
    """What the sealed kind and note of a record are bound to."""
    return f"decision/{decision}"


def step_context(decision: uuid.UUID) -> str:
    """What the sealed reason of its step is bound to."""
    return f"decision_step/{decision}"


def records_in(session: Session, kit: Kit, *where: ColumnElement[bool]) -> tuple[Record, ...]:
    """The records that fulfil the conditions, newest first: one question to the database."""
    replaced = (
        select(_LATER.id)
        .join(_AFTER, _AFTER.decision_id == _LATER.id)
        .where(_LATER.replaces == Decision.id, _AFTER.kind == Step.CONFIRMED.value)
        .exists()
    )
    query = (
        select(Decision, DecisionStep, Demand, ChangeReport.instant, CaseRequest, replaced)
        .outerjoin(DecisionStep, DecisionStep.decision_id == Decision.id)
        .outerjoin(Demand, Demand.id == Decision.demand_id)
        .outerjoin(ChangeReport, ChangeReport.id == Decision.report_id)
        .outerjoin(CaseRequest, CaseRequest.id == Decision.request_id)
        .where(*where)
        .order_by(Decision.sequence.desc())
    )
    return tuple(_record(kit, *row) for row in session.execute(query))


def _record(
    kit: Kit,
    row: Decision,
    step: DecisionStep | None,
    demand: Demand | None,
    reported: datetime | None,
    request: CaseRequest | None,
    replaced: bool,
) -> Record:
    said = _opened(kit, row.details, decision_context(row.id))
    why = _opened(kit, step.details, step_context(row.id)) if step is not None and step.details is not None else {}
    answers = Answers(row.answers)
    return Record(
        id=row.id,
        adult_id=row.adult_id,
        answers=answers,
        about=row.demand_id or row.report_id or row.request_id,
        asked=_asked(answers, demand, reported or (request.instant if request else None)),
        request_kind=RequestKind(request.kind) if request else None,
        replaces=row.replaces,
        annuls=row.annuls,
        kind=DecisionKind(said["kind"]) if said.get("kind") else None,
        decided=row.decided_on,
        notified=row.notified_on,
        note=said.get("note"),
        instant=row.instant.astimezone(UTC),
        by=row.caseworker_id,
        step=Step(step.kind) if step else None,
        stepped_at=step.instant.astimezone(UTC) if step else None,
        step_by=step.caseworker_id if step else None,
        reason=why.get("reason"),
        replaced=replaced,
    )


def _asked(answers: Answers, demand: Demand | None, instant: datetime | None) -> date | None:
    if demand is not None and answers is Answers.DEMAND:
        return demand.filing_date
    if demand is not None:
        instant = demand.urgent_requested_at
    return filing_day(instant) if instant else None


def _opened(kit: Kit, sealed: bytes, context: str) -> dict[str, Any]:
    """What was sealed; where the key is missing, that it was recorded, and when, is known all the same."""
    try:
        return dict(json.loads(kit.envelope.open(sealed, context)))
    except UnreadableError:
        return {}
