"""Check a received file: scan it, open it where it can do no harm, keep its pages and a clean copy. One at a time.

Run twice it changes nothing: a file that is ready is left alone, one whose worker was killed is checked anew.
"""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.adapters.inspection.answer import Inspected
from portal.adapters.inspection.inspector import InspectionError, Inspector
from portal.adapters.objects import StorageUnavailableError
from portal.adapters.scanner import Scanner, ScannerUnavailableError
from portal.domain.document import MOST_PAGES, FileFault, FileState, ObjectRole, ScanState
from portal.models import Document, DocumentFile, DocumentObject, DocumentPage
from portal.services.actor import Actor, ActorKind
from portal.services.document_requests import note_added_in
from portal.services.documents.keeping import Kept, Place, enter, forget, keep, key_of, opened
from portal.services.documents.removing import bump
from portal.services.documents.terms import paper_context
from portal.services.kit import Kit
from portal.services.writing import audit

MOST_ATTEMPTS: Final = 3
"""A file that took its checker down so often is refused."""
_ONE: Final = threading.Lock()
_AT_WORK: Final = timedelta(minutes=4)
"""No check takes so long."""
_log = structlog.get_logger()


@dataclass(frozen=True)
class Checker:
    """What opens and scans."""

    inspector: Inspector
    scanner: Scanner | None
    """None: no scanner is configured."""


def check_document(kit: Kit, checker: Checker, file_id: uuid.UUID) -> FileState | None:
    """The state of the file afterwards; None where it is gone, or there is nothing to do.

    Raises StorageUnavailableError: the job is tried again.
    """
    with _ONE:
        claimed = _claim(kit, file_id)
        if claimed is None:
            return None
        place, key, length, rows, attempts = claimed
        try:
            content = b"".join(opened(kit.store, key, place, row) for row in _in_line(rows, length))
        except UnreadableError:
            damaged = _settle(kit, file_id, FileState.DAMAGED)
            if damaged:  # else it was taken back meanwhile, and its objects with it
                _log.error("document-damaged", file_id=str(file_id))
            return damaged
        except StorageUnavailableError:
            _settle(kit, file_id, FileState.RECEIVED)
            raise
        scan = _scan(checker.scanner, content)
        if scan is ScanState.WAITING:
            return _settle(kit, file_id, FileState.RECEIVED, scan=scan)
        if scan is ScanState.INFECTED:
            return _settle(kit, file_id, FileState.QUARANTINED, scan=scan)
        if attempts > MOST_ATTEMPTS:
            return _settle(kit, file_id, FileState.REFUSED, scan=scan, fault=FileFault.TOO_HEAVY)
        try:
            found = checker.inspector.inspect(content)
        except InspectionError as error:
            return _settle(kit, file_id, FileState.REFUSED, scan=scan, fault=error.fault)
        return _ready(kit, place, key, found, scan)


def waiting(kit: Kit) -> tuple[uuid.UUID, ...]:
    """Files that wait for the scanner or the store, or whose check was lost; those at work now are left alone."""
    with kit.database.transaction() as session:
        query = (
            select(DocumentFile.id)
            .where(
                DocumentFile.state.in_((FileState.RECEIVED, FileState.CHECKING)),
                DocumentFile.touched_at < kit.clock.now() - _AT_WORK,
            )
            .order_by(DocumentFile.touched_at)
        )
        return tuple(session.scalars(query))


Claimed = tuple[Place, bytes, int, tuple[DocumentObject, ...], int]


def _claim(kit: Kit, file_id: uuid.UUID) -> Claimed | None:
    with kit.database.transaction() as session:
        found = _file(session, file_id)
        if found is None or found[1].state not in (FileState.RECEIVED, FileState.CHECKING):
            return None
        document, file = found
        try:
            key = key_of(kit.envelope, document)
        except UnreadableError:  # no master key opens it now: an operator's fault, not the file's, and no attempt
            _log.error("document-key-missing", file_id=str(file_id))
            return None
        file.state, file.attempts, file.touched_at = FileState.CHECKING.value, file.attempts + 1, kit.clock.now()
        bump(document)
        rows = session.scalars(
            select(DocumentObject)
            .where(DocumentObject.file_id == file_id, DocumentObject.role == ObjectRole.RAW)
            .order_by(DocumentObject.number)
        ).all()
        place = Place(document.dossier_id, document.id, file.id)
        return place, key, file.length, tuple(rows), file.attempts


