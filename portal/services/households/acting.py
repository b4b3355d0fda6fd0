"""Close a household's file at the centre, open it again, hand it to another centre. Nothing is removed, no date changes.

None of it is a decision about aid. The filing register is not touched.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from portal.domain.clock_board import ClockKind
from portal.domain.demand import filing_day
from portal.domain.household_course import LONGEST_WORDS, Course, Step, Why
from portal.law import directory
from portal.models import Adult, Apart, ClockItem, Demand, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.asked_again import reexamination_clock, urgent_clock
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.clocks import ClockView, clocks_of
from portal.services.demands import DemandView
from portal.services.households.rows import (
    Done,
    add_event,
    closed_among,
    course_in,
    done_in,
    mark_closed,
    papers_wanted_again,
    waits_for_decision,
)
from portal.services.kit import Kit
from portal.services.writing import audit, defer, lock_dossier, note_event


class DoneMeanwhileError(Exception):
    """Somebody else did something with this file since the page was made; nothing was written."""


class NotWithdrawnError(Exception):
    """The reason is a withdrawal, and none stands here, nor is one said to be there in writing."""


class StillOpenError(Exception):
    """A clock of the law runs in the file, and it was not said expressly that it is closed all the same."""


class MergedRunsError(Exception):
    """The reason is that the file exists twice, it is merged, and a clock of the law runs in it: nothing closes it so."""


@dataclass(frozen=True)
class Closing:
    """Why a file is closed, and what its caseworker ticked."""

    why: Why
    words: str
    despite: bool = False
    """It is closed although a clock of the law runs in it."""
    letter: bool = False
    """The person's withdrawal is there on paper, signed: on the portal nothing was withdrawn."""


@dataclass(frozen=True)
class Move:
    """To which centre, and what is known of why the household is there now."""

    to_region: str
    commune_bfs: int | None
    since: date | None


@dataclass(frozen=True)
class Other:
    """Another file that stands in the course of this one, as the desk names it."""

    dossier_id: uuid.UUID
    reference: str
    region: str | None
    """The centre that has it."""
    ours: bool
    """Whether that is the actor's: only then a way leads there, and only then the rest is known."""
    demand_id: uuid.UUID | None
    filed: date | None
    """Of its announcement, if there is one."""
    waits: bool
    """Whether that waits for its decision still."""


@dataclass(frozen=True)
class DeskCourse:
    """The page of a household's file as a whole."""

    head: Head
    ours: bool
    """Whether this centre has it: only then something may be done."""
    course: Course
    done: tuple[Done, ...]
    others: tuple[Other, ...]
    apart: bool = False
    """Whether somebody's safety hangs on this file being by itself: nothing is merged with it. Asked for its own page only."""
    running: tuple[ClockView, ...] = ()
    """Clocks of the law that closing would hide. Asked for its own page only."""

    @property
    def goes_on(self) -> Other | None:
        """The file that goes on instead of this one."""
        merged = self.course.merged
        return next((one for one in self.others if merged is not None and one.dossier_id == merged.other), None)

    @property
    def merged_here(self) -> tuple[Other, ...]:
        """The files for which this one goes on too."""
        here = {one.dossier_id for one in self.course.merged_here}
        return tuple(one for one in self.others if one.dossier_id in here)


def look(kit: Kit, actor: Actor, place: DeskPlace) -> DeskCourse:
    """What was done with a file; audited. Raises NotYoursError outside the scope."""
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place)
        running = running_in(session, head, filing_day(kit.clock.now()))
        found = of_head(session, kit, actor, head)
        found = replace(found, apart=is_apart(session, head.dossier_id), running=running)
        audit(session, actor, "household:read", kit.clock.now(), head.dossier_id)
        return found


