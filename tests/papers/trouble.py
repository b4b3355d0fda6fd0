"""Something breaks while a piece or a check is under way; then all runs again, and the person goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.papers.oracle import Sent
from tests.papers.steps import Sequence

SERVER, DATABASE, STORE, WORKER = "server", "database", "store", "worker"
HEAVY = (SERVER, DATABASE, STORE, WORKER)
"""What takes seconds to come back: planned by number. The rest comes as the seed has it."""


@contextmanager
def broken(sequence: Sequence) -> Iterator[None]:
    """Until the end of the block, answers may be missing."""
    sequence.calm = False
    try:
        yield
    finally:
        sequence.house.calm()
        sequence.calm = True


def heavy(sequence: Sequence, kind: str, file: Sent) -> None:
    """One of HEAVY, while this file is sent or checked."""
    house, chance = sequence.house, sequence.chance
    if kind == WORKER:
        sequence.resume(file)
        sequence.check(file, kill=True)
        return
    breaks: dict[str, Callable[[], None]] = {
        SERVER: house.kill_server,
        DATABASE: lambda: house.break_database(crash=chance.random() < 0.5),
        STORE: house.stop_store,
    }
    with broken(sequence):
        _while_sending(sequence, file, breaks[kind])
        if kind != SERVER and chance.random() < 0.5:
            sequence.piece(file)  # to a portal that has lost its half
    sequence.resume(file)


def light(sequence: Sequence, file: Sent) -> None:
    """The store is slow, or answers badly, while this file is sent, checked or taken back."""
    house, chance = sequence.house, sequence.chance
    with broken(sequence):
        if chance.random() < 0.25:
            house.slow_store(chance.uniform(0.1, 0.6))
        else:
            house.shake(chance)
        act = chance.choice(("piece", "piece", "resume", "check", "delete"))
        if act == "check" and file.whole and not file.ready:
            house.line.standing = None  # a worker is patient: it would ask for seven seconds
            sequence.check(file)
        elif act == "delete" and chance.random() < 0.3:
            sequence.delete(file)
        elif not file.whole:
            sequence.piece(file, most=400_000)
    if act == "resume" and not file.deleted:
        sequence.resume(file)


def _while_sending(sequence: Sequence, file: Sent, act: Callable[[], None]) -> None:
    """Break something at any moment of a PATCH: while its bytes come, or while it is stored."""
    chance, rest = sequence.chance, file.content.data[file.acked :]
    if chance.random() < 0.4:
        line = sequence.phone.opened(file.place, file.acked, len(rest))
        line.sendall(rest[: len(rest) // 2])
        time.sleep(chance.uniform(0, 0.05))
        act()
        line.close()
        return
    start, seconds = file.acked, chance.uniform(0, 0.08)
    hand = threading.Thread(target=lambda: sequence.patch(file, start, rest))
    hand.start()
    time.sleep(seconds)
    act()
    hand.join()
