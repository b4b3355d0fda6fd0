"""Objects over the real S3 of the embedded stack."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from devstack.ports import LOOPBACK
from devstack.s3 import S3
from devstack.stack import Stack
from portal.adapters.objects import ObjectMissingError, ObjectStore, StorageHangsError, StorageUnavailableError
from portal.settings import S3Settings, Settings
from tests.adapters.answering import Answering
from tests.frozen import frozen


@pytest.fixture
def settings(bare_stack: Stack, s3: S3) -> S3Settings:
    """The address and keys of the store."""
    return Settings.from_env(bare_stack.env("worker")).s3


def store(settings: S3Settings, *, read_timeout: float = 20, max_attempts: int = 4) -> ObjectStore:
    return ObjectStore(**asdict(settings), read_timeout=read_timeout, max_attempts=max_attempts)


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


def test_what_is_not_there_is_told_apart_from_a_store_that_is_away(settings: S3Settings) -> None:
    with pytest.raises(ObjectMissingError):
        store(settings).get("test/never")
    assert not issubclass(ObjectMissingError, StorageUnavailableError)
    with pytest.raises(StorageUnavailableError):
        store(replace(settings, bucket="no-such-bucket")).get("test/never")


def test_what_is_deleted_is_gone_and_may_be_deleted_again(settings: S3Settings) -> None:
    objects = store(settings)
    objects.put("deleted/one", b"x", "text/plain")
    objects.put("deleted/two", b"y", "text/plain")
    objects.delete("deleted/one")
    with pytest.raises(ObjectMissingError):
        objects.get("deleted/one")
    assert objects.keys("deleted/") == ("deleted/two",)
    objects.delete("deleted/one")
    objects.delete("deleted/never")
    assert objects.get("deleted/two") == b"y"


def test_the_list_says_since_when(settings: S3Settings) -> None:
    objects, begun = store(settings), datetime.now(UTC) - timedelta(seconds=2)  # whole seconds, in S3
    for name in ("b", "a"):
        objects.put(f"aged/{name}", b"x", "text/plain")
    listed = list(objects.listed("aged/"))
    assert [key for key, _ in listed] == ["aged/a", "aged/b"]
    for _, changed in listed:
        assert changed.tzinfo is UTC
        assert begun < changed < datetime.now(UTC) + timedelta(seconds=2)
    assert list(objects.listed("nothing/")) == []


def test_a_list_of_several_pages(settings: S3Settings, s3: S3) -> None:
    folder = s3.data / settings.bucket / "many"
    folder.mkdir()
    names = [f"{number:04}" for number in range(1003)]
    for name in names:
        (folder / name).touch()
    s3.restart()  # rclone remembers for a while which folders there are
    assert [key for key, _ in store(settings).listed("many/")] == [f"many/{name}" for name in names]
    shutil.rmtree(folder)


def test_one_store_serves_all_threads(settings: S3Settings) -> None:
    objects = store(settings)

    def there_and_back(number: int) -> bool:
        body = os.urandom(50_000)
        objects.put(f"threads/{number}", body, "application/octet-stream")
        return objects.get(f"threads/{number}") == body

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, range(64)))


def test_stores_may_be_made_by_several_threads(settings: S3Settings) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: store(settings), range(24)))
    made[0].put("threads/made", b"x", "text/plain")
    assert all(one.get("threads/made") == b"x" for one in made)


def test_a_wrong_key_opens_nothing(settings: S3Settings) -> None:
    stranger = store(replace(settings, secret_access_key="0" * 40))
    for act in acts(stranger):
        with pytest.raises(StorageUnavailableError):
            act()


def acts(objects: ObjectStore) -> tuple[Callable[[], object], ...]:
    """All that a store does."""
    return (
        lambda: objects.put("test/x", b"", "text/plain"),
        lambda: objects.get("test/there"),
        lambda: objects.delete("test/x"),
        lambda: objects.keys(""),
        lambda: list(objects.listed("")),
    )


def test_no_server_is_told_apart_from_a_fault_of_ours(settings: S3Settings) -> None:
    for act in acts(store(replace(settings, endpoint_url=f"http://{LOOPBACK}:1"))):
        with pytest.raises(StorageUnavailableError):
            act()


def test_a_store_that_was_away_is_used_again(settings: S3Settings, s3: S3) -> None:
    objects = store(settings)
    objects.put("test/there", b"x", "text/plain")
    s3.stop()
    for act in acts(objects):
        with pytest.raises(StorageUnavailableError):
            act()
    s3.start()
    assert objects.get("test/there") == b"x"


def test_a_store_that_hangs_is_given_up(settings: S3Settings, s3: S3) -> None:
    objects = store(settings, read_timeout=1, max_attempts=2)
    objects.put("test/there", b"x", "text/plain")
    with frozen(s3.pid):
        for act in acts(objects)[:2]:
            with pytest.raises(StorageHangsError):
                act()
    assert objects.get("test/there") == b"x"


@pytest.mark.parametrize("tries", [1, 2, 4])
def test_it_tries_as_often_as_said(settings: S3Settings, tries: int) -> None:
    asked: list[bytes] = []
    with Answering(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", asked) as url:
        with pytest.raises(StorageUnavailableError):
            store(replace(settings, endpoint_url=url), max_attempts=tries).get("test/x")
        assert len(asked) == tries


OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: "


@pytest.mark.parametrize(
    ("answer", "touched"),
    [
        pytest.param(OK + b"22\r\n\r\n<html>sign in</html>\r\n", {"put", "keys", "listed"}, id="another server's page"),
        pytest.param(OK + b"5000\r\n\r\nfive", {"get", "keys", "listed"}, id="cut"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n", {"put", "get", "delete", "keys", "listed"}, id="no HTTP"),
    ],
)
def test_what_does_not_answer_like_a_store_is_not_one(settings: S3Settings, answer: bytes, touched: set[str]) -> None:
    with Answering(answer, []) as url:
        objects = store(replace(settings, endpoint_url=url), read_timeout=2, max_attempts=1)
        for name, act in zip(("put", "get", "delete", "keys", "listed"), acts(objects), strict=True):
            if name in touched:
                with pytest.raises(StorageUnavailableError):
                    act()
