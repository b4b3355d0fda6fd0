"""What waits at a centre, as SQL in parts: each is read from an index in the order of its clock, and no further than a page.

Demands stand in their own rows; requests, reports and papers in `clock_item`, which triggers bring up to date. Text, and put
together once for each choice: as many parts built anew with every page would cost more than reading them.
"""

# ruff: noqa: S608 - every part of these texts stands here; what comes from outside is bound
from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from portal.domain.clock_board import ClockKind, State
from portal.law.parameters import parameter
from portal.models.demand import BOARD_RANK, URGENT_DECIDED, URGENT_RUNS, nearest_clock, urgent_clock

OWN: Final = "region = :region AND closed_at IS NULL"
FREE: Final = "region IS NULL AND closed_at IS NULL AND candidate_regions @> ARRAY[:region]"
"""The scope of demands, as `services/scope.py` has it; of a closed file no clock runs."""
ITEMS_OWN: Final = "i.region = :region"
ITEMS_FREE: Final = f"i.region IS NULL AND EXISTS (SELECT 1 FROM demand s WHERE s.dossier_id = i.dossier_id AND {FREE})"
WITHOUT_DAY: Final = ("decision", "file", "nothing", "moved")
"""What is asked for of which no rule that we know of says by when."""
HAND_KIND: Final = "CASE i.item_kind WHEN 'request' THEN 'thread' ELSE i.item_kind END"
HAND_ID: Final = "CASE i.item_kind WHEN 'request' THEN i.adult_id ELSE i.item_id END"
"""What is given to somebody (`assigning.ItemKind`): of a request the thread it lies in."""
NOT_URGENT: Final = "withdrawn_at IS NULL AND urgent_requested_at IS NULL"
LAST: Final = """NOT EXISTS (
    SELECT 1 FROM assignment l WHERE l.item_kind = a.item_kind AND l.item_id = a.item_id AND l.sequence > a.sequence
)"""


