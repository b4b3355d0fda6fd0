"""Urgent help that was asked for in the thread, as the desk sees it: who, when, by when. No words are opened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.case_request import RequestKind
from portal.domain.demand import filing_day
from portal.models import Adult, CaseRequest
from portal.services.asked_again import stands, urgent_clock
from portal.services.clocks import ClockView


@dataclass(frozen=True)
class UrgentAsked:
    """One request of one adult."""

    name: str | None
    instant: datetime
    clock: ClockView

    @property
    def stands(self) -> bool:
        """Whether its day is not long past: then its clock is shown."""
        return stands(self.clock)


def urgent_in(session: Session, dossier_id: uuid.UUID, today: date) -> tuple[UrgentAsked, ...]:
    """Those of a household, the newest first, for a caller that has proven the scope."""
    query = (
        select(func.coalesce(Adult.latin_name, Adult.name), CaseRequest.instant)
        .join(CaseRequest, CaseRequest.adult_id == Adult.id)
        .where(Adult.dossier_id == dossier_id, CaseRequest.kind == RequestKind.URGENT.value)
        .order_by(CaseRequest.instant.desc())
    )
    return tuple(
        UrgentAsked(name, at.astimezone(UTC), urgent_clock(filing_day(at), today))
        for name, at in session.execute(query)
    )
