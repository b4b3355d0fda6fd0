"""Technical data that no one needs any longer: addresses after a day, ended sessions, old counters and links."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy.orm import Session

from portal.domain.notice import LINK_DAYS
from portal.models import CitizenSession, Demand, LimitCounter, NoticeLink, StaffSession
from portal.services.kit import Kit

SOURCE_KEPT = timedelta(days=1)
SESSION_KEPT = timedelta(days=1)
COUNTER_KEPT = timedelta(hours=1)
LINK_KEPT = timedelta(days=1)
"""After its end. A used link still shows what was acknowledged by it, so it stays for its days."""


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
            "notice_links": _count(
                session,
                delete(NoticeLink).where(
                    or_(
                        NoticeLink.ended_at < now - LINK_KEPT,
                        NoticeLink.made_at < now - timedelta(days=LINK_DAYS) - LINK_KEPT,
                    )
                ),
            ),
        }


def _count(session: Session, statement: object) -> int:
    result = session.execute(statement)  # type: ignore[call-overload]
    return int(result.rowcount) if isinstance(result, CursorResult) else 0
