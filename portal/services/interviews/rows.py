"""What was noted of a household's interview, as the tables hold it; for callers who have proven who may see it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import start_of_day
from portal.domain.interview import KEPT, Event, Interpreter, Meeting, Step, Way, step_read
from portal.models import Caseworker, Demand, InterviewEvent, PaperFile
from portal.services.actor import Actor
from portal.services.kit import Kit

_LATER = aliased(InterviewEvent)
_BEFORE = aliased(InterviewEvent)


@dataclass(frozen=True)
class Noted:
    """One event, with what only the desk sees of it."""

    event: Event
    by: str
    """The caseworker's name: for staff, never for the person."""
    region: str
    reason: str | None


@dataclass(frozen=True)
class Interview:
    """A household's interview as it was noted, in order; empty where nothing was."""

    noted: tuple[Noted, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What counts of it."""
        return tuple(one.event for one in self.noted)

    @property
    def seen(self) -> int:
        """The number of the last event: whoever notes the next one has seen this one. 0 where there is none."""
        return self.noted[-1].event.sequence if self.noted else 0


def interview_context(event: uuid.UUID) -> str:
    """What the words of an event are bound to."""
    return f"interview_event/{event}"


def interview_in(session: Session, kit: Kit, dossier_id: uuid.UUID) -> Interview:
    """Everything that was noted, with who noted it: for the desk."""
    rows = session.execute(
        select(InterviewEvent, Caseworker.name)
        .join(Caseworker, Caseworker.id == InterviewEvent.caseworker_id)
        .where(InterviewEvent.dossier_id == dossier_id)
        .order_by(InterviewEvent.sequence)
    )
    found: list[Noted] = []
    for row, name in rows:
        words = _words(kit, row)
        event = _event(row, words.get("place"), [one.event for one in found])
        found.append(Noted(event, name, row.region, words.get("reason")))
    return Interview(tuple(found))


def events_in(session: Session, kit: Kit, dossier_id: uuid.UUID) -> tuple[Event, ...]:
    """The same without who and why: for the person, and for papers."""
    rows = session.scalars(
        select(InterviewEvent).where(InterviewEvent.dossier_id == dossier_id).order_by(InterviewEvent.sequence)
    )
    found: list[Event] = []
    for row in rows:
        found.append(_event(row, _words(kit, row).get("place"), found))
    return tuple(found)


def last_sequence(session: Session, dossier_id: uuid.UUID) -> int:
    """The number of the last event of a household; 0: none."""
    query = select(InterviewEvent.sequence).where(InterviewEvent.dossier_id == dossier_id)
    return session.scalar(query.order_by(InterviewEvent.sequence.desc()).limit(1)) or 0


def is_last(event: type[InterviewEvent] = InterviewEvent) -> ColumnElement[bool]:
    """The condition of a household's last event. `event`: under which name the query has it."""
    newer = select(_LATER.id).where(_LATER.dossier_id == event.dossier_id, _LATER.sequence > event.sequence)
    return ~newer.exists()


def is_agreed_before(end: type[InterviewEvent]) -> ColumnElement[bool]:
    """The condition of the event that agreed what `end` is the end of."""
    newest = select(func.max(_BEFORE.sequence)).where(
        _BEFORE.dossier_id == end.dossier_id, _BEFORE.sequence < end.sequence, _BEFORE.at.is_not(None)
    )
    return and_(
        InterviewEvent.dossier_id == end.dossier_id, InterviewEvent.sequence == newest.correlate(end).scalar_subquery()
    )


def interviews_on(
    session: Session, first: date, last: date, dossier: uuid.UUID | None
) -> list[tuple[uuid.UUID, datetime, list[uuid.UUID]]]:
    """(household, hour, adults) of each agreed interview between two local days, for whoever reminds.

    Nothing of a household whose demands are all withdrawn. `dossier`: of that household only.
    """
    begin, finish = start_of_day(first), start_of_day(last + timedelta(days=1))
    goes_on = select(Demand.id).where(Demand.dossier_id == InterviewEvent.dossier_id, Demand.withdrawn_at.is_(None))
    on_paper = select(PaperFile.dossier_id).where(PaperFile.dossier_id == InterviewEvent.dossier_id)
    query = select(InterviewEvent.dossier_id, InterviewEvent.at, InterviewEvent.adults).where(
        InterviewEvent.at >= begin, InterviewEvent.at < finish, is_last(), or_(goes_on.exists(), on_paper.exists())
    )
    rows = session.execute(query if dossier is None else query.where(InterviewEvent.dossier_id == dossier))
    return [(home, at.astimezone(UTC), list(adults)) for home, at, adults in rows if at is not None]


def add_event(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    step: Step,
    now: datetime,
    meeting: Meeting | None = None,
    reason: str | None = None,
) -> None:
    """One event more, for a caller who holds the dossier's lock."""
    event = uuid.uuid4()
    words = {"place": meeting.place if meeting else None, "reason": reason}
    said = json.dumps({name: text for name, text in words.items() if text})
    session.execute(
        insert(InterviewEvent).values(
            id=event,
            dossier_id=dossier_id,
            kind=KEPT.get(step, step).value,
            instant=now,
            caseworker_id=actor.id,
            region=actor.region,
            at=meeting.at if meeting else None,
            way=meeting.way.value if meeting else None,
            antenna=meeting.antenna if meeting else None,
            interpreter=meeting.interpreter.value if meeting else None,
            language=meeting.language if meeting else None,
            adults=list(meeting.adults) if meeting else [],
            details=kit.envelope.seal(said.encode(), interview_context(event)),
        )
    )


def of_adult(events: Sequence[Event], adult_id: uuid.UUID) -> tuple[Event, ...]:
    """What concerns one adult: the meetings to which they are to come, and what became of those."""
    found: list[Event] = []
    mine = False
    for one in events:
        if one.meeting is not None:
            mine = adult_id in one.meeting.adults
            if not mine and one.step is not Step.NOTED:
                found = []  # the meeting goes on without them: it is none of theirs any more
        if mine:
            found.append(one)
    return tuple(found)


def in_order(adults: Iterable[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """Each once, in a lasting order."""
    return tuple(sorted(set(adults)))


def _words(kit: Kit, row: InterviewEvent) -> dict[str, str]:
    """The place and the reason; nothing where the key is gone: day and hour stand all the same."""
    try:
        return dict(json.loads(kit.envelope.open(row.details, interview_context(row.id))))
    except UnreadableError:
        return {}


def meeting_of(row: InterviewEvent, place: str | None = None) -> Meeting | None:
    """What a row agrees; None of one that ends it. `place`: its words, where they were opened."""
    if row.at is None or row.way is None or row.interpreter is None:
        return None
    return Meeting(
        row.at.astimezone(UTC),
        Way(row.way),
        row.antenna,
        place,
        Interpreter(row.interpreter),
        row.language,
        in_order(row.adults),
    )


def _event(row: InterviewEvent, place: str | None, before: Sequence[Event]) -> Event:
    instant = row.instant.astimezone(UTC)
    return Event(row.sequence, step_read(Step(row.kind), instant, before), instant, meeting_of(row, place))
