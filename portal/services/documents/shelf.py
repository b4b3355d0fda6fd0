"""What a person sees of what they sent: papers with their files and pages, as pictures, in their order."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.document import FileFault, FileKind, FileState, ObjectRole, PageFlaw, ScanState
from portal.i18n.documents import own_title
from portal.models import Document, DocumentFile, DocumentObject, DocumentPage
from portal.services.actor import Actor, NotYoursError
from portal.services.documents.keeping import Place, key_of, opened
from portal.services.documents.terms import details_context, paper_context
from portal.services.kit import Kit
from portal.services.writing import audit


@dataclass(frozen=True)
class PageView:
    """One page; `number` from 1 as people count, `turn` in degrees clockwise."""

    id: uuid.UUID
    file: uuid.UUID
    number: int
    turn: int
    width: int
    height: int
    flaw: PageFlaw | None


@dataclass(frozen=True)
class FileView:
    """One file as it was sent."""

    id: uuid.UUID
    name: str
    state: FileState
    fault: FileFault | None
    scan: ScanState
    kind: FileKind | None
    received: int
    length: int
    received_at: datetime | None
    touched_at: datetime
    """Of a file that is ready: since when."""
    fingerprint: str | None
    device: str | None
    """By which link it came, if by one."""


@dataclass(frozen=True)
class DocumentView:
    """One paper. `key` None: no item of the list asks for it."""

    id: uuid.UUID
    key: str | None
    title: str | None
    created_at: datetime
    looked_at: datetime | None
    seen_at: datetime | None
    review_since: datetime | None
    """Since when it waits for a review of the centre."""
    version: int
    files: tuple[FileView, ...]
    pages: tuple[PageView, ...]

    @property
    def changeable(self) -> bool:
        """Whether the person may still change it."""
        return self.looked_at is None

    @property
    def unseen(self) -> bool:
        """Whether it has pages that nobody at the centre has looked at; some may have come after the first look."""
        ready = (file.touched_at for file in self.files if file.state is FileState.READY)
        return any(self.seen_at is None or at > self.seen_at for at in ready)

    @property
    def to_review(self) -> bool:
        """Whether it waits for a review, with pages to look at."""
        return self.review_since is not None and bool(self.pages)

    @property
    def waiting(self) -> bool:
        """Whether something of it is still on its way or being checked."""
        busy = (FileState.RECEIVING, FileState.RECEIVED, FileState.CHECKING)
        return any(file.state in busy for file in self.files)


@dataclass(frozen=True)
class Taken:
    """A file to take along."""

    name: str
    mime: str
    content: bytes
    scanned: bool
    """False: no scanner is configured, and people are told so."""


_MAGIC: Final = ((b"%PDF", "application/pdf"), (b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"))
"""How the clean files begin that our own checker makes; of several pages in one TIFF it makes a PDF."""
_ANY: Final = "application/octet-stream"
ENDINGS: Final = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", _ANY: ".bin"}
"""How a file of that kind is called."""


def documents_of(kit: Kit, actor: Actor) -> tuple[DocumentView, ...]:
    """Everything that this adult has sent and not taken back, oldest first."""
    with kit.database.reading() as session:
        return views(session, kit, own(actor))


def document_of(kit: Kit, actor: Actor, document_id: uuid.UUID) -> DocumentView:
    """One paper of the adult's own. Raises NotYoursError."""
    with kit.database.reading() as session:
        found = views(session, kit, own(actor).where(Document.id == document_id))
    if not found:
        raise NotYoursError
    return found[0]


def page_picture(kit: Kit, actor: Actor, page_id: uuid.UUID, *, thumb: bool) -> tuple[bytes, int]:
    """A page as JPEG, and how it is turned. Raises NotYoursError, UnreadableError, StorageUnavailableError."""
    with kit.database.transaction() as session:
        found = session.execute(
            select(Document, DocumentPage)
            .join(DocumentPage, DocumentPage.document_id == Document.id)
            .where(DocumentPage.id == page_id, Document.id.in_(own(actor).with_only_columns(Document.id)))
        ).one_or_none()
        if found is None:
            raise NotYoursError
        document, page = found
        row, key = picture_row(session, page, thumb=thumb), key_of(kit.envelope, document)
        place, turn = Place(document.dossier_id, document.id, page.file_id), page.turn
        if not thumb:
            audit(session, actor, "document:open", kit.clock.now(), document.dossier_id)
    return opened(kit.store, key, place, row), turn


