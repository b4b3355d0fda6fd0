"""Data that no one needs any longer, by the periods of `portal/law/retention`. Of a dossier nothing: no period is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import CursorResult, UpdateBase, delete, or_, update
from sqlalchemy.orm import Session

from portal.adapters.database import Database
from portal.domain.notice import LINK_DAYS
from portal.law import retention
from portal.law.loader import LawDataError
from portal.law.retention import RetentionClass
from portal.models import CitizenSession, Demand, LimitCounter, LogoutSeen, NoticeLink, ReportDraft, StaffSession
from portal.services.kit import Kit


@dataclass(frozen=True)
class Purged:
    """What one purge did."""

    removed: Mapping[str, int]
    """Class → rows."""
    kept: tuple[str, ...]
    """Classes whose period is not known: nothing of them was looked at."""


def tidy(kit: Kit) -> dict[str, int]:
    """Remove what is past its time; returns how many rows of each kind."""
    return dict(purge(kit.database, kit.clock.now()).removed)


def purge(database: Database, now: datetime, classes: Mapping[str, RetentionClass] | None = None) -> Purged:
    """Remove what is past its period at an instant, class by class.

    Raises `LawDataError` for a class with a period that nothing here knows how to remove: better no purge than half of one.
    """
    known = retention.classes() if classes is None else classes
    ends = {name: now - one.period for name, one in known.items() if one.period is not None}
    unknown = ends.keys() - _REMOVERS.keys()
    if unknown:
        raise LawDataError(f"retention: nothing knows how to remove {', '.join(sorted(unknown))}")
    with database.transaction() as session:
        removed = {name: _count(session, _REMOVERS[name](end)) for name, end in ends.items()}
    return Purged(removed, tuple(sorted(known.keys() - ends.keys())))


def _sources(end: datetime) -> UpdateBase:
    old = (Demand.source_hash.is_not(None), Demand.recorded_at < end)
    return update(Demand).where(*old).values(source_hash=None)


def _notice_links(end: datetime) -> UpdateBase:
    """A used link still shows what was acknowledged by it, so it stays for its days."""
    return delete(NoticeLink).where(
        or_(NoticeLink.ended_at < end, NoticeLink.made_at < end - timedelta(days=LINK_DAYS))
    )


_REMOVERS: Final[Mapping[str, Callable[[datetime], UpdateBase]]] = {
    "sources": _sources,
    "citizen_sessions": lambda end: delete(CitizenSession).where(CitizenSession.seen_at < end),
    "staff_sessions": lambda end: delete(StaffSession).where(StaffSession.seen_at < end),
    "logouts": lambda end: delete(LogoutSeen).where(LogoutSeen.seen_at < end),
    "counters": lambda end: delete(LimitCounter).where(LimitCounter.window < end),
    "notice_links": _notice_links,
    "report_drafts": lambda end: delete(ReportDraft).where(ReportDraft.saved_at < end),
}
"""How each class is removed; a class without an entry here can have no period."""


def _count(session: Session, statement: UpdateBase) -> int:
    result = session.execute(statement)
    return int(result.rowcount) if isinstance(result, CursorResult) else 0
