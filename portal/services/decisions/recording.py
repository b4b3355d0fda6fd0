"""Record a decision, and end that record: a second caseworker confirms or refuses it, its author takes it back.

One after the other for a household (its lock), so whoever comes second finds what the first one did.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from portal.domain.decision import LONGEST, Answers, DecisionKind, State, Step, faults, may
from portal.domain.demand import filing_day
from portal.law.parameters import FIRST_DAY
from portal.models import Decision, DecisionStep, DecisionWaiting, Demand
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.decisions.desk import DeskDecisions, Matter, found_in
from portal.services.decisions.rows import Record, decision_context, step_context
from portal.services.decisions.standing import holds
from portal.services.document_requests import NotedMeanwhileError
from portal.services.kit import Kit
from portal.services.writing import audit, lock_dossier

_ACTIONS: Final = {
    Step.CONFIRMED: "decision:confirm",
    Step.REFUSED: "decision:refuse",
    Step.TAKEN_BACK: "decision:take-back",
}
_ONE = aliased(Decision)


class WaitingAlreadyError(Exception):
    """A record on the same matter waits for a second person: that one is to be ended first."""


class EndedError(Exception):
    """The record does not wait any more: somebody else ended it."""


class NeedsAnotherError(Exception):
    """The one person does what only the other may: confirm one's own record, or take back another's."""


@dataclass(frozen=True)
class Noted:
    """What a form brought. `kind` None: the record that it corrects was a mistake, there is no such decision."""

    matter: str
    """As `Matter.value` names it; of a correction too."""
    kind: DecisionKind | None
    decided: date
    notified: date
    note: str | None
    token: str
    seen: int
    """How much stood on the page (`DeskDecisions.seen`)."""
    replaces: uuid.UUID | None = None


def record(kit: Kit, actor: Actor, place: DeskPlace, noted: Noted) -> uuid.UUID:
    """Record a decision; nothing of it is shown to the person yet. The same form sent again is the same record.

    Raises NotYoursError, NotedMeanwhileError, WaitingAlreadyError; ValueError for days that the form refuses.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = _locked(session, kit, actor, place)
        digest = kit.keyring.digests("decision-token", f"{actor.id}|{noted.token}".encode())
        before = session.scalar(select(Decision.id).where(Decision.token_hash.in_(digest)))
        if before is not None:
            return before
        if found.seen != noted.seen:
            raise NotedMeanwhileError
        matter, replaced = _matter(found, noted)
        wrong = faults(noted.decided, noted.notified, asked=matter.asked, today=filing_day(now), first_day=FIRST_DAY)
        if noted.kind is not None and (wrong or len(noted.note or "") > LONGEST):
            raise ValueError("days or a note that the form does not let through")
        if found.waiting_for(matter):
            raise WaitingAlreadyError
        id_ = uuid.uuid4()
        said = {"kind": noted.kind.value if noted.kind else None, "note": noted.note}
        session.execute(
            insert(Decision).values(
                id=id_,
                dossier_id=found.head.dossier_id,
                adult_id=matter.adult_id,
                answers=matter.answers.value,
                demand_id=matter.id if matter.answers in (Answers.DEMAND, Answers.URGENT) else None,
                report_id=matter.id if matter.answers is Answers.REPORT else None,
                request_id=matter.id if matter.answers is Answers.REQUEST else None,
                replaces=replaced.id if replaced else None,
                annuls=noted.kind is None,
                decided_on=replaced.decided if replaced and noted.kind is None else noted.decided,
                notified_on=replaced.notified if replaced and noted.kind is None else noted.notified,
                instant=now,
                caseworker_id=actor.id,
                region=actor.region,
                token_hash=digest[0],
                details=kit.envelope.seal(json.dumps(said).encode(), decision_context(id_)),
            )
        )
        session.execute(insert(DecisionWaiting).values(decision_id=id_, dossier_id=found.head.dossier_id))
        audit(session, actor, "decision:record", now, found.head.dossier_id, adult_id=matter.adult_id)
        return id_


def end(
    kit: Kit, actor: Actor, place: DeskPlace, decision_id: uuid.UUID, step: Step, reason: str | None = None
) -> None:
    """Confirm, refuse or take back a record that waits; what one did already, done again by the same, is done.

    Once it is confirmed the person sees it, and the clocks that waited for it stand still. Raises NotYoursError,
    EndedError, NeedsAnotherError; ValueError for a refusal without a reason.
    """
    if step is Step.REFUSED and not reason:
        raise ValueError("a refusal says why")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = _locked(session, kit, actor, place)
        one = found.named(decision_id)
        if one.step is step and one.step_by == actor.id:
            return
        if one.step is not None or (step is Step.CONFIRMED and _replaced_meanwhile(found, one)):
            raise EndedError
        if not may(step, recorded_by_them=one.by == actor.id):
            raise NeedsAnotherError
        why = json.dumps({"reason": reason}).encode() if step is Step.REFUSED else None
        session.execute(
            insert(DecisionStep).values(
                decision_id=one.id,
                recorded_by=one.by,
                kind=step.value,
                instant=now,
                caseworker_id=actor.id,
                region=actor.region,
                details=kit.envelope.seal(why, step_context(one.id)) if why else None,
            )
        )
        session.execute(delete(DecisionWaiting).where(DecisionWaiting.decision_id == one.id))
        if step is Step.CONFIRMED:
            _stop_clocks(session, found)
        audit(session, actor, _ACTIONS[step], now, found.head.dossier_id, adult_id=one.adult_id)


def _locked(session: Session, kit: Kit, actor: Actor, place: DeskPlace) -> DeskDecisions:
    """The household's records, read under its lock."""
    lock_dossier(session, found_in(session, kit, actor, place).head.dossier_id)
    return found_in(session, kit, actor, place)


def _matter(found: DeskDecisions, noted: Noted) -> tuple[Matter, Record | None]:
    """What the record answers, and which confirmed one it corrects. Raises NotYoursError, NotedMeanwhileError."""
    matter = next((one for one in found.matters if one.value == noted.matter), None)
    if noted.replaces is None:
        if matter is None or noted.kind is None:
            raise NotYoursError
        return matter, None
    replaced = found.named(noted.replaces)
    if replaced.state is not State.CONFIRMED:
        raise NotedMeanwhileError
    same = Matter(replaced.answers, replaced.about, replaced.asked, replaced.adult_id)
    if noted.kind is None or noted.matter == same.value:
        return same, replaced
    if matter is None:
        raise NotYoursError
    return matter, replaced


def _replaced_meanwhile(found: DeskDecisions, one: Record) -> bool:
    """Whether what it corrects does not hold any more: another correction was confirmed first."""
    return one.replaces is not None and found.named(one.replaces).state is not State.CONFIRMED


def _stop_clocks(session: Session, found: DeskDecisions) -> None:
    """Bring the household's demands up to date: the board and the sweep read them by an index, without a join."""
    for answers, column in ((Answers.DEMAND, Demand.decided_at), (Answers.URGENT, Demand.urgent_decided_at)):
        first = (
            select(func.min(DecisionStep.instant))
            .join(_ONE, _ONE.id == DecisionStep.decision_id)
            .where(_ONE.demand_id == Demand.id, _ONE.answers == answers.value, holds(_ONE))
            .scalar_subquery()
        )
        session.execute(
            update(Demand)
            .where(Demand.dossier_id == found.head.dossier_id, column.is_distinct_from(first))
            .values({column.key: first})
            .execution_options(synchronize_session=False)
        )
