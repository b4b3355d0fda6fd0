"""Watches what runs: says which process died, and starts the portal's own again, a bounded number of times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from devstack.process import Server, StartError

MAX_RESTARTS = 5
WINDOW_SECONDS = 60.0
FIRST_DELAY = 0.5


class GaveUpError(RuntimeError):
    """A process died too often; the message names it and carries the end of its log."""


@dataclass
class _Watched:
    server: Server
    restart: bool
    deaths: list[float] = field(default_factory=list)
    due: float | None = None
    reported: bool = False


class Supervisor:
    """`step` looks once; call it a few times a second. `restarted` come back, `reported` are only reported."""

    def __init__(
        self,
        *,
        restarted: Sequence[Server],
        reported: Sequence[Server],
        say: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._watched = [_Watched(server, restart=True) for server in restarted]
        self._watched += [_Watched(server, restart=False) for server in reported]
        self._say = say
        self._now = now

    def step(self) -> None:
        """Look at each process once. Raises GaveUpError after MAX_RESTARTS deaths within WINDOW_SECONDS."""
        for one in self._watched:
            if one.server.running:
                one.reported = False
            elif one.due is not None:
                self._start_again(one)
            elif one.restart:
                self._died(one)
            elif not one.reported:
                one.reported = True
                self._say(
                    f"{one.server.name} ended unexpectedly; see {one.server.log_path}. "
                    f"Ctrl-C and `make run` bring it back."
                )

    def _died(self, one: _Watched) -> None:
        now = self._now()
        one.deaths = [at for at in one.deaths if now - at < WINDOW_SECONDS] + [now]
        if len(one.deaths) > MAX_RESTARTS:
            raise GaveUpError(
                f"{one.server.name} ended {len(one.deaths)} times within {WINDOW_SECONDS:.0f} s:\n"
                f"{one.server.log_tail()}"
            )
        delay = FIRST_DELAY * 2 ** (len(one.deaths) - 1)
        one.due = now + delay
        self._say(f"{one.server.name} ended unexpectedly; starting it again in {delay:g} s.")

    def _start_again(self, one: _Watched) -> None:
        if one.due is None or self._now() < one.due:
            return
        one.due = None
        try:
            one.server.start(wait=False)
        except (OSError, StartError) as error:
            self._say(f"{one.server.name} cannot be started: {error}")
