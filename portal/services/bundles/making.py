"""The bundle as a ZIP that is made while it is sent: the papers first, one page at a time in memory, none rests in clear.

The store is asked before the first byte goes out, so one that is away gives a page. Later the stream breaks off: the list
at a ZIP's end is missing, and so is the manifest.
"""

from __future__ import annotations

import base64
import json
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.book import Book
from portal.domain.bundle import FORMAT, MANIFEST, SIGNATURE, SUMS, TAG, Way, signed_bytes
from portal.domain.document import ObjectRole
from portal.i18n.text import translator
from portal.models import Document, DocumentObject, DocumentPage
from portal.services import at_desk
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.bundles import sheets
from portal.services.bundles.data import data_of
from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.gathered import Gathered, gather
from portal.services.bundles.made import note_made
from portal.services.bundles.sheets import File
from portal.services.demands import DemandView
from portal.services.documents.keeping import Place, key_of
from portal.services.estimates.paper import estimate_pdf
from portal.services.exports.parts import as_json, dumped
from portal.services.exports.zipping import Pipe, entry, patiently, pieces
from portal.services.kit import Kit
from portal.services.receipts import make_receipt
from portal.services.reports.receipts import report_receipt_of

PDF: Final = "application/pdf"
JSON: Final = "application/json"


class GapsError(Exception):
    """Something is missing, and the caseworker did not say that they had seen it; nothing was made."""


@dataclass(frozen=True)
class _Page:
    """One page of a paper, and what opens it."""

    place: Place
    key: bytes
    row: DocumentObject
    turn: int


def look(kit: Kit, actor: Actor, place: DeskPlace, language: str) -> Gathered:
    """What the centre has, for the page before the bundle; audited. Raises NotYoursError."""
    return gather(kit, actor, at_desk.look(kit, actor, place, "bundle:look"), language)


def make_bundle(kit: Kit, actor: Actor, place: DeskPlace, language: str, way: Way, *, seen: bool) -> Iterator[bytes]:
    """The bytes of the ZIP, from the first on. `seen`: the caseworker has read what is missing.

    Raises NotYoursError, `GapsError`; on the way StorageUnavailableError, UnreadableError, TypesettingError.
    """
    found = gather(kit, actor, at_desk.look(kit, actor, place, "bundle:begin"), language)
    gaps = bool(gaps_of(found))
    if gaps and not seen:
        raise GapsError
    with kit.database.reading() as session:
        pages = [_pages(session, kit, one.document.id) for one in found.listed]
    return _stream(kit, actor, found, pages, way, gaps=gaps)


def _stream(
    kit: Kit, actor: Actor, found: Gathered, pages: list[list[_Page]], way: Way, *, gaps: bool
) -> Iterator[bytes]:
    pipe, files, now = Pipe(), list[File](), found.made_at
    archive = zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED)  # type: ignore[call-overload]  # it only writes

    def put(path: str, media_type: str, content: Iterable[bytes], *, large: bool = False) -> Iterator[bytes]:
        seen = _Seen(content)
        yield from entry(archive, pipe, path, seen, now, large=large)
        files.append(File(path, media_type, seen.digest.hexdigest(), seen.length))

    if any(pages):
        yield from put("papers.pdf", PDF, _book(kit, found, pages), large=True)
    for path, content in _papers(kit, found):
        yield from put(path, PDF, pieces(content))
    yield from put("data.json", JSON, pieces(dumped(data_of(found))))
    yield from put("cover.pdf", PDF, pieces(sheets.cover_pdf(found, files, kit.public_url)))
    manifest = _manifest(found, way, files)
    note_made(kit, actor, found, way, sha256(manifest).digest(), gaps=gaps)
    yield from put(MANIFEST, JSON, pieces(manifest))
    yield from put(SIGNATURE, JSON, pieces(_signature(kit, manifest)))
    sums = "".join(f"{one.sha256}  {one.path}\n" for one in files)
    yield from put(SUMS, "text/plain", pieces(sums.encode()))
    archive.close()
    yield pipe.drained()


