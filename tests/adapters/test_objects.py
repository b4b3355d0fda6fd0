"""Objects over the real S3 of the embedded stack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devstack.s3 import S3
from devstack.stack import Stack
from portal.adapters.objects import ObjectStore, StorageUnavailableError
from portal.settings import S3Settings, Settings


@pytest.fixture
def settings(bare_stack: Stack, s3: S3) -> S3Settings:
    """The address and keys of the store."""
    return Settings.from_env(bare_stack.env("worker")).s3


def store(settings: S3Settings) -> ObjectStore:
    return ObjectStore(
        endpoint_url=settings.endpoint_url,
        bucket=settings.bucket,
        access_key_id=settings.access_key_id,
        secret_access_key=settings.secret_access_key,
        region=settings.region,
    )


@pytest.mark.parametrize("body", [b"", b"x", b"\x00\xff" * 500_000], ids=["empty", "small", "megabyte"])
def test_an_object_goes_there_and_back(settings: S3Settings, body: bytes) -> None:
    objects = store(settings)
    objects.put("test/there", body, "application/octet-stream")
    assert objects.get("test/there") == body


def test_the_last_one_counts(settings: S3Settings) -> None:
    objects = store(settings)
    objects.put("test/twice", b"one", "text/plain")
    objects.put("test/twice", b"two", "text/plain")
    assert objects.get("test/twice") == b"two"


def test_keys_stand_in_order_and_under_their_prefix(settings: S3Settings) -> None:
    objects = store(settings)
    for name in ("b", "a", "c/d"):
        objects.put(f"listed/{name}", b"x", "text/plain")
    objects.put("elsewhere/x", b"x", "text/plain")
    assert objects.keys("listed/") == ("listed/a", "listed/b", "listed/c/d")
    assert objects.keys("nothing/") == ()


def test_what_is_not_there(settings: S3Settings) -> None:
    with pytest.raises(StorageUnavailableError):
        store(settings).get("test/never")


def test_a_wrong_key_opens_nothing(settings: S3Settings) -> None:
    stranger = store(replace(settings, secret_access_key="0" * 40))
    for act in (
        lambda: stranger.get("test/there"),
        lambda: stranger.keys(""),
        lambda: stranger.put("test/x", b"", "a/b"),
    ):
        with pytest.raises(StorageUnavailableError):
            act()


def test_no_server_is_told_apart_from_a_fault_of_ours(settings: S3Settings) -> None:
    away = store(replace(settings, endpoint_url="http://127.0.0.1:1"))
    with pytest.raises(StorageUnavailableError):
        away.put("test/x", b"", "text/plain")
