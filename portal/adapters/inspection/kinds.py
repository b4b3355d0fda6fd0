"""What a file is, by its first bytes; no name and no declared type is ever asked."""

from __future__ import annotations

from typing import Final

from portal.domain.document import FileKind

_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})  # the same container with a codec that we do not take
_PDF_WITHIN: Final = 1024
"""Bytes; readers of PDF accept something before the head, and cleaning drops it."""
_LONGEST_BRANDS: Final = 128


def kind_of(content: bytes) -> FileKind | None:
    """The kind that the bytes claim, or None; opening the file then has to agree."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return FileKind.TIFF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp":
        return FileKind.HEIF if _is_heif(content) else None
    return FileKind.PDF if b"%PDF-" in content[:_PDF_WITHIN] else None


def _is_heif(content: bytes) -> bool:
    length = min(int.from_bytes(content[:4], "big"), _LONGEST_BRANDS)
    brands = {content[place : place + 4] for place in (8, *range(16, length - 3, 4))}
    return bool(brands & _HEIF_BRANDS) and not brands & _AVIF_BRANDS
