"""The staff board: the demands of a region, the most pressing first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Label,
    Select,
    Subquery,
    Text,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.domain.case_request import RequestKind
from portal.domain.decision import ends_urgent
from portal.domain.demand import filing_day, start_of_day
from portal.domain.register import EntryKind
from portal.law.parameters import parameter
from portal.models import (
    Adult,
    CaseRequest,
    CaseSeen,
    ClockItem,
    Demand,
    Dossier,
    HouseholdEvent,
    RegisterEntry,
    SentMail,
)
from portal.models.demand import BOARD_RANK, nearest_clock
from portal.services.actor import Actor
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.households.rows import goes_on_in, merged_into
from portal.services.kit import Kit
from portal.services.scope import scope_parts
from portal.services.thread.closings import is_closed
from portal.services.writing import audit

PAGE = 30
SHOWN_FOR = timedelta(days=65)
"""So long after it was asked for in the thread urgent help stands in the line: its days, and as long as the clock is shown."""
COUNTED = 1000
"""Lines are counted up to here: to count everything would cost more than to read the page."""
_ONTO = aliased(Demand)
_MERGED = aliased(Demand)
_MERGING = aliased(HouseholdEvent)
_MEMBER = aliased(Adult)


@dataclass(frozen=True)
class BoardRow:
    """One line of the board."""

    id: uuid.UUID
    reference: str
    name: str | None
    latin_name: str | None
    filing_date: date
    channel: str
    """By which the first contact of that day came: of a corrected date that of the correction."""
    commune_bfs: int | None
    region: str | None
    antenna: str | None
    language: str
    interpreter: bool | None
    urgent_requested_at: datetime | None
    urgent_opened_at: datetime | None
    opened_at: datetime | None
    withdrawn_at: datetime | None
    decided_at: datetime | None
    """Since when a decision on it stands here: it comes last, no clock runs."""
    urgent_decided_at: datetime | None
    flooded: bool
    attempted: bool
    asked_at: datetime | None
    """When urgent help was asked for in the thread last, unless that is long past."""
    asked_seen_at: datetime | None
    """When the centre that has the demand looked at that."""
    merged_date: date | None
    """The earliest date of a demand that waits in a file merged into this one, and has no line by itself."""

    merged_asked_at: datetime | None
    """When urgent help was asked for first in the threads of such files, of what stands and is not long past."""
    merged_unseen: bool | None
    """Whether the centre has not looked at some of that."""
    merged_demand_asked_at: datetime | None
    """The same with their demands, of which the clock runs."""

    @property
    def merged_urgent_at(self) -> datetime | None:
        """When urgent help was asked for first in a file merged into this one, in its thread or with its demand."""
        return min((at for at in (self.merged_asked_at, self.merged_demand_asked_at) if at), default=None)

    @property
    def first_date(self) -> date:
        """From when the decision is waited for: the earliest of this demand and of those merged into it."""
        return min(self.filing_date, self.merged_date or self.filing_date)

    @property
    def urgent_stands(self) -> bool:
        """Whether urgent help was asked for with it, and no decision recorded here ends its clock."""
        asked = self.urgent_requested_at
        return asked is not None and not ends_urgent(asked, self.decided_at, self.urgent_decided_at)


@dataclass(frozen=True)
class Board:
    """One page of the board, how many lines there are in all (up to COUNTED), and whether another page follows."""

    rows: tuple[BoardRow, ...]
    total: int
    page: int
    more: bool

    @property
    def count(self) -> str:
        """The number of lines as it can be shown."""
        return str(self.total) if self.total <= COUNTED else f"{COUNTED}+"


@dataclass(frozen=True)
class LonelyUrgent:
    """An urgent request that a mail does not bring to one responsible centre. Every region is told of it.

    They see its reference, its clock and why; the id serves who may open it.
    """

    id: uuid.UUID
    reference: str
    region: str | None
    candidates: tuple[str, ...]
    requested_at: datetime
    refused: bool
    """A server of the region's duty address refused an alert; otherwise no address is known, or no region has it."""

    def waits_for(self, region: str | None) -> bool:
        """Whether that region may open it: as its own, or as one that could take it."""
        return region in ([self.region] if self.region else self.candidates)


