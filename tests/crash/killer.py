"""Ends gunicorn, and now and then PostgreSQL, with SIGKILL while filings are in flight, and starts them again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from devstack.postgres import Postgres
from tests.crash.flight import Flight
from tests.crash.pacer import Pacer
from tests.crash.portal import CrashServer

LONGEST_DELAY = 0.04
"""Seconds from a filing's departure to the kill, at most: about as long as a filing takes under load."""
WAIT = 3.0
SETTLE = 1.0
LOOKS = 10


@dataclass
class Kills:
    """What was ended so far."""

    all: int = 0
    in_flight: int = 0
    """Those by which at least one filing that was in flight lost its answer."""
    answers: int = 0
    """The answers that were lost so."""
    postgres: int = 0
    postgres_in_flight: int = 0
    """Those that came while at least one filing was in flight."""


class Killer:
    """Works through the plan in the calling thread. `deadline` is of time.monotonic."""

    def __init__(
        self, server: CrashServer, postgres: Postgres, flight: Flight, pacer: Pacer, seed: int, deadline: float
    ) -> None:
        self.server = server
        self.postgres = postgres
        self.flight = flight
        self.pacer = pacer
        self.chance = Random(seed)  # noqa: S311 - the same kills in each run
        self.deadline = deadline
        self.kills = Kills()

    def work(self, wanted: int, postgres: int, stopped: Callable[[], bool]) -> None:
        """Until `wanted` kills have hit a filing in flight, or the time is up; `postgres` of the rounds end PostgreSQL first."""
        first = self.pacer.total // 10
        chosen = set(self.chance.sample(range(wanted), postgres))
        for _ in range(wanted * 3):  # not every kill hits
            done = self.kills.in_flight
            if done >= wanted or stopped() or time.monotonic() > self.deadline:
                break
            self.pacer.wait_open(2, SETTLE)
            self.pacer.allow(first + (self.pacer.total - first) * (done + 1) // wanted)
            if done in chosen:
                chosen.remove(done)
                self._end_postgres()
                self.pacer.allow_more(2)
            self._end_server()
        self.pacer.allow(self.pacer.total)

    def _await_flight(self) -> frozenset[int]:
        """The filings in flight, a moment after one of them departed; the moment differs each time. Rarely empty."""
        for _ in range(LOOKS):
            if not self.flight.wait_departure(WAIT):
                self.pacer.allow_more(2)
                continue
            time.sleep(self.chance.uniform(0, LONGEST_DELAY))
            if flying := self.flight.now():
                return flying
        return frozenset()

    def _end_server(self) -> None:
        flying = self._await_flight()
        self.server.kill()
        lost = self.flight.lost_of(flying, WAIT)
        self.kills.all += 1
        self.kills.in_flight += bool(lost)
        self.kills.answers += lost
        self.server.start()

    def _end_postgres(self) -> None:
        flying = self._await_flight()
        self.postgres.kill()
        self.kills.postgres += 1
        self.kills.postgres_in_flight += bool(flying)
        self.postgres.start()
