"""The person puts their pages in order, turns them, takes some away, or moves a paper to another item of the list."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from portal.domain.document import ObjectRole
from portal.models import Document, DocumentFile, DocumentObject, DocumentPage
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import note_added_in
from portal.services.documents.keeping import forget
from portal.services.documents.removing import bump, changeable, remove_document_in, remove_file_in
from portal.services.documents.shelf import in_order, own
from portal.services.documents.terms import paper_context
from portal.services.kit import Kit
from portal.services.writing import audit


def turn_page(kit: Kit, actor: Actor, page_id: uuid.UUID) -> uuid.UUID:
    """A quarter to the right; the paper's id. Raises NotYoursError, LookedAtError."""
    with kit.database.transaction() as session:
        document, page = _page(session, actor, page_id)
        page.turn = (page.turn + 90) % 360
        bump(document)
        return document.id


def move_page(kit: Kit, actor: Actor, page_id: uuid.UUID, *, to: int) -> uuid.UUID:
    """Make it page number `to`, from 1; beyond either end it is the first or the last. Raises NotYoursError, LookedAtError."""
    with kit.database.transaction() as session:
        document, page = _page(session, actor, page_id)
        pages = list(session.scalars(in_order().where(DocumentPage.document_id == document.id)))
        pages.remove(page)
        pages.insert(max(0, min(to - 1, len(pages))), page)
        for position, one in enumerate(pages):
            one.position = position
        bump(document)
        return document.id


def remove_page(kit: Kit, actor: Actor, page_id: uuid.UUID) -> uuid.UUID:
    """Take one page away; with the last page of a file goes the file. Raises NotYoursError, LookedAtError."""
    with kit.database.transaction() as session:
        document, page = _page(session, actor, page_id)
        others = session.scalar(
            select(func.count()).where(DocumentPage.file_id == page.file_id, DocumentPage.id != page.id)
        )
        if others:
            gone = _pictures_gone(session, page)
            session.delete(page)
            bump(document)
        else:
            gone = remove_file_in(session, document, session.get_one(DocumentFile, page.file_id))
        audit(session, actor, "document:remove-page", kit.clock.now(), document.dossier_id)
        document_id = document.id
    forget(kit.store, gone)
    return document_id


def remove_document(kit: Kit, actor: Actor, document_id: uuid.UUID) -> None:
    """Take a whole paper back: its key is destroyed; once more is the same. Raises NotYoursError, LookedAtError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        try:
            document = _document(session, actor, document_id)
        except NotYoursError:
            if _removed(session, actor, document_id):
                return
            raise
        files = session.scalars(select(DocumentFile).where(DocumentFile.document_id == document.id)).all()
        gone = remove_document_in(session, document, files)
        document.removed_at = now
        audit(session, actor, "document:remove", now, document.dossier_id)
    forget(kit.store, gone)


def assign(kit: Kit, actor: Actor, document_id: uuid.UUID, key: str | None, title: str | None = None) -> None:
    """Say which item of the list the paper is for; None: for none of them. Raises NotYoursError, LookedAtError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        document = _document(session, actor, document_id)
        said = json.loads(kit.envelope.open(document.details, paper_context(document.id)))
        said |= {"key": key, "title": title or said["title"]}
        document.details = kit.envelope.seal(json.dumps(said).encode(), paper_context(document.id))
        bump(document)
        if key and session.scalar(select(exists().where(DocumentPage.document_id == document.id))):
            note_added_in(session, kit, actor, key, now)
        audit(session, actor, "document:assign", now, document.dossier_id)


def _document(session: Session, actor: Actor, document_id: uuid.UUID) -> Document:
    """An own paper that may still be changed, locked: the centre may be about to look at it."""
    document = session.scalar(own(actor).where(Document.id == document_id).with_for_update())
    if document is None:
        raise NotYoursError
    changeable(document)
    return document


def _removed(session: Session, actor: Actor, document_id: uuid.UUID) -> bool:
    """Whether it was an own paper that is gone: a second click on the same button."""
    mine = (Document.id == document_id, Document.adult_id == actor.adult_id, Document.dossier_id == actor.dossier_id)
    return session.scalar(select(Document.id).where(*mine, Document.removed_at.is_not(None))) is not None


def _page(session: Session, actor: Actor, page_id: uuid.UUID) -> tuple[Document, DocumentPage]:
    page = session.get(DocumentPage, page_id)
    if page is None:
        raise NotYoursError
    document = _document(session, actor, page.document_id)
    # Another device may have changed or removed it before the lock was ours.
    page = session.get(DocumentPage, page_id, populate_existing=True)
    if page is None:
        raise NotYoursError
    return document, page


def _pictures_gone(session: Session, page: DocumentPage) -> tuple[str, ...]:
    rows = session.execute(
        delete(DocumentObject)
        .where(
            DocumentObject.file_id == page.file_id,
            DocumentObject.role.in_((ObjectRole.PAGE, ObjectRole.THUMB)),
            DocumentObject.number == page.number,
        )
        .returning(DocumentObject.object_key)
    )
    return tuple(row[0] for row in rows)