def board(kit: Kit, actor: Actor, *, antenna: str | None = None, withdrawn: bool = False, page: int = 1) -> Board:
    """Demands of the scope: unopened urgent requests and households with an open one of a thread, then unopened demands,
    each by the nearest clock; decided ones last.
    """
    shown, counted = _queries(actor.region, antenna, withdrawn, page, filing_day(kit.clock.now()))
    with kit.database.transaction() as session:
        total = session.scalar(counted) or 0
        rows = [BoardRow(**found._asdict()) for found in session.execute(shown)]
        audit(session, actor, "board:read", kit.clock.now())
    return Board(tuple(rows[:PAGE]), total, page, more=len(rows) > PAGE)


@lru_cache(maxsize=64)
def _queries(
    region: str | None, antenna: str | None, withdrawn: bool, page: int, today: date
) -> tuple[Select[*tuple[Any, ...]], Select[int]]:
    """The lines of a page, and how many there are. To put these together takes longer than to ask them: hence kept."""
    open_ = (Demand.withdrawn_at.is_(None), Demand.closed_at.is_(None))  # a closed file is found by the search
    where: list[ColumnElement[bool]] = [Demand.withdrawn_at.is_not(None)] if withdrawn else [*open_, ~_stood_for()]
    if antenna:
        where.append(Demand.antenna == antenna)
    # Region by region, so that each is read from its index in the order of the board, and no further than this page. The few
    # households that asked for urgent help in a thread are read by their items, and left out where the index is read.
    again = _asked_again(region, today)
    plain, ahead = _order(today), _order(today, again)
    apart = [] if withdrawn else [Demand.dossier_id.not_in(select(again.c.dossier_id))]
    parts = [select(Demand.id, *plain).where(part, *where, *apart).order_by(*plain) for part in scope_parts(region)]
    if not withdrawn:
        asking = select(Demand.id, *ahead).join(again, again.c.dossier_id == Demand.dossier_id)
        parts += [asking.where(part, *where).order_by(*ahead) for part in scope_parts(region)]
    counted = (select(Demand.id).where(part, *where).limit(_written(COUNTED + 1)) for part in scope_parts(region))
    nearest = union_all(*(part.limit(_written(page * PAGE + 1)) for part in parts)).subquery()
    shown = (
        select(nearest)
        .order_by(*nearest.c[1:])
        .limit(_written(PAGE + 1))
        .offset(_written((page - 1) * PAGE))
        .subquery()
    )
    asked, merged = _asked(today), _merged_asked(today)
    query: Select[*tuple[Any, ...]] = (
        select(
            Demand.id,
            Dossier.reference,
            Adult.name,
            Adult.latin_name,
            Demand.filing_date,
            _channel(),
            Demand.commune_bfs,
            Demand.region,
            Demand.antenna,
            func.coalesce(Adult.interview_language, Adult.language).label("language"),
            Adult.interpreter,
            Demand.urgent_requested_at,
            Demand.urgent_opened_at,
            Demand.opened_at,
            Demand.withdrawn_at,
            Demand.decided_at,
            Demand.urgent_decided_at,
            Demand.flooded,
            Demand.attempted_at.is_not(None).label("attempted"),
            asked.c.asked_at,
            asked.c.asked_seen_at,
            _merged_date(),
            *merged.c,
            _merged_demand_asked(),
        )
        .join(shown, shown.c.id == Demand.id)
        .join(Dossier, Demand.dossier_id == Dossier.id)
        .join(Adult, Demand.adult_id == Adult.id)
        .outerjoin(asked, true())
        .outerjoin(merged, true())
        .order_by(*shown.c[1:])
    )
    return query, select(func.count()).select_from(union_all(*counted).subquery())


