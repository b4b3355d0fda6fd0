"""The board with many demands: every demand on one page of it, in one order, read from an index."""

from __future__ import annotations

import uuid

from sqlalchemy import event

from bench.dossiers import load
from devstack.postgres import Postgres
from portal.services import board as boards
from portal.services.actor import Actor, ActorKind
from portal.services.board import BoardRow, board
from tests.pages.world import World

COUNT = 2000
CLERK = Actor(ActorKind.STAFF, "test", uuid.uuid4(), region="sierre")


def pressing(row: BoardRow) -> tuple[object, ...]:
    """The order of the board, said again in Python."""
    waiting = row.urgent_requested_at is not None and row.urgent_opened_at is None
    return (0 if waiting else 1 if row.opened_at is None else 2, row.filing_date)


def test_every_demand_stands_once_in_order(clean_world: World, postgres: Postgres) -> None:
    load(postgres, COUNT)
    kit, rows, page = clean_world.staff, [], 1
    while (found := board(kit, CLERK, page=page)).rows:
        rows += found.rows
        assert found.more == (len(rows) < found.total)
        page += 1
    kept = clean_world.row("SELECT count(*) FROM demand WHERE region = 'sierre' AND withdrawn_at IS NULL")
    assert kept == (found.total,)
    assert len({row.id for row in rows}) == len(rows) == found.total
    ranks = [pressing(row)[0] for row in rows]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    late = [row.filing_date for row in rows if row.urgent_requested_at is None and row.opened_at is not None]
    assert late == sorted(late)
    assert board(kit, CLERK, withdrawn=True).total == COUNT // 5 - found.total > 0


def test_above_a_thousand_lines_are_not_counted(clean_world: World, postgres: Postgres) -> None:
    load(postgres, 5 * 1100)
    assert board(clean_world.staff, CLERK).count == "1000+"


def test_a_page_reads_no_more_than_it_shows(clean_world: World, postgres: Postgres) -> None:
    load(postgres, COUNT)
    statements: list[tuple[str, object]] = []
    engine = clean_world.staff.database.engine

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if "LIMIT" in statement and "nearest" in statement:
            statements.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        board(clean_world.staff, CLERK)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    ((statement, values),) = statements
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("EXPLAIN (ANALYZE, FORMAT TEXT) " + statement, values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    own = next(line for line in plan.splitlines() if "ix_demand_board" in line)
    read = float(own.partition("actual time=")[2].partition("rows=")[2].split()[0])
    assert boards.PAGE < read < 2 * boards.PAGE, plan
