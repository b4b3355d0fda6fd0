"""The export as a ZIP that is made while it is sent: one paper at a time is read and opened, none rests anywhere in clear.

The papers come first, so that a store that is away is noticed before the answer begins. Where one cannot be read later,
the stream breaks off: the list at a ZIP's end is missing, so no device takes it for a whole one.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.document import FileState, ObjectRole
from portal.domain.document_request import other_key
from portal.domain.file_names import stem_of, unlike
from portal.i18n.documents import other_paper
from portal.i18n.exports import folder_word, readme
from portal.models import Adult, Document, DocumentFile, DocumentObject
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.checklists.explained import paper_title
from portal.services.documents import shelf
from portal.services.documents.keeping import Place, key_of
from portal.services.documents.shelf import DocumentView, FileView
from portal.services.exports.parts import Gathering, dumped, gathered
from portal.services.exports.zipping import Pipe, entry, patiently, pieces
from portal.services.kit import Kit
from portal.services.writing import audit

FORMAT: Final = "portal-vs/export/1"


@dataclass(frozen=True)
class _Paper:
    """One file that goes along."""

    place: Place
    key: bytes
    row: DocumentObject
    view: FileView
    stem: str
    """Its path without its ending."""


def make_export(kit: Kit, actor: Actor, language: str, *, papers: bool) -> Iterator[bytes]:
    """The bytes of the ZIP, from the first on; `papers`: with the files. It is audited before the first byte.

    Raises NotYoursError for anybody but a signed-in adult; on the way StorageUnavailableError, UnreadableError.
    """
    if actor.kind is not ActorKind.CITIZEN or actor.dossier_id is None or actor.id is None:
        raise NotYoursError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        adult = session.get_one(Adult, actor.id)
        said = gathered(Gathering(session, kit, actor, actor.dossier_id, adult, language))
        documents = shelf.views(session, kit, shelf.own(actor))
        files = tuple(_papers(session, kit, actor, documents, language)) if papers else ()
        audit(session, actor, "export:take", now, actor.dossier_id)  # last: it holds the lock of the log
    said = {"format": FORMAT, "made_at": now, "language": language, "papers_included": papers} | said
    return _stream(kit, files, said, documents, language, now)


def _stream(
    kit: Kit,
    files: tuple[_Paper, ...],
    said: dict[str, Any],
    documents: tuple[DocumentView, ...],
    language: str,
    now: datetime,
) -> Iterator[bytes]:
    pipe = Pipe()
    archive = zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED)  # type: ignore[call-overload]  # it only writes
    given: dict[uuid.UUID, dict[str, Any]] = {}
    taken: set[str] = set()
    for one in files:
        content = patiently(kit, one.key, one.place, one.row)
        path = unlike(f"{one.stem}{shelf.ENDINGS[shelf.mime_of(content)]}", taken)
        taken.add(path.casefold())
        given[one.view.id] = {"path": path, "sha256": sha256(content).hexdigest(), "bytes": len(content)}
        yield from entry(archive, pipe, path, pieces(content), now)
        del content  # before the next one is read: never two in memory
    said["papers"] = [_described(one, given, language) for one in documents]
    missing = [one.name for document in documents for one in document.files if one.id not in given]
    yield from entry(archive, pipe, "data.json", pieces(dumped(said)), now)
    words = readme(language, now, said["contact"]["name"], missing if said["papers_included"] else None)
    yield from entry(archive, pipe, "README.txt", pieces(words.encode("utf-8-sig")), now)
    archive.close()
    yield pipe.drained()


def _papers(
    session: Session, kit: Kit, actor: Actor, documents: tuple[DocumentView, ...], language: str
) -> Iterator[_Paper]:
    """Every file that is checked, in the order of the papers."""
    rows = session.execute(
        select(Document, DocumentFile.id, DocumentObject)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .join(DocumentObject, DocumentObject.file_id == DocumentFile.id)
        .where(
            DocumentFile.state == FileState.READY,
            DocumentObject.role == ObjectRole.CLEAN,
            Document.id.in_(shelf.own(actor).with_only_columns(Document.id)),
        )
    ).all()
    by_file = {file_id: (document, row) for document, file_id, row in rows}
    for number, paper in enumerate(documents, 1):
        folder = f"{folder_word(language)}/{number:02d} {stem_of(_title(paper, language), 'papier', 50)}"
        for view in paper.files:
            if view.id in by_file:
                document, row = by_file[view.id]
                place = Place(document.dossier_id, document.id, view.id)
                stem = f"{folder}/{stem_of(view.name, 'papier')}"
                yield _Paper(place, key_of(kit.envelope, document), row, view, stem)


def _described(paper: DocumentView, given: dict[uuid.UUID, dict[str, Any]], language: str) -> dict[str, Any]:
    """A paper as `data.json` has it."""
    return {
        "key": paper.key or other_key(paper.id),
        "title": _title(paper, language),
        "sent_from": paper.created_at,
        "looked_at": paper.looked_at,
        "pages": len(paper.pages),
        "files": [
            {"name": one.name, "state": one.state, "fault": one.fault, "received_at": one.received_at}
            | given.get(one.id, {"path": None})
            for one in paper.files
        ],
    }


def _title(paper: DocumentView, language: str) -> str:
    return (paper.key and paper_title(paper.key, language)) or paper.title or other_paper(language)
