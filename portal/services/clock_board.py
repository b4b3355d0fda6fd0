"""The clocks of a centre: demands, reports, requests and papers by the nearest last day, who has them, how many there are."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from portal.domain.clock_board import SOON, ClockKind, Standing, standing
from portal.domain.demand import filing_day
from portal.domain.situation.words import APPLICANT
from portal.models import Adult, ChangeReport, ClockItem, Demand, PaperFile
from portal.services.absences import Member, members_in
from portal.services.actor import Actor, NotYoursError
from portal.services.assigning import AssignedMeanwhileError, ItemKind, assign_in, colleagues_in
from portal.services.clock_counts import counts_sql
from portal.services.clock_lines import FREE, OWN, Hand, Wanted, days_of, page_sql
from portal.services.kit import Kit
from portal.services.scope import find_dossier
from portal.services.writing import audit, lock_dossier

PAGE: Final = 30
COUNTED: Final = 1000
"""Of each part lines are counted up to here: to count everything would cost more than to read the page."""


@dataclass(frozen=True)
class ClockLine:
    """One thing that waits, by its nearest clock."""

    kind: str
    """What it is: `demand`, `request`, `report`, `papers` or `moved`."""
    id: uuid.UUID
    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """By which demand the desk finds the household; None: its file began on paper."""
    adult_id: uuid.UUID | None
    """Whose request or report it is, or who made the demand; papers are the household's."""
    reference: str
    name: str | None
    latin_name: str | None
    clock: ClockKind
    asks: str
    """What a request or a report asks for."""
    due: date | None
    standing: Standing
    day: date
    """When it was asked for or announced; of papers the day by which they are wanted."""
    seen: bool
    """Whether somebody of the centre has looked at it."""
    region: str | None
    """None: no centre has the household yet."""
    antenna: str | None
    commune_bfs: int | None
    report: str | None
    """The name of a report, for the address of its page."""
    hand: ItemKind
    hand_id: uuid.UUID
    """What is given to somebody: of a request the thread it lies in."""
    given: uuid.UUID | None
    """The note by which it was given last."""
    assignee: uuid.UUID | None
    assignee_name: str | None
    """None also where the one who had it is not of the centre any more."""
    away_until: date | None
    """Until when whoever has it is away."""

    @property
    def value(self) -> str:
        """How a form names it, with what stood on the page."""
        return f"{self.hand.value}:{self.hand_id}:{self.given or ''}"


@dataclass(frozen=True)
class Counts:
    """How many lines of the centre are in each state, each up to about COUNTED, whatever the page is limited to."""

    late: int
    soon: int
    later: int
    unseen: int
    me: int
    away: int

    def shown(self, name: str) -> str:
        """One of them as it can be shown."""
        number: int = getattr(self, name)
        return str(number) if number <= COUNTED else f"{COUNTED}+"


@dataclass(frozen=True)
class ClockBoard:
    """One page of the board."""

    lines: tuple[ClockLine, ...]
    page: int
    more: bool
    counts: Counts
    members: tuple[Member, ...]


def clock_board(kit: Kit, actor: Actor, wanted: Wanted, *, page: int = 1) -> ClockBoard:
    """What waits in the actor's scope, the nearest last day first, what has none last. Raises NotYoursError."""
    today = filing_day(kit.clock.now())
    with kit.database.transaction() as session:
        people = members_in(session, actor, today)
        lines = _lines(session, actor, wanted, today, page, people)
        counts = _counts(session, actor, today, people)
        audit(session, actor, "clocks:read", kit.clock.now())
    return ClockBoard(lines[:PAGE], page, len(lines) > PAGE, counts, people)


_SHOWN: Final = """
WITH near AS MATERIALIZED ({page})
SELECT near.*, o.reference, w.name, w.latin_name, h.id AS demand_id, coalesce(h.region, f.region) AS region, h.antenna,
    coalesce(h.commune_bfs, f.commune_bfs) AS commune_bfs, c.name AS report, g.id AS given, g.assignee
FROM near JOIN dossier o ON o.id = near.dossier_id
LEFT JOIN LATERAL (
    SELECT * FROM demand d WHERE d.dossier_id = near.dossier_id
    ORDER BY d.withdrawn_at IS NOT NULL, d.instant DESC, d.register_sequence DESC LIMIT 1
) h ON true
LEFT JOIN paper_file f ON f.dossier_id = near.dossier_id
JOIN adult w ON w.id = coalesce(near.adult_id, h.adult_id, (
    SELECT p.id FROM adult p WHERE p.dossier_id = near.dossier_id AND p.person = :applicant
))
LEFT JOIN change_report c ON near.kind = 'report' AND c.id = near.id
LEFT JOIN LATERAL (
    SELECT a.id, a.assignee FROM assignment a WHERE a.item_kind = near.hand AND a.item_id = near.hand_id
    ORDER BY a.sequence DESC LIMIT 1
) g ON true
WHERE f.region = :region
  OR EXISTS (SELECT 1 FROM demand s WHERE s.dossier_id = near.dossier_id AND (s.{own} OR {free}))
ORDER BY near.due NULLS LAST, near.day, near.id
"""
"""What is shown of the few lines of a page. The scope stands here once more: an item may be with the centre of before."""


