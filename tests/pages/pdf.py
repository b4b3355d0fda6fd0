"""Read what a PDF says."""

from __future__ import annotations

import io

from pypdf import PdfReader


def words(content: bytes) -> str:
    """All text of a PDF, with single blanks."""
    assert content.startswith(b"%PDF-")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