class Hand(StrEnum):
    """Whose items the board is limited to, beside single persons."""

    ME = "me"
    NOBODY = "nobody"
    AWAY = "away"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the board; nothing set: all."""

    clock: ClockKind | None = None
    state: State | None = None
    antenna: str | None = None
    hand: Hand | uuid.UUID | None = None


@dataclass(frozen=True)
class Days:
    """The lengths of the clocks on a day (parameters `decision_clock`, `urgent_clock`, `reexamination_clock`)."""

    decision: int
    urgent: int
    reexamination: int


@lru_cache(maxsize=8)
def days_of(today: date) -> Days:
    """Those of that day."""
    return Days(*(parameter(name, today).whole() for name in ("decision_clock", "urgent_clock", "reexamination_clock")))


@lru_cache(maxsize=512)
def page_sql(
    clock: ClockKind | None, state: State | None, days: Days, *, antenna: bool, nobody: bool, hands: bool
) -> str:
    """The lines of one page as a query; `:limit` of each part, `:page` of all after `:offset`."""
    limits = _Limits(clock, state, days, antenna, nobody, hands)
    each = " UNION ALL ".join(f"(SELECT * FROM ({part} LIMIT :limit) p)" for part in _parts(limits))
    return f"SELECT * FROM ({each}) n ORDER BY due NULLS LAST, day, id LIMIT :page OFFSET :offset"


@dataclass(frozen=True)
class _Limits:
    """Which conditions there are; their values are bound."""

    clock: ClockKind | None
    state: State | None
    days: Days
    antenna: bool
    nobody: bool
    hands: bool

    def within(self, due: str, shift: int = 0) -> str:
        """The last days of the wanted state, asked of the column `due`, which lies `shift` days before them."""
        today, soon = (f"CAST(:{name} AS date) - {shift:d}" for name in ("today", "soon"))
        return {
            State.LATE: f" AND {due} < {today}",
            State.SOON: f" AND {due} BETWEEN {today} AND {soon}",
            State.LATER: f" AND {due} > {soon}",
        }.get(self.state or State.UNSEEN, "")

    def in_hand(self, kind: str, item: str) -> str:
        """Whose it is. Somebody who left the centre has nothing in hand there."""
        last = f"SELECT a.assignee FROM assignment a WHERE a.item_kind = {kind} AND a.item_id = {item}"
        if self.nobody:
            return f" AND coalesce(({last} ORDER BY a.sequence DESC LIMIT 1) <> ALL(:members), true)"
        if self.hands:
            given = f"SELECT a.item_kind, a.item_id FROM assignment a WHERE a.assignee = ANY(:hands) AND {LAST}"
            return f" AND ({kind}, {item}) IN ({given})"
        return ""

    def unseen(self, column: str) -> str:
        """Nobody has looked at it."""
        return f" AND {column}" if self.state is State.UNSEEN else ""


def _parts(limits: _Limits) -> Iterator[str]:
    """Every part that may hold what is wanted, each in the order of its clock."""
    if limits.clock in (None, ClockKind.URGENT, ClockKind.DECISION):
        for scope in (OWN, FREE):
            yield from _demands(scope, limits)
    for scope in (ITEMS_OWN, ITEMS_FREE):
        yield from _items(scope, limits)


def _demands(scope: str, limits: _Limits) -> Iterator[str]:
    """Those whose urgent clock runs; those of which only the clock of the decision runs still."""
    days = limits.days
    more = limits.in_hand("'demand'", "demand.id") + (" AND antenna = :antenna" if limits.antenna else "")
    if limits.clock is not ClockKind.DECISION:
        due = urgent_clock(days.decision, days.urgent)
        asked = f"{scope} AND {URGENT_RUNS}{more}{limits.within(due)}{limits.unseen('urgent_opened_at IS NULL')}"
        yield _demand("urgent", due, "urgent_opened_at", asked)
    if limits.clock is not ClockKind.URGENT:
        due = nearest_clock(days.decision, days.urgent)
        for rank in (1,) if limits.state is State.UNSEEN else (1, 2):  # unopened, opened
            waits = f"{scope} AND {BOARD_RANK} = {rank:d} AND {NOT_URGENT}{more}{limits.within(due)}"
            yield _demand("decision", due, "opened_at", waits)
        due = f"filing_date + {days.decision:d}"
        still = f"{scope} AND {URGENT_DECIDED}{more}{limits.within('filing_date', days.decision)}"
        yield _demand("decision", due, "opened_at", still + limits.unseen("opened_at IS NULL"))


def _demand(clock: str, due: str, looked: str, where: str) -> str:
    return (
        f"SELECT 'demand' AS kind, id, dossier_id, adult_id, '{clock}' AS clock, 'demand' AS asks, {due} AS due,"
        f" filing_date AS day, {looked} IS NOT NULL AS seen, 'demand' AS hand, id AS hand_id"
        f" FROM demand WHERE {where} ORDER BY due, filing_date, id"
    )


def _items(scope: str, limits: _Limits) -> Iterator[str]:
    """Requests, reports and papers, one part for each thing that is asked for: of one kind all are in one order."""
    more = f"{scope}{limits.in_hand(HAND_KIND, HAND_ID)}{limits.unseen('NOT i.seen')}"
    if limits.antenna:
        more += """ AND (
            SELECT h.antenna FROM demand h WHERE h.dossier_id = i.dossier_id
            ORDER BY h.withdrawn_at IS NOT NULL, h.instant DESC, h.register_sequence DESC LIMIT 1
        ) = :antenna"""
    for kind, length in lengths(limits.days).items():
        if limits.clock in (None, kind):
            yield _item(kind, kind.value, f"i.day + {length:d}", more + limits.within("i.day", length))
    if limits.clock in (None, ClockKind.NONE) and limits.state in (None, State.UNSEEN):
        for asks in WITHOUT_DAY:
            yield _item(ClockKind.NONE, asks, "CAST(NULL AS date)", more)


def lengths(days: Days) -> dict[ClockKind, int]:
    """Of what can be asked for beside a demand: the days until it is due."""
    return {ClockKind.URGENT: days.urgent, ClockKind.REEXAMINATION: days.reexamination, ClockKind.PAPERS: 0}


def _item(clock: ClockKind, asks: str, due: str, where: str) -> str:
    return (
        f"SELECT i.item_kind AS kind, i.item_id AS id, i.dossier_id, i.adult_id, '{clock.value}' AS clock, i.asks, {due} AS due,"
        f" i.day, i.seen, {HAND_KIND} AS hand, {HAND_ID} AS hand_id"
        f" FROM clock_item i WHERE i.asks = '{asks}' AND {where} ORDER BY i.day, i.item_id"
    )
