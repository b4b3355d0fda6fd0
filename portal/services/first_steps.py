"""What is to be done first with a household on its page at the desk, and who has it in hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from portal.domain.clock_board import Standing, standing
from portal.domain.deadlines import days_left
from portal.domain.first_steps import FirstStep, Need, first_steps
from portal.domain.gaps import gaps
from portal.domain.interview import State
from portal.domain.role import PREPARES
from portal.domain.situation import Situation
from portal.domain.situation.contradictions import contradictions
from portal.law.parameters import law_of
from portal.models import ChangeReport, ClockItem, Decision, DecisionWaiting
from portal.services.absences import Member, holder_in
from portal.services.actor import Actor
from portal.services.asked_again import reexamination_clock
from portal.services.assigning import ItemKind
from portal.services.begun_on_paper import Head
from portal.services.clocks import clocks_of
from portal.services.demands import DemandView
from portal.services.thread.urgent import UrgentAsked
from portal.services.thread.waiting import waits_of

_AGAIN: Final = {"request": Need.REEXAMINATION, "report": Need.CHANGE}
"""Where a new decision was asked for."""
_DOSSIER: Final = bindparam("dossier", type_=Uuid)
_COUNTED: Final = select(
    select(func.count()).where(ChangeReport.dossier_id == _DOSSIER).scalar_subquery(),
    waits_of(_DOSSIER),
    select(func.count())
    .where(DecisionWaiting.dossier_id == _DOSSIER, Decision.id == DecisionWaiting.decision_id)
    .where(Decision.caseworker_id != bindparam("reader", type_=Uuid))
    .scalar_subquery(),
)
_ITEMS: Final = select(ClockItem).where(ClockItem.dossier_id == _DOSSIER).order_by(ClockItem.day)
_UNSETTLED: Final = frozenset({State.NONE, State.WAITING, State.MISSED, State.CALLED_OFF})


@dataclass(frozen=True)
class Waits:
    """What waits in a household beside its demand, and in whose hands the demand is."""

    reports: int
    """How many changes were announced, ended ones included."""
    threads: int
    """How many of its adults wait for an answer."""
    to_confirm: int
    """Decisions that a colleague recorded and the reader may confirm."""
    items: tuple[ClockItem, ...]
    holder: Member | None
    """None: nobody of the centre has the demand, or there is none."""


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    step: FirstStep
    standing: Standing
    left: int | None
    """Days; None: no clock runs."""

    @property
    def due(self) -> date | None:
        """The last day."""
        return self.step.due


@dataclass(frozen=True)
class Known:
    """What the page has read already."""

    waits: Waits
    urgent: tuple[UrgentAsked, ...]
    new_papers: int
    unsigned: int
    """How many adults have not acknowledged rights and duties."""
    interview: State
    situation: Situation | None
    """The answers that the centre has; None: none, or not for this centre to read."""


def waits_in(session: Session, actor: Actor, head: Head, today: date) -> Waits:
    """Of a household in the actor's scope (the caller has proven it)."""
    asked = {"dossier": head.dossier_id, "reader": actor.id}
    reports, threads, to_confirm = session.execute(_COUNTED, asked).one()
    items = session.scalars(_ITEMS, asked)
    demand = head if isinstance(head, DemandView) else None
    holder = holder_in(session, actor, ItemKind.DEMAND, demand.id, today) if demand else None
    return Waits(reports, threads, to_confirm if actor.roles & PREPARES else 0, tuple(items), holder)


def lines_of(head: Head, known: Known, today: date) -> tuple[Line, ...]:
    """The list, for a household's page in the actor's scope. Withdrawn or closed: only urgent help asked for since is on it."""
    found = first_steps(_waiting(head, known, today), today)
    return tuple(
        Line(one, standing(one.due, today), None if one.due is None else days_left(one.due, today)) for one in found
    )


def _waiting(head: Head, known: Known, today: date) -> Iterator[FirstStep]:
    demand = head if isinstance(head, DemandView) else None
    for clock in clocks_of(demand, today) if demand else ():
        yield FirstStep(Need(clock.name), clock.due)
    for asked in known.urgent:
        if asked.stands:
            yield FirstStep(Need.URGENT_MERGED if asked.merged else Need.URGENT_ASKED, asked.clock.due)
    if head.region is None or head.withdrawn_at is not None or head.closed_at is not None:
        return  # nobody can do the rest yet, or it is not to be done any more
    yield from _of_items(known.waits.items, today)
    unread = sum(one.item_kind == "report" and not one.seen for one in known.waits.items)
    undecided = demand if demand and demand.decided_at is None else None  # whose file began on paper is helped already
    open_answers = _open_answers(known.situation, undecided.filing_date) if undecided else frozenset()
    for need, count in (
        (Need.CONFIRM, known.waits.to_confirm),
        (Need.THREAD, known.waits.threads),
        (Need.REPORTS, unread),
        (Need.PAPERS, known.new_papers),
        (Need.INTERVIEW, undecided is not None and known.interview in _UNSETTLED),
        (Need.CONTRADICTIONS, Need.CONTRADICTIONS in open_answers),
        (Need.RIGHTS, known.unsigned),
        (Need.MISSING, Need.MISSING in open_answers),
    ):
        if count:
            yield FirstStep(need, count=count)


def _of_items(items: tuple[ClockItem, ...], today: date) -> Iterator[FirstStep]:
    """Those with a day: papers that are wanted, new decisions that were asked for."""
    for one in items:
        if one.item_kind == "papers":
            yield FirstStep(Need.PAPERS_DUE, one.day)
        elif one.asks == "reexamination":
            yield FirstStep(_AGAIN[one.item_kind], reexamination_clock(one.day, today).due)


def _open_answers(situation: Situation | None, on: date) -> frozenset[Need]:
    """Whether answers do not fit together, or some are missing."""
    if situation is None:
        return frozenset()
    found = {Need.CONTRADICTIONS: contradictions(situation, on), Need.MISSING: gaps(situation, on, law_of(on))}
    return frozenset(need for need, what in found.items() if what)
