"""Month by month: «nothing changed», and what was sent for which month. An adult's own, never the household's."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.domain.demand import filing_day
from portal.domain.monthly import months_since, next_paper_day, open_months
from portal.models import Demand, Dossier, MonthNote
from portal.services.actor import Actor, NotYoursError
from portal.services.checklists import ItemText
from portal.services.kit import Kit
from portal.services.monthly.lines import SOURCES, MonthLine
from portal.services.monthly.notes import AGAIN, BACK, Saying, add_event, notes_in, standing
from portal.services.monthly.paper_day import paper_day_in
from portal.services.monthly.wanted import wanted_by_a_day
from portal.services.writing import audit, lock_dossier


class FarMonthError(ValueError):
    """Of that month nothing can be said today."""


@dataclass(frozen=True)
class Month:
    """One month of the list."""

    first: date
    sayings: tuple[Saying, ...]
    """Each time that the adult said that nothing changed, oldest first; of none nothing follows."""
    open: bool
    """Whether they may still say so."""
    lines: tuple[MonthLine, ...]
    """What was sent, oldest first."""

    @property
    def noted_at(self) -> datetime | None:
        """When the adult said what stands now; None where nothing stands."""
        return standing(self.sayings)

    def else_at(self, instant: datetime | None = None) -> bool:
        """Whether a report of a change in this month held at an instant, or holds now: then nothing *else* changed."""
        return any(line.held_at(instant) for line in self.lines)


@dataclass(frozen=True)
class OwnMonths:
    """The list of one adult."""

    months: tuple[Month, ...]
    """Newest first, down to that of the filing."""
    paper_day: int | None
    """The day of the month by which the centre wants papers; None: it has set none."""
    next_paper_day: date | None
    wanted: tuple[ItemText, ...]
    """Papers that the centre wants by a day, the nearest first."""


def nothing_changed(kit: Kit, actor: Actor, month: date, received_at: datetime) -> datetime:
    """Keep that this adult says so of the month; gives since when it stands. Said twice the first instant stays.

    `month`: its first day. `received_at`: when the request arrived: its local day decides which months are open.
    Raises FarMonthError for another month than this one and the last, or for one before the file began; NotYoursError.
    """
    with kit.database.transaction() as session:
        if actor.adult_id is None or actor.dossier_id is None:
            raise NotYoursError
        if month not in open_months(filing_day(received_at), first_month_in(session, actor.dossier_id)):
            raise FarMonthError(month.isoformat())
        values = {"adult_id": actor.adult_id, "dossier_id": actor.dossier_id, "month": month, "instant": received_at}
        lock_dossier(session, actor.dossier_id)
        said = notes_in(session, actor.dossier_id).get(actor.adult_id, {}).get(month, ())
        before = standing(said)
        if before is not None:
            return before
        if said:
            add_event(session, actor.dossier_id, actor.adult_id, month, AGAIN, received_at)
        else:
            session.execute(insert(MonthNote).values(values))
        audit(session, actor, "month:note", received_at, actor.dossier_id)
        return received_at


def take_back(kit: Kit, actor: Actor, month: date, received_at: datetime) -> bool:
    """Keep that it was said by mistake; the day on which it was said stays. False where nothing stands: a double tap.

    Of any month, however old: what is not so should not stand. Raises NotYoursError.
    """
    with kit.database.transaction() as session:
        if actor.adult_id is None or actor.dossier_id is None:
            raise NotYoursError
        lock_dossier(session, actor.dossier_id)
        if standing(notes_in(session, actor.dossier_id).get(actor.adult_id, {}).get(month, ())) is None:
            return False
        add_event(session, actor.dossier_id, actor.adult_id, month, BACK, received_at)
        audit(session, actor, "month:take-back", received_at, actor.dossier_id)
        return True


def own_months(kit: Kit, actor: Actor, language: str, today: date) -> OwnMonths:
    """The list of this adult on that day. Raises NotYoursError."""
    with kit.database.transaction() as session:
        if actor.dossier_id is None:
            raise NotYoursError
        first = first_month_in(session, actor.dossier_id)
        notes = notes_in(session, actor.dossier_id).get(actor.adult_id, {})
        day = paper_day_in(session, actor.dossier_id)
    found: defaultdict[date, list[MonthLine]] = defaultdict(list)
    for source in SOURCES:
        for line in source(kit, actor, language):
            found[line.month].append(line)
    still = open_months(today, first)
    # A source may know of a month before the file began, or after today: what was sent is never left out.
    listed = sorted({*months_since(first, today), *found}, reverse=True)
    months = tuple(
        Month(one, notes.get(one, ()), one in still, tuple(sorted(found[one], key=lambda line: line.at)))
        for one in listed
    )
    following = next_paper_day(day, today) if day else None
    return OwnMonths(months, day, following, wanted_by_a_day(kit, actor, language))


def first_month_in(session: Session, dossier_id: uuid.UUID) -> date:
    """A day of the month in which the file began: of the earliest filing, or, without one, when the file was made.

    For a caller that has proven who may know.
    """
    filed = session.scalar(select(func.min(Demand.filing_date)).where(Demand.dossier_id == dossier_id))
    if filed is not None:
        return filed
    return filing_day(session.scalars(select(Dossier.created_at).where(Dossier.id == dossier_id)).one())
