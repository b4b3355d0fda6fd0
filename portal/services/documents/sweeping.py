"""Every hour: unfinished uploads that nobody goes on with go, objects without a row go, rows without an object are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import delete, select

from portal.adapters.objects import ObjectMissingError
from portal.domain.document import HANDOFF_MINUTES, RESUMABLE_HOURS, FileState
from portal.models import DocumentFile, DocumentObject, Handoff
from portal.services.documents.keeping import PREFIX, forget
from portal.services.kit import Kit

_OLD: Final = timedelta(hours=RESUMABLE_HOURS)
_BATCH: Final = 500
_log = structlog.get_logger()


@dataclass(frozen=True)
class Swept:
    """What one sweep found."""

    uploads: int
    """Unfinished files that went."""
    orphans: int
    """Objects without a row that went."""
    missing: int
    """Rows whose object is not there: reported, never removed."""
    links: int
    """Links for another device that are over."""


def sweep(kit: Kit) -> Swept:
    """Clean up; only what is older than a day is touched. Raises StorageUnavailableError: the next sweep goes on."""
    now = kit.clock.now()
    uploads, links = _uploads(kit, now), _links(kit, now)
    there: set[str] = set()
    young: set[str] = set()
    for object_key, changed in kit.store.listed(PREFIX):
        (young if changed > now - _OLD else there).add(object_key)
    orphans = 0
    old = sorted(there)
    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        gone = set(batch) - _known(kit, batch)
        orphans += len(gone)
        forget(kit.store, sorted(gone))
    missing = _missing(kit, there | young)
    if missing:
        _log.error("document-objects-missing", count=missing)
    return Swept(uploads, orphans, missing, links)


def _uploads(kit: Kit, now: datetime) -> int:
    with kit.database.transaction() as session:
        # Locked, or left for the next sweep: a last piece that is being written now is not taken away with its file.
        stale = (
            select(DocumentFile.id)
            .where(DocumentFile.state == FileState.RECEIVING, DocumentFile.touched_at < now - _OLD)
            .with_for_update(skip_locked=True)
        )
        ids = session.scalars(stale).all()
        rows = session.execute(
            delete(DocumentObject).where(DocumentObject.file_id.in_(ids)).returning(DocumentObject.object_key)
        )
        gone = [row[0] for row in rows]
        session.execute(delete(DocumentFile).where(DocumentFile.id.in_(ids)))
    forget(kit.store, gone)
    return len(ids)


def _links(kit: Kit, now: datetime) -> int:
    with kit.database.transaction() as session:
        over = delete(Handoff).where(Handoff.made_at < now - _OLD - timedelta(minutes=HANDOFF_MINUTES))
        return len(session.execute(over.returning(Handoff.link_hash)).all())


def _known(kit: Kit, batch: list[str]) -> set[str]:
    """Asked just before they would go: a row may have been written since the listing."""
    with kit.database.transaction() as session:
        return set(session.scalars(select(DocumentObject.object_key).where(DocumentObject.object_key.in_(batch))))


def _missing(kit: Kit, there: set[str]) -> int:
    """Rows whose object is not in the listing, and not there when it is asked for: it may have come since."""
    with kit.database.transaction() as session:
        rows = session.scalars(select(DocumentObject.object_key).execution_options(yield_per=_BATCH))
        candidates = [object_key for object_key in rows if object_key not in there]
    return sum(not _there(kit, object_key) for object_key in candidates)


def _there(kit: Kit, object_key: str) -> bool:
    try:
        kit.store.get(object_key)
    except ObjectMissingError:
        return False
    return True
