"""Threads at the desk: what waits for an answer, look at a household's threads, answer one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.case_request import LONGEST, LineKind
from portal.models import Adult, ThreadWaiting
from portal.services.actor import Actor, NotYoursError
from portal.services.assigning import Assigned, Colleague, ItemKind, assign_in, assigned_in, colleagues_in
from portal.services.closing import closed_since
from portal.services.kit import Kit
from portal.services.scope import find_dossier
from portal.services.thread.closings import Asking, requests_in
from portal.services.thread.reading import Thread, thread_in
from portal.services.thread.rows import (
    Place,
    Sent,
    Whose,
    add_line,
    count_of,
    note_seen,
    place_of,
    sent_before,
    token_hashes,
    wait_anew,
)
from portal.services.writing import audit, defer, lock_dossier


class ChangedMeanwhileError(Exception):
    """Somebody wrote into this thread since the page was made: the caseworker reads it first, and keeps what they typed."""


class OpenRequestError(Exception):
    """A request is open in this thread: that no answer is needed cannot be noted."""


class With(StrEnum):
    """Who has a dossier that this caseworker finds."""

    US = "us"
    NOBODY = "nobody"
    OTHERS = "others"


@dataclass(frozen=True)
class AdultThread:
    """One adult of the household, and their thread."""

    adult_id: uuid.UUID
    name: str | None
    latin_name: str | None
    language: str
    thread: Thread
    waits: bool
    closed: datetime | None
    """Since when their online access is closed: they read nothing here."""
    requests: tuple[Asking, ...]
    """What they asked for, the newest first."""
    assigned: Assigned | None


@dataclass(frozen=True)
class DeskThreads:
    """The threads of a household, one for each adult; none while another centre, or none, has the dossier."""

    dossier_id: uuid.UUID
    reference: str
    demand_id: uuid.UUID | None
    with_whom: With
    adults: tuple[AdultThread, ...]
    colleagues: tuple[Colleague, ...] = ()
    """To whom a thread can be given."""


def look_at_threads(
    kit: Kit, actor: Actor, dossier_id: uuid.UUID, pages: Mapping[uuid.UUID, int] | None = None
) -> DeskThreads:
    """Open a household's threads; audited. What stands on the page is read from now on, and an urgent request is opened.

    Only by the centre that has the dossier: while none has it nobody is responsible, and the alerts go on.
    Raises NotYoursError outside the scope.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        dossier = find_dossier(session, actor, dossier_id)
        place = place_of(session, dossier_id)
        audit(session, actor, "thread:look", now, dossier_id)
        with_whom = _with(place, actor)
        if with_whom is not With.US or actor.region is None:
            return DeskThreads(dossier_id, dossier.reference, place.demand_id, with_whom, ())
        waiting = set(session.scalars(select(ThreadWaiting.adult_id).where(ThreadWaiting.dossier_id == dossier_id)))
        adults = session.scalars(select(Adult).where(Adult.dossier_id == dossier_id).order_by(Adult.person)).all()
        given = assigned_in(session, ItemKind.THREAD, [adult.id for adult in adults])
        found = []
        for adult in adults:
            page = (pages or {}).get(adult.id, 1)
            thread = thread_in(session, kit, adult.id, actor.region, page)
            first = [one.request.id if one.request else one.id for one in thread.lines if one.new and not one.by_centre]
            note_seen(session, first, actor.region, now)
            closed = closed_since(session, adult.id)
            found.append(
                AdultThread(
                    adult.id,
                    adult.name,
                    adult.latin_name,
                    adult.language,
                    thread,
                    adult.id in waiting,
                    closed,
                    requests_in(session, kit, adult.id),
                    given.get(adult.id),
                )
            )
        known = colleagues_in(session, actor)
        return DeskThreads(dossier_id, dossier.reference, place.demand_id, with_whom, tuple(found), known)


def answer(kit: Kit, actor: Actor, dossier_id: uuid.UUID, adult_id: uuid.UUID, sent: Sent, seen: int) -> uuid.UUID:
    """Write to one adult, whom alone it reaches: their messages are answered, their requests stay open.

    The same form again is the same answer.

    `seen`: how many lines stood on the page. Raises `ChangedMeanwhileError`, NotYoursError; ValueError for what the form
    does not let through.
    """
    if not sent.words or len(sent.words) > LONGEST:
        raise ValueError("no words, or too many")
    return _close(kit, actor, Whose(adult_id, dossier_id), LineKind.ANSWER, sent, seen)


def settle(kit: Kit, actor: Actor, dossier_id: uuid.UUID, adult_id: uuid.UUID, sent: Sent, seen: int) -> uuid.UUID:
    """Note that a message needs no answer; the person sees that. Raises `OpenRequestError`, and what `answer` raises."""
    return _close(kit, actor, Whose(adult_id, dossier_id), LineKind.SETTLED, sent, seen)


def assign(
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID,
    assignee: uuid.UUID | None,
    seen: uuid.UUID | None,
) -> None:
    """Give an adult's thread to a colleague of the region, or to nobody; the same again is done already.

    `seen`: `Assigned.id` as it stood on the page. Raises `AssignedMeanwhileError`, NotYoursError.
    """
    now, whose = kit.clock.now(), Whose(adult_id, dossier_id)
    with kit.database.transaction() as session:
        lock_dossier(session, dossier_id)
        ours(session, actor, whose)
        if assign_in(session, actor, ItemKind.THREAD, adult_id, assignee, seen, now):
            audit(session, actor, "thread:assign", now, dossier_id, adult_id=adult_id)


def _close(kit: Kit, actor: Actor, whose: Whose, kind: LineKind, sent: Sent, seen: int) -> uuid.UUID:
    now = kit.clock.now()
    if actor.id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        lock_dossier(session, whose.dossier_id)
        ours(session, actor, whose)
        hashes = token_hashes(kit, actor.id, whose, sent)
        before = sent_before(session, hashes)
        if before is not None:
            return before
        if count_of(session, whose.adult_id) != seen:
            raise ChangedMeanwhileError
        waiting = session.get(ThreadWaiting, whose.adult_id)
        if kind is LineKind.SETTLED and waiting is not None and waiting.asked:
            raise OpenRequestError
        line = add_line(session, kit, actor, whose, kind, sent, now, hashes[0])
        wait_anew(session, whose)
        action = "thread:answer" if kind is LineKind.ANSWER else "thread:settle"
        audit(session, actor, action, now, whose.dossier_id, adult_id=whose.adult_id)
        if kind is LineKind.ANSWER:
            defer(session, "tell_answer", message_id=str(line))
        return line


def ours(session: Session, actor: Actor, whose: Whose) -> None:
    """The dossier is in the scope, the own centre has it, and the adult is of it. Raises NotYoursError."""
    find_dossier(session, actor, whose.dossier_id)
    adult = session.get(Adult, whose.adult_id)
    mine = _with(place_of(session, whose.dossier_id), actor) is With.US
    if adult is None or adult.dossier_id != whose.dossier_id or not mine:
        raise NotYoursError


def _with(place: Place, actor: Actor) -> With:
    if place.region is None:
        return With.NOBODY
    return With.US if place.region == actor.region else With.OTHERS
