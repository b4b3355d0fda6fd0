"""QR codes: readable by a reader that knows nothing of how they were made, and fit for the strict CSP."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from segno import consts

from portal.adapters.qr import svg, svg_bytes

SVG = "{http://www.w3.org/2000/svg}"
RECEIPT = "https://portal.example.ch/fr/verify?receipt=" + "AEBN7Q43ABVQ375B" * 12
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# ISO/IEC 18004: version → centres of its alignment patterns.
CENTRES: dict[int, list[int]] = {
    1: [], 2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38],
    8: [6, 24, 42], 9: [6, 26, 46], 10: [6, 28, 50], 11: [6, 30, 54],
}  # fmt: skip


def modules(picture: str) -> list[list[int]]:
    """The dark modules, painted from the path as a browser would; the quiet zone is checked and cut off."""
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own picture
    size = int(root.attrib["viewBox"].split()[2])
    grid = [[0] * size for _ in range(size)]
    path = root.find(f"{SVG}path")
    assert path is not None
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path.attrib["d"]):
        for column in range(int(x), int(x) + int(length)):
            grid[int(y)][column] = 1
    quiet = [*grid[:4], *grid[-4:], *(row[:4] + row[-4:] for row in grid)]
    assert not any(any(row) for row in quiet)
    return [row[4:-4] for row in grid[4:-4]]


def read(picture: str) -> str:
    """A small QR reader for undamaged pictures (up to version 11), written from the standard."""
    grid = modules(picture)
    size = len(grid)
    version = (size - 17) // 4
    fixed = fixed_modules(size, version)
    form = int("".join(str(grid[8][x]) for x in (0, 1, 2, 3, 4)), 2) ^ 0b10101
    level = form >> 3
    assert level in (0, 3, 2), "the level is M, Q or H"
    bits = ""
    up = True
    for right in (x for x in range(size - 1, 0, -2)):
        column = right if right > 6 else right - 1
        for y in range(size - 1, -1, -1) if up else range(size):
            for x in (column, column - 1):
                if (y, x) not in fixed:
                    bits += str(grid[y][x] ^ flipped(form & 7, y, x))
        up = not up
    words = [int(bits[place : place + 8], 2) for place in range(0, len(bits) - 7, 8)]
    # The standard's own table of blocks; segno's copy of it is plain data.
    table: Any = consts.ECC
    blocks = [part.num_data for part in table[version][level] for _ in range(part.num_blocks)]
    return segments("".join(f"{word:08b}" for word in deinterleave(words, blocks)), version)


def flipped(mask: int, y: int, x: int) -> bool:
    """Whether the mask turned this module over (table 10 of the standard)."""
    product = y * x % 2 + y * x % 3
    return (
        (y + x) % 2, y % 2, x % 3, (y + x) % 3,
        (y // 2 + x // 3) % 2, product, product % 2, ((y + x) % 2 + y * x % 3) % 2,
    )[mask] == 0  # fmt: skip


def fixed_modules(size: int, version: int) -> set[tuple[int, int]]:
    areas = [(0, 0, 9, 9), (0, size - 8, 9, 8), (size - 8, 0, 8, 9), (6, 0, 1, size), (0, 6, size, 1)]
    if version >= 7:
        areas += [(0, size - 11, 6, 3), (size - 11, 0, 3, 6)]
    last = size - 7
    for cy in CENTRES[version]:
        for cx in CENTRES[version]:
            if (cy, cx) not in ((6, 6), (6, last), (last, 6)):
                areas.append((cy - 2, cx - 2, 5, 5))
    return {(y + dy, x + dx) for y, x, height, width in areas for dy in range(height) for dx in range(width)}


def deinterleave(words: list[int], blocks: list[int]) -> list[int]:
    found: list[list[int]] = [[] for _ in blocks]
    stream = iter(words)
    for place in range(max(blocks)):
        for block, length in zip(found, blocks, strict=True):
            if place < length:
                block.append(next(stream))
    return [word for block in found for word in block]


def segments(bits: str, version: int) -> str:
    place = 0
    text = b""

    def take(count: int) -> int:
        nonlocal place
        place += count
        return int(bits[place - count : place], 2)

    while place + 4 <= len(bits) and (mode := take(4)):
        if mode == 4:
            text += bytes(take(8) for _ in range(take(8 if version < 10 else 16)))
        else:
            assert mode == 2
            count = take(9 if version < 10 else 11)
            pairs = [divmod(take(11), 45) for _ in range(count // 2)]
            letters = [letter for pair in pairs for letter in pair] + [take(6) for _ in range(count % 2)]
            text += "".join(ALPHANUMERIC[letter] for letter in letters).encode()
    return text.decode()


@pytest.mark.parametrize("text", [RECEIPT, RECEIPT + "&x=1", "https://portal.example.ch/fr/sign-in", "A" * 21])
def test_it_reads_back(text: str) -> None:
    assert read(svg(text)) == text


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=150, max_size=230))
def test_any_receipt_reads_back(payload: str) -> None:
    text = "https://portal.example.ch/de/verify?receipt=" + payload
    assert read(svg(text)) == text


def test_a_receipt_stays_coarse_enough_for_a_bad_print() -> None:
    """Version 10 or lower: at 37 mm a module is wider than half a millimetre."""
    assert len(modules(svg(RECEIPT))) <= 57


def test_no_style_no_script_light_ground() -> None:
    root = ElementTree.fromstring(svg(RECEIPT, 'Vérifier <ce> "reçu" & l’autre'))  # noqa: S314 - our own picture
    assert root.tag == f"{SVG}svg"
    assert {"width", "height", "style"}.isdisjoint(root.attrib)
    ground, path = root[1], root[2]
    size = root.attrib["viewBox"].split()[2]
    assert ground.attrib == {"width": size, "height": size, "fill": "#fff"}
    assert path.attrib["fill"] == "#000"
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_its_name_is_escaped_and_read_out() -> None:
    title = 'Vérifier <ce> "reçu" & l’autre'
    root = ElementTree.fromstring(svg("x", title))  # noqa: S314 - our own picture
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == title
    assert root[0].text == title


def test_without_a_name_it_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in svg("x")
    assert b"<title>" not in svg_bytes("x")


def test_too_long_a_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="too long"):
        svg("x" * 4000)
