"""Memory while many papers come at once and while one is checked, and how long a paper takes until it is ready."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median

import psutil  # type: ignore[import-untyped, unused-ignore]
import psycopg

from bench.people import Person
from bench.servers import Bench
from bench.uploads import SIZE, Sender, picture
from devstack.portal import PortalWorker
from devstack.postgres import OWNER
from tests.servers import PROJECT

AT_ONCE = 8
LARGE = 20 * 1024 * 1024
LIMIT_MB = 64.0
"""Above idle, for each web process."""
CHECKS = 5
MB = 1024 * 1024
EVERY = 0.02
LONGEST = 120.0


@dataclass
class Peaks:
    """The most that was seen of each process, in bytes: its own memory (USS), and all that it has in memory (RSS)."""

    own: dict[int, int] = field(default_factory=dict)
    whole: dict[int, int] = field(default_factory=dict)

    def look(self, process: psutil.Process) -> None:
        """Note what it has now."""
        with suppress(psutil.Error):
            found = process.memory_full_info()
            self.own[process.pid] = max(self.own.get(process.pid, 0), found.uss)
            self.whole[process.pid] = max(self.whole.get(process.pid, 0), found.rss)


@dataclass(frozen=True)
class Weights:
    """What was measured."""

    idle: Peaks
    """Of the web processes, once each had taken a file."""
    busy: Peaks
    seconds: float
    """Until all of the files that came at once were received."""
    ready: list[float]
    """Milliseconds from the first byte to "ready"."""
    worker: int
    child: int
    """The most that the worker, and the child that opens files, had in memory; bytes."""

    @property
    def above(self) -> float:
        """The web process that grew most, in MB."""
        return max(self.busy.own[pid] - own for pid, own in self.idle.own.items()) / MB


def measure(bench: Bench, person: Person, sender: Sender) -> Weights:
    """First eight at once without a worker, then one after the other with one."""
    assert bench.portal.pid is not None
    web = psutil.Process(bench.portal.pid).children()
    senders = [Sender(person, bench.portal.port) for _ in range(AT_ONCE)]
    for one in senders:
        one.whole(os.urandom(1000))  # everything is imported and connected
    idle, busy = Peaks(), Peaks()
    for process in web:
        idle.look(process)
    begun = time.perf_counter()
    with _watched(busy, lambda: web), ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda one: one.whole(os.urandom(LARGE)), senders))
    seconds = time.perf_counter() - begun
    _forget_jobs(bench)
    worker = PortalWorker(bench.stack.root, PROJECT, bench.stack.env("worker"))
    worker.start()
    try:
        own = psutil.Process(worker.pid)
        peaks = Peaks()
        with _watched(peaks, lambda: [own, *own.children(recursive=True)]):
            ready = [_until_ready(bench, sender, picture()) for _ in range(CHECKS)][1:]
    finally:
        worker.stop()
    children = [whole for pid, whole in peaks.whole.items() if pid != own.pid]
    return Weights(idle, busy, seconds, ready, peaks.whole[own.pid], max(children, default=0))


def table(found: Weights) -> Iterator[str]:
    """The lines to print."""
    own = ", ".join(f"{found.idle.own[pid] / MB:.0f} to {found.busy.own[pid] / MB:.0f}" for pid in found.idle.own)
    over = "" if found.above <= LIMIT_MB else f"   OVER {LIMIT_MB:g} MB"
    yield f"{AT_ONCE} uploads of {LARGE // MB} MB at once, each in one PATCH: {found.seconds:.1f} s"
    yield f"  web processes, own memory (USS) in MB: {own}; at most {found.above:.1f} above idle{over}"
    yield f"  all of it (RSS) in MB: {', '.join(f'{whole / MB:.0f}' for whole in found.busy.whole.values())}"
    yield f"a photograph of {SIZE / 1e6:.0f} MB, 12 million pixels, with a worker, {len(found.ready)} times:"
    yield f"  first byte to ready: {median(found.ready):.0f} ms (from {min(found.ready):.0f} to {max(found.ready):.0f})"
    yield f"  peak (RSS): worker {found.worker / MB:.0f} MB, the child that opens it {found.child / MB:.0f} MB"


def _until_ready(bench: Bench, sender: Sender, content: bytes) -> float:
    sender.anew()
    place = sender.announce(len(content))
    with psycopg.connect(bench.postgres.url(OWNER), autocommit=True) as connection:
        begun = time.perf_counter()
        sender.piece(place, 0, content)
        while (state := _state(connection, place)) != "ready":
            if state == "refused" or time.perf_counter() - begun > LONGEST:
                raise RuntimeError(f"the photograph of the bench is {state}")
            time.sleep(0.005)
        return (time.perf_counter() - begun) * 1000


def _state(connection: psycopg.Connection[tuple[str]], place: str) -> str:
    row = connection.execute("SELECT state FROM document_file WHERE id = %s", [place.rpartition("/")[2]]).fetchone()
    return row[0] if row else "gone"


def _forget_jobs(bench: Bench) -> None:
    """The worker is not to check what only weighed."""
    with psycopg.connect(bench.postgres.url(OWNER)) as connection:
        connection.execute("SET LOCAL search_path = public, jobs")  # the queue's own triggers need it
        connection.execute("DELETE FROM procrastinate_jobs")


@contextmanager
def _watched(peaks: Peaks, processes: Callable[[], Iterable[psutil.Process]]) -> Iterator[None]:
    """Look at the processes again and again until the end of the block."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            with suppress(psutil.Error):
                for process in processes():
                    peaks.look(process)

    hand = threading.Thread(target=watch)
    hand.start()
    try:
        yield
    finally:
        over.set()
        hand.join()
