"""Many pages become one PDF: the JPEGs as they are, not encoded again, each on a sheet of A4.

Only for pictures that were inspected; nothing is decoded here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from portal.adapters.inspection.jpeg import shape

_SHORT, _LONG = 595.28, 841.89
"""Points: a sheet of A4."""
_MARGIN: Final = 26.0
"""Points below the picture, for the stamp."""
_LARGEST_LETTER: Final = 8.0
_WIDEST: Final = frozenset("WMm@%—…ÆŒ‰™".encode("cp1252"))
_LONGEST_STAMP: Final = 200
_MATRICES: Final = {  # clockwise: the picture's unit square turned in its box
    0: "{w} 0 0 {h} {x} {y}",
    90: "0 -{h} {w} 0 {x} {top}",
    180: "-{w} 0 0 -{h} {right} {top}",
    270: "0 {h} -{w} 0 {right} {y}",
}
# Latin letters that Helvetica does not have and that no accent can be taken from.
_PLAIN: Final = str.maketrans(
    {"Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h", "ı": "i", "Ŋ": "Ng", "ŋ": "ng", "Ŧ": "T", "ŧ": "t"}
    | {"ĸ": "k", "Ɖ": "D", "ɖ": "d", "Ə": "E", "ə": "e", "ẞ": "SS", "Ǝ": "E", "ǝ": "e", "Ɛ": "E", "ɛ": "e", "ʼ": "’"}
)


def bound(pages: Sequence[tuple[bytes, int]], *, stamp: str | None = None) -> bytes:
    """One PDF of `pages`, each a JPEG and how far to turn it clockwise (0, 90, 180 or 270 degrees).

    `stamp` stands small below each picture: any Latin text, what Helvetica cannot print in its plain letter, other
    scripts as `?`. Raises ValueError without pages, for what is no whole JPEG, and for another turn.
    """
    if not pages:
        raise ValueError("a PDF needs a page")
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        for data, turn in pages:
            _add(pdf, font, data, turn, winansi(stamp) if stamp else b"")
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def winansi(text: str) -> bytes:
    """`text` in the letters that Helvetica has, on one line, at most 200 of them."""
    line = " ".join(text.split())[:_LONGEST_STAMP]
    return b"".join(_letter(one) for one in unicodedata.normalize("NFC", line))


def _letter(one: str) -> bytes:
    if unicodedata.category(one)[0] == "C" or unicodedata.combining(one):
        return b""
    for spelled in (one, one.translate(_PLAIN), unicodedata.normalize("NFKD", one)[0]):
        try:
            return spelled.encode("cp1252")
        except UnicodeEncodeError:
            continue
    return b"?"


@dataclass(frozen=True)
class Sheet:
    """A JPEG on a sheet of A4: the picture's own shape, the sheet's points, and what draws it, as `/Page` and `/Stamp`."""

    width: int
    height: int
    grey: bool
    box: tuple[float, float]
    content: bytes


def sheet_of(data: bytes, turn: int, line: bytes, *, on_top: bool = False) -> Sheet:
    """`line` (see `winansi`) stands small below the picture, or above it. Raises ValueError as `bound`."""
    if turn not in _MATRICES:
        raise ValueError(f"pages are not turned by {turn} degrees")
    width, height, components = shape(data)
    across, up = (height, width) if turn in {90, 270} else (width, height)
    box = (_LONG, _SHORT) if across > up else (_SHORT, _LONG)
    margin = _MARGIN if line else 0.0
    factor = min(box[0] / across, (box[1] - margin) / up)
    w, h = across * factor, up * factor
    x, y = (box[0] - w) / 2, (0.0 if on_top else margin) + (box[1] - margin - h) / 2
    places = {"w": w, "h": h, "x": x, "y": y, "right": x + w, "top": y + h}
    matrix = _MATRICES[turn].format(**{name: f"{value:.3f}" for name, value in places.items()})
    drawn = f"q {matrix} cm /Page Do Q\n".encode("ascii")
    at = box[1] - _MARGIN + 9 if on_top else 9.0
    return Sheet(width, height, components == 1, box, drawn + _stamped(line, box[0], at))


def _add(pdf: pikepdf.Pdf, font: pikepdf.Object, data: bytes, turn: int, stamp: bytes) -> None:
    sheet = sheet_of(data, turn, stamp)
    image = pikepdf.Stream(pdf, data)
    image.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=sheet.width,
        Height=sheet.height,
        ColorSpace=Name.DeviceGray if sheet.grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *sheet.box]),
        Resources=Dictionary(XObject=Dictionary(Page=pdf.make_indirect(image)), Font=Dictionary(Stamp=font)),
        Contents=pdf.make_stream(sheet.content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _stamped(stamp: bytes, width: float, up: float) -> bytes:
    """The line in the margin, small enough for the sheet; in hexadecimal, so that no letter ends it."""
    if not stamp:
        return b""
    size = min(_LARGEST_LETTER, (width - 2 * _MARGIN) / sum(map(_width, stamp)))
    line = f"BT /Stamp {size:.2f} Tf 0.25 g {_MARGIN:.0f} {up:.0f} Td <{stamp.hex()}> Tj ET\n"
    return line.encode("ascii")


def _width(letter: int) -> float:
    """Of a letter of size 1 in Helvetica, never less than it is: so no line leaves its sheet."""
    if letter in _WIDEST:
        return 1.0
    return 0.78 if bytes([letter]).decode("cp1252", "replace").isupper() else 0.61