def of_head(session: Session, kit: Kit, actor: Actor, head: Head) -> DeskCourse:
    """The same within a transaction, for a caller who has proven the scope and audits."""
    done = done_in(session, kit, head.dossier_id)
    course = Course(head.dossier_id, tuple(one.event for one in done))
    named = {one.other for one in (course.merged,) if one} | {one.dossier_id for one in course.merged_here}
    others = others_in(session, actor, [one for one in named if one is not None])
    return DeskCourse(head, head.region == actor.region, course, done, others)


def others_in(session: Session, actor: Actor, dossiers: list[uuid.UUID]) -> tuple[Other, ...]:
    """These files by their reference; of one of the actor's centre with the day of its announcement.

    A file may have moved since it was merged: its new centre has it alone then, and no more is said of it here.
    """
    if not dossiers:
        return ()
    rows = session.execute(
        select(
            *(Dossier.id, Dossier.reference, func.coalesce(Demand.region, PaperFile.region)),
            *(Demand.id, Demand.filing_date, waits_for_decision()),
        )
        .outerjoin(Demand, Demand.dossier_id == Dossier.id)
        .outerjoin(PaperFile, PaperFile.dossier_id == Dossier.id)
        .where(Dossier.id.in_(dossiers))
        .order_by(Demand.instant)
    )
    found = {}
    for id_, reference, region, *demand in rows:
        ours = region == actor.region
        found[id_] = Other(id_, reference, region, ours, *(demand if ours else (None, None, False)))
    return tuple(found.values())


def is_apart(session: Session, dossier_id: uuid.UUID) -> bool:
    """Whether it is the file of somebody who was not safe in another one (decision 18)."""
    return bool(session.scalar(select(exists().where(Apart.new_dossier_id == dossier_id))))


def running_in(session: Session, head: Head, today: date) -> tuple[ClockView, ...]:
    """The clocks of the law in a household's file, the nearest last day first: of its demand and of what was asked for since.

    Those that the board of clocks has of it: none of a closed file, none of papers.
    """
    items = select(ClockItem.asks, ClockItem.day).where(ClockItem.dossier_id == head.dossier_id)
    clock_of = {ClockKind.URGENT.value: urgent_clock, ClockKind.REEXAMINATION.value: reexamination_clock}
    found = [clock_of[asks](day, today) for asks, day in session.execute(items.where(ClockItem.asks.in_(clock_of)))]
    if isinstance(head, DemandView):
        found.extend(clocks_of(head, today))
    return tuple(sorted(found, key=lambda one: one.due))


def runs_unseen(session: Session, kit: Kit, actor: Actor, dossier_id: uuid.UUID) -> bool:
    """Whether a clock of the law would run in a file that is closed: it is opened to look, and that is taken back."""
    if not closed_among(session, (dossier_id,)):
        return False
    with session.begin_nested() as trial:
        mark_closed(session, dossier_id, None)
        head = head_in(session, kit, actor, DeskPlace(dossier_id=dossier_id))
        runs = bool(running_in(session, head, filing_day(kit.clock.now())))
        trial.rollback()
    return runs


def close(kit: Kit, actor: Actor, place: DeskPlace, said: Closing, seen: int) -> None:
    """Close it: no clock, no reminder; the person goes on reading, and opens it again by writing.

    `seen`: the number of the last event on the page. Closed already: nothing happens. Raises `DoneMeanwhileError`,
    NotWithdrawnError, StillOpenError, MergedRunsError, NotYoursError; ValueError without words.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head, course = _ours(session, kit, actor, place, said.words)
        if course.closed is None:
            _fresh(course, seen)
            if said.why is Why.WITHDRAWN and head.withdrawn_at is None and not said.letter:
                raise NotWithdrawnError
            running = running_in(session, head, filing_day(now))
            if running and course.merged is not None:
                raise MergedRunsError  # the file that goes on shows these clocks only as long as this one is open
            if running and not said.despite:
                raise StillOpenError
            mark_closed(session, head.dossier_id, now)
            event = add_event(session, kit, actor, head.dossier_id, Step.CLOSED, now, said.words, why=said.why.value)
            defer(session, "tell_household", event_id=str(event))
        audit(session, actor, "household:closed", now, head.dossier_id, "unchanged" if course.closed else "done")


def reopen(kit: Kit, actor: Actor, place: DeskPlace, words: str, seen: int) -> None:
    """Open it again: clocks count as if it had never been closed. Open already: nothing happens. Raises like `close`."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head, course = _ours(session, kit, actor, place, words)
        if course.closed is not None:
            _fresh(course, seen)
            mark_closed(session, head.dossier_id, None)
            papers_wanted_again(session, kit, head.dossier_id)
            event = add_event(session, kit, actor, head.dossier_id, Step.REOPENED, now, words)
            defer(session, "tell_household", event_id=str(event))
        audit(session, actor, "household:reopened", now, head.dossier_id, "done" if course.closed else "unchanged")


