"""What waits since before: on the board again where it is open in its thread, and off it again after the way down."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from portal.adapters.migrations import downgrade, migrate
from tests.migrations.test_own_mails import ALONE, row

BEFORE, AFTER = "0032", "0033"
HOME, ANA, DECISION, FILE, URGENT = (uuid.UUID(int=number) for number in range(1, 6))
ITEMS = "SELECT item_id FROM clock_item WHERE item_kind = 'request' ORDER BY item_id"
Connection = psycopg.Connection[tuple[Any, ...]]


def line(connection: Connection, number: int, kind: str, about: uuid.UUID | None = None) -> None:
    by_centre = {} if kind == "request" else {"caseworker_id": ANA, "region": "sierre"}
    row(
        connection,
        "thread_message",
        id=uuid.UUID(int=100 + number),
        token_hash=bytes([number]),
        dossier_id=HOME,
        adult_id=ANA,
        kind=kind,
        about=about,
        reason="handed" if kind == "closed" else None,
        **by_centre,
    )


def items(url: str) -> list[uuid.UUID]:
    with psycopg.connect(url) as connection:
        return [one for (one,) in connection.execute(ITEMS)]


def test_an_answered_request_is_there_until_it_is_closed(empty_database: str) -> None:
    migrate(empty_database, BEFORE)
    with psycopg.connect(empty_database) as connection:
        connection.execute(ALONE)
        row(connection, "adult", id=ANA, dossier_id=HOME, person="a")
        row(connection, "demand", id=HOME, dossier_id=HOME, adult_id=ANA, channel="online", region="sierre")
        for number, (id_, kind) in enumerate(((DECISION, "decision"), (FILE, "file"), (URGENT, "urgent"))):
            row(connection, "case_request", id=id_, dossier_id=HOME, adult_id=ANA, kind=kind)
            line(connection, number, "request", id_)
        line(connection, 10, "answer")
        line(connection, 11, "closed", FILE)
    assert items(empty_database) == [URGENT]
    migrate(empty_database, AFTER)
    assert items(empty_database) == [DECISION, URGENT]
    downgrade(empty_database, BEFORE)
    assert items(empty_database) == [URGENT]
    with psycopg.connect(empty_database) as connection:
        line(connection, 12, "reopened", FILE)
    assert items(empty_database) == [URGENT]  # the answer of before ends it there
    migrate(empty_database, AFTER)
    assert items(empty_database) == [DECISION, FILE, URGENT]
