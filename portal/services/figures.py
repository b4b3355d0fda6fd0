"""Figures of closed quarters: counted once by the worker, kept already coarse, read by the canton and by each centre."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from portal.domain.coarsening import Published, Table, publish
from portal.domain.demand import filing_day
from portal.domain.document_request import OTHER_PAPERS, RequestState, read_key
from portal.domain.figures import (
    COMMUNE,
    Household,
    closed,
    dimensions,
    next_quarter,
    paper_counts,
    person_of,
    quarter_of,
)
from portal.domain.role import Role
from portal.law import directory
from portal.law.parameters import parameter
from portal.models import Demand, FigurePeriod
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import events_in
from portal.services.kit import Kit
from portal.services.writing import audit


@dataclass(frozen=True)
class Period:
    """Some closed quarters, by their first and last days."""

    since: date
    last: date


@dataclass(frozen=True)
class Figures:
    """What somebody reads of one period: the whole canton, or one centre."""

    period: Period
    region: str | None
    """Whose figures they are; None: the canton's."""
    total: int | None
    """None: the centre cannot be shown apart."""
    tables: Mapping[str, Table]
    """By dimension; what is missing cannot be shown."""
    places: Mapping[str, int] | None
    """Of the canton: how many of each region. None where they cannot be shown apart, and for a centre."""
    kinds: Mapping[str, tuple[int, int]]
    """Of the canton: by kind of paper, of how many households it was asked and how many had one refused."""


@dataclass(frozen=True)
class FigurePage:
    """The periods that there are, newest first, and the one that is read; None while none is closed."""

    region: str | None
    """Whose figures; None: the canton's."""
    periods: tuple[Period, ...]
    found: Figures | None


def make_figures(kit: Kit) -> int:
    """Count every quarter that is closed and not counted yet; how many periods were written. For the worker's role.

    Quarters with so few demands that nothing may be shown are counted together with the next one.
    """
    made, today = 0, filing_day(kit.clock.now())
    with kit.database.transaction() as session:
        session.execute(select(func.pg_advisory_xact_lock(7201113)))
        since = _begins(session)
        until = next_quarter(since) if since else None
        while since and until and closed(until, today):
            content = _counted(session, kit, since, until)
            if content is not None:
                period = {"since": since, "until": until, "made_at": kit.clock.now(), "content": content}
                session.execute(insert(FigurePeriod).values(**period))
                made, since = made + 1, until
            until = next_quarter(until)
    return made


def figures(kit: Kit, actor: Actor, since: date | None) -> FigurePage:
    """One period, the newest without a choice: of the canton for who reads its figures, else of the own centre; audited.

    Nothing else is read than what was written for everybody. Raises NotYoursError for a period that there is not.
    """
    region = None if Role.FIGURES in actor.roles else actor.region
    with kit.database.transaction() as session:
        rows = session.scalars(select(FigurePeriod).order_by(FigurePeriod.since.desc())).all()
        row = next((one for one in rows if since in (None, one.since)), None)
        if row is None and since is not None:
            raise NotYoursError
        found = _of_region(row, region) if row else None
        audit(session, actor, "figures:read", kit.clock.now())
    return FigurePage(region, tuple(_period(one) for one in rows), found)


def _begins(session: Session) -> date | None:
    """Where the next period begins: after the last one, or with the quarter of the first demand that was recorded."""
    after: date | None = session.scalar(select(func.max(FigurePeriod.until)))
    if after is not None:
        return after
    first = session.scalar(select(func.min(Demand.recorded_at)))
    return quarter_of(filing_day(first)) if first else None


def content_of(households: Sequence[Household], since: date) -> dict[str, Any] | None:
    """What may be shown of these households, as it is kept; None where they are too few. `since`: of which day the clocks are."""
    urgent, decision = (parameter(name, since).whole() for name in ("urgent_clock", "decision_clock"))
    people = [person_of(one, decision, urgent) for one in households]
    found = publish(people, dimensions(people))
    return None if found is None else _content(found, paper_counts(households))


_ROWS = text("""
SELECT r.dossier_id, r.filed, r.region, r.commune, r.channel, r.language, r.decided_on, r.urgent_asked_on,
  r.urgent_decided_on, r.begun, r.sent_on, r.papers, (
    SELECT (d.withdrawn_at AT TIME ZONE 'Europe/Zurich')::date FROM demand d
    WHERE d.dossier_id = r.dossier_id AND d.filing_date = r.filed ORDER BY d.instant, d.id LIMIT 1
  ) AS withdrawn_on
FROM figure_rows(:since, :until) r
""")
"""Of a withdrawal the function says only that there was one; its day is of the same demand, the household's first."""


def _counted(session: Session, kit: Kit, since: date, until: date) -> dict[str, Any] | None:
    rows = session.execute(_ROWS, {"since": since, "until": until}).mappings().all()
    return content_of([_household(session, kit, dict(row)) for row in rows], since)


def _household(session: Session, kit: Kit, row: dict[str, Any]) -> Household:
    asked: defaultdict[str, bool] = defaultdict(bool)
    for _event, said in events_in(session, kit, row.pop("dossier_id")):
        kind = read_key(said["key"]).rule
        if kind != OTHER_PAPERS:
            asked[kind] |= said["state"] == RequestState.REFUSED
    commune = directory.commune(row["commune"], row["filed"]) if row["commune"] else None
    return Household(**row, antenna=commune.antenna if commune else None, asked=dict(asked))


def _content(found: Published, kinds: dict[str, tuple[int, int]]) -> dict[str, Any]:
    by_place = {
        name: {"level": level, "counts": [[*key, count] for key, count in sorted(counts.items())]}
        for name, (level, counts) in found.of_place.items()
    }
    whole = {name: asdict(table) for name, table in found.whole.items()}
    return {"total": found.total, "places": found.places, "whole": whole, "of_place": by_place, "kinds": kinds}


def _period(row: FigurePeriod) -> Period:
    return Period(row.since, row.until - timedelta(days=1))


def _of_region(row: FigurePeriod, region: str | None) -> Figures:
    said = row.content
    if region is None:
        tables = {name: Table(one["level"], one["counts"]) for name, one in said["whole"].items()}
        if COMMUNE in said["of_place"]:  # shown within each region, and added up where a commune's household is in two
            tables[COMMUNE] = _of_places(said["of_place"][COMMUNE], said["places"])
        kinds = {kind: (asked, refused) for kind, (asked, refused) in said["kinds"].items()}
        return Figures(_period(row), None, said["total"], tables, said["places"], kinds)
    if said["places"] is None:
        return Figures(_period(row), region, None, {}, None, {})
    tables = {name: _of_places(one, (region,)) for name, one in said["of_place"].items()}
    return Figures(_period(row), region, said["places"].get(region, 0), tables, None, {})


def _of_places(said: Mapping[str, Any], places: Iterable[str]) -> Table:
    counts: Counter[str] = Counter()
    for place, group, count in said["counts"]:
        if place in places:
            counts[group] += count
    return Table(said["level"], dict(counts))
