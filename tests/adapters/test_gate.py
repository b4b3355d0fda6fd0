"""The gate before the object store: who waits, who is sent away, and when somebody tries again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest

from portal.adapters.gate import REST_SECONDS, Gate
from portal.adapters.objects import ObjectMissingError, StorageHangsError, StorageUnavailableError


class Seconds:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def meets(gate: Gate, error: type[Exception]) -> None:
    """Somebody goes, and the store does that."""
    with pytest.raises(error), gate.passed():
        raise error


def shut(gate: Gate) -> bool:
    """Whether whoever comes now is sent away without a try; else the store answered."""
    tried = False
    try:
        with gate.passed():
            tried = True
    except StorageUnavailableError:
        return not tried
    return False


@contextmanager
def inside(gate: Gate, count: int) -> Iterator[tuple[Event, ThreadPoolExecutor]]:
    """So many are in the store until the event is set."""
    go = Event()
    with ThreadPoolExecutor(count + 2) as pool:
        arrived = [Event() for _ in range(count)]

        def stay(there: Event) -> None:
            with gate.passed():
                there.set()
                assert go.wait(30)

        for there in arrived:
            pool.submit(stay, there)
        try:
            assert all(there.wait(30) for there in arrived)
            yield go, pool
        finally:
            go.set()


def test_after_a_time_out_nobody_tries_for_a_while() -> None:
    clock = Seconds()
    gate = Gate(clock)
    meets(gate, StorageHangsError)
    assert shut(gate)
    clock.now += REST_SECONDS - 0.1
    assert shut(gate)
    clock.now += 0.1
    assert not shut(gate)
    assert not shut(gate)


def test_after_the_rest_one_alone_tries_and_the_others_follow_its_luck() -> None:
    clock = Seconds()
    gate = Gate(clock)
    meets(gate, StorageHangsError)
    clock.now += REST_SECONDS
    with gate.passed():
        assert shut(gate), "the first has not come back"
    assert not shut(gate)
    meets(gate, StorageHangsError)
    clock.now += REST_SECONDS
    meets(gate, StorageHangsError)
    assert shut(gate), "it hung again, and rests again"
    clock.now += REST_SECONDS
    assert not shut(gate)


@pytest.mark.parametrize("error", [StorageUnavailableError, ObjectMissingError, RuntimeError])
def test_what_fails_at_once_holds_nobody_up(error: type[Exception]) -> None:
    clock = Seconds()
    gate = Gate(clock)
    meets(gate, error)
    assert not shut(gate)
    meets(gate, StorageHangsError)
    clock.now += REST_SECONDS
    meets(gate, error)
    assert not shut(gate)


def test_a_third_one_is_sent_away_when_nobody_comes_back() -> None:
    gate = Gate(places=2, wait=0.05)
    with inside(gate, 2):
        assert shut(gate)
    assert not shut(gate)


def test_once_somebody_waited_in_vain_nobody_else_waits_until_one_comes_back() -> None:
    gate = Gate(places=1, wait=0.05)
    with inside(gate, 1):
        assert shut(gate)
        gate._wait = 600  # whoever waited now would wait for ten minutes
        assert shut(gate)
    assert not shut(gate)
    with inside(gate, 1) as (go, pool):
        third = pool.submit(shut, gate)
        go.set()
        assert third.result(30) is False, "it waited, and had its turn"


def test_who_waits_is_sent_away_with_the_one_that_hung() -> None:
    gate = Gate(places=1, wait=600)
    with ThreadPoolExecutor(1) as pool:
        waiting: list[Future[bool]] = []

        def hang() -> None:
            with gate.passed():
                waiting.append(pool.submit(shut, gate))
                raise StorageHangsError

        with pytest.raises(StorageHangsError):
            hang()
        assert waiting[0].result(30) is True
