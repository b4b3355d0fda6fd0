"""Which filings are between their last byte sent and the first byte answered, and which of them never got an answer."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field

from devstack.ports import LOOPBACK
from tests.crash.visitor import FORM, Answer, Fields, Visitor


class Flight:
    """Shared by the clients, who fly, and by the killer, who looks."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next = 0
        self._flying: set[int] = set()
        self._lost: set[int] = set()

    def depart(self) -> int:
        """A filing is on its way; its number."""
        with self._changed:
            self._next += 1
            self._flying.add(self._next)
            self._changed.notify_all()
            return self._next

    def land(self, number: int, *, lost: bool) -> None:
        """Its answer has come, or never will."""
        with self._changed:
            self._flying.discard(number)
            if lost:
                self._lost.add(number)
            self._changed.notify_all()

    def wait_departure(self, seconds: float) -> bool:
        """Wait until a filing is in flight; False when none is within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._flying), seconds)

    def now(self) -> frozenset[int]:
        """The filings that are in flight at this instant."""
        with self._changed:
            return frozenset(self._flying)

    def lost_of(self, numbers: frozenset[int], seconds: float) -> int:
        """How many of `numbers` never got an answer; waits until all have landed, `seconds` at most."""
        with self._changed:
            self._changed.wait_for(lambda: not numbers & self._flying, seconds)
            return len(numbers & self._lost)


class _Watched(http.client.HTTPConnection):
    """In flight from the end of sending to the first line of the answer."""

    flight: Flight | None = None

    def getresponse(self) -> http.client.HTTPResponse:
        if self.flight is None:
            return super().getresponse()
        number, lost = self.flight.depart(), True
        try:
            response = super().getresponse()
            lost = False
        finally:
            self.flight.land(number, lost=lost)
        return response


@dataclass
class Applicant(Visitor):
    """A visitor whose filings can be seen in flight."""

    flight: Flight = field(default_factory=Flight)
    sent_at: float = 0.0
    """When the last filing was begun, in seconds since 1970."""

    def file(self, fields: Fields) -> Answer:
        """Send the check page's form; as `post`."""
        if not isinstance(self._connection, _Watched):
            self.close()
            self._connection = _Watched(LOOPBACK, self.port, timeout=self.seconds)
        watched = self._connection
        watched.flight, self.sent_at = self.flight, time.time()
        try:
            return self.post(FORM, fields)
        finally:
            watched.flight = None
