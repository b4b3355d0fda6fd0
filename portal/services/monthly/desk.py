"""The monthly rhythm at the desk: who of a household said what of which month, and the day for papers."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.domain.monthly import months_since
from portal.i18n.languages import DEFAULT
from portal.models import Adult, Demand
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.monthly.lines import MonthLine, lines_of
from portal.services.monthly.notes import Notes, notes_in
from portal.services.monthly.paper_day import Setting, paper_day_in, settings_in
from portal.services.monthly.rhythm import Month, first_month_in
from portal.services.reports.stored import reports_in
from portal.services.scope import find_dossier, in_scope
from portal.services.writing import audit


@dataclass(frozen=True)
class AdultMonths:
    """One adult of the household."""

    name: str | None
    months: Mapping[date, Month]
    """What they said of a month, and the reports of changes that they sent about it: both or neither stand in it."""


@dataclass(frozen=True)
class DeskMonths:
    """The months of a household, for the desk."""

    dossier_id: uuid.UUID
    reference: str
    demand_id: uuid.UUID | None
    """Its newest demand of the scope, to go back to; None for a file that began on paper."""
    adults: tuple[AdultMonths, ...]
    months: tuple[date, ...]
    """Newest first."""
    paper_day: int | None
    settings: tuple[Setting, ...]
    """Everything that was ever set, newest first."""


def months_at_desk(kit: Kit, actor: Actor, dossier_id: uuid.UUID, today: date, language: str = DEFAULT) -> DeskMonths:
    """A household's months; audited. `language`: of the names of changes. Raises NotYoursError outside the caseworker's scope."""
    with kit.database.transaction() as session:
        dossier = find_dossier(session, actor, dossier_id)
        notes = notes_in(session, dossier_id)
        lines: defaultdict[uuid.UUID, list[MonthLine]] = defaultdict(list)
        for report in reports_in(session, kit, dossier_id):
            lines[report.adult_id] += lines_of(report, language)
        adults = session.execute(
            select(Adult.id, Adult.name).where(Adult.dossier_id == dossier_id).order_by(Adult.person)
        ).all()
        demand = session.scalar(
            select(Demand.id)
            .where(Demand.dossier_id == dossier_id, in_scope(actor))
            .order_by(Demand.instant.desc())
            .limit(1)
        )
        audit(session, actor, "month:read", kit.clock.now(), dossier_id)
        return DeskMonths(
            dossier_id,
            dossier.reference,
            demand,
            tuple(AdultMonths(name, _months(notes.get(adult, {}), lines[adult])) for adult, name in adults),
            _listed(months_since(first_month_in(session, dossier_id), today), lines.values()),
            paper_day_in(session, dossier_id),
            settings_in(session, dossier_id),
        )


def _months(notes: Notes, lines: Sequence[MonthLine]) -> Mapping[date, Month]:
    months = {*notes, *(line.month for line in lines)}
    return {
        one: Month(one, notes.get(one, ()), False, tuple(line for line in lines if line.month == one)) for one in months
    }


def _listed(months: Sequence[date], lines: Iterable[Sequence[MonthLine]]) -> tuple[date, ...]:
    """With those before the beginning or ahead of which something was reported, newest first."""
    return tuple(sorted({*months, *(line.month for some in lines for line in some)}, reverse=True))
