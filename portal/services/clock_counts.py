"""How much waits at a centre in each state, in one statement. What may be many is counted up to a bound, from an index."""

# ruff: noqa: S608 - every part of these texts stands here; what comes from outside is bound
from __future__ import annotations

from functools import lru_cache
from typing import Final

from portal.models.demand import BOARD_RANK, URGENT_DECIDED, URGENT_RUNS, nearest_clock, urgent_clock
from portal.services.clock_lines import (
    FREE,
    HAND_ID,
    HAND_KIND,
    ITEMS_FREE,
    ITEMS_OWN,
    LAST,
    NOT_URGENT,
    OWN,
    Days,
    lengths,
)

_WITHIN: Final = {
    "late": "due < CAST(:today AS date)",
    "soon": "due BETWEEN CAST(:today AS date) AND CAST(:soon AS date)",
    "later": "due > CAST(:soon AS date)",
}


UNDECIDED: Final = f"{NOT_URGENT} AND decided_at IS NULL"


@lru_cache(maxsize=8)
def counts_sql(days: Days) -> str:
    """Late, soon, later, unseen; in the hand of `:me`, and of those who are `:away`."""
    item_due = " ".join(f"WHEN '{kind.value}' THEN i.day + {length:d}" for kind, length in lengths(days).items())
    urgent, both = urgent_clock(days.decision, days.urgent), nearest_clock(days.decision, days.urgent)
    decision = f"filing_date + {days.decision:d}"
    # The centre's demands without an urgent request are many, and counted apart from an index; the rest is few.
    rest = " UNION ALL ".join(
        (
            *(
                f"SELECT CASE i.asks {item_due} END AS due, i.seen FROM clock_item i WHERE {one}"
                for one in (ITEMS_OWN, ITEMS_FREE)
            ),
            *(
                f"SELECT {urgent}, urgent_opened_at IS NOT NULL FROM demand WHERE {one} AND {URGENT_RUNS}"
                for one in (OWN, FREE)
            ),
            f"SELECT {decision}, opened_at IS NOT NULL FROM demand WHERE {OWN} AND {URGENT_DECIDED}",
            f"(SELECT {decision}, opened_at IS NOT NULL FROM demand WHERE {FREE} AND {UNDECIDED} LIMIT :most)",
        )
    )
    many = "SELECT 1 FROM demand WHERE {own} AND {rank} = {number} AND {waits}{more} LIMIT :most"

    def counted(numbers: tuple[int, ...], more: str = "") -> str:
        parts = (many.format(own=OWN, rank=BOARD_RANK, number=one, waits=NOT_URGENT, more=more) for one in numbers)
        return " + ".join(f"(SELECT count(*) FROM ({part}) p)" for part in parts)

    columns = [
        f"(SELECT count(*) FROM rest WHERE {where}) + {counted((1, 2), ' AND ' + where.replace('due', both, 1))} AS {name}"
        for name, where in _WITHIN.items()
    ]
    columns.append(f"(SELECT count(*) FROM rest WHERE NOT seen) + {counted((1,))} AS unseen")
    columns += [f"(SELECT count(*) FROM held WHERE {who}) AS {name}" for name, who in (
        ("me", "assignee = :me"), ("away", "assignee = ANY(:away)"))]  # fmt: skip
    return f"""
    WITH rest AS MATERIALIZED ({rest}),
    given AS MATERIALIZED (
        SELECT a.item_kind, a.item_id, a.assignee FROM assignment a WHERE a.assignee = ANY(:holders) AND {LAST}
    ),
    held AS MATERIALIZED (
        SELECT g.assignee FROM given g JOIN demand ON demand.id = g.item_id
        WHERE g.item_kind = 'demand' AND (({OWN}) OR ({FREE})) AND withdrawn_at IS NULL
          AND (decided_at IS NULL OR ({URGENT_RUNS}))
        UNION ALL
        SELECT g.assignee FROM given g JOIN clock_item i ON {HAND_ID} = g.item_id AND {HAND_KIND} = g.item_kind
        WHERE ({ITEMS_OWN}) OR ({ITEMS_FREE})
    )
    SELECT {", ".join(columns)}"""