class _Seen:
    """What goes through is hashed and counted."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = content
        self.digest = sha256()
        self.length = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._content:
            self.digest.update(piece)
            self.length += len(piece)
            yield piece


def _papers(kit: Kit, found: Gathered) -> Iterator[tuple[str, bytes]]:
    """What is set for this bundle, one after the other."""
    _ = translator(found.language).gettext
    language, now, url = found.language, found.made_at, kit.public_url
    if found.summary:
        yield "situation.pdf", sheets.situation_pdf(found, found.summary, url)
        title = _("Estimation du budget")
        yield "estimate.pdf", estimate_pdf(found.summary.estimate, language, now, url, title=title)
    if isinstance(found.head, DemandView):
        yield "receipt.pdf", make_receipt(kit, found.head, language)
    for number, report in enumerate(found.reports, 1):
        yield f"report-receipt-{number:02d}.pdf", report_receipt_of(kit, found.head, report, language)
    if found.entries:
        yield "register.pdf", sheets.register_pdf(found, url)
    yield "acknowledgements.pdf", sheets.rights_pdf(found, url)


def _book(kit: Kit, found: Gathered, pages: list[list[_Page]]) -> Iterator[bytes]:
    """All papers as one PDF, one page in memory."""
    _ = translator(found.language).gettext
    book = Book(found.language)
    for number, (paper, those) in enumerate(zip(found.listed, pages, strict=True), 1):
        name = f"{number}. {paper.title}" + (f" ({paper.who})" if paper.who else "")
        for at, one in enumerate(those, 1):
            line = f"{name} · " + _("Page %(number)s sur %(of)s", number=at, of=len(those))
            picture = patiently(kit, one.key, one.place, one.row)
            yield book.page(picture, one.turn, line, name if at == 1 else None)
            del picture  # before the next one is read
    yield book.end()


def _pages(session: Session, kit: Kit, document_id: uuid.UUID) -> list[_Page]:
    """The pages of one paper that can be looked at, in their order. Raises UnreadableError."""
    rows = session.execute(
        select(Document, DocumentPage, DocumentObject)
        .join(DocumentPage, DocumentPage.document_id == Document.id)
        .join(
            DocumentObject,
            (DocumentObject.file_id == DocumentPage.file_id)
            & (DocumentObject.number == DocumentPage.number)
            & (DocumentObject.role == ObjectRole.PAGE),
        )
        .where(Document.id == document_id, Document.removed_at.is_(None))
        .order_by(DocumentPage.position, DocumentPage.file_id, DocumentPage.number)
    ).all()
    if not rows:  # taken back since
        raise NotYoursError
    key = key_of(kit.envelope, rows[0][0])
    return [_Page(Place(paper.dossier_id, paper.id, page.file_id), key, row, page.turn) for paper, page, row in rows]


def _manifest(found: Gathered, way: Way, files: list[File]) -> bytes:
    """What is in the bundle; no name of a person and no reference."""
    said = {
        "format": FORMAT,
        "made_at": found.made_at,
        "made_by": found.head.region,
        "language": found.language,
        "for_commune": found.commune_bfs,
        "handed_over": way.value,
        "files": [
            {"path": one.path, "media_type": one.media_type, "bytes": one.length, "sha256": one.sha256} for one in files
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, default=as_json) + "\n").encode()


def _signature(kit: Kit, manifest: bytes) -> bytes:
    key_id, signature = kit.signer.sign(signed_bytes(manifest))
    said = {
        "signs": MANIFEST,
        "tag": TAG.decode(),
        "algorithm": "Ed25519",
        "key_id": key_id,
        "signature": base64.urlsafe_b64encode(signature).decode("ascii").rstrip("="),
    }
    return (json.dumps(said, indent=2) + "\n").encode()
