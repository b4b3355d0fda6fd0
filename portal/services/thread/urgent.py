"""Urgent help that was asked for in the thread, as the desk sees it: who, when, by when. No words are opened.

Of a file for which this one goes on too what stands there is read with it: in its thread and with its demand.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, literal, null, or_, select, text, union_all
from sqlalchemy.orm import Session

from portal.domain.case_request import RequestKind
from portal.domain.demand import filing_day
from portal.models import Adult, CaseRequest, Demand, Dossier, PaperFile
from portal.models.demand import URGENT_RUNS
from portal.services.asked_again import stands, urgent_clock
from portal.services.begun_on_paper import Head
from portal.services.clocks import ClockView
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.households.rows import merged_into
from portal.services.thread.closings import is_closed


@dataclass(frozen=True)
class UrgentAsked:
    """One request of one adult."""

    name: str | None
    instant: datetime
    clock: ClockView

    ended: bool
    """Whether a decision on it is recorded here, or the centre closed it or the whole file."""
    dossier_id: uuid.UUID
    merged: str | None = None
    """The reference of the file where it stands, if that is not this one but one for which this one goes on."""
    demand_id: uuid.UUID | None = None
    """The demand of such a file with which it was asked for; None: in a thread."""

    @property
    def due(self) -> date:
        """Its last day, by which it stands among the clocks of the demand."""
        return self.clock.due

    @property
    def stands(self) -> bool:
        """Whether its clock is shown: nothing ended it, and its day is not long past."""
        return not self.ended and stands(self.clock)


def _ended() -> ColumnElement[bool]:
    of_files = (
        exists().where(of.dossier_id == Adult.dossier_id, of.closed_at.is_not(None)) for of in (Demand, PaperFile)
    )
    return or_(is_decided(OF_REQUEST, CaseRequest.id), is_closed(CaseRequest.id), *of_files)


def urgent_in(session: Session, head: Head, today: date) -> tuple[UrgentAsked, ...]:
    """Those of a household, the newest first, for a caller that has proven the scope. Of merged files only what stands."""
    name = func.coalesce(Adult.latin_name, Adult.name)
    merged = merged_into(head.dossier_id, head.region)
    files = union_all(select(literal(head.dossier_id)), merged)
    threads: Select[*tuple[Any, ...]] = (
        select(name, CaseRequest.instant, _ended(), Adult.dossier_id, Dossier.reference, null())
        .join(CaseRequest, CaseRequest.adult_id == Adult.id)
        .join(Dossier, Dossier.id == Adult.dossier_id)
        .where(Adult.dossier_id.in_(files), CaseRequest.kind == RequestKind.URGENT.value)
    )
    demands: Select[*tuple[Any, ...]] = (
        select(name, Demand.urgent_requested_at, false(), Demand.dossier_id, Dossier.reference, Demand.id)
        .select_from(Demand)
        .join(Adult, Adult.id == Demand.adult_id)
        .join(Dossier, Dossier.id == Demand.dossier_id)
        .where(Demand.dossier_id.in_(merged), text(URGENT_RUNS))
    )
    found: list[UrgentAsked] = []
    for who, at, ended, dossier, reference, demand in session.execute(union_all(threads, demands)):
        other = None if dossier == head.dossier_id else reference
        clock = urgent_clock(filing_day(at), today)
        found.append(UrgentAsked(who, at.astimezone(UTC), clock, ended, dossier, other, demand))
    kept = (one for one in found if one.merged is None or one.stands)
    return tuple(sorted(kept, key=lambda one: one.instant, reverse=True))
