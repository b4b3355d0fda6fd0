"""The mark of this folder's texts: they are looked up later, in the language of the page."""

from __future__ import annotations


def _(message: str) -> str:
    """The text itself; the name lets the extraction of texts find it."""
    return message
