"""The bytes of a piece on their way from a connection to the store: in runs, each encrypted and kept while the next arrives."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Protocol

from portal.adapters.objects import ObjectStore, StorageUnavailableError
from portal.domain.document import ObjectRole
from portal.services.documents.keeping import Kept, Place, forget, keep

SEGMENT: Final = 1024 * 1024
"""The most bytes that one object of a raw file holds."""
RUNS_AT_ONCE: Final = 2
"""Runs of one piece that are held in memory, and put, at the same time."""


class Stream(Protocol):
    """Bytes that are still on their way."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end, or where the connection broke off."""


def keep_runs(
    store: ObjectStore, key: bytes, place: Place, offset: int, arriving: Iterator[bytes]
) -> tuple[list[Kept], StorageUnavailableError | None]:
    """What lies in the store without a gap, and the error of the store that ended it. Any other error takes all away.

    While a run is put, the next one arrives.
    """
    kept: list[Kept] = []
    under_way: deque[Future[Kept]] = deque()
    with ThreadPoolExecutor(RUNS_AT_ONCE) as pool:
        try:
            for run in arriving:
                under_way.append(pool.submit(keep, store, key, place, ObjectRole.RAW, offset, run))
                offset += len(run)
                if len(under_way) == RUNS_AT_ONCE:
                    kept.append(under_way.popleft().result())
            while under_way:
                kept.append(under_way.popleft().result())
        except StorageUnavailableError as error:
            forget(store, _keys_of(under_way))
            return kept, error
        except BaseException:
            forget(store, (*(one.object_key for one in kept), *_keys_of(under_way)))
            raise
    return kept, None


def _keys_of(under_way: Iterable[Future[Kept]]) -> list[str]:
    """Of the runs that were put after all."""
    return [one.result().object_key for one in under_way if one.exception() is None]


def segments(stream: Stream, length: int, running: hashlib._Hash | None) -> Iterator[bytes]:
    """Runs of at most SEGMENT bytes, until `length` or the end; `running` sums them up."""
    left = length
    while left:
        run = bytearray()
        while len(run) < min(SEGMENT, left):
            piece = stream.read(min(SEGMENT, left) - len(run))
            if not piece:
                break
            run += piece
        if not run:
            return
        left -= len(run)
        if running is not None:
            running.update(run)
        yield bytes(run)