def take(kit: Kit, actor: Actor, file_id: uuid.UUID) -> Taken:
    """A checked file of the adult's own, cleaned. Raises NotYoursError, UnreadableError, StorageUnavailableError."""
    with kit.database.transaction() as session:
        found = session.execute(
            select(Document, DocumentFile, DocumentObject)
            .join(DocumentFile, DocumentFile.document_id == Document.id)
            .join(DocumentObject, DocumentObject.file_id == DocumentFile.id)
            .where(
                DocumentFile.id == file_id,
                DocumentFile.state == FileState.READY,
                DocumentObject.role == ObjectRole.CLEAN,
                Document.id.in_(own(actor).with_only_columns(Document.id)),
            )
        ).one_or_none()
        if found is None:
            raise NotYoursError
        document, file, row = found
        key = key_of(kit.envelope, document)
        name = json.loads(kit.envelope.open(file.details, details_context(file.id)))["name"]
        audit(session, actor, "document:take", kit.clock.now(), document.dossier_id)
    place = Place(document.dossier_id, document.id, file.id)
    content = opened(kit.store, key, place, row)
    return Taken(name, mime_of(content), content, file.scan == ScanState.CLEAN)


def mime_of(content: bytes) -> str:
    """What a clean file is, by how it begins."""
    return next((kind for begins, kind in _MAGIC if content.startswith(begins)), _ANY)


def own(actor: Actor) -> Select[Document]:
    """The papers that an adult may see: their own, of their own dossier."""
    return select(Document).where(
        Document.adult_id == actor.adult_id, Document.dossier_id == actor.dossier_id, Document.removed_at.is_(None)
    )


def picture_row(session: Session, page: DocumentPage, *, thumb: bool) -> DocumentObject:
    """The row of a page's picture."""
    role = ObjectRole.THUMB if thumb else ObjectRole.PAGE
    return session.scalars(
        select(DocumentObject).where(
            DocumentObject.file_id == page.file_id, DocumentObject.role == role, DocumentObject.number == page.number
        )
    ).one()


def views(session: Session, kit: Kit, query: Select[Document]) -> tuple[DocumentView, ...]:
    """Papers with their files and pages, for a caller who has bounded the query to what may be seen."""
    documents = session.scalars(query.order_by(Document.created_at, Document.id)).all()
    ids = [document.id for document in documents]
    files: defaultdict[uuid.UUID, list[DocumentFile]] = defaultdict(list)
    pages: defaultdict[uuid.UUID, list[DocumentPage]] = defaultdict(list)
    for file in session.scalars(
        select(DocumentFile).where(DocumentFile.document_id.in_(ids)).order_by(DocumentFile.begun_at, DocumentFile.id)
    ):
        files[file.document_id].append(file)
    for page in session.scalars(in_order().where(DocumentPage.document_id.in_(ids))):
        pages[page.document_id].append(page)
    found = (_view(kit, document, files[document.id], pages[document.id]) for document in documents)
    return tuple(view for view in found if view.files)


def in_order() -> Select[DocumentPage]:
    """Pages as they are looked at."""
    return select(DocumentPage).order_by(DocumentPage.position, DocumentPage.file_id, DocumentPage.number)


def _view(kit: Kit, document: Document, files: Iterable[DocumentFile], pages: Iterable[DocumentPage]) -> DocumentView:
    said = json.loads(kit.envelope.open(document.details, paper_context(document.id)))
    return DocumentView(
        id=document.id,
        key=said["key"],
        title=own_title(said["title"]),
        created_at=document.created_at,
        looked_at=document.looked_at,
        seen_at=document.seen_at,
        review_since=document.review_since,
        version=document.version,
        files=tuple(_file(kit, file) for file in files),
        pages=tuple(
            PageView(
                page.id,
                page.file_id,
                number,
                page.turn,
                page.width,
                page.height,
                PageFlaw(page.flaw) if page.flaw else None,
            )
            for number, page in enumerate(pages, 1)
        ),
    )


def _file(kit: Kit, file: DocumentFile) -> FileView:
    said = json.loads(kit.envelope.open(file.details, details_context(file.id)))
    return FileView(
        id=file.id,
        name=said["name"],
        state=FileState(file.state),
        fault=FileFault(file.fault) if file.fault else None,
        scan=ScanState(file.scan),
        kind=FileKind(file.kind) if file.kind else None,
        received=file.received,
        length=file.length,
        received_at=file.received_at,
        touched_at=file.touched_at,
        fingerprint=said["fingerprint"],
        device=said.get("device"),
    )
