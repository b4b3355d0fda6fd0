"""Due things of the threads: a re-examination that was asked for there, and words that nobody at the centre looked at.

Only ids, days and kinds: what was asked and written stays sealed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.case_request import LineKind, RequestKind
from portal.domain.demand import filing_day
from portal.domain.reminders import Due
from portal.domain.report_reminders import SentRequest, UnreadThread, of_reexamination, of_unread_thread
from portal.law import holidays
from portal.models import CaseRequest, CaseSeen, Demand, PaperFile, ThreadMessage, ThreadWaiting
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.kit import Kit
from portal.services.reminders.report_sources import UNREAD_DAYS, asked_between, between, clock_days
from portal.services.thread.closings import is_closed
from portal.services.thread.rows import everywhere, home_of

_REGION: Final = func.coalesce(Demand.region, PaperFile.region)
"""Which centre has a household, where a query has joined both."""
_BY_THE_PERSON: Final = (LineKind.MESSAGE.value, LineKind.REQUEST.value)


def requests_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for re-examinations that were asked for in a thread (RELIAS art. 30 and 31, by the old wording).

    An answer in words is no decision and ends nothing; a decision that two persons recorded does, and so does the centre's
    note that the person does not ask for it any more.
    Nothing of a household whose demands are all withdrawn.
    """
    query = (
        select(
            CaseRequest.id,
            CaseRequest.dossier_id,
            CaseRequest.adult_id,
            CaseRequest.instant,
            _REGION,
            Demand.candidate_regions,
        )
        .outerjoin(Demand, Demand.id == home_of(CaseRequest.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == CaseRequest.dossier_id)
        .where(
            CaseRequest.kind == RequestKind.REEXAMINATION.value,
            ~is_decided(OF_REQUEST, CaseRequest.id),
            ~is_closed(CaseRequest.id),
            *between(CaseRequest.instant, *asked_between(on)),
            or_(Demand.withdrawn_at.is_(None), PaperFile.dossier_id.is_not(None)),
        )
    )
    rows = session.execute(query if dossier is None else query.where(CaseRequest.dossier_id == dossier)).all()
    for id_, home, adult, instant, region, candidates in rows:
        asked = SentRequest(id_, home, adult, filing_day(instant), _regions(region, candidates))
        yield from of_reexamination(asked, clock_days(asked.reported), on)


def threads_due(session: Session, _kit: Kit, on: date, dossier: uuid.UUID | None) -> Iterator[Due]:
    """What is due for messages and requests that the centre which has the dossier has not looked at."""
    query = (
        select(ThreadWaiting.adult_id, ThreadWaiting.dossier_id, _oldest_unseen(), _REGION, Demand.candidate_regions)
        .outerjoin(Demand, Demand.id == home_of(ThreadWaiting.dossier_id))
        .outerjoin(PaperFile, PaperFile.dossier_id == ThreadWaiting.dossier_id)
    )
    rows = session.execute(query if dossier is None else query.where(ThreadWaiting.dossier_id == dossier)).all()
    for adult, home, instant, region, candidates in rows:
        if instant is not None and on - timedelta(UNREAD_DAYS) <= filing_day(instant) <= on:
            thread = UnreadThread(adult, home, filing_day(instant), _regions(region, candidates))
            yield from of_unread_thread(thread, on, holidays.official())


def _oldest_unseen() -> ScalarSelect[datetime]:
    """When the oldest word came that waits and that the centre has not looked at; urgent requests have their own alerts."""
    seen = exists().where(
        CaseSeen.about == func.coalesce(ThreadMessage.about, ThreadMessage.id), CaseSeen.reader == _REGION
    )
    return (
        select(func.min(ThreadMessage.instant))
        .outerjoin(CaseRequest, CaseRequest.id == ThreadMessage.about)
        .where(
            ThreadMessage.adult_id == ThreadWaiting.adult_id,
            ThreadMessage.instant >= ThreadWaiting.since,
            ThreadMessage.kind.in_(_BY_THE_PERSON),
            or_(CaseRequest.id.is_(None), CaseRequest.kind != RequestKind.URGENT.value),
            ~seen.correlate(ThreadMessage, Demand, PaperFile),
        )
        .correlate(ThreadWaiting, Demand, PaperFile)
        .scalar_subquery()
    )


def _regions(region: str | None, candidates: list[str] | None) -> tuple[str, ...]:
    """The centre that has the household, or all that could take it."""
    return (region,) if region else tuple(candidates or everywhere())
