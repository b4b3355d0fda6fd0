"""Papers that wait for a review: the queue of a centre, and an answer that names the very pages it judges."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Date, Subquery, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.demand import filing_day
from portal.domain.document import FileState
from portal.domain.document_request import RequestState, other_key
from portal.domain.situation.words import APPLICANT
from portal.law.parameters import parameter
from portal.models import Adult, ClockItem, Demand, Document, DocumentFile, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.begun_on_paper import Head
from portal.services.document_requests import Note, note_in
from portal.services.documents.desk import looked_in
from portal.services.documents.terms import paper_context
from portal.services.kit import Kit
from portal.services.thread.rows import home_of
from portal.services.writing import audit, lock_dossier

PAGE: Final = 30
DECIDED: Final = (RequestState.ACCEPTED, RequestState.REFUSED)


class ReplacedMeanwhileError(Exception):
    """The person sent, changed or took away pages since the page was made: what was judged is not what is here."""


@dataclass(frozen=True)
class QueueLine:
    """One household with papers that wait."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """None for a file that began on paper."""
    reference: str
    name: str | None
    latin_name: str | None
    language: str
    since: datetime
    """The oldest of its pages."""
    papers: int
    due: date | None
    """The nearest last day of a clock of its demand, or of what it asked for since; None where none runs."""


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    lines: tuple[QueueLine, ...]
    page: int
    more: bool


def queue(kit: Kit, actor: Actor, page: int = 1) -> Queue:
    """The households of the centre with papers to review: the nearest clock first, then the oldest pages; audited."""
    with kit.database.transaction() as session:
        found = _lines(session, kit, actor, PAGE + 1, (page - 1) * PAGE)
        audit(session, actor, "review:list", kit.clock.now())
    return Queue(found[:PAGE], page, len(found) > PAGE)


def next_in_queue(kit: Kit, actor: Actor, after: uuid.UUID | None) -> QueueLine | None:
    """The household that follows `after` in the queue, else the first other one; None: nothing else waits."""
    with kit.database.reading() as session:
        lines = _lines(session, kit, actor, None, 0)
    ids = [line.dossier_id for line in lines]
    at = ids.index(after) + 1 if after in ids else 0
    return next((line for line in (*lines[at:], *lines[:at]) if line.dossier_id != after), None)


def waiting_households_in(session: Session, actor: Actor) -> int:
    """How many households wait, for the board."""
    waiting = _waiting()
    counted = (
        select(func.count())
        .select_from(waiting)
        .join(Dossier, Dossier.id == waiting.c.dossier_id)
        .outerjoin(Demand, Demand.id == home_of(Dossier.id))
        .outerjoin(PaperFile, PaperFile.dossier_id == waiting.c.dossier_id)
        .where(_ours(actor))
    )
    return session.scalar(counted) or 0


def judge(
    kit: Kit, actor: Actor, demand: Head, key: str, note: Note, shown: Mapping[uuid.UUID, int], seen: datetime | None
) -> None:
    """Note something of a paper at the desk, for a caller that has proven the scope.

    `shown`: the documents that stood on the page, with their versions; they wait no more, and what was decided stays as it is.
    `seen`: when the note was made that stood there. Raises `ReplacedMeanwhileError`, `NotedMeanwhileError`.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, demand.dossier_id)
        if actor.region is not None and demand.region == actor.region:
            for document in _same(session, kit, demand, key, shown):
                document.review_since = None
                if note.state in DECIDED:  # it stays as it is, also where not every page of it was opened
                    looked_in(session, kit, actor, document)
            session.flush()
        note_in(session, kit, actor, demand.dossier_id, key, note, seen, now)


def _same(session: Session, kit: Kit, demand: Head, key: str, shown: Mapping[uuid.UUID, int]) -> Sequence[Document]:
    """The documents that were judged, locked: no page of them changed, and nothing more came for the paper."""
    of_household = (Document.dossier_id == demand.dossier_id, Document.removed_at.is_(None))
    rows = session.scalars(select(Document).where(*of_household, Document.id.in_(shown)).with_for_update()).all()
    if {row.id: row.version for row in rows} != dict(shown):
        raise ReplacedMeanwhileError
    fresh = session.scalars(
        select(Document).where(*of_household, Document.review_since.is_not(None), Document.id.not_in(shown), _ready())
    )
    for one in fresh:
        said = json.loads(kit.envelope.open(one.details, paper_context(one.id)))
        if (said["key"] or other_key(one.id)) == key:
            raise ReplacedMeanwhileError
    return rows


def _ready() -> ColumnElement[bool]:
    return exists().where(DocumentFile.document_id == Document.id, DocumentFile.state == FileState.READY.value)


def _waiting() -> Subquery:
    return (
        select(Document.dossier_id, func.min(Document.review_since).label("since"), func.count().label("papers"))
        .where(Document.review_since.is_not(None), Document.removed_at.is_(None), _ready())
        .group_by(Document.dossier_id)
        .subquery()
    )


def _ours(actor: Actor) -> ColumnElement[bool]:
    """The centre that has the household; nothing of a demand that was withdrawn."""
    if actor.region is None:
        raise NotYoursError
    by_demand = and_(Demand.region == actor.region, Demand.withdrawn_at.is_(None))
    return or_(by_demand, and_(Demand.id.is_(None), PaperFile.region == actor.region))


def _lines(session: Session, kit: Kit, actor: Actor, most: int | None, offset: int) -> tuple[QueueLine, ...]:
    waiting, due = _waiting(), _due(filing_day(kit.clock.now()))
    query = (
        select(
            waiting.c.dossier_id,
            Demand.id.label("demand_id"),
            Dossier.reference,
            Adult.name,
            Adult.latin_name,
            func.coalesce(Adult.interview_language, Adult.language).label("language"),
            waiting.c.since,
            waiting.c.papers,
            due.label("due"),
        )
        .select_from(waiting)
        .join(Dossier, Dossier.id == waiting.c.dossier_id)
        .join(Adult, and_(Adult.dossier_id == waiting.c.dossier_id, Adult.person == APPLICANT))
        .outerjoin(Demand, Demand.id == home_of(Dossier.id))
        .outerjoin(PaperFile, PaperFile.dossier_id == waiting.c.dossier_id)
        .where(_ours(actor))
        .order_by(due.nulls_last(), waiting.c.since, waiting.c.dossier_id)
        .limit(most)
        .offset(offset)
    )
    return tuple(QueueLine(**(row._asdict() | {"since": row.since.astimezone(UTC)})) for row in session.execute(query))


def _due(today: date) -> ColumnElement[date | None]:
    """The nearest last day of a clock that no decision has ended: of the demand, or of what the household asked for since."""
    decision, urgent = (parameter(name, today).whole() for name in ("decision_clock", "urgent_clock"))
    asked = cast(func.timezone("Europe/Zurich", Demand.urgent_requested_at), Date)
    undecided = Demand.decided_at.is_(None)
    urgent_runs = and_(
        Demand.urgent_decided_at.is_(None), or_(undecided, Demand.urgent_requested_at > Demand.decided_at)
    )
    lengths = {"urgent": urgent, "reexamination": parameter("reexamination_clock", today).whole()}
    since = select(func.min(ClockItem.day + case(lengths, value=ClockItem.asks))).where(
        ClockItem.dossier_id == Dossier.id, ClockItem.asks.in_(lengths)
    )
    return func.least(
        case((undecided, Demand.filing_date + decision)),
        case((urgent_runs, asked + urgent)),
        since.scalar_subquery(),
        type_=Date,
    )
