"""What a household's bundle for the commune is made of, and how its manifest is read. `docs/transmit.md` describes it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

FORMAT: Final = "portal-vs/bundle/1"
"""Another number means another shape."""
TAG: Final = b"portal-vs/bundle/1\n"
"""What the signature of a manifest begins with: it can never pass for that of a receipt or of a register entry."""
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
SUMS: Final = "SHA256SUMS"
UNLISTED: Final = frozenset({MANIFEST, SIGNATURE, SUMS})
"""Files of a bundle that its manifest cannot name."""


class Way(StrEnum):
    """How a bundle reaches the commune."""

    CARRIED = "carried"
    POST = "post"
    SECURE_MAIL = "secure-mail"


def signed_bytes(manifest: bytes) -> bytes:
    """The bytes that the signature of a manifest covers: the tag, then the file as it is."""
    return TAG + manifest


def file_name(day: str) -> str:
    """How a bundle is called: no name and no reference. `day` as 2026-11-22."""
    return f"dossier-{day}.zip"
