"""Papers at the desk: what is ready, page by page; the first look is dated, and each is audited."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.orm import Session

from portal.adapters.inspection.binding import bound
from portal.domain.document import FileState
from portal.models import Document, DocumentFile, DocumentPage
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.at_desk import head as head_at
from portal.services.begun_on_paper import Head
from portal.services.documents.keeping import Place, key_of, opened
from portal.services.documents.shelf import DocumentView, in_order, picture_row, views
from portal.services.kit import Kit
from portal.services.writing import audit


@dataclass(frozen=True)
class Waiting:
    """Files that the desk cannot see yet, or never will."""

    on_their_way: int
    """Received and not checked yet."""
    unusable: int
    """Refused, or the scanner found something: the person is told."""


def taken_at_desk(kit: Kit, actor: Actor, place: DeskPlace) -> Head:
    """A household that the actor's region has, for a step that is audited by itself. Raises NotYoursError."""
    demand = head_at(kit, actor, place)
    _taken(actor, demand)
    return demand


def documents_at_desk(kit: Kit, actor: Actor, demand: Head) -> tuple[DocumentView, ...]:
    """Papers with a page that is ready, of a demand in the actor's scope (the caller has proven it) that its region took."""
    _taken(actor, demand)
    with kit.database.reading() as session:
        return tuple(view for view in views(session, kit, _of(demand)) if view.pages)


def papers_news(kit: Kit, actor: Actor, demand: Head) -> int | None:
    """How many papers have pages that nobody at the centre has looked at; None where another region, or none, has it."""
    if actor.region is None or demand.region != actor.region:
        return None
    with kit.database.reading() as session:
        new = exists().where(
            DocumentFile.document_id == Document.id,
            DocumentFile.state == FileState.READY,
            or_(Document.seen_at.is_(None), DocumentFile.touched_at > Document.seen_at),
        )
        return len(session.scalars(_of(demand).with_only_columns(Document.id).where(new)).all())


def waiting_at_desk(kit: Kit, actor: Actor, demand: Head) -> Waiting:
    """How many files are not among them."""
    _taken(actor, demand)
    with kit.database.reading() as session:
        states = session.scalars(
            select(DocumentFile.state).where(DocumentFile.document_id.in_(_of(demand).with_only_columns(Document.id)))
        ).all()
    on_their_way = sum(state in (FileState.RECEIVED, FileState.CHECKING) for state in states)
    unusable = sum(state in (FileState.REFUSED, FileState.QUARANTINED, FileState.DAMAGED) for state in states)
    return Waiting(on_their_way, unusable)


def page_at_desk(kit: Kit, actor: Actor, demand: Head, page_id: uuid.UUID, *, thumb: bool) -> tuple[bytes, int]:
    """A page as JPEG, and how it is turned. Looking at the page itself is dated: from then on the paper stays as it is.

    Raises NotYoursError, UnreadableError, StorageUnavailableError.
    """
    _taken(actor, demand)
    with kit.database.transaction() as session:
        document, page = _page(session, demand, page_id)
        row, key = picture_row(session, page, thumb=thumb), key_of(kit.envelope, document)
        place, turn = Place(document.dossier_id, document.id, page.file_id), page.turn
    picture = opened(kit.store, key, place, row)
    if not thumb:  # what could not be read was not looked at
        with kit.database.transaction() as session:
            looked_in(session, kit, actor, document)
    return picture, turn


def copy_at_desk(kit: Kit, actor: Actor, demand: Head, document_id: uuid.UUID, stamp: str) -> bytes:
    """All pages of a paper as one PDF, with a stamp on each: who took it out, and when.

    Raises NotYoursError, UnreadableError, StorageUnavailableError.
    """
    _taken(actor, demand)
    with kit.database.transaction() as session:
        document = session.scalar(_of(demand).where(Document.id == document_id))
        if document is None:
            raise NotYoursError
        pages = session.scalars(in_order().where(DocumentPage.document_id == document.id)).all()
        if not pages:
            raise NotYoursError
        rows = [picture_row(session, page, thumb=False) for page in pages]
        key = key_of(kit.envelope, document)
    pictures = [
        (opened(kit.store, key, Place(document.dossier_id, document.id, page.file_id), row), page.turn)
        for page, row in zip(pages, rows, strict=True)
    ]
    with kit.database.transaction() as session:
        looked_in(session, kit, actor, document)
        audit(session, actor, "document:take", kit.clock.now(), document.dossier_id, adult_id=document.adult_id)
    return bound(pictures, stamp=stamp)


def looked_in(session: Session, kit: Kit, actor: Actor, document: Document) -> None:
    """Date a look at a paper of the actor's own households; audited."""
    now = kit.clock.now()
    first = func.coalesce(Document.looked_at, now)
    session.execute(update(Document).where(Document.id == document.id).values(looked_at=first, seen_at=now))
    audit(session, actor, "document:open", now, document.dossier_id, adult_id=document.adult_id)


def _taken(actor: Actor, demand: Head) -> None:
    if actor.region is None or demand.region != actor.region:
        raise NotYoursError


def _of(demand: Head) -> Select[Document]:
    return select(Document).where(Document.dossier_id == demand.dossier_id, Document.removed_at.is_(None))


def _page(session: Session, demand: Head, page_id: uuid.UUID) -> tuple[Document, DocumentPage]:
    found = session.execute(
        select(Document, DocumentPage)
        .join(DocumentPage, DocumentPage.document_id == Document.id)
        .where(
            DocumentPage.id == page_id,
            Document.dossier_id == demand.dossier_id,
            Document.removed_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotYoursError
    return found[0], found[1]