def move(kit: Kit, actor: Actor, place: DeskPlace, wanted: Move, words: str, seen: int) -> Head:
    """Hand the whole file to another centre: it has it from now on, has to open it, and clocks go on.

    What is known of the file at this centre afterwards: that it moved. Raises `DoneMeanwhileError`, NotYoursError;
    ValueError without words, for the own region and for none.
    """
    directory.region(wanted.to_region)
    if wanted.to_region == actor.region:
        raise ValueError("to another region")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head, course = _ours(session, kit, actor, place, words)
        _fresh(course, seen)
        _hand_over(session, kit, actor, head.dossier_id, wanted, now, words)
        event = add_event(
            session,
            kit,
            actor,
            head.dossier_id,
            Step.MOVED,
            now,
            words,
            to_region=wanted.to_region,
            commune_bfs=wanted.commune_bfs,
            since=wanted.since,
        )
        defer(session, "tell_household", event_id=str(event))
        audit(session, actor, "household:moved", now, head.dossier_id)
        return head


def _hand_over(
    session: Session, kit: Kit, actor: Actor, dossier_id: uuid.UUID, wanted: Move, now: datetime, words: str
) -> None:
    demands = session.execute(
        select(Demand.id, Demand.urgent_requested_at, Demand.withdrawn_at).where(Demand.dossier_id == dossier_id)
    ).all()
    values = {"region": wanted.to_region, "opened_at": None, "urgent_opened_at": None}
    session.execute(update(Demand).where(Demand.dossier_id == dossier_id).values(values))
    for id_, urgent, withdrawn in demands:
        note_event(session, kit, actor, id_, "passed-on", now, to_region=wanted.to_region, reason=words)
        if urgent is not None and withdrawn is None:
            defer(session, "alert_duty", demand_id=str(id_))
    # Where there is a demand, its line says at the new centre that nobody has opened it.
    paper: dict[str, object] = {"region": wanted.to_region, "arrived_at": None if demands else now}
    if wanted.commune_bfs is not None:
        paper["commune_bfs"] = wanted.commune_bfs
    session.execute(update(PaperFile).where(PaperFile.dossier_id == dossier_id).values(paper))


def _ours(session: Session, kit: Kit, actor: Actor, place: DeskPlace, words: str) -> tuple[Head, Course]:
    """The locked file, which this centre has as a whole, and what stands of it."""
    if not words or len(words) > LONGEST_WORDS:
        raise ValueError("no words, or too many")
    head = head_in(session, kit, actor, place, lock=True)
    lock_dossier(session, head.dossier_id)
    foreign = exists().where(Demand.dossier_id == head.dossier_id, Demand.region.is_distinct_from(actor.region))
    if head.region != actor.region or session.scalar(select(foreign)):
        raise NotYoursError
    return head, course_in(session, head.dossier_id)


def _fresh(course: Course, seen: int) -> None:
    if course.seen != seen:
        raise DoneMeanwhileError


def adults_in(session: Session, dossier_id: uuid.UUID) -> tuple[Adult, ...]:
    """The adults with a file of their own, in a lasting order."""
    return tuple(session.scalars(select(Adult).where(Adult.dossier_id == dossier_id).order_by(Adult.person)))
