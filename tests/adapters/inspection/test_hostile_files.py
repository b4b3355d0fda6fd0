"""Each file of the corpus gets its exact fault or its clean result, within the limits of time and memory."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PIL import Image

from portal.adapters.inspection.confinement import MEMORY
from portal.adapters.inspection.inspector import InspectionError, Inspector
from portal.domain.document import MOST_BYTES, FileFault, FileKind
from tests.adapters.inspection import corpus, pdf_corpus

Make = Callable[[], bytes]

REFUSED: dict[str, tuple[Make, FileFault]] = {
    "nothing": (lambda: b"", FileFault.EMPTY),
    "over 20 MB": (lambda: b"\xff\xd8\xff" + bytes(MOST_BYTES), FileFault.TOO_HEAVY),
    "SVG": (
        lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        FileFault.UNKNOWN_KIND,
    ),
    "HTML": (lambda: corpus.HTML, FileFault.UNKNOWN_KIND),
    "ZIP": (lambda: b"PK\x03\x04" + bytes(200), FileFault.UNKNOWN_KIND),
    "AVIF": (corpus.avif, FileFault.UNKNOWN_KIND),
    "GIF": (lambda: corpus.saved(corpus.halves(), "GIF"), FileFault.UNKNOWN_KIND),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", FileFault.UNKNOWN_KIND),
    "PNG 50000 x 50000": (lambda: corpus.png(50_000, 50_000, rows=False), FileFault.TOO_MANY_PIXELS),
    "PNG 50000 x 50000 with its rows": (lambda: corpus.png(50_000, 50_000), FileFault.TOO_MANY_PIXELS),
    "PNG 61 MP": (lambda: corpus.png(6_100, 10_000, rows=False), FileFault.TOO_MANY_PIXELS),
    "PNG with a text bomb": (corpus.text_bomb, FileFault.BROKEN),
    "PNG without rows": (lambda: corpus.png(900, 900, rows=False), FileFault.BROKEN),
    "JPEG cut": (lambda: corpus.photo_with_place()[:9_000], FileFault.BROKEN),
    "JPEG of three bytes": (lambda: b"\xff\xd8\xff", FileFault.BROKEN),
    "JPEG head before a PNG": (lambda: b"\xff\xd8\xff" + corpus.png(9, 9), FileFault.BROKEN),
    "HEIC cut": (lambda: corpus.heic()[:-300], FileFault.BROKEN),
    "WebP cut": (lambda: corpus.saved(corpus.page_picture(), "WEBP")[:-900], FileFault.BROKEN),
    "TIFF of 500 pages": (lambda: corpus.tiff(500, compression="tiff_deflate"), FileFault.TOO_MANY_PAGES),
    "TIFF cut": (lambda: corpus.tiff(5)[:6_000_000], FileFault.BROKEN),
    "TIFF cut in its last page": (lambda: corpus.tiff(5)[:-9_000], FileFault.BROKEN),
    "PDF with a password": (lambda: pdf_corpus.locked("secret", "owner"), FileFault.LOCKED),
    "PDF of 400 pages": (lambda: pdf_corpus.pdf(400), FileFault.TOO_MANY_PAGES),
    "PDF of 31 pages": (lambda: pdf_corpus.pdf(31), FileFault.TOO_MANY_PAGES),
    "PDF without pages": (lambda: pdf_corpus.pdf(0), FileFault.BROKEN),
    "PDF cut in half": (lambda: pdf_corpus.pdf(5)[: len(pdf_corpus.pdf(5)) // 2], FileFault.BROKEN),
    "PDF whose tree is a loop": (pdf_corpus.tree_loop, FileFault.BROKEN),
    "PDF of 20000 nested arrays": (pdf_corpus.deep_arrays, FileFault.BROKEN),
    "HTML that says PDF": (lambda: corpus.HTML + b"%PDF-1.7\n", FileFault.BROKEN),
    "PDF content bomb of 900 MB": (lambda: pdf_corpus.content_bomb(900), FileFault.TOO_HEAVY),
    "PDF that draws itself": (pdf_corpus.busy_pdf, FileFault.TOO_HEAVY),
    "PDF that paints for ever": (pdf_corpus.shading_pdf, FileFault.TOO_HEAVY),
}

OPENED: dict[str, tuple[Make, FileKind, str, int]] = {
    "JPEG of a phone": (corpus.photo_with_place, FileKind.JPEG, "image/jpeg", 1),
    "MPO of a phone": (
        lambda: corpus.saved(corpus.halves(), "MPO", save_all=True, append_images=[corpus.halves(90, 90)]),
        FileKind.JPEG,
        "image/jpeg",
        1,
    ),
    "JPEG in CMYK": (lambda: corpus.saved(corpus.halves().convert("CMYK"), "JPEG"), FileKind.JPEG, "image/jpeg", 1),
    "JPEG 12 MP": (lambda: corpus.saved(corpus.page_picture(3024, 4032), "JPEG"), FileKind.JPEG, "image/jpeg", 1),
    "JPEG 108 MP": (lambda: corpus.saved(corpus.halves(9000, 12000), "JPEG"), FileKind.JPEG, "image/jpeg", 1),
    "JPEG 108 MP progressive": (
        lambda: corpus.saved(corpus.halves(9000, 12000), "JPEG", progressive=True),
        FileKind.JPEG,
        "image/jpeg",
        1,
    ),
    "PNG 59 MP": (lambda: corpus.png(5_900, 10_000), FileKind.PNG, "image/png", 1),
    "PNG with holes": (lambda: corpus.saved(corpus.halves().convert("RGBA"), "PNG"), FileKind.PNG, "image/png", 1),
    "PNG 16 bit grey": (lambda: corpus.saved(corpus.halves().convert("I;16"), "PNG"), FileKind.PNG, "image/png", 1),
    "WebP animated": (corpus.animated_webp, FileKind.WEBP, "image/jpeg", 1),
    "HEIC": (corpus.heic, FileKind.HEIF, "image/jpeg", 1),
    "HEIC 12 MP": (lambda: corpus.heic(corpus.halves(3024, 4032)), FileKind.HEIF, "image/jpeg", 1),
    "WebP 12 MP": (lambda: corpus.saved(corpus.page_picture(3024, 4032), "WEBP"), FileKind.WEBP, "image/jpeg", 1),
    "TIFF 35 MP": (
        lambda: corpus.saved(Image.new("RGB", (4960, 7016), "white"), "TIFF", compression="tiff_lzw"),
        FileKind.TIFF,
        "image/jpeg",
        1,
    ),
    "PNG 30 MP, too large as a PNG again": (
        lambda: corpus.saved(corpus.noise(5000, 6000), "PNG", compress_level=1),
        FileKind.PNG,
        "image/jpeg",
        1,
    ),
    "TIFF of 1 page": (lambda: corpus.tiff(1), FileKind.TIFF, "image/jpeg", 1),
    "TIFF of 30 pages": (lambda: corpus.tiff(30, compression="tiff_deflate"), FileKind.TIFF, "application/pdf", 30),
    "TIFF that is a loop": (corpus.looping_tiff, FileKind.TIFF, "image/jpeg", 1),
    "PDF": (pdf_corpus.pdf, FileKind.PDF, "application/pdf", 1),
    "PDF of 30 pages": (lambda: pdf_corpus.pdf(30), FileKind.PDF, "application/pdf", 30),
    "PDF of 30 scans": (
        lambda: pdf_corpus.scanned([corpus.page_picture(2480, 3508, size=52)] * 30, quality=40),
        FileKind.PDF,
        "application/pdf",
        30,
    ),
    "PDF with an owner's password": (lambda: pdf_corpus.locked("", "owner"), FileKind.PDF, "application/pdf", 1),
    "PDF behind HTML": (lambda: corpus.HTML + pdf_corpus.pdf(), FileKind.PDF, "application/pdf", 1),
    "PDF content bomb of 200 MB": (lambda: pdf_corpus.content_bomb(200), FileKind.PDF, "application/pdf", 1),
    "PDF of a giant page": (
        lambda: pdf_corpus.pdf(
            change=lambda made: made.pages[0].obj.update({"/MediaBox": [0, 0, 14400, 14400], "/UserUnit": 75})
        ),
        FileKind.PDF,
        "application/pdf",
        1,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_gets_its_exact_fault(name: str) -> None:
    make, fault = REFUSED[name]
    content = make()
    started = time.monotonic()
    with pytest.raises(InspectionError) as refused:
        Inspector().inspect(content)
    seconds = time.monotonic() - started
    print(
        f"{name}: {refused.value.fault.value} after {seconds:.1f} s, address space {refused.value.peak / 2**20:.0f} MiB"
    )
    assert refused.value.fault is fault
    assert seconds < 33
    assert refused.value.peak <= MEMORY


@pytest.mark.parametrize("name", OPENED)
def test_an_odd_file_opens_within_the_limits(name: str) -> None:
    make, kind, clean_type, pages = OPENED[name]
    content = make()
    started = time.monotonic()
    inspected = Inspector().inspect(content)
    seconds = time.monotonic() - started
    print(f"{name}: {len(content) / 1e6:.2f} MB, {seconds:.1f} s, address space {inspected.peak / 2**20:.0f} MiB")
    assert (inspected.kind, inspected.clean_type, len(inspected.pages)) == (kind, clean_type, pages)
    assert 0 < inspected.peak < MEMORY
    assert seconds < 30
    for page in inspected.pages:
        assert 0 < max(page.width, page.height) <= 2200
