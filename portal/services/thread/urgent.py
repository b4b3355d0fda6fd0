"""Urgent help that was asked for in the thread, as the desk sees it: who, when, by when. No words are opened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.case_request import RequestKind
from portal.domain.demand import filing_day
from portal.models import Adult, CaseRequest, Demand, PaperFile
from portal.services.asked_again import stands, urgent_clock
from portal.services.clocks import ClockView
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.thread.closings import is_closed


@dataclass(frozen=True)
class UrgentAsked:
    """One request of one adult."""

    name: str | None
    instant: datetime
    clock: ClockView

    ended: bool
    """Whether a decision on it is recorded here, or the centre closed it or the whole file."""

    @property
    def stands(self) -> bool:
        """Whether its clock is shown: nothing ended it, and its day is not long past."""
        return not self.ended and stands(self.clock)


def _ended(dossier_id: uuid.UUID) -> ColumnElement[bool]:
    of_files = (exists().where(of.dossier_id == dossier_id, of.closed_at.is_not(None)) for of in (Demand, PaperFile))
    return or_(is_decided(OF_REQUEST, CaseRequest.id), is_closed(CaseRequest.id), *of_files)


def urgent_in(session: Session, dossier_id: uuid.UUID, today: date) -> tuple[UrgentAsked, ...]:
    """Those of a household, the newest first, for a caller that has proven the scope."""
    query = (
        select(func.coalesce(Adult.latin_name, Adult.name), CaseRequest.instant, _ended(dossier_id))
        .join(CaseRequest, CaseRequest.adult_id == Adult.id)
        .where(Adult.dossier_id == dossier_id, CaseRequest.kind == RequestKind.URGENT.value)
        .order_by(CaseRequest.instant.desc())
    )
    return tuple(
        UrgentAsked(name, at.astimezone(UTC), urgent_clock(filing_day(at), today), ended)
        for name, at, ended in session.execute(query)
    )
