"""What the centre asked an adult about a report and waits for: its words, and the day that it set.

It waits until the person answers: by a message or a request on the thread, by a paper of this report, by a correction or
a withdrawal; or until the centre notes that it is settled. Whatever else the desk notes ends nothing; a later question
takes the place of an earlier one. After the day that was set nothing is shown any more.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from portal.adapters.envelope import UnreadableError
from portal.domain.case_request import LineKind
from portal.domain.changes.report import EventKind
from portal.domain.document_request import RequestState, read_key
from portal.domain.situation.kinds import read_day
from portal.models import ChangeReport, ChangeReportEvent, ThreadMessage
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import events_in
from portal.services.kit import Kit
from portal.services.reports.stored import SETTLED, event_context

_ENDS: Final = (EventKind.WITHDRAWN.value, EventKind.CORRECTED.value)
_BY_THE_PERSON: Final = (LineKind.MESSAGE.value, LineKind.REQUEST.value)
_NOTHING_SENT: Final = frozenset({RequestState.TO_BRING.value, RequestState.TO_SIGN.value})
_OTHER = aliased(ChangeReportEvent)


@dataclass(frozen=True)
class Question:
    """One question of the centre that waits for an answer."""

    report: str
    """The ten letters of the report."""
    asked_at: datetime
    words: str
    wanted_by: date | None


def open_questions(kit: Kit, actor: Actor, today: date) -> tuple[Question, ...]:
    """The adult's own, the nearest day first; never another adult's. Raises NotYoursError."""
    with kit.database.reading() as session:
        return open_questions_in(session, kit, actor, today)


def open_questions_in(session: Session, kit: Kit, actor: Actor, today: date) -> tuple[Question, ...]:
    """The same within a transaction: one question to the database, unless the centre asked something."""
    if actor.adult_id is None or actor.dossier_id is None:
        raise NotYoursError
    newer = exists().where(
        _OTHER.report_id == ChangeReportEvent.report_id,
        (_OTHER.kind.in_(_ENDS))
        | ((_OTHER.kind == EventKind.ASKED_BACK.value) & (_OTHER.sequence > ChangeReportEvent.sequence)),
    )
    answered = exists().where(
        ThreadMessage.adult_id == actor.adult_id,
        ThreadMessage.kind.in_(_BY_THE_PERSON),
        ThreadMessage.instant >= ChangeReportEvent.instant,
    )
    query = (
        select(ChangeReport.name, ChangeReportEvent.id, ChangeReportEvent.instant, ChangeReportEvent.details)
        .join(ChangeReport, ChangeReport.id == ChangeReportEvent.report_id)
        .where(
            ChangeReport.dossier_id == actor.dossier_id,
            ChangeReport.adult_id == actor.adult_id,
            ChangeReportEvent.kind == EventKind.ASKED_BACK.value,
            ~newer,
            ~answered,
        )
        .order_by(ChangeReportEvent.sequence)
    )
    rows = session.execute(query).all()
    if not rows:
        return ()
    papers = tuple(_papers(session, kit, actor.dossier_id))
    found = []
    for name, id_, instant, details in rows:
        said = _said(kit, id_, details)
        day = read_day(said.get("wanted_by"))
        sent = bool(said.get(SETTLED)) or any(report == name and at >= instant for report, at in papers)
        if not sent and (day is None or day >= today):
            found.append(Question(name, instant.astimezone(UTC), str(said.get("words", "")), day))
    return tuple(sorted(found, key=lambda one: (one.wanted_by or date.max, one.asked_at)))


def _papers(session: Session, kit: Kit, dossier: uuid.UUID) -> Iterator[tuple[str, datetime]]:
    """Which report got a paper from the household, and when: sent, or said that it cannot be had."""
    for row, said in events_in(session, kit, dossier):
        report = read_key(said["key"]).report
        if report is not None and row.caseworker_id is None and said["state"] not in _NOTHING_SENT:
            yield report, row.instant


def _said(kit: Kit, event: uuid.UUID, details: bytes | None) -> dict[str, Any]:
    """The words and the day; where they cannot be opened the question is there all the same."""
    if details is None:
        return {}
    try:
        return dict(json.loads(kit.envelope.open(details, event_context(event))))
    except UnreadableError:
        return {}
