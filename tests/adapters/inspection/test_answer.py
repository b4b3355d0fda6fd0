"""The parent believes nothing of the child's answer that it did not check."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from portal.adapters.inspection.answer import AnswerError, Inspected, InspectedPage, Refused, packed, unpacked
from portal.domain.document import FileFault, FileKind, PageFlaw
from tests.adapters.inspection import corpus

IMAGE = corpus.saved(Image.new("RGB", (900, 1200), "white"), "JPEG")
THUMB = corpus.saved(Image.new("RGB", (240, 320), "white"), "JPEG")
GOOD = Inspected(
    FileKind.JPEG, IMAGE, "image/jpeg", (InspectedPage(IMAGE, THUMB, 900, 1200, PageFlaw.DARK),), 9, ("limits",)
)


def forged(change: Callable[[dict[str, Any]], object], blobs: bytes = IMAGE + IMAGE + THUMB) -> bytes:
    data = packed(GOOD)
    (length,) = struct.unpack_from(">I", data)
    head = json.loads(data[4 : 4 + length])
    change(head)
    text = json.dumps(head).encode()
    return struct.pack(">I", len(text)) + text + blobs


def test_what_is_packed_comes_back() -> None:
    refused = Refused(FileFault.BROKEN, "OSError", 7, ("limits",))
    assert unpacked(packed(GOOD)) == GOOD
    assert unpacked(packed(refused)) == refused
    assert unpacked(forged(dict.copy)) == GOOD


FORGED: dict[str, bytes] = {
    "nothing": b"",
    "half a length": b"\0\0",
    "a long head": struct.pack(">I", 2**31) + b"{}",
    "no JSON": struct.pack(">I", 4) + b"abcd",
    "a list": struct.pack(">I", 2) + b"[]",
    "deep": struct.pack(">I", 60_000) + b"[" * 60_000,
    "a tail": packed(GOOD) + b"x",
    "cut": packed(GOOD)[:-1],
    "a refusal with a tail": packed(Refused(FileFault.BROKEN)) + b"x",
    "an unknown fault": forged(lambda head: head.update(fault="nice", reason=""), b""),
    "a negative length": forged(lambda head: head.update(sizes=[-1, len(IMAGE) * 2 + 1, len(THUMB)])),
    "lengths as words": forged(lambda head: head.update(sizes=["1", "2", "3"])),
    "true as a length": forged(lambda head: head.update(sizes=[True, len(IMAGE) * 2 - 1, len(THUMB)])),
    "no pages": forged(lambda head: head.update(sizes=[len(IMAGE)], pages=[]), IMAGE),
    "one page too many": forged(lambda head: head["pages"].append([900, 1200, None])),
    "31 pages": forged(
        lambda head: head.update(sizes=[len(IMAGE), *[len(IMAGE), len(THUMB)] * 31], pages=[[900, 1200, None]] * 31),
        IMAGE + (IMAGE + THUMB) * 31,
    ),
    "an unknown kind": forged(lambda head: head.update(kind="svg")),
    "an unknown type": forged(lambda head: head.update(type="text/html")),
    "another type": forged(lambda head: head.update(type="application/pdf")),
    "another size": forged(lambda head: head.update(pages=[[901, 1200, None]])),
    "an unknown flaw": forged(lambda head: head.update(pages=[[900, 1200, "ugly"]])),
    "HTML as a page": forged(
        lambda head: head.update(sizes=[len(IMAGE), len(corpus.HTML), len(THUMB)]), IMAGE + corpus.HTML + THUMB
    ),
    "a page with a tail": forged(
        lambda head: head.update(sizes=[len(IMAGE), len(IMAGE + corpus.HTML), len(THUMB)]),
        IMAGE + IMAGE + corpus.HTML + THUMB,
    ),
    "a large small picture": forged(lambda head: head.update(sizes=[len(IMAGE)] * 3), IMAGE * 3),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_is_not_believed(name: str) -> None:
    with pytest.raises(AnswerError):
        unpacked(FORGED[name])


def test_an_answer_that_is_too_large_becomes_a_refusal() -> None:
    large = b"\xff\xd8\xff" + bytes(101_000_000)
    assert unpacked(packed(Inspected(FileKind.JPEG, large, "image/jpeg", GOOD.pages))) == Refused(
        FileFault.TOO_HEAVY, "Answer"
    )
