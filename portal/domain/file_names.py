"""Names of files on people's devices, made from what they or their devices wrote: harmless, readable, never two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 80
"""Characters of one part of a name."""
_RESERVED: Final = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def stem_of(name: str, otherwise: str, longest: int = LONGEST) -> str:
    """The name without its ending, and without what means something to a device; `otherwise` where nothing is left."""
    kept = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in unicodedata.normalize("NFC", name))
    stem = re.sub(r"[\\/:*?\"<>|;%]+", " ", kept).strip(" .")
    stem = re.sub(r"\s+", " ", re.sub(r"\.\w{2,5}$", "", stem)).strip(" .")[:longest].strip(" .")
    return otherwise if not stem or _RESERVED.match(stem) else stem


def unlike(path: str, taken: Container[str]) -> str:
    """The path, or with a number before its ending, so that no taken one is the same to a device that knows no case."""
    if path.casefold() not in taken:
        return path
    stem, dot, ending = path.rpartition(".")
    number = 2
    while f"{stem} ({number}){dot}{ending}".casefold() in taken:
        number += 1
    return f"{stem} ({number}){dot}{ending}"
