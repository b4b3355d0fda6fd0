"""The interview at the desk: note it, move it, say what became of it, and which ones are next at a centre."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, false, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.interview import (
    LONGEST_WORDS,
    OUTCOMES,
    Meeting,
    State,
    Step,
    Way,
    agreed,
    called_off,
    moved_from,
    state_of,
    step_to,
    wrong_time,
)
from portal.law import directory
from portal.models import Adult, Demand, Dossier, InterviewEvent, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.identity import Seen, seen_of_household
from portal.services.interviews.rows import (
    Interview,
    add_event,
    events_in,
    in_order,
    interview_in,
    is_agreed_before,
    is_last,
    last_sequence,
    meeting_of,
)
from portal.services.kit import Kit
from portal.services.scope import in_scope
from portal.services.thread.rows import home_of
from portal.services.writing import audit, lock_dossier

MOST: Final = 200
"""Lines of the list of next interviews."""
BACK: Final = timedelta(days=30)
"""How long an interview of which nothing was noted, or which did not take place, stays on the list."""
_END = aliased(InterviewEvent)


class NotedMeanwhileError(Exception):
    """Somebody else noted something of the interview since the page was made; nothing was written."""


class TooEarlyError(Exception):
    """Nothing can have become of it yet, or nothing is agreed."""


class TooLateError(Exception):
    """Its hour is past: it cannot be called off any more."""


@dataclass(frozen=True)
class Attendee:
    """An adult of the household."""

    id: uuid.UUID
    name: str | None
    latin_name: str | None
    spoken: str
    """In which language they wish to talk."""
    interpreter: bool | None
    seen: Seen | None
    """Whether somebody saw who they are; None: nobody noted it."""


@dataclass(frozen=True)
class DeskInterview:
    """The page of a household's interview."""

    head: Head
    ours: bool
    """Whether this centre has the household: only then something may be noted."""
    interview: Interview
    state: State
    meeting: Meeting | None
    """What was agreed last."""
    moved_from: datetime | None
    adults: tuple[Attendee, ...]

    @property
    def people(self) -> Mapping[uuid.UUID, Attendee]:
        """Who is who."""
        return {one.id: one for one in self.adults}


@dataclass(frozen=True)
class NextInterview:
    """One line of the list of a centre."""

    at: datetime
    way: Way
    antenna: str | None
    interpreter: str
    language: str | None
    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    reference: str
    names: tuple[tuple[str | None, str | None], ...]
    """Of each who is to come: the name, and the same in Latin letters."""
    state: State
    closed: bool
    """The file was closed meanwhile: somebody may come all the same."""


def look(kit: Kit, actor: Actor, place: DeskPlace) -> DeskInterview:
    """A household's interview; audited. Raises NotYoursError outside the scope."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place)
        interview = interview_in(session, kit, head.dossier_id)
        seen = seen_of_household(session, head.dossier_id)
        rows = session.scalars(select(Adult).where(Adult.dossier_id == head.dossier_id).order_by(Adult.person))
        adults = tuple(
            Attendee(
                row.id,
                row.name,
                row.latin_name,
                row.interview_language or row.language,
                row.interpreter,
                seen.get(row.id),
            )
            for row in rows
        )
        audit(session, actor, "interview:read", now, head.dossier_id)
    events = interview.events
    return DeskInterview(
        head,
        has_it(actor, head),
        interview,
        state_of(events, now),
        agreed(events),
        moved_from(events),
        adults,
    )


@dataclass(frozen=True)
class InShort:
    """What the page of a household says of it."""

    state: State
    at: datetime | None
    seen: int
    """How many adults of the household somebody saw to be who they are."""
    adults: int


def in_short(kit: Kit, head: Head) -> InShort:
    """For a caller who has proven that the household is in the actor's scope, and audited the look."""
    with kit.database.reading() as session:
        events = events_in(session, kit, head.dossier_id)
        seen = seen_of_household(session, head.dossier_id)
        adults = session.scalar(select(func.count()).where(Adult.dossier_id == head.dossier_id)) or 0
    meeting = agreed(events)
    return InShort(state_of(events, kit.clock.now()), meeting.at if meeting else None, len(seen), adults)


def has_it(actor: Actor, head: Head) -> bool:
    """Whether this centre has the household and its demand goes on."""
    return head.region is not None and head.region == actor.region and head.withdrawn_at is None


def note(kit: Kit, actor: Actor, place: DeskPlace, meeting: Meeting, seen: int, reason: str | None = None) -> None:
    """Note, move or change the interview; what stands so already is not noted again: a double click is one event.

    `seen`: the number of the last event on the page. Raises `NotedMeanwhileError`, NotYoursError; ValueError for what the
    form does not let through.
    """
    now = kit.clock.now()
    _check(actor, meeting, reason, now)
    with kit.database.transaction() as session:
        head = _ours(session, kit, actor, place)
        known = set(session.scalars(select(Adult.id).where(Adult.dossier_id == head.dossier_id)))
        if not known.issuperset(meeting.adults):
            raise NotYoursError
        wanted = replace(meeting, adults=in_order(meeting.adults))
        events = interview_in(session, kit, head.dossier_id).events
        step = step_to(events, wanted)
        if step is None:
            return
        if last_sequence(session, head.dossier_id) != seen:
            raise NotedMeanwhileError
        if step is Step.MOVED and not reason:
            raise ValueError("a move wants a reason")
        add_event(session, kit, actor, head.dossier_id, step, now, wanted, reason)
        audit(session, actor, f"interview:{step.value}", now, head.dossier_id)


