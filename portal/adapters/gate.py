"""A gate before the object store, for processes whose few threads also answer people who want no file.

A store that hangs must take no more than `PLACES` threads of a process, and those not again and again. So no more may be
in the store at once; whoever finds no place waits a second at most, and nobody waits after somebody has waited in vain.
After a time-out nobody goes to the store for `REST_SECONDS`; then one goes, and its luck is the others'.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Condition
from typing import Final

from portal.adapters.objects import ObjectStore, StorageHangsError, StorageUnavailableError

PLACES: Final = 2
"""Threads of one process in the store at once, of its four. A file that is sent uses two of them."""
WAIT_SECONDS: Final = 1.0
"""How long a thread waits for a place; while others come and go, for a second after each of them."""
REST_SECONDS: Final = 15.0
"""How long nobody tries after a time-out."""


class Gate:
    """Who may go to the store now. One serves all threads of a process. `seconds`: a clock that never goes back."""

    def __init__(
        self, seconds: Callable[[], float] = time.monotonic, *, places: int = PLACES, wait: float = WAIT_SECONDS
    ) -> None:
        self._seconds, self._free, self._wait = seconds, places, wait
        self._turn = Condition()
        self._in_vain = False
        """Somebody has waited, and nobody has come back since."""
        self._rests_until: float | None = None
        """None: the store answers, as far as is known."""
        self._trying = False
        """After a rest one is on the way, to see."""

    @contextmanager
    def passed(self) -> Iterator[None]:
        """One way to the store and back. Raises StorageUnavailableError, in place of going, when it should not be tried."""
        self._enter()
        hung = False
        try:
            yield
        except StorageHangsError:
            hung = True
            raise
        finally:
            self._leave(hung=hung)

    def _enter(self) -> None:
        with self._turn:
            while True:
                self._refuse_at_rest()
                if self._free:
                    break
                if self._in_vain or not self._turn.wait(self._wait):
                    self._in_vain = True
                    raise StorageUnavailableError("too many wait for it")
            self._free -= 1
            self._trying = self._rests_until is not None

    def _refuse_at_rest(self) -> None:
        if self._rests_until is not None and (self._trying or self._seconds() < self._rests_until):
            raise StorageUnavailableError("it has hung")

    def _leave(self, *, hung: bool) -> None:
        """An answer of any kind, a refusal too, ends the rest: what fails at once holds nobody up."""
        with self._turn:
            self._free += 1
            self._in_vain = self._trying = False
            self._rests_until = self._seconds() + REST_SECONDS if hung else None
            self._turn.notify_all()


class GatedStore(ObjectStore):
    """An object store behind a gate, with a patience of its own for what is read: somebody looks at the page."""

    def __init__(self, *, reading: ObjectStore, writing: ObjectStore, gate: Gate) -> None:
        # Both have their client: nothing of a store itself is wanted here.
        self._reading, self._writing, self._gate = reading, writing, gate

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """As the store does; StorageUnavailableError at once while it hangs."""
        with self._gate.passed():
            self._writing.put(key, body, content_type)

    def get(self, key: str) -> bytes:
        """As the store does; StorageUnavailableError at once while it hangs."""
        with self._gate.passed():
            return self._reading.get(key)

    def delete(self, key: str) -> None:
        """As the store does; StorageUnavailableError at once while it hangs."""
        with self._gate.passed():
            self._writing.delete(key)

    def listed(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """As the store does, past the gate: no page lists, commands and jobs do."""
        return self._writing.listed(prefix)
