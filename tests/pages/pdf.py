"""Read what a PDF says."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


def words(content: bytes) -> str:
    """All text of a PDF, with single blanks."""
    assert content.startswith(b"%PDF-")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def structure(content: bytes) -> list[tuple[str, str]]:
    """Every element of the tag tree in reading order: its kind, and its language as far as it or one above says it."""
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    found: list[tuple[str, str]] = []

    def walk(item: Any, language: str) -> None:
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            for one in item:
                walk(one, language)
        elif isinstance(item, dict) and "/S" in item:
            language = str(item.get("/Lang", language))[:2]
            found.append((str(item["/S"]), language))
            walk(item.get("/K", []), language)

    walk(root["/StructTreeRoot"]["/K"], str(root["/Lang"])[:2])
    return found


def glyphs(content: bytes) -> Counter[int]:
    """How often each glyph is drawn, over all fonts; 0 is the empty box of a character that the font has not."""
    found: Counter[int] = Counter()
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"Tj", b"TJ"):
                parts = operands[0] if operator == b"TJ" else operands
                drawn = b"".join(part.original_bytes for part in parts if hasattr(part, "original_bytes"))
                found.update(int.from_bytes(drawn[place : place + 2]) for place in range(0, len(drawn), 2))
    return found


def heights(content: bytes, page: int = 0) -> list[tuple[str, float]]:
    """The pieces of text of a page, each with its height above the foot of the page, in points."""
    found: list[tuple[str, float]] = []

    def see(text: str, _cm: Any, matrix: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            found.append((text.strip(), float(_cm[5]) + float(_cm[3]) * float(matrix[5])))

    PdfReader(io.BytesIO(content)).pages[page].extract_text(visitor_text=see)
    return found
