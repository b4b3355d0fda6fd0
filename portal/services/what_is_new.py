"""What waits for somebody: for an adult in their dossier, for the desk on its board and on the page of a demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from portal.domain.demand import filing_day
from portal.domain.household_course import Event, Step
from portal.services.actor import Actor
from portal.services.apart import OtherFile, others_in
from portal.services.asked_again import on_the_page, own_clocks_in
from portal.services.begun_on_paper import Head
from portal.services.bundles.made import HandedOver, handed_over_in
from portal.services.clocks import ClockView
from portal.services.closing import Closed, closed_in
from portal.services.decisions.desk import waiting_count_in
from portal.services.decisions.own import OwnDecision, own_decisions_in
from portal.services.decisions.rows import Record
from portal.services.demands import DemandView, EventView
from portal.services.first_steps import Waits, waits_in
from portal.services.households.acting import DeskCourse, of_head
from portal.services.households.own import OwnCourse, own_course_in
from portal.services.interviews.own import OwnInterview, own_interview_in
from portal.services.kit import Kit
from portal.services.reminders.calling import open_lines_in
from portal.services.reports.asked_back import Question, open_questions_in
from portal.services.reports.desk import Unread, unread
from portal.services.thread import reading, waiting
from portal.services.thread.urgent import UrgentAsked, urgent_in
from portal.services.thread.waiting import Waiting

Happened: TypeAlias = EventView | HandedOver | Record | Event


@dataclass(frozen=True)
class ForAdult:
    """What is new in the own dossier beside its papers."""

    messages: reading.News
    asked_back: tuple[Question, ...]
    """What the centre wants to know of own reports and waits for."""
    interview: OwnInterview
    """The interview with the centre, as far as it is theirs."""
    asked_again: tuple[ClockView, ...]
    """Clocks of what this adult asked for after the demand: new decisions, urgent help."""
    decisions: tuple[OwnDecision, ...]
    """Written decisions of the commune that two persons of the centre recorded, the newest first."""
    handed_over: Sequence[HandedOver]
    """When the household's file was made for the commune, newest first."""
    course: OwnCourse
    """What was done with the file as a whole."""

    @property
    def with_commune(self) -> bool:
        """Whether the commune has the file to decide: none of its decisions was recorded here since it was handed over."""
        handed = max((one.instant for one in self.handed_over), default=None)
        noted = [one.confirmed_at for one in self.decisions if one.now.holds and one.confirmed_at]
        return handed is not None and all(at < handed for at in noted)

    def decision_on(self, demand: DemandView) -> Record | None:
        """The newest decision on the demand that holds, as far as this adult sees it."""
        return next((one.now for one in self.decisions if one.now.holds and one.now.about == demand.id), None)

    @property
    def urgent_runs(self) -> bool:
        """Whether urgent help was asked for in the thread, and its day has not passed."""
        return any(clock.name == "urgent" and not clock.late for clock in self.asked_again)


@dataclass(frozen=True)
class ForDesk:
    """What waits for a centre beside its demands."""

    threads: Waiting
    reports: tuple[Unread, ...]
    calls: int
    decisions: int
    """Decisions that one caseworker recorded and a second one has to confirm."""


@dataclass(frozen=True)
class OfDossier:
    """What a caseworker must know of a household beside its demand."""

    apart: tuple[OtherFile, ...]
    closed: tuple[Closed, ...]
    waits: Waits
    urgent: tuple[UrgentAsked, ...]
    """Urgent help that its adults asked for in the thread, or that stands in a file merged into it, the newest first."""
    course: DeskCourse
    """What was done with the file as a whole."""


def for_adult(kit: Kit, actor: Actor) -> ForAdult:
    """Of one adult; nothing of others. Raises NotYoursError."""
    with kit.database.reading() as session:
        today = filing_day(kit.clock.now())
        again = on_the_page(own_clocks_in(session, actor, today))
        return ForAdult(
            reading.news_in(session, actor),
            open_questions_in(session, kit, actor, today),
            own_interview_in(session, kit, actor),
            again,
            own_decisions_in(session, kit, actor),
            handed_over_in(session, actor.dossier_id),
            own_course_in(session, actor),
        )


def history(head: Head, waits: ForAdult) -> list[tuple[datetime, str, Happened]]:
    """Everything that happened to the own dossier, the oldest first: when, what kind of thing it is, and the thing.

    The move of a demand stands among what happened to it: «passed on».
    """
    found: list[tuple[datetime, str, Happened]] = [
        (one.instant, "demand", one) for one in (head.events if isinstance(head, DemandView) else ())
    ]
    found += [(one.instant, "handed-over", one) for one in waits.handed_over]
    records = [record for one in waits.decisions for record in (one.now, *one.before)]
    found += [(one.stepped_at, "decision", one) for one in records if one.stepped_at]
    for step in waits.course.events:
        if step.step is not Step.MOVED or head.on_paper:
            kind = "course" if step.dossier_id == head.dossier_id else "other-course"
            found.append((step.instant, kind, step))
    return sorted(found, key=lambda one: one[0])


def for_desk(kit: Kit, actor: Actor) -> ForDesk:
    """Of the actor's own region. Raises NotYoursError."""
    with kit.database.reading() as session:
        return ForDesk(
            waiting.waiting_in(session, actor),
            unread(session, actor),
            open_lines_in(session, actor),
            waiting_count_in(session, actor),
        )


def of_dossier(kit: Kit, actor: Actor, head: Head) -> OfDossier:
    """Of a household in the actor's scope (the caller has proven it)."""
    with kit.database.reading() as session:
        today = filing_day(kit.clock.now())
        return OfDossier(
            others_in(session, actor, head.dossier_id),
            closed_in(session, head.dossier_id),
            waits_in(session, actor, head, today),
            urgent_in(session, head, today),
            of_head(session, kit, actor, head),
        )


def urgent_of(kit: Kit, head: Head) -> tuple[UrgentAsked, ...]:
    """Urgent help of a household as `urgent_in` reads it; the caller has proven the scope."""
    with kit.database.reading() as session:
        return urgent_in(session, head, filing_day(kit.clock.now()))
