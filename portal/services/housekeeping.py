"""Technical data that no one needs any longer: addresses after a day, ended sessions, old counters."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from portal.models import CitizenSession, Demand, LimitCounter, StaffSession
from portal.services.kit import Kit

SOURCE_KEPT = timedelta(days=1)
SESSION_KEPT = timedelta(days=1)
COUNTER_KEPT = timedelta(hours=1)


def tidy(kit: Kit) -> dict[str, int]:
    """Remove what is past its time; returns how many rows of each kind."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        sources = (
            update(Demand)
            .where(Demand.source_hash.is_not(None), Demand.recorded_at < now - SOURCE_KEPT)
            .values(source_hash=None)
        )
        return {
            "sources": _count(session, sources),
            "citizen_sessions": _count(
                session, delete(CitizenSession).where(CitizenSession.seen_at < now - SESSION_KEPT)
            ),
            "staff_sessions": _count(session, delete(StaffSession).where(StaffSession.seen_at < now - SESSION_KEPT)),
            "counters": _count(session, delete(LimitCounter).where(LimitCounter.window < now - COUNTER_KEPT)),
        }


def _count(session: Session, statement: object) -> int:
    result = session.execute(statement)  # type: ignore[call-overload]
    return int(result.rowcount) if isinstance(result, CursorResult) else 0
