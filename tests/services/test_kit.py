"""The bundle of adapters: made in every process, so it costs little and asks nobody."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from botocore.loaders import JSONFileLoader

from devstack.stack import Stack
from portal.adapters.clock import SystemClock
from portal.adapters.gate import GatedStore
from portal.adapters.objects import ObjectStore, StorageUnavailableError
from portal.services.kit import WRITE_ATTEMPTS, WRITE_SECONDS, build_kit
from portal.settings import Settings
from tests.adapters.answering import Answering

PROXY_SECONDS = 30
"""As docs/operations.md has it: then the proxy answers in our place."""


def test_it_asks_nobody_and_reads_nothing_twice(bare_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3's description of S3 is the dear part (megabytes of JSON): it is read once in a process."""
    settings = Settings.from_env(bare_stack.env("citizen"))
    build_kit(settings, SystemClock())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it asks somebody, or reads its description again")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(JSONFileLoader, "load_file", refuse)
    build_kit(settings, SystemClock())


def asked_for(bare_stack: Stack, web: bool, act: Callable[[ObjectStore], object]) -> int:
    """How often a store that says no is asked."""
    asked: list[bytes] = []
    with Answering(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", asked) as url:
        settings = Settings.from_env({**bare_stack.env("citizen"), "S3_ENDPOINT_URL": url})
        with pytest.raises(StorageUnavailableError):
            act(build_kit(settings, SystemClock(), web=web).store)
    return len(asked)


@pytest.mark.parametrize(("web", "reads", "writes"), [(True, 1, WRITE_ATTEMPTS), (False, 4, 4)])
def test_people_wait_for_the_store_less_long_than_jobs_do(
    bare_stack: Stack, web: bool, reads: int, writes: int
) -> None:
    assert asked_for(bare_stack, web, lambda store: store.get("d/00/x")) == reads
    assert asked_for(bare_stack, web, lambda store: store.put("d/00/x", b"x", "text/plain")) == writes


def test_only_pages_stand_behind_the_gate(bare_stack: Stack) -> None:
    settings = Settings.from_env(bare_stack.env("citizen"))
    assert isinstance(build_kit(settings, SystemClock()).store, GatedStore)
    assert not isinstance(build_kit(settings, SystemClock(), web=False).store, GatedStore)


def test_the_proxy_waits_longer_than_a_page_does() -> None:
    assert WRITE_ATTEMPTS * (WRITE_SECONDS + 1) < PROXY_SECONDS
