"""A turned page stands upright wherever a JPEG's own word about it counts."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps

from portal.adapters.jpeg import turned

RED, BLUE = (220, 20, 20), (20, 20, 220)


def made() -> tuple[Image.Image, bytes]:
    """Wider than high, red at the left, blue at the right."""
    image = Image.new("RGB", (64, 32), RED)
    image.paste(BLUE, (32, 0, 64, 32))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return image, out.getvalue()


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(found, tuple) and all(abs(a - b) < 40 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_it_is_shown_turned_clockwise(turn: int) -> None:
    image, content = made()
    with Image.open(io.BytesIO(turned(content, turn))) as opened:
        upright = ImageOps.exif_transpose(opened)
    wanted = image.rotate(-turn, expand=True)  # Pillow counts the other way round
    assert upright.size == wanted.size
    for place in ((2, 2), (upright.width - 3, upright.height - 3)):
        assert near(upright.getpixel(place), wanted.getpixel(place)), (turn, place)  # type: ignore[arg-type]


def test_it_costs_36_bytes_and_the_picture_stays_byte_for_byte() -> None:
    _image, content = made()
    found = turned(content, 90)
    assert len(found) == len(content) + 36
    assert found[38:] == content[2:]
    assert turned(content, 0) == content


@pytest.mark.parametrize(("content", "turn"), [(b"\x89PNG\r\n", 90), (b"", 0), (b"\xff\xd8\xff\xd9", 45)])
def test_nothing_else_is_turned(content: bytes, turn: int) -> None:
    with pytest.raises(ValueError, match=r"JPEG|quarters"):
        turned(content, turn)
