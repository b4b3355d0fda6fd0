"""A ZIP that is made while it is sent: nothing of it is held but what was not handed on yet."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from portal.adapters.objects import StorageHangsError, StorageUnavailableError
from portal.domain.demand import ZURICH
from portal.models import DocumentObject
from portal.services.documents.keeping import Place, opened
from portal.services.kit import Kit

TRIES: Final = 3
AGAIN_SECONDS: Final = 1.0
"""Between two tries of one file."""
PIECE: Final = 64 * 1024
"""Bytes that are handed on at once."""


class Pipe:
    """What the archive writes to: it holds nothing but what was not handed on yet, and nobody can go back in it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, content: bytes) -> int:
        """Hold it."""
        self._held.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Everything is at hand already."""

    def drained(self) -> bytes:
        """What was written since."""
        held, self._held = b"".join(self._held), []
        return held


def pieces(content: bytes) -> Iterator[bytes]:
    """`content`, PIECE by PIECE."""
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def entry(
    archive: zipfile.ZipFile, pipe: Pipe, path: str, content: Iterable[bytes], now: datetime, *, large: bool = False
) -> Iterator[bytes]:
    """One file of the archive; `large`: it may have more than two gigabytes. Nothing comes before its first piece."""
    info = zipfile.ZipInfo(path, now.astimezone(ZURICH).timetuple()[:6])
    info.external_attr = 0o600 << 16
    parts = iter(content)
    first = next(parts, b"")
    with archive.open(info, "w", force_zip64=large) as file:
        file.write(first)
        yield pipe.drained()
        for part in parts:
            file.write(part)
            yield pipe.drained()
    yield pipe.drained()


def patiently(kit: Kit, key: bytes, place: Place, row: DocumentObject) -> bytes:
    """One object, opened. Others may be in the store just now (`adapters.gate`): that alone cuts nothing off."""
    for _ in range(TRIES - 1):
        try:
            return opened(kit.store, key, place, row)
        except StorageHangsError:
            raise
        except StorageUnavailableError:
            time.sleep(AGAIN_SECONDS)
    return opened(kit.store, key, place, row)