def _written(number: int) -> ColumnElement[int]:
    """A limit as a number of the statement's own text. PostgreSQL cannot plan once for all with a bound limit: it planned these
    queries anew for each page, and that took longer than to answer.
    """
    return literal_column(str(number), Integer)


def _channel() -> Label[str]:
    """The channel that belongs to the filing date, as `DemandView.entry` has it."""
    corrected = select(RegisterEntry.channel).where(
        RegisterEntry.reference == Dossier.reference, RegisterEntry.kind == EntryKind.CORRECTION.value
    )
    last = corrected.order_by(RegisterEntry.sequence.desc()).limit(1).scalar_subquery()
    return func.coalesce(last, Demand.channel).label("channel")


def _stood_for() -> ColumnElement[bool]:
    """Whether a demand has no line as its file was merged into one that has: there the decision is waited for too.

    Urgent help that was asked for with it keeps its line, and so does what would wait where nothing else waits.
    """
    waits = or_(_ONTO.decided_at.is_(None), Demand.decided_at.is_not(None))
    listed = (_ONTO.region == Demand.region, _ONTO.withdrawn_at.is_(None), _ONTO.closed_at.is_(None), waits)
    there = exists().where(_ONTO.dossier_id == goes_on_in(Demand.dossier_id), *listed)
    return Demand.urgent_requested_at.is_(None) & there


def _merged_date() -> Label[date]:
    """The earliest date of the demands that wait in files merged into that of a line, without urgent help of their own."""
    into = select(_MERGING.dossier_id).where(_MERGING.other_dossier_id == Demand.dossier_id)
    waits = (_MERGED.withdrawn_at.is_(None), _MERGED.closed_at.is_(None), _MERGED.decided_at.is_(None))
    return (
        select(func.min(_MERGED.filing_date))
        .where(_MERGED.dossier_id.in_(into), goes_on_in(_MERGED.dossier_id) == Demand.dossier_id, *waits)
        .where(_MERGED.urgent_requested_at.is_(None), _MERGED.region == Demand.region)
        .scalar_subquery()
        .label("merged_date")
    )


def _asked(today: date) -> FromClause:
    """The newest urgent request in a thread of the household of a line: by the indexes of adults and of their requests."""
    return (
        select(CaseRequest.instant.label("asked_at"), CaseSeen.instant.label("asked_seen_at"))
        .join(_MEMBER, CaseRequest.adult_id == _MEMBER.id)
        .outerjoin(CaseSeen, (CaseSeen.about == CaseRequest.id) & (CaseSeen.reader == Demand.region))
        .where(_MEMBER.dossier_id == Demand.dossier_id, *_open_urgent(today))
        .order_by(CaseRequest.instant.desc())
        .limit(1)
        .correlate(Demand)
        .lateral()
    )


def _open_urgent(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CaseRequest.kind == RequestKind.URGENT.value,
        CaseRequest.instant >= start_of_day(today - SHOWN_FOR),
        ~is_decided(OF_REQUEST, CaseRequest.id),
        ~is_closed(CaseRequest.id),
    )


def _merged_asked(today: date) -> FromClause:
    """The first of these requests in files merged into that of a line, and whether one of them was not looked at."""
    return (
        select(
            func.min(CaseRequest.instant).label("merged_asked_at"),
            func.bool_or(CaseSeen.instant.is_(None)).label("merged_unseen"),
        )
        .join(_MEMBER, CaseRequest.adult_id == _MEMBER.id)
        .outerjoin(CaseSeen, (CaseSeen.about == CaseRequest.id) & (CaseSeen.reader == Demand.region))
        .where(_MEMBER.dossier_id.in_(merged_into(Demand.dossier_id, Demand.region)), *_open_urgent(today))
        .correlate(Demand)
        .lateral()
    )


