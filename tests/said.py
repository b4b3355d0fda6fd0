"""Whether a text says something that it must not say."""

from __future__ import annotations

import re
from collections.abc import Iterable


def said_of(words: Iterable[str], text: str) -> list[str]:
    """Those of the words that stand in a text; a bare number only by itself, since a digest or a token may hold it."""
    return [word for word in words if re.search(_sought(word), text)]


def _sought(word: str) -> str:
    return rf"(?<!\w){word}(?!\w)" if word.isdecimal() else re.escape(word)