def end(kit: Kit, actor: Actor, place: DeskPlace, step: Step, seen: int, reason: str | None = None) -> None:
    """Say that it was held, did not take place, is called off, or that the end was noted by mistake. Said twice it is once.

    All but the first with the reason, for the centre. What is taken back stands as it was agreed before. Raises
    `TooEarlyError` before its hour, `TooLateError` for what is called off after it, `NotedMeanwhileError`, NotYoursError;
    ValueError without a reason.
    """
    if step not in OUTCOMES or (step is not Step.HELD and not reason):
        raise ValueError("held; or another outcome with a reason")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = _ours(session, kit, actor, place)
        events = interview_in(session, kit, head.dossier_id).events
        if events and events[-1].step is step:
            return
        if last_sequence(session, head.dossier_id) != seen:
            raise NotedMeanwhileError
        if state_of(events, now) not in OUTCOMES[step]:
            raise TooLateError if step is Step.CALLED_OFF else TooEarlyError
        meeting = agreed(events) if step is Step.TAKEN_BACK else None
        add_event(session, kit, actor, head.dossier_id, step, now, meeting, reason)
        audit(session, actor, f"interview:{step.value}", now, head.dossier_id)


def next_interviews(kit: Kit, actor: Actor, antenna: str | None = None) -> tuple[NextInterview, ...]:
    """The interviews of the actor's centre that lie ahead, and those of the last weeks of which nothing was noted.

    Then those that did not take place or were called off in the last weeks, while nothing new is agreed. Each by day and
    hour; audited. Of a closed file nothing is left to note once the hour is past. `antenna`: only those at that one. Raises
    NotYoursError without a region.
    """
    now = kit.clock.now()
    closed = func.coalesce(Demand.closed_at, PaperFile.closed_at).is_not(None)
    ours = or_(in_scope(actor), and_(Demand.id.is_(None), PaperFile.region == actor.region))
    query = (
        select(InterviewEvent, _END.instant, Demand.id, Dossier.reference, closed)
        .join(Dossier, Dossier.id == InterviewEvent.dossier_id)
        .outerjoin(Demand, Demand.id == home_of(InterviewEvent.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == InterviewEvent.dossier_id)
        .where(
            ours,
            func.coalesce(Demand.region, PaperFile.region) == actor.region,
            or_(Demand.id.is_(None), Demand.withdrawn_at.is_(None)),
        )
        .order_by(InterviewEvent.at, InterviewEvent.sequence)
        .limit(MOST)
    )
    if antenna is not None:
        query = query.where(InterviewEvent.antenna == antenna)
    standing = query.outerjoin(_END, false()).where(
        InterviewEvent.at > now - BACK, is_last(), or_(not_(closed), InterviewEvent.at > now)
    )
    again = query.join(_END, is_agreed_before(_END)).where(
        _END.kind == Step.MISSED.value, _END.instant > now - BACK, is_last(_END), not_(closed)
    )
    with kit.database.transaction() as session:
        rows = [*session.execute(standing).all(), *session.execute(again).all()]
        ids = {one for row, *_ in rows for one in row.adults}
        named = session.execute(select(Adult.id, Adult.name, Adult.latin_name).where(Adult.id.in_(ids))) if ids else ()
        names = {one: (name, latin) for one, name, latin in named}
        audit(session, actor, "interview:list", now)
    return tuple(
        NextInterview(
            one.at,
            one.way,
            one.antenna,
            one.interpreter.value,
            one.language,
            row.dossier_id,
            demand_id,
            reference,
            tuple(names.get(adult, (None, None)) for adult in one.adults),
            _state(one, ended, now),
            is_closed,
        )
        for row, ended, demand_id, reference, is_closed in rows
        if (one := meeting_of(row)) is not None
    )


def _state(meeting: Meeting, ended: datetime | None, now: datetime) -> State:
    """`ended`: when it was noted that it did not take place; None: nothing was."""
    if ended is not None:
        return State.CALLED_OFF if called_off(ended, meeting) else State.MISSED
    return State.AHEAD if meeting.at > now else State.WAITING


def _check(actor: Actor, meeting: Meeting, reason: str | None, now: datetime) -> None:
    ours = {one.id for one in directory.antennas(actor.region or "")}
    if wrong_time(meeting.at, now) is not None or not meeting.adults:
        raise ValueError("no such hour, or nobody to come")
    if (meeting.way is Way.ANTENNA) != (meeting.antenna is not None) or (
        meeting.antenna or next(iter(ours))
    ) not in ours:
        raise ValueError("no antenna of this centre")
    if (meeting.way is Way.ELSEWHERE) != bool(meeting.place):
        raise ValueError("a place in words belongs to «elsewhere»")
    if max(len(meeting.place or ""), len(reason or "")) > LONGEST_WORDS:
        raise ValueError("too many words")


def _ours(session: Session, kit: Kit, actor: Actor, place: DeskPlace) -> Head:
    head = head_in(session, kit, actor, place, lock=True)
    if not has_it(actor, head):
        raise NotYoursError
    lock_dossier(session, head.dossier_id)
    return head