def _lines(
    session: Session, actor: Actor, wanted: Wanted, today: date, page: int, people: Sequence[Member]
) -> tuple[ClockLine, ...]:
    hand = wanted.hand
    away = [one.id for one in people if one.away_until is not None]
    hands = {Hand.ME: [actor.id], Hand.AWAY: away}.get(hand, [hand]) if isinstance(hand, Hand) else [hand]
    limited = page_sql(
        wanted.clock,
        wanted.state,
        days_of(today),
        antenna=wanted.antenna is not None,
        nobody=hand is Hand.NOBODY,
        hands=hand is not None and hand is not Hand.NOBODY,
    )
    values = {
        "region": actor.region,
        "today": today,
        "soon": today + timedelta(days=SOON),
        "antenna": wanted.antenna,
        "members": [one.id for one in people],
        "hands": hands,
        "limit": page * PAGE + 1,
        "page": PAGE + 1,
        "offset": (page - 1) * PAGE,
        "applicant": APPLICANT,
    }
    found = session.execute(_shown(limited), values)
    names = {one.id: one for one in people}
    return tuple(_line(row._asdict(), today, names) for row in found)


@lru_cache(maxsize=512)
def _shown(page: str) -> TextClause:
    return text(_SHOWN.format(page=page, own=OWN, free=FREE))


def _line(row: dict[str, Any], today: date, people: dict[uuid.UUID, Member]) -> ClockLine:
    holder = people.get(row["assignee"]) if row["assignee"] else None
    return ClockLine(
        **row | {"clock": ClockKind(row["clock"]), "hand": ItemKind(row["hand"])},
        standing=standing(row["due"], today),
        assignee_name=holder.name if holder else None,
        away_until=holder.away_until if holder else None,
    )


def _counts(session: Session, actor: Actor, today: date, people: Sequence[Member]) -> Counts:
    """All in one statement."""
    away = [one.id for one in people if one.away_until is not None]
    values = {
        "region": actor.region,
        "today": today,
        "soon": today + timedelta(days=SOON),
        "most": COUNTED + 1,
        "me": actor.id,
        "away": away,
        "holders": [actor.id, *away],
    }
    return Counts(**session.execute(text(counts_sql(days_of(today))), values).one()._asdict())


@dataclass(frozen=True)
class Hold:
    """One thing as a form names it: what is given, and the note that stood on its page."""

    hand: ItemKind
    id: uuid.UUID
    seen: uuid.UUID | None


@dataclass(frozen=True)
class Given:
    """How many were given, and how many not, as somebody gave them to somebody else meanwhile."""

    done: int
    meanwhile: int


def assign(kit: Kit, actor: Actor, holds: Sequence[Hold], assignee: uuid.UUID | None) -> Given:
    """Give things of the scope to a colleague of the own centre, to oneself, or to nobody; each is audited.

    What somebody gave meanwhile stays as they gave it. Raises NotYoursError for anything outside the scope, and for a
    colleague of another centre: then nothing is written.
    """
    now, done, meanwhile = kit.clock.now(), 0, 0
    with kit.database.transaction() as session:
        if assignee is not None and assignee not in {one.id for one in colleagues_in(session, actor)}:
            raise NotYoursError
        homes = {one: _household(session, actor, one) for one in dict.fromkeys(holds)}
        for dossier in sorted(set(homes.values())):  # always in one order: nobody waits for the other in a circle
            lock_dossier(session, dossier)
        given = []
        for one, dossier in homes.items():
            try:
                if assign_in(session, actor, one.hand, one.id, assignee, one.seen, now):
                    given.append(dossier)
                done += 1
            except AssignedMeanwhileError:
                meanwhile += 1
        for dossier in given:
            audit(session, actor, "assignment:note", now, dossier)
    return Given(done, meanwhile)


def _household(session: Session, actor: Actor, one: Hold) -> uuid.UUID:
    """Whose household it is; raises NotYoursError outside the scope."""
    query = {
        ItemKind.DEMAND: select(Demand.dossier_id).where(Demand.id == one.id),
        ItemKind.THREAD: select(Adult.dossier_id).where(Adult.id == one.id),
        ItemKind.REPORT: select(ChangeReport.dossier_id).where(ChangeReport.id == one.id),
        ItemKind.PAPERS: select(ClockItem.dossier_id).where(ClockItem.item_id == one.id),
        ItemKind.MOVED: select(PaperFile.dossier_id).where(PaperFile.dossier_id == one.id),
    }[one.hand]
    found = session.scalar(query)
    if found is None:
        raise NotYoursError
    return find_dossier(session, actor, found).id
