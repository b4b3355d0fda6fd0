"""Take away what was sent: the key at once, the objects after. Only until the centre has looked at the paper."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.models import Document, DocumentFile, DocumentObject, DocumentPage


class LookedAtError(Exception):
    """The centre has looked at the paper: it stays as it is. A new one can be sent."""


def changeable(document: Document) -> None:
    """Raises LookedAtError."""
    if document.looked_at is not None:
        raise LookedAtError


def bump(document: Document) -> None:
    """Something changed: other screens that show the paper notice it."""
    document.version = Document.version + 1


def remove_file_in(session: Session, document: Document, file: DocumentFile) -> tuple[str, ...]:
    """Remove a file with its pages; the keys of the objects that nothing names any more. Raises LookedAtError."""
    changeable(document)
    session.execute(delete(DocumentPage).where(DocumentPage.file_id == file.id))
    gone = _objects(session, (file,))
    session.delete(file)
    bump(document)
    return gone


def remove_document_in(session: Session, document: Document, files: Sequence[DocumentFile]) -> tuple[str, ...]:
    """Remove a whole paper and destroy its key. Raises LookedAtError."""
    changeable(document)
    session.execute(delete(DocumentPage).where(DocumentPage.document_id == document.id))
    gone = _objects(session, files)
    for file in files:
        session.delete(file)
    document.wrapped_key = None
    bump(document)
    return gone


def _objects(session: Session, files: Sequence[DocumentFile]) -> tuple[str, ...]:
    ids = [file.id for file in files]
    rows = session.execute(
        delete(DocumentObject).where(DocumentObject.file_id.in_(ids)).returning(DocumentObject.object_key)
    )
    return tuple(row[0] for row in rows)
