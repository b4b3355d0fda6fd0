"""Take a file in, piece by piece: what was acknowledged rests encrypted and is never lost, whatever breaks after it.

The object first, then its row; both count from the commit on. A piece that comes twice, or after another one, changes
nothing: it must begin where the rest ends.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.document import MOST_BYTES, MOST_PAGES, RESUMABLE_HOURS, FileState
from portal.i18n.documents import own_title
from portal.models import Document, DocumentFile
from portal.services.actor import Actor, NotYoursError
from portal.services.documents.keeping import Kept, Place, enter, forget, key_of, new_key
from portal.services.documents.removing import bump, remove_file_in
from portal.services.documents.runs import Stream, keep_runs, segments
from portal.services.documents.terms import (
    LONGEST_NAME,
    ChecksumError,
    CutError,
    EmptyFileError,
    Target,
    TooLargeError,
    TooManyError,
    Upload,
    WrongOffsetError,
    details_context,
    paper_context,
)
from portal.services.kit import Kit
from portal.services.writing import audit, defer, lock_dossier

MOST_UNDER_WAY: Final = 40
"""Unfinished files of one adult."""
MOST_OF_ADULT: Final = 1024 * 1024 * 1024
"""Bytes of all files of one adult together."""
_RESUMABLE: Final = timedelta(hours=RESUMABLE_HOURS)


def begin(
    kit: Kit,
    actor: Actor,
    target: Target,
    length: int,
    *,
    name: str,
    metadata: str = "",
    fingerprint: str | None = None,
) -> Upload:
    """Announce a file of so many bytes. Pages of one paper gather in one document until the centre has looked at it.

    Raises EmptyFileError, TooLargeError, TooManyError, NotYoursError.
    """
    if length <= 0:
        raise EmptyFileError
    if length > MOST_BYTES:
        raise TooLargeError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        if actor.dossier_id is None or actor.adult_id is None:
            raise NotYoursError
        lock_dossier(session, actor.dossier_id)
        document = _document(session, kit, actor, target, now)
        files = session.scalars(
            select(DocumentFile)
            .join(Document, Document.id == DocumentFile.document_id)
            .where(Document.adult_id == actor.adult_id, Document.removed_at.is_(None))
        ).all()
        under_way = sum(file.state == FileState.RECEIVING for file in files)
        if sum(file.document_id == document.id for file in files) >= MOST_PAGES or under_way >= MOST_UNDER_WAY:
            raise TooManyError
        if sum(file.length for file in files) + length > MOST_OF_ADULT:
            raise TooManyError
        # Files of one paper stand in the order in which they were chosen, however quickly one follows the other.
        before = [file.begun_at for file in files if file.document_id == document.id]
        file_id = uuid.uuid4()
        details = {
            "name": name[:LONGEST_NAME],
            "metadata": metadata,
            "fingerprint": fingerprint,
            "device": actor.device,
        }
        file = DocumentFile(
            id=file_id,
            document_id=document.id,
            state=FileState.RECEIVING.value,
            length=length,
            received=0,
            begun_at=max([now, *(one + timedelta(microseconds=1) for one in before)]),
            touched_at=now,
            details=kit.envelope.seal(json.dumps(details).encode(), details_context(file_id)),
        )
        session.add(file)
        bump(document)
        session.flush()
        return _upload(kit, file)


def look(kit: Kit, actor: Actor, upload_id: uuid.UUID) -> Upload:
    """How far a file has come. Raises NotYoursError; an unfinished one is there for `RESUMABLE_HOURS` after its last piece."""
    with kit.database.transaction() as session:
        return _upload(kit, _own(session, kit, actor, upload_id)[1])


def unfinished(kit: Kit, actor: Actor) -> tuple[Upload, ...]:
    """The adult's files that are not whole yet, so that any device can go on."""
    with kit.database.transaction() as session:
        rows = session.scalars(
            select(DocumentFile)
            .join(Document, Document.id == DocumentFile.document_id)
            .where(
                Document.adult_id == actor.adult_id,
                DocumentFile.state == FileState.RECEIVING,
                DocumentFile.touched_at > kit.clock.now() - _RESUMABLE,
            )
            .order_by(DocumentFile.begun_at)
        )
        return tuple(_upload(kit, row) for row in rows if reaches(kit, actor, row))


def append(
    kit: Kit,
    actor: Actor,
    upload_id: uuid.UUID,
    offset: int,
    stream: Stream,
    length: int,
    *,
    checksum: tuple[str, bytes] | None = None,
) -> Upload:
    """The next `length` bytes of a file. What arrived before a break is kept, but not where a checksum was promised.

    `checksum`: name of the algorithm (`sha1`, `sha256`) and the digest. Raises WrongOffsetError, TooLargeError,
    ChecksumError, CutError, StorageUnavailableError (nothing was kept), NotYoursError.
    """
    with kit.database.transaction() as session:
        document, file = _own(session, kit, actor, upload_id)
        if file.state != FileState.RECEIVING or file.received != offset:
            raise WrongOffsetError(file.received)
        if offset + length > file.length:
            raise TooLargeError
        place, key = Place(document.dossier_id, document.id, file.id), key_of(kit.envelope, document)
    running = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
    kept, failed = keep_runs(kit.store, key, place, offset, segments(stream, length, running))
    if failed and (checksum or not kept):
        forget(kit.store, (one.object_key for one in kept))
        raise failed
    end, broken = offset + sum(one.length for one in kept), failed is not None
    if checksum and running is not None and (end < offset + length or running.digest() != checksum[1]):
        forget(kit.store, (one.object_key for one in kept))
        raise ChecksumError
    upload = _commit(kit, actor, upload_id, offset, end, kept) if kept else look(kit, actor, upload_id)
    if broken or end < offset + length:
        raise CutError(upload, by_store=broken)
    return upload


