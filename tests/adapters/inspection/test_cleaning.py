"""What is active in a PDF is gone from the clean file, and what people see in it is not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageStat
from pypdf import PdfReader

from portal.adapters.inspection import cleaning
from portal.adapters.inspection.inspector import Inspector
from tests.adapters.inspection import corpus, pdf_corpus

Change = Callable[[pikepdf.Pdf], None]
HOSTILE: tuple[Change, ...] = (
    pdf_corpus.with_open_action,
    pdf_corpus.with_named_script,
    pdf_corpus.with_launch,
    pdf_corpus.with_attachment,
    pdf_corpus.with_xfa,
    pdf_corpus.with_rich_media,
    pdf_corpus.with_hidden_action,
    pdf_corpus.with_metadata,
)
# By another library than the one that cleans, and with a list of its own.
FORBIDDEN = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/AcroForm"} | {
    "/Annots",
    "/Names",
    "/RichMediaContent",
    "/URI",
}
FORBIDDEN_VALUES = {"/JavaScript", "/Launch", "/URI", "/RichMedia", "/Filespec", "/EmbeddedFile"}


def walked(clean: bytes) -> tuple[set[str], bytes]:
    """All keys and names that can be reached from the trailer, and all streams, decoded; by pypdf."""
    words: set[str] = set()
    streams = bytearray()
    waiting: list[Any] = [PdfReader(BytesIO(clean)).trailer]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if id(one) in seen:
            continue
        seen.add(id(one))
        if hasattr(one, "get_data"):
            streams += one.get_data()
        if isinstance(one, dict):
            words |= set(one)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str | bytes):
            words.add(str(one))
    return words, bytes(streams)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "object streams"])
@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__)
def test_a_hostile_pdf_is_cleaned(change: Change, packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    sent = pdf_corpus.pdf(2, change, object_stream_mode=mode)
    before, streams = walked(sent)
    assert "SECRET" in " ".join(before) or b"SECRET" in streams
    inspected = Inspector().inspect(sent)
    words, streams = walked(inspected.clean)
    assert words & (FORBIDDEN | FORBIDDEN_VALUES) == set()
    assert "SECRET" not in " ".join(words)
    assert b"SECRET" not in streams
    assert b"Loyer" in streams  # the page itself is as it was
    assert len(inspected.pages) == 2
    with pikepdf.open(BytesIO(inspected.clean)) as clean:
        assert cleaning.active(clean) == ""


def test_the_proof_finds_what_was_left() -> None:
    """The second look is not the first one again: every hostile file is named before it is cleaned."""
    for change in HOSTILE[:-1]:
        with pikepdf.open(BytesIO(pdf_corpus.pdf(1, change))) as pdf:
            assert cleaning.active(pdf), change.__name__


def ink(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """The share of dark pixels in a part of a page, given in points of a page of 595 x 842 from the top left."""
    factor = image.width / 595
    grey = image.convert("L").crop(tuple(round(value * factor) for value in box))  # type: ignore[arg-type]
    return ImageStat.Stat(grey.point(lambda value: 255 if value < 128 else 0)).mean[0] / 255


FIELD = (60, 482, 500, 542)


def test_a_filled_field_stays_visible_in_page_and_clean_file() -> None:
    inspected = Inspector().inspect(pdf_corpus.pdf(1, pdf_corpus.with_filled_form))
    with Image.open(BytesIO(inspected.pages[0].image)) as page:
        assert ink(page, FIELD) > 0.05
    document = pdfium.PdfDocument(inspected.clean)
    assert document.get_formtype() == 0
    assert ink(document[0].render(scale=2).to_pil(), FIELD) > 0.05
    empty = Inspector().inspect(pdf_corpus.pdf())
    with Image.open(BytesIO(empty.pages[0].image)) as page:
        assert ink(page, FIELD) == 0


@pytest.mark.parametrize("wrapped", [False, True], ids=["as it was", "compressed once more"])
def test_a_photo_inside_a_pdf_loses_its_place_and_keeps_its_pixels(wrapped: bool) -> None:
    photo = corpus.photo_with_place() + b"SECRET-TAIL"
    sent = pdf_corpus.around(photo, wrapped=wrapped)
    inspected = Inspector().inspect(sent)
    with pikepdf.open(BytesIO(inspected.clean)) as pdf:
        held = pdf.pages[0].obj.Resources.XObject.Im
        assert held.Filter == pikepdf.Name.DCTDecode
        kept = held.read_raw_bytes()
    assert b"SECRET" in photo
    assert b"Exif" in photo
    assert b"SECRET" not in kept
    assert b"Exif" not in kept
    with Image.open(BytesIO(kept)) as after, Image.open(BytesIO(photo)) as before:
        assert after.tobytes() == before.tobytes()


def test_a_photo_in_an_odd_wrapping_is_given_on_as_its_page_image() -> None:
    sent = pdf_corpus.around(corpus.photo_with_place(), wrapped=False, odd=True)
    inspected = Inspector().inspect(sent)
    with pikepdf.open(BytesIO(inspected.clean)) as pdf:
        assert pdf.pages[0].obj.Resources.XObject.Page.read_raw_bytes() == inspected.pages[0].image


def test_owner_password_and_words_before_the_head_are_gone() -> None:
    for sent in (pdf_corpus.locked("", "owner"), corpus.HTML + pdf_corpus.pdf()):
        clean = Inspector().inspect(sent).clean
        assert clean.startswith(b"%PDF-")
        assert b"script" not in clean
        with pikepdf.open(BytesIO(clean)) as pdf:
            assert not pdf.is_encrypted


def test_a_plain_destination_at_opening_is_no_reason_to_refuse() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])

    assert len(Inspector().inspect(pdf_corpus.pdf(2, change)).pages) == 2