def _merged_demand_asked() -> Label[datetime | None]:
    """When urgent help was asked for first with demands of files merged into that of a line, of those whose clock runs."""
    return (
        select(func.min(_MERGED.urgent_requested_at))
        .where(_MERGED.dossier_id.in_(merged_into(Demand.dossier_id, Demand.region)), _MERGED.withdrawn_at.is_(None))
        .where(_MERGED.urgent_decided_at.is_(None))
        .where(or_(_MERGED.decided_at.is_(None), _MERGED.urgent_requested_at > _MERGED.decided_at))
        .correlate(Demand)
        .scalar_subquery()
        .label("merged_demand_asked_at")
    )


def _asked_again(region: str | None, today: date) -> Subquery:
    """The households with an open urgent request in a thread, as far as the board shows it, with the day of the first.

    Of a merged file also the one that goes on for it: its line is the one that is worked on.
    """
    wanted = (
        or_(ClockItem.region == region, ClockItem.region.is_(None)),
        ClockItem.item_kind == "request",
        ClockItem.asks == RequestKind.URGENT.value,
        ClockItem.day >= today - SHOWN_FOR,
    )
    onto = goes_on_in(ClockItem.dossier_id)
    found = union_all(
        select(ClockItem.dossier_id, ClockItem.day).where(*wanted),
        select(onto.label("dossier_id"), ClockItem.day).where(*wanted, onto.is_not(None)),
    ).subquery()
    return select(found.c.dossier_id, func.min(found.c.day).label("day")).group_by(found.c.dossier_id).subquery()


def _order(
    today: date, again: Subquery | None = None
) -> tuple[
    Label[int], Label[date], InstrumentedAttribute[date], InstrumentedAttribute[datetime], InstrumentedAttribute[int]
]:
    """The columns of the board's order, word for word as the index has them: hence text and not bound numbers.

    `again`: of demands whose household asked for urgent help in a thread too, by that clock or a nearer one that runs.
    """
    decision, urgent = (parameter(name, today).whole() for name in ("decision_clock", "urgent_clock"))
    rank: ColumnElement[int] = literal_column(BOARD_RANK, Integer)
    nearest: ColumnElement[date] = literal_column(nearest_clock(decision, urgent), Date)
    if again is not None:
        runs = case((Demand.decided_at.is_(None), nearest))
        rank, nearest = literal_column("0", Integer), func.least(runs, again.c.day + urgent)
    return (
        rank.label("rank"),
        nearest.label("nearest"),
        Demand.filing_date,
        Demand.instant,
        Demand.register_sequence,  # no two are equal: a demand never falls between two pages
    )


def lonely_urgent(kit: Kit) -> tuple[LonelyUrgent, ...]:
    """Unopened urgent requests that no region has taken, or whose region's duty address is unknown or refuses.

    Oldest first. What the server of an earlier region refused counts no more.
    """
    known = list(kit.duty_addresses)
    alerts = SentMail.name.like(func.concat("urgent/", cast(Demand.id, Text), "/", Demand.region, "/%"))
    refused = exists().where(alerts, SentMail.refused_at.is_not(None))
    columns = (Demand.id, Dossier.reference, Demand.region, Demand.candidate_regions, Demand.urgent_requested_at)
    query = (
        select(*columns, refused)
        .join(Dossier, Demand.dossier_id == Dossier.id)
        .where(
            Demand.urgent_requested_at.is_not(None),
            Demand.urgent_opened_at.is_(None),
            Demand.withdrawn_at.is_(None),
            or_(Demand.region.is_(None), Demand.region.not_in(known), refused),
        )
        .order_by(Demand.urgent_requested_at)
        .limit(20)
    )
    with kit.database.reading() as session:
        return tuple(
            LonelyUrgent(demand_id, reference, region, tuple(candidates), requested_at, was_refused)
            for demand_id, reference, region, candidates, requested_at, was_refused in session.execute(query)
            if requested_at is not None
        )
