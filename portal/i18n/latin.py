"""A text of any script in ASCII letters, as `portal.domain.names` wants it."""

from __future__ import annotations

from anyascii import anyascii


def latin(text: str) -> str:
    """The nearest ASCII letters of each sign; what has none is left out."""
    return anyascii(text)
