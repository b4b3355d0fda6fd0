"""Pages become one PDF: the same JPEG bytes, turned as asked, with a stamp that any Latin name can stand in."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader

from portal.adapters.inspection.binding import bound, winansi
from portal.adapters.inspection.cleaning import active
from tests.adapters.inspection import corpus
from tests.adapters.inspection.test_pictures import near

UPRIGHT = corpus.saved(corpus.halves(), "JPEG", quality=90)
RED, BLUE = (220, 20, 20), (20, 20, 220)
# Where red is after turning clockwise: above, right, below, left.
RED_AT = {0: (0.5, 0.2), 90: (0.8, 0.5), 180: (0.5, 0.8), 270: (0.2, 0.5)}


@pytest.mark.parametrize("stamp", [None, "CMS Sion, Zoë"])
@pytest.mark.parametrize("turn", RED_AT)
def test_turned_clockwise_and_on_a_sheet(turn: int, stamp: str | None) -> None:
    page = pdfium.PdfDocument(bound([(UPRIGHT, turn)], stamp=stamp))[0]
    sheet = (595.28, 841.89) if turn in {0, 180} else (841.89, 595.28)
    assert page.get_size() == pytest.approx(sheet, abs=0.1)
    image = page.render(scale=1).to_pil()
    x, y = RED_AT[turn]
    assert near(image, (x, y), RED)
    assert near(image, (1 - x, 1 - y), BLUE)


def test_no_page_is_encoded_again() -> None:
    grey = corpus.saved(Image.new("L", (1600, 900), 90), "JPEG")
    with pikepdf.open(BytesIO(bound([(UPRIGHT, 0), (grey, 90), (UPRIGHT, 180)]))) as pdf:
        held = [page.obj.Resources.XObject.Page.read_raw_bytes() for page in pdf.pages]
        assert active(pdf) == ""
    assert held == [UPRIGHT, grey, UPRIGHT]


def test_many_pages_take_no_longer_than_copying() -> None:
    large = corpus.saved(Image.effect_noise((2200, 1600), 80), "JPEG", quality=90)
    made = bound([(large, 0)] * 30, stamp="x")
    assert len(PdfReader(BytesIO(made)).pages) == 30
    assert len(made) < 30 * len(large) + 30_000


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("CMS Sierre, Hélène Gülünç-Øst, 21.11.2026 14:05", "CMS Sierre, Hélène Gülünç-Øst, 21.11.2026 14:05"),
        ("Željko Đorđević Łukasz Őry ț Ħ ı", "Željko Dordevic Lukasz Ory t H i"),
        ("Nguyễn Thị", "Nguyen Thi"),
        ("a\nb\t c\u202e", "a b c"),
        ("(x) \\ ) Tj", "(x) \\ ) Tj"),
        ("محمد", "????"),
    ],
)
def test_a_stamp_prints_any_latin_text(text: str, printed: str) -> None:
    page = PdfReader(BytesIO(bound([(UPRIGHT, 0)], stamp=text))).pages[0]
    assert page.extract_text().strip() == printed
    assert winansi(text).decode("cp1252") == printed


def test_a_stamp_of_any_length_stays_on_the_sheet_below_the_picture() -> None:
    white = corpus.saved(Image.new("RGB", (1200, 1700), "white"), "JPEG")
    image = pdfium.PdfDocument(bound([(white, 0)], stamp="W" * 500))[0].render(scale=4).to_pil().convert("L")
    box = image.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    assert box[0] > 50
    assert box[2] < image.width - 8
    assert box[1] > image.height - 26 * 4


def test_without_pages_with_another_turn_or_no_jpeg() -> None:
    for pages in ([], [(UPRIGHT, 45)], [(corpus.png(9, 9), 0)], [(UPRIGHT[:-2], 0)], [(UPRIGHT + b"tail", 0)]):
        with pytest.raises(ValueError, match=r"JPEG|page|turned"):
            bound(pages)
