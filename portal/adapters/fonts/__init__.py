"""The fonts that ship with the portal, and which characters they can print.

Noto Sans, Noto Sans Arabic and Noto Sans Ethiopic, regular and bold (SIL Open Font License, see OFL.txt).
The coverage is read from the fonts' own character maps, so it can never differ from the files.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
#: In the order in which typst tries them.
FAMILIES: Final = {
    "Noto Sans": "NotoSans",
    "Noto Sans Arabic": "NotoSansArabic",
    "Noto Sans Ethiopic": "NotoSansEthiopic",
}
_WEIGHTS: Final = ("Regular", "Bold")
_DIACRITIC_CATEGORIES: Final = frozenset({"Mn", "Mc", "Me"})
# Joiners, direction marks and the like: the typesetter obeys or drops them, no font has to draw them.
_INVISIBLE: Final = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff")


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """For each family, the code points that both its weights can print."""
    return tuple(
        frozenset.intersection(*(read_cmap((FOLDER / f"{file}-{weight}.ttf").read_bytes()) for weight in _WEIGHTS))
        for file in FAMILIES.values()
    )


def clusters(text: str) -> Iterator[str]:
    """The characters of `text`, each with the combining marks that follow it."""
    cluster = ""
    for character in text:
        if cluster and unicodedata.category(character) not in _DIACRITIC_CATEGORIES:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def can_print(cluster: str) -> bool:
    """Whether one family has the character and all its marks: typst never takes them from two fonts."""
    points = {ord(character) for character in cluster if character not in _INVISIBLE}
    return any(points <= family for family in coverage())


def read_cmap(font: bytes) -> frozenset[int]:
    """The code points of a TrueType font that have a glyph, from its Unicode character map (format 4 or 12).

    Raises ValueError when the font has no such map.
    """
    table = _find_table(font, b"cmap")
    for start in _unicode_maps(font, table):
        (form,) = struct.unpack_from(">H", font, start)
        if form == 12:
            return frozenset(_read_format_12(font, start))
        if form == 4:
            return frozenset(_read_format_4(font, start))
    raise ValueError("the font has no Unicode character map of format 4 or 12")


def _find_table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for place in range(12, 12 + 16 * count, 16):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", font, place)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode('ascii')}")


def _unicode_maps(font: bytes, table: int) -> list[int]:
    """Offsets of the Unicode maps, the one with the full range first."""
    (count,) = struct.unpack_from(">H", font, table + 2)
    records = [struct.unpack_from(">HHI", font, table + 4 + 8 * place) for place in range(count)]
    wanted = {(3, 10): 0, (0, 4): 1, (0, 6): 1, (3, 1): 2, (0, 3): 3}
    found = sorted((wanted[platform, kind], offset) for platform, kind, offset in records if (platform, kind) in wanted)
    return [table + offset for _, offset in found]


def _read_format_12(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for place in range(start + 16, start + 16 + 12 * count, 12):
        first, last, glyph = struct.unpack_from(">III", font, place)
        for point in range(first, last + 1):
            if glyph + point - first:
                yield point


def _read_format_4(font: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    count = doubled // 2
    ends = start + 14
    starts = ends + doubled + 2
    deltas, offsets = starts + doubled, starts + 2 * doubled
    for segment in range(count):
        first, last, delta, offset = (
            struct.unpack_from(">H", font, base + 2 * segment)[0] for base in (starts, ends, deltas, offsets)
        )
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                where = offsets + 2 * segment + offset + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", font, where)
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield point
