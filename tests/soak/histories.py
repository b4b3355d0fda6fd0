"""The histories at full count: a thousand households, every day of each against an independent replay.

First the domain alone, then a thousand through the services on the real database, in two processes. No server is needed.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

from devstack.stack import Stack
from tests.devstack.database import Database
from tests.histories.compare import run_histories
from tests.histories.served import Served, run_served, verify
from tests.pages.world import World, world_of
from tests.soak.parts import Part, Request, Result

COUNT = 1_000
PROCESSES = 2
SHARE = 10
"""Histories that a process takes at a time."""
_AT_END = 0.03
"""Of the time, for the chain of the register."""
_stacks: list[Stack] = []
"""The one of this run, for the processes that are forked from this one."""


def run(stack: Stack, request: Request) -> Result:
    """All of them, from the asked seed on."""
    count, begun = request.count or COUNT, time.monotonic()
    found = run_histories(request.seed, count, seconds=request.seconds)
    line = (
        f"histories: {found.histories}, {found.reports} reports with {found.steps} steps ({found.corrected} corrections, "
        f"{found.withdrawn} withdrawn, {found.dropped} steps dropped, {found.refused} refused), {found.days} days compared, "
        f"{len(found.faults)} faults"
    )
    served = _served(stack, request.seed, count, begun + request.seconds * (1 - _AT_END))
    if served.histories != count:
        served.faults.append(f"only {served.histories} of {count} histories through the services in the time")
    faults = [*found.faults, *served.faults]
    if faults:
        faults.append("one alone: make soak ARGS='histories --seed NUMBER --count 1'")
    figures = {name: value for name, value in asdict(found).items() if name != "faults"}
    through = {name: value for name, value in asdict(served).items() if name != "faults"}
    return Result(f"{line}\n{served.line()}", figures | {"through_the_services": through}, tuple(faults[:20]))


def _served(stack: Stack, seed: int, count: int, until: float) -> Served:
    """Forked before this process has opened a connection: none may be shared."""
    _stacks[:] = [stack]
    found = Served()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("fork")) as pool:
        for share in pool.map(_share, *zip(*_shares(seed, count, until), strict=True)):
            found.add(share)
    verify(World(stack, Database(stack.postgres)), found)
    return found


def _shares(seed: int, count: int, until: float) -> Iterator[tuple[int, int, float]]:
    for first in range(seed, seed + count, SHARE):
        yield first, min(SHARE, seed + count - first), until


def _share(seed: int, count: int, until: float) -> Served:
    """In a process of its own, whose world is made once."""
    (stack,) = _stacks
    if not _databases:
        _databases.append(Database(stack.postgres))
    return run_served(world_of(stack, _databases[0]), range(seed, seed + count), until=until)


_databases: list[Database] = []

part = Part("histories", "1,000 random histories of reports, corrections and withdrawals, replayed day by day", run)
