"""What the child says, and how: one byte, a length, a JSON head, and blobs. The parent checks it as untrusted."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, Final

from portal.adapters.inspection import jpeg
from portal.domain.document import MOST_PAGES, FileFault, FileKind, PageFlaw

READY: Final = b"R"
"""The first byte: imports, limits and confinement are done. A child that ends before it says nothing of the file."""
PAGE_SIDE: Final = 2200
"""Pixels; the long side of a page image: A4 at 188 dpi."""
THUMB_SIDE: Final = 320
MOST_ANSWER: Final = 96 * 1024 * 1024
"""Bytes of head and blobs together."""
_MOST_HEAD: Final = 64 * 1024
_TYPES: Final = {"image/jpeg": jpeg.START, "image/png": b"\x89PNG\r\n\x1a\n", "application/pdf": b"%PDF-"}


class AnswerError(ValueError):
    """The child's answer does not hold: it is broken, or no longer ours."""


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """A page as people look at it; `width` and `height` are those of `image`, in pixels, upright."""

    image: bytes
    thumb: bytes
    width: int
    height: int
    flaw: PageFlaw | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was opened. `clean` holds what was sent without metadata, active content and tails.

    `peak` is the child's highest address space in bytes, `confined` what the system allowed of `confinement`.
    """

    kind: FileKind
    clean: bytes
    clean_type: str
    pages: tuple[InspectedPage, ...]
    peak: int = 0
    confined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The child's word that a file cannot be used; `reason` names an exception, for the log, and quotes nothing."""

    fault: FileFault
    reason: str = ""
    peak: int = 0
    confined: tuple[str, ...] = ()


def packed(said: Inspected | Refused) -> bytes:
    """The child's answer as bytes. An answer that is too large becomes TOO_HEAVY."""
    head: dict[str, Any] = {"peak": said.peak, "confined": list(said.confined)}
    blobs: list[bytes] = []
    if isinstance(said, Refused):
        head |= {"fault": said.fault.value, "reason": said.reason[:80]}
    else:
        blobs = [said.clean, *(blob for page in said.pages for blob in (page.image, page.thumb))]
        if sum(map(len, blobs)) > MOST_ANSWER - _MOST_HEAD:
            return packed(Refused(FileFault.TOO_HEAVY, "Answer", said.peak, said.confined))
        pages = [[page.width, page.height, page.flaw.value if page.flaw else None] for page in said.pages]
        head |= {"kind": said.kind.value, "type": said.clean_type, "pages": pages, "sizes": [len(one) for one in blobs]}
    text = json.dumps(head).encode("ascii")
    return b"".join((struct.pack(">I", len(text)), text, *blobs))


def unpacked(data: bytes | memoryview) -> Inspected | Refused:
    """The answer without its first byte, with every length, count and picture head checked. Raises AnswerError."""
    try:
        (length,) = struct.unpack_from(">I", data)
        head = json.loads(bytes(data[4 : 4 + min(length, _MOST_HEAD)]))
        return _refused(head, data, 4 + length) if "fault" in head else _inspected(head, data, 4 + length)
    except AnswerError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, struct.error) as error:
        raise AnswerError("an answer that cannot be read") from error


def _refused(head: dict[str, Any], data: bytes | memoryview, place: int) -> Refused:
    if len(data) != place:
        raise AnswerError("a refusal with something behind it")
    return Refused(FileFault(head["fault"]), str(head["reason"])[:80], int(head["peak"]), _words(head))


def _inspected(head: dict[str, Any], data: bytes | memoryview, place: int) -> Inspected:
    clean, *pictures = _blobs(data, place, head["sizes"])
    if not clean.startswith(_TYPES[head["type"]]):
        raise AnswerError("a clean file that is not what it says")
    pairs = zip(pictures[::2], pictures[1::2], strict=True)
    pages = tuple(_page(said, *pair) for said, pair in zip(head["pages"], pairs, strict=True))
    return Inspected(FileKind(head["kind"]), clean, head["type"], pages, int(head["peak"]), _words(head))


def _words(head: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(one)[:20] for one in head["confined"][:10])


def _blobs(data: bytes | memoryview, place: int, sizes: list[int]) -> list[bytes]:
    if not 3 <= len(sizes) <= 1 + 2 * MOST_PAGES or any(type(size) is not int or size <= 0 for size in sizes):
        raise AnswerError("a wrong number of pages")
    if place + sum(sizes) != len(data):
        raise AnswerError("lengths that do not add up")
    blobs = []
    for size in sizes:
        blobs.append(bytes(data[place : place + size]))
        place += size
    return blobs


def _page(said: list[Any], image: bytes, thumb: bytes) -> InspectedPage:
    width, height, flaw = said
    seen, small = jpeg.shape(image), jpeg.shape(thumb)
    if (seen.width, seen.height) != (width, height) or max(width, height) > PAGE_SIDE:
        raise AnswerError("a page that is not as large as said")
    if max(small.width, small.height) > THUMB_SIDE:
        raise AnswerError("a small picture that is too large")
    return InspectedPage(image, thumb, seen.width, seen.height, PageFlaw(flaw) if flaw is not None else None)