def discard(kit: Kit, actor: Actor, upload_id: uuid.UUID) -> None:
    """Take a file back, whole or not. Raises NotYoursError, `removing.LookedAtError`."""
    with kit.database.transaction() as session:
        document, file = _own(session, kit, actor, upload_id, expired=True, lock=True)
        gone = remove_file_in(session, document, file)
        audit(session, actor, "document:remove-file", kit.clock.now(), document.dossier_id)
    forget(kit.store, gone)


def reaches(kit: Kit, actor: Actor, file: DocumentFile) -> bool:
    """Whether it may see this file of the adult: a device by a link only what came by that link."""
    if actor.device is None:
        return True
    said = json.loads(kit.envelope.open(file.details, details_context(file.id)))
    return bool(said.get("device") == actor.device)


def _commit(kit: Kit, actor: Actor, upload_id: uuid.UUID, offset: int, end: int, kept: list[Kept]) -> Upload:
    """The rows of a piece; with the last one the file is received: audit and job in the same commit."""
    now = kit.clock.now()
    stands: int | None = None
    with kit.database.transaction() as session:
        # The paper first, then its file: in this order as everybody who removes, checks or arranges it.
        session.execute(
            select(Document.id)
            .join(DocumentFile, DocumentFile.document_id == Document.id)
            .where(DocumentFile.id == upload_id)
            .with_for_update(of=Document)
        )
        moved = session.execute(
            update(DocumentFile)
            .where(
                DocumentFile.id == upload_id,
                DocumentFile.received == offset,
                DocumentFile.state == FileState.RECEIVING,
            )
            .values(received=end, touched_at=now)
            .returning(DocumentFile.id)
        ).scalar_one_or_none()
        if moved is None:  # another connection was quicker, or the file was taken back
            stands = session.scalar(select(DocumentFile.received).where(DocumentFile.id == upload_id))
        else:
            enter(session, upload_id, kept)
            document, file = _own(session, kit, actor, upload_id)
            bump(document)
            if end == file.length:
                file.state, file.received_at = FileState.RECEIVED.value, now
                audit(session, actor, "document:receive", now, document.dossier_id)
                defer(session, "check_document", file_id=str(upload_id))
            session.flush()
            return _upload(kit, file)
    forget(kit.store, (one.object_key for one in kept))
    if stands is None:
        raise NotYoursError
    raise WrongOffsetError(stands)


def _document(session: Session, kit: Kit, actor: Actor, target: Target, now: datetime) -> Document:
    """The paper that the file belongs to: the named one, an open one of the same item, or a new one."""
    own = select(Document).where(
        Document.adult_id == actor.adult_id,
        Document.dossier_id == actor.dossier_id,
        Document.removed_at.is_(None),
        Document.looked_at.is_(None),
    )
    if target.document is not None:
        named = session.scalar(own.where(Document.id == target.document))
        if named is None:
            raise NotYoursError
        return named
    title = own_title(target.title[:LONGEST_NAME] if target.title else None)
    if target.key is not None or target.title is not None:  # pages of one paper, sent one by one, stay together
        for row in session.scalars(own.order_by(Document.created_at.desc())):
            said = json.loads(kit.envelope.open(row.details, paper_context(row.id)))
            if said["key"] == target.key and (target.key is not None or own_title(said["title"]) == title):
                return row
    document_id = uuid.uuid4()
    details = {"key": target.key, "title": title}
    assert actor.dossier_id is not None and actor.adult_id is not None  # noqa: PT018, S101 - `begin` has asked
    document = Document(
        id=document_id,
        dossier_id=actor.dossier_id,
        adult_id=actor.adult_id,
        created_at=now,
        wrapped_key=new_key(kit.envelope, actor.dossier_id, document_id),
        details=kit.envelope.seal(json.dumps(details).encode(), paper_context(document_id)),
        version=0,
    )
    session.add(document)
    session.flush()
    return document


def _own(
    session: Session, kit: Kit, actor: Actor, upload_id: uuid.UUID, *, expired: bool = False, lock: bool = False
) -> tuple[Document, DocumentFile]:
    """A file of the actor's own paper; raises NotYoursError. An unfinished one that nobody went on with is gone."""
    query = (
        select(Document, DocumentFile)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(
            DocumentFile.id == upload_id,
            Document.adult_id == actor.adult_id,
            Document.dossier_id == actor.dossier_id,
            Document.removed_at.is_(None),
        )
    )
    if lock:  # both: what is locked is read anew after the wait, and who was quicker may have removed the file
        query = query.with_for_update(of=(Document, DocumentFile))
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotYoursError
    document, file = found
    if not reaches(kit, actor, file):
        raise NotYoursError
    if not expired and file.state == FileState.RECEIVING and file.touched_at <= kit.clock.now() - _RESUMABLE:
        raise NotYoursError
    return document, file


def _upload(kit: Kit, file: DocumentFile) -> Upload:
    said = json.loads(kit.envelope.open(file.details, details_context(file.id)))
    return Upload(
        id=file.id,
        document=file.document_id,
        offset=file.received,
        length=file.length,
        expires_at=file.touched_at + _RESUMABLE,
        metadata=said["metadata"],
        fingerprint=said["fingerprint"],
    )
