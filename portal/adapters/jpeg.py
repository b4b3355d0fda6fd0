"""A JPEG that says which way up it is. Its picture is not touched: browsers and picture programs turn it as they show it."""

from __future__ import annotations

import struct
from typing import Final

_START: Final = b"\xff\xd8"
_ORIENTATION: Final = {90: 6, 180: 3, 270: 8}
"""By degrees clockwise, as Exif counts: how the picture has to be turned to stand upright."""
_ORIENTATION_TAG, _SHORT = 0x0112, 3


def turned(jpeg: bytes, turn: int) -> bytes:
    """The same JPEG, shown turned by so many degrees clockwise: one Exif segment of 36 bytes behind its start.

    The JPEG must have no Exif of its own, as ours have none. ValueError for what is no JPEG, or another turn than
    0, 90, 180, 270.
    """
    if not jpeg.startswith(_START):
        raise ValueError("not a JPEG")
    if turn == 0:
        return jpeg
    if turn not in _ORIENTATION:
        raise ValueError(f"a page is turned by quarters, not by {turn}")
    entry = struct.pack("<HHIHH", _ORIENTATION_TAG, _SHORT, 1, _ORIENTATION[turn], 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    content = b"Exif\0\0" + tiff
    return _START + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + jpeg[len(_START) :]
