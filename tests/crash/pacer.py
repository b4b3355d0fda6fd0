"""Hands the intents out in step with the kills, so that none of the kills comes when everything is filed already."""

from __future__ import annotations

import threading


class Pacer:
    """Counts up to `total`; a number is given out only once it is allowed."""

    def __init__(self, total: int, allowed: int) -> None:
        self.total = total
        self._changed = threading.Condition()
        self._allowed = min(allowed, total)
        self._taken = 0
        self._finished = 0
        self._closed = False

    def take(self, seconds: float) -> int | None:
        """The next number, from 1; None when all are taken, it was closed, or `seconds` have passed."""
        with self._changed:
            done = self._changed.wait_for(
                lambda: self._closed or self._taken < self._allowed or self._taken == self.total, seconds
            )
            if not done or self._closed or self._taken == self.total:
                return None
            self._taken += 1
            return self._taken

    def finish(self) -> None:
        """One that was taken is done."""
        with self._changed:
            self._finished += 1
            self._changed.notify_all()

    def allow(self, count: int) -> None:
        """From now on `count` may be taken in all; never fewer than before."""
        with self._changed:
            self._allowed = min(max(count, self._allowed), self.total)
            self._changed.notify_all()

    def allow_more(self, count: int) -> None:
        """Allow `count` beyond those that are allowed."""
        self.allow(self._allowed + count)

    def wait_open(self, count: int, seconds: float) -> bool:
        """Wait until at most `count` of the allowed are not done; False when they are more after `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._allowed - self._finished <= count or self._closed, seconds)

    def close(self) -> None:
        """Nothing more is given out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
