"""Many papers become one PDF while it is sent: one picture at a time is in memory, however many pages there are.

A PDF library holds what it writes until it saves. What is needed here is small: pictures that were inspected, as they
are, a line above each, bookmarks. Nothing is decoded.
"""

from __future__ import annotations

from typing import Final

from portal.adapters.inspection.binding import sheet_of, winansi

_CATALOG, _PAGES, _FONT, _OUTLINES = 1, 2, 3, 4
_FIRST_FREE: Final = 5
_BEGIN: Final = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"


class Book:
    """One PDF, handed on piece by piece: `page` for each page, then `end`."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._at: dict[int, int] = {}
        """Object → where it begins."""
        self._length = 0
        self._next = _FIRST_FREE
        self._pages: list[int] = []
        self._marks: list[tuple[str, int]] = []

    @property
    def pages(self) -> int:
        """How many there are until now."""
        return len(self._pages)

    def page(self, picture: bytes, turn: int, line: str, mark: str | None = None) -> bytes:
        """A sheet of A4 with a JPEG, turned clockwise by 0, 90, 180 or 270 degrees, and `line` small above it.

        `mark`: a bookmark leads here. Raises ValueError for what is no whole JPEG, and for another turn.
        """
        sheet = sheet_of(picture, turn, winansi(line), on_top=True)
        begin = b"" if self._length else _BEGIN
        self._length += len(begin)
        image, content, page = self._next, self._next + 1, self._next + 2
        self._next += 3
        colours = "DeviceGray" if sheet.grey else "DeviceRGB"
        shape = (
            f"/Type /XObject /Subtype /Image /Width {sheet.width} /Height {sheet.height} /ColorSpace /{colours}"
            " /BitsPerComponent 8 /Filter /DCTDecode"
        )
        said = (
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {sheet.box[0]} {sheet.box[1]}]"
            f" /Resources << /XObject << /Page {image} 0 R >> /Font << /Stamp {_FONT} 0 R >> >>"
            f" /Contents {content} 0 R >>"
        )
        self._pages.append(page)
        if mark is not None:
            self._marks.append((mark, page))
        parts = (
            begin,
            self._object(image, _stream(shape, picture)),
            self._object(content, _stream("", sheet.content)),
            self._object(page, said.encode("ascii")),
        )
        return b"".join(parts)

    def end(self) -> bytes:
        """Bookmarks and the lists at the end. Raises ValueError without pages."""
        if not self._pages:
            raise ValueError("a PDF needs a page")
        parts = [self._outlines()]
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        parts.append(
            self._object(_PAGES, f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>".encode("ascii"))
        )
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        parts.append(self._object(_FONT, font))
        catalog = (
            f"<< /Type /Catalog /Pages {_PAGES} 0 R /Outlines {_OUTLINES} 0 R /PageMode /UseOutlines"
            f" /Lang ({self._language}) >>"
        )
        parts.append(self._object(_CATALOG, catalog.encode("ascii")))
        start, count = self._length, self._next
        rows = "".join(f"{self._at[number]:010d} 00000 n \n" for number in range(1, count))
        parts.append(
            f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
            f"trailer\n<< /Size {count} /Root {_CATALOG} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)

    def _outlines(self) -> bytes:
        first, last = self._next, self._next + len(self._marks) - 1
        self._next += len(self._marks)
        whole = f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(self._marks)} >>"
        parts = [self._object(_OUTLINES, whole.encode("ascii") if self._marks else b"<< /Type /Outlines /Count 0 >>")]
        for number, (title, page) in enumerate(self._marks, first):
            beside = f" /Prev {number - 1} 0 R" if number > first else ""
            beside += f" /Next {number + 1} 0 R" if number < last else ""
            text = (b"\xfe\xff" + title.encode("utf-16-be")).hex()
            said = f"<< /Title <{text}> /Parent {_OUTLINES} 0 R{beside} /Dest [{page} 0 R /Fit] >>"
            parts.append(self._object(number, said.encode("ascii")))
        return b"".join(parts)

    def _object(self, number: int, body: bytes) -> bytes:
        self._at[number] = self._length
        written = b"".join((f"{number} 0 obj\n".encode("ascii"), body, b"\nendobj\n"))
        self._length += len(written)
        return written


def _stream(said: str, content: bytes) -> bytes:
    return b"".join((f"<< {said} /Length {len(content)} >>\nstream\n".encode("ascii"), content, b"\nendstream"))
