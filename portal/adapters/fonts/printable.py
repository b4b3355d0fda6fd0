"""What can stand on paper: names in any script, without a failure and never silently empty."""

import unicodedata
from typing import Final

from portal.adapters.fonts import can_print, clusters

_SHOWN_POINTS: Final = 8


def missing_glyphs(text: str) -> set[str]:
    """The characters (with their marks) of `text` that no shipped font has; empty when all can be printed.

    A name with missing glyphs is the one case in which the form asks for its Latin spelling.
    """
    return {cluster for cluster in clusters(_normal(text)) if not can_print(cluster)}


def printable(text: str) -> str:
    """`text` with each character that no shipped font has as its code point, like ``[U+1F600]``.

    Control characters and line breaks become spaces.
    """
    return "".join(cluster if can_print(cluster) else _spelled(cluster) for cluster in clusters(_normal(text)))


def plain(text: str) -> str:
    """`text` in ASCII alone, every other character as its code point: what any font and any shaper can print."""
    return "".join(one if " " <= one <= "~" else _spelled(one) for one in _normal(text))


def shown_name(name: str, latin: str, placeholder: str) -> str:
    """A name as it is printed: itself, or else its Latin spelling, or else with code points; never empty.

    When none of its letters can be printed and no Latin spelling was given, `placeholder` (like "[name as in
    the file]") stands with the first eight code points: staff can still tell whose receipt it is.
    """
    name = _normal(name).strip()
    missing = missing_glyphs(name)
    if not missing and any(unicodedata.category(character)[0] not in "CZ" for character in name):
        return name
    if latin.strip():
        return printable(latin).strip()
    if any(character.isalnum() for cluster in clusters(name) if cluster not in missing for character in cluster):
        return printable(name)
    points = [f"U+{ord(character):04X}" for character in name if not character.isspace()]
    dots = ["…"] if len(points) > _SHOWN_POINTS else []
    return " ".join([placeholder, *points[:_SHOWN_POINTS], *dots])


def direction(text: str) -> str:
    """`rtl` when the first letter of `text` that has a direction is written from right to left, else `ltr`."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _normal(text: str) -> str:
    """Composed (NFC), with spaces for line breaks and control characters."""
    kept = (" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in text)
    return unicodedata.normalize("NFC", "".join(kept))


def _spelled(cluster: str) -> str:
    return "[" + " ".join(f"U+{ord(character):04X}" for character in cluster) + "]"
