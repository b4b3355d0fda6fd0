"""The head of a JPEG, read without a picture library: what the parent believes of the child's pictures."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

START: Final = b"\xff\xd8\xff"
END: Final = b"\xff\xd9"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # tables and arithmetic coding are no frame heads
_KEPT_NOTES: Final = frozenset({0xE0, 0xEE})  # the plain head, and Adobe's word on how colours are meant


class Shape(NamedTuple):
    """Width and height in pixels; 1 component is grey, 3 are colour."""

    width: int
    height: int
    components: int


def shape(data: bytes) -> Shape:
    """What the frame head says. Raises ValueError when `data` is not one whole baseline or progressive JPEG."""
    if not data.startswith(START) or not data.endswith(END):
        raise ValueError("not a whole JPEG")
    place = 2
    try:
        while True:
            mark, code, length = struct.unpack_from(">BBH", data, place)
            if mark != 0xFF or code == 0xDA or length < 2:
                raise ValueError("a JPEG without a frame head")
            if code in _FRAMES:
                depth, height, width, components = struct.unpack_from(">BHHB", data, place + 4)
                if depth != 8 or not width or not height or components not in {1, 3}:
                    raise ValueError("a JPEG of a kind that we never make")
                return Shape(width, height, components)
            place += 2 + length
    except struct.error as error:
        raise ValueError("a JPEG that is cut in its head") from error


def without_notes(data: bytes) -> bytes:
    """The same picture without place, camera, small pictures and comments, and without what follows its end.

    For JPEGs inside a PDF, which are not encoded anew. Raises ValueError for what is no JPEG up to its first scan.
    """
    if not data.startswith(START):
        raise ValueError("not a JPEG")
    kept, place = [data[:2]], 2
    try:
        while True:
            mark, code, length = struct.unpack_from(">BBH", data, place)
            if mark != 0xFF or length < 2:
                raise ValueError("a JPEG whose parts do not follow each other")
            if code == 0xDA:
                end = data.rfind(END)
                return b"".join((*kept, data[place : end + 2] if end > place else data[place:]))
            if code in _KEPT_NOTES or not (0xE0 <= code <= 0xEF or code == 0xFE):
                kept.append(data[place : place + 2 + length])
            place += 2 + length
    except struct.error as error:
        raise ValueError("a JPEG that is cut in its head") from error
