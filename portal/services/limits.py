"""Counters of tries in PostgreSQL. They slow a guesser down; they never refuse a filing or an urgent request."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from portal.services.kit import Kit

WINDOW = timedelta(minutes=10)

_COUNT = text(
    'INSERT INTO limit_counter (key, "window", count) VALUES (:key, :window, 1) '
    'ON CONFLICT (key, "window") DO UPDATE SET count = limit_counter.count + 1 RETURNING count'
)
_READ = text('SELECT coalesce(max(count), 0) FROM limit_counter WHERE key = :key AND "window" = :window')


def count(kit: Kit, purpose: str, who: str, within: timedelta = WINDOW) -> int:
    """Count one try of `who` and return how many there were in this window; `within`: its length, an hour at most."""
    with kit.database.transaction() as session:
        values = {"key": _key(kit, purpose, who), "window": _window(kit.clock.now(), within)}
        return int(session.execute(_COUNT, values).scalar_one())


def recent(kit: Kit, purpose: str, who: str) -> int:
    """How many tries of `who` there were in this window, without counting one."""
    with kit.database.transaction() as session:
        values = {"key": _key(kit, purpose, who), "window": _window(kit.clock.now())}
        return int(session.execute(_READ, values).scalar_one())


def _key(kit: Kit, purpose: str, who: str) -> bytes:
    return kit.keyring.digest("limit", f"{purpose}|{who}".encode())


def _window(now: datetime, within: timedelta = WINDOW) -> datetime:
    """The start of the window that contains `now`."""
    seconds = within.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
