"""The clocks of what an adult asked for after the demand: the same on the dossier page, in the calendar, in reminders.

A new decision, by a report of a change or by a request in the thread; urgent help, by a request in the thread. Only ids,
days and kinds: nothing is opened for it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Label, exists, or_, select
from sqlalchemy.orm import Session

from portal.domain.asked_decision import Asking, first_asked
from portal.domain.case_request import RequestKind
from portal.domain.deadlines import days_left, reexamination_due, urgent_due
from portal.domain.demand import filing_day
from portal.law.parameters import FIRST_DAY, parameter
from portal.models import CaseRequest, ChangeReport, ChangeReportEvent, Demand, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.clocks import ClockView
from portal.services.decisions.standing import OF_REPORT, OF_REQUEST, is_decided
from portal.services.kit import Kit
from portal.services.reminders.report_sources import SILENCED
from portal.services.thread.closings import is_closed
from portal.services.thread.rows import home_of

SHOWN_AFTER: Final = timedelta(days=60)
"""So long after its last day a clock stands on the dossier page. Ours; the calendar keeps every date."""


@dataclass(frozen=True)
class AskedAgain:
    """One decision that was asked for, of which none is recorded here."""

    name: str
    """`report/<id>` or `request/<id>`: lasting, also where the report is corrected."""
    clock: ClockView


def own_clocks(kit: Kit, actor: Actor, today: date) -> tuple[AskedAgain, ...]:
    """The adult's own, the nearest last day first; never another adult's. Raises NotYoursError."""
    with kit.database.reading() as session:
        return own_clocks_in(session, actor, today)


def own_clocks_in(session: Session, actor: Actor, today: date) -> tuple[AskedAgain, ...]:
    """The same within a transaction. None where every demand is withdrawn or the file is closed, as in the reminders."""
    if actor.adult_id is None or actor.dossier_id is None:
        raise NotYoursError
    return clocks_of_adult(session, actor.dossier_id, actor.adult_id, today)


def clocks_of_adult(
    session: Session, dossier_id: uuid.UUID, adult_id: uuid.UUID, today: date
) -> tuple[AskedAgain, ...]:
    """The same for a paper of the desk; the caller has proven the scope."""
    goes_on = _goes_on(dossier_id)
    reports = select(
        ChangeReport.id,
        ChangeReport.instant,
        ChangeReport.corrects,
        ChangeReport.asks_decision,
        is_decided(OF_REPORT, ChangeReport.id).label("decided"),
        _has(*SILENCED),
    ).where(ChangeReport.dossier_id == dossier_id, ChangeReport.adult_id == adult_id, goes_on)
    rows = session.execute(reports).all()
    asking = {row[0]: Asking(*row[:5]) for row in rows}
    firsts = (first_asked(asking[row[0]], asking) for row in rows if not (row[4] or row[5]))
    found = [
        AskedAgain(f"report/{one.id}", reexamination_clock(filing_day(one.instant), today)) for one in firsts if one
    ]
    requests = select(CaseRequest.id, CaseRequest.instant, CaseRequest.kind).where(
        CaseRequest.adult_id == adult_id,
        CaseRequest.kind.in_((RequestKind.REEXAMINATION.value, RequestKind.URGENT.value)),
        ~is_decided(OF_REQUEST, CaseRequest.id),
        ~is_closed(CaseRequest.id),
        goes_on,
    )
    for id_, at, kind in session.execute(requests):
        clock = request_clock(RequestKind(kind), filing_day(at), today)
        found += [AskedAgain(f"request/{id_}", clock)] if clock else []
    return tuple(sorted(found, key=lambda one: (one.clock.due, one.name)))


def on_the_page(found: tuple[AskedAgain, ...]) -> tuple[ClockView, ...]:
    """Those that the dossier page shows: of each kind one for each last day."""
    shown = {(one.clock.name, one.clock.due): one.clock for one in found if stands(one.clock)}
    return tuple(shown.values())


def stands(clock: ClockView) -> bool:
    """Whether it is not long past."""
    return clock.left >= -SHOWN_AFTER.days


def urgent_clock(asked: date, today: date) -> ClockView:
    """Parameter `urgent_clock` (directive LIAS ch. 16.1.2), as for urgent help that was asked for with the demand."""
    rule = parameter("urgent_clock", max(asked, FIRST_DAY))
    due = urgent_due(asked, rule.whole())
    return ClockView("urgent", asked, due, rule.whole(), days_left(due, today), rule)


def request_clock(kind: RequestKind, asked: date, today: date) -> ClockView | None:
    """The clock that a request of the thread starts; None: no rule that we know of says by when."""
    if kind is RequestKind.URGENT:
        return urgent_clock(asked, today)
    return reexamination_clock(asked, today) if kind is RequestKind.REEXAMINATION else None


def _has(*kinds: str) -> Label[bool]:
    event = exists().where(ChangeReportEvent.report_id == ChangeReport.id, ChangeReportEvent.kind.in_(kinds))
    return event.label("_".join(kinds))


def reexamination_clock(asked: date, today: date) -> ClockView:
    """Parameter `reexamination_clock` (wording of RELIAS art. 30 and 31 al. 2, in force until 30.6.2021: probable)."""
    rule = parameter("reexamination_clock", max(asked, FIRST_DAY))
    due = reexamination_due(asked, rule.whole())
    return ClockView("reexamination", asked, due, rule.whole(), days_left(due, today), rule)


def _goes_on(dossier: uuid.UUID) -> ColumnElement[bool]:
    query = (
        select(Dossier.id)
        .outerjoin(Demand, Demand.id == home_of(Dossier.id))
        .outerjoin(PaperFile, PaperFile.dossier_id == Dossier.id)
        .where(Dossier.id == dossier, or_(Demand.withdrawn_at.is_(None), PaperFile.dossier_id.is_not(None)))
        .where(Demand.closed_at.is_(None), PaperFile.closed_at.is_(None))  # of a closed file no clock is shown
    )
    return query.exists()
