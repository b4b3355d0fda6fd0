"""PDFs of strangers, in the child: opened by qpdf (pikepdf) first, cleaned, and drawn by PDFium to page images."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from portal.adapters.inspection.answer import PAGE_SIDE, InspectedPage
from portal.adapters.inspection.binding import bound
from portal.adapters.inspection.cleaning import StillActiveError, cleaned
from portal.adapters.inspection.judgement import flaw_of
from portal.adapters.inspection.pictures import Opened, UnusableError, seen
from portal.domain.document import MOST_PAGES, FileFault, PageFlaw

_MOST_SCALE: Final = 300 / 72
"""Pixels for each point: a small receipt is drawn at 300 dpi, not blown up."""
_MOST_JUDGED: Final = 30_000_000
"""Pixels of a scan inside a page; a larger one is not judged."""
_UNCLEANABLE: Final = (StillActiveError, pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, AttributeError)


def prepare() -> None:
    """Load what would otherwise be looked for while drawing; qpdf opens its source of chance for an encrypted file."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(72, 72))
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner"))
    open_pdf(out.getvalue())


def open_pdf(content: bytes) -> Opened:
    """Raises UnusableError, and what the libraries raise for broken files."""
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError as error:
        raise UnusableError(FileFault.LOCKED) from error
    with pdf:
        if pdf.get_warnings() and not _has_end(content):
            raise UnusableError(FileFault.BROKEN)
        count = len(pdf.pages)  # walks the tree: loops end here, which PDFium would not notice
        if count > MOST_PAGES:
            raise UnusableError(FileFault.TOO_MANY_PAGES)
        if not count or pdf.Root.Pages.get("/Count") != count:
            raise UnusableError(FileFault.BROKEN)
        pages = _drawn(_as_read(pdf), count)
        try:
            return Opened(cleaned(pdf), "application/pdf", pages)
        except _UNCLEANABLE:
            # What cannot be cleaned is replaced by its pictures: nobody is refused for a form's odd field.
            return Opened(bound([(page.image, 0) for page in pages]), "application/pdf", pages)


def _has_end(content: bytes) -> bool:
    """Whether a table of contents stands behind the last object. qpdf repairs a file that was cut off to empty pages."""
    return content.rfind(b"startxref") > content.rfind(b" obj")


def _as_read(pdf: pikepdf.Pdf) -> bytes:
    """As qpdf understood it, without password: so PDFium cannot see another file than the one that is cleaned."""
    out = BytesIO()
    pdf.save(out, encryption=False, preserve_pdfa=False, fix_metadata_version=False)
    return out.getvalue()


def _drawn(content: bytes, count: int) -> list[InspectedPage]:
    document = pdfium.PdfDocument(content)
    try:
        if len(document) != count:
            raise UnusableError(FileFault.BROKEN)
        if document.get_formtype():
            document.init_forms()  # this build of PDFium has neither JavaScript nor XFA
        return [_page(document, number) for number in range(count)]
    finally:
        document.close()


def _page(document: Any, number: int) -> InspectedPage:
    page = document[number]
    try:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise UnusableError(FileFault.BROKEN)
        scale = min(_MOST_SCALE, (PAGE_SIDE - 1) / max(width, height))
        bitmap = page.render(scale=scale, may_draw_forms=True)
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        return seen(image, _flaw(page))
    finally:
        page.close()


def _flaw(page: Any) -> PageFlaw | None:
    """Only of a page that is one picture, a scan; drawn letters are always sharp."""
    held = list(page.get_objects(max_depth=2))
    if len(held) != 1 or held[0].type != pdfium.raw.FPDF_PAGEOBJ_IMAGE:
        return None
    width, height = held[0].get_px_size()
    if width * height > _MOST_JUDGED:
        return None
    try:
        scan: Image.Image = held[0].get_bitmap().to_pil()
    except (pdfium.PdfiumError, ValueError):
        return None
    return flaw_of(scan)