def _in_line(rows: tuple[DocumentObject, ...], length: int) -> tuple[DocumentObject, ...]:
    """The runs of a raw file, proven to be all of it. Raises UnreadableError."""
    end = 0
    for row in rows:
        if row.number != end:
            raise UnreadableError("a run is missing")
        end += row.length
    if end != length:
        raise UnreadableError("the end is missing")
    return rows


def _scan(scanner: Scanner | None, content: bytes) -> ScanState:
    if scanner is None:
        return ScanState.NONE
    try:
        return ScanState.CLEAN if scanner.scan(content) else ScanState.INFECTED
    except ScannerUnavailableError:
        return ScanState.WAITING


def _settle(
    kit: Kit, file_id: uuid.UUID, state: FileState, *, scan: ScanState | None = None, fault: FileFault | None = None
) -> FileState | None:
    """Say what became of it; the raw file stays as it is."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = _file(session, file_id)
        if found is None or found[1].state != FileState.CHECKING:
            return None
        document, file = found
        file.state, file.touched_at, file.fault = state.value, now, fault.value if fault else None
        if scan is not None:
            file.scan = scan.value
        if state is FileState.RECEIVED:
            file.attempts -= 1  # it was not the file that failed
        else:
            audit(session, _worker(), f"document:{state.value}", now, document.dossier_id, adult_id=document.adult_id)
        bump(document)
    return state


def _ready(kit: Kit, place: Place, key: bytes, found: Inspected, scan: ScanState) -> FileState | None:
    """Keep the clean file and its pages; the raw bytes go once that is committed."""
    store, kept = kit.store, list[Kept]()
    try:
        kept.append(keep(store, key, place, ObjectRole.CLEAN, 0, found.clean))
        for number, page in enumerate(found.pages):
            kept.append(keep(store, key, place, ObjectRole.PAGE, number, page.image))
            kept.append(keep(store, key, place, ObjectRole.THUMB, number, page.thumb))
    except StorageUnavailableError:
        forget(store, (one.object_key for one in kept))
        _settle(kit, place.file, FileState.RECEIVED)
        raise
    gone, too_many = _commit(kit, place, found, scan, kept)
    if gone is None:
        forget(store, (one.object_key for one in kept))
    if too_many:
        return _settle(kit, place.file, FileState.REFUSED, scan=scan, fault=FileFault.TOO_MANY_PAGES)
    forget(store, gone or ())
    return None if gone is None else FileState.READY


def _commit(
    kit: Kit, place: Place, found: Inspected, scan: ScanState, kept: list[Kept]
) -> tuple[tuple[str, ...] | None, bool]:
    """The raw objects that go, and whether the paper would have too many pages. None: the file was taken back meanwhile."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        both = _file(session, place.file)
        if both is None or both[1].state != FileState.CHECKING:
            return None, False
        document, file = both
        of_paper = DocumentPage.document_id == document.id
        count, last = session.execute(select(func.count(), func.max(DocumentPage.position)).where(of_paper)).one()
        if count + len(found.pages) > MOST_PAGES:
            return None, True
        enter(session, place.file, kept)
        session.add_all(
            DocumentPage(
                id=uuid.uuid4(),
                document_id=document.id,
                file_id=file.id,
                number=number,
                position=(-1 if last is None else last) + 1 + number,
                turn=0,
                width=page.width,
                height=page.height,
                flaw=page.flaw.value if page.flaw else None,
            )
            for number, page in enumerate(found.pages)
        )
        raw = delete(DocumentObject).where(DocumentObject.file_id == place.file, DocumentObject.role == ObjectRole.RAW)
        gone = tuple(row[0] for row in session.execute(raw.returning(DocumentObject.object_key)))
        file.state, file.scan, file.touched_at = FileState.READY.value, scan.value, now
        file.kind, file.fault = found.kind.value, None
        document.review_since = document.review_since or now
        bump(document)
        said = json.loads(kit.envelope.open(document.details, paper_context(document.id)))
        if said["key"]:  # only a page that can be looked at makes an item «added»: an unusable file changes nothing
            whose = Actor(ActorKind.CITIZEN, "worker", document.adult_id, document.dossier_id)
            note_added_in(session, kit, whose, said["key"], now)
        audit(session, _worker(), "document:ready", now, document.dossier_id, adult_id=document.adult_id)
        return gone, False


def _file(session: Session, file_id: uuid.UUID) -> tuple[Document, DocumentFile] | None:
    """A file with its paper, both locked: whoever removes it waits, or was quicker, and then it is seen here."""
    found = session.execute(
        select(Document, DocumentFile)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(DocumentFile.id == file_id, Document.removed_at.is_(None))
        .with_for_update(of=(Document, DocumentFile))
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def _worker() -> Actor:
    return Actor(ActorKind.WORKER, "worker")
