"""The staff board: the demands of a region, the most pressing first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Text, and_, case, cast, exists, func, or_, select

from portal.domain.demand import filing_day
from portal.law.parameters import parameter
from portal.models import Adult, Demand, Dossier, SentMail
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.scope import in_scope
from portal.services.writing import audit

PAGE = 50


@dataclass(frozen=True)
class BoardRow:
    """One line of the board."""

    id: uuid.UUID
    reference: str
    name: str | None
    latin_name: str | None
    filing_date: date
    channel: str
    commune_bfs: int | None
    region: str | None
    antenna: str | None
    language: str
    interpreter: bool | None
    urgent_requested_at: datetime | None
    urgent_opened_at: datetime | None
    opened_at: datetime | None
    withdrawn_at: datetime | None
    flooded: bool
    attempted: bool


@dataclass(frozen=True)
class Board:
    """One page of the board and how many lines there are in all."""

    rows: tuple[BoardRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class LonelyUrgent:
    """An urgent request that no duty address is known for: every region sees its reference and clock, no more."""

    reference: str
    region: str | None
    requested_at: datetime


def board(kit: Kit, actor: Actor, *, antenna: str | None = None, withdrawn: bool = False, page: int = 1) -> Board:
    """Demands of the actor's scope: unopened urgent requests, then unopened ones, each by the nearest clock."""
    where = [in_scope(actor), Demand.withdrawn_at.is_not(None) if withdrawn else Demand.withdrawn_at.is_(None)]
    if antenna:
        where.append(Demand.antenna == antenna)
    waiting = and_(Demand.urgent_requested_at.is_not(None), Demand.urgent_opened_at.is_(None))
    rank = case((waiting, 0), (Demand.opened_at.is_(None), 1), else_=2)
    query = (
        select(Demand, Dossier.reference, Adult)
        .join(Dossier, Demand.dossier_id == Dossier.id)
        .join(Adult, Demand.adult_id == Adult.id)
        .where(*where)
        .order_by(rank, _nearest_clock(filing_day(kit.clock.now())), Demand.filing_date, Demand.instant)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    with kit.database.transaction() as session:
        total = session.scalar(select(func.count()).select_from(Demand).where(*where)) or 0
        rows = tuple(_row(*found) for found in session.execute(query).all())
        audit(session, actor, "board:read", kit.clock.now())
    return Board(rows, total, page)


def _nearest_clock(today: date) -> ColumnElement[date]:
    """The next day on which something is due: an urgent decision that was asked for, or the decision itself."""
    decision = Demand.filing_date + parameter("decision_clock", today).whole()
    asked = cast(func.timezone("Europe/Zurich", Demand.urgent_requested_at), Date)
    return func.least(decision, asked + parameter("urgent_clock", today).whole())


def lonely_urgent(kit: Kit) -> tuple[LonelyUrgent, ...]:
    """Unopened urgent requests that no duty address takes: none is known, or its server refused. Oldest first."""
    known = list(kit.duty_addresses)
    alerts = SentMail.name.like(func.concat("urgent/", cast(Demand.id, Text), "/%"))
    refused = exists().where(alerts, SentMail.refused_at.is_not(None))
    query = (
        select(Dossier.reference, Demand.region, Demand.urgent_requested_at)
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
    with kit.database.transaction() as session:
        return tuple(
            LonelyUrgent(reference, region, requested_at)
            for reference, region, requested_at in session.execute(query)
            if requested_at is not None
        )


def _row(demand: Demand, reference: str, adult: Adult) -> BoardRow:
    return BoardRow(
        id=demand.id,
        reference=reference,
        name=adult.name,
        latin_name=adult.latin_name,
        filing_date=demand.filing_date,
        channel=demand.channel,
        commune_bfs=demand.commune_bfs,
        region=demand.region,
        antenna=demand.antenna,
        language=adult.interview_language or adult.language,
        interpreter=adult.interpreter,
        urgent_requested_at=demand.urgent_requested_at,
        urgent_opened_at=demand.urgent_opened_at,
        opened_at=demand.opened_at,
        withdrawn_at=demand.withdrawn_at,
        flooded=demand.flooded,
        attempted=demand.attempted_at is not None,
    )
