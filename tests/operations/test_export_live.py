"""The export as a device takes it from the server: broken off it is seen to be broken, and it holds nobody up."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from devstack.s3 import S3
from devstack.stack import Stack
from portal.services.actor import Actor, ActorKind
from tests.devstack.database import Database
from tests.frozen import frozen
from tests.operations.live import LiveBrowser, code_on, reference_on
from tests.operations.phones import ANSWERS
from tests.operations.waiting import until
from tests.pages.world import World, world_of
from tests.servers import PortalServer
from tests.services.exporting import stored

FILES, SIZE = 8, 4 * 1024 * 1024
"""More than any buffer on the way holds."""
PAGES = ("/fr/demand/new", "/fr/urgent", "/fr/") * 4
"""Often enough to reach both processes."""


@pytest.fixture
def world(bare_stack: Stack, database: Database) -> World:
    return world_of(bare_stack, database)


@pytest.fixture
def ana(world: World, live_server: PortalServer, s3: S3) -> Iterator[LiveBrowser]:
    """Somebody who has signed in, with some large papers."""
    with LiveBrowser(live_server.base_url) as browser:
        filed = browser.file(**ANSWERS)
        reference = reference_on(filed)
        browser.sign_in(reference, code_on(filed))
        adult = world.row(
            "SELECT a.id, d.id FROM adult a JOIN dossier d ON d.id = a.dossier_id WHERE d.reference = %s", reference
        )
        stored(world, Actor(ActorKind.CITIZEN, "test", *adult), FILES, SIZE)
        # A test before may have killed the store or hold the only place; ten tries an hour are allowed.
        until(lambda: whole(browser) or time.sleep(3), "the store is reached", seconds=15)
        yield browser


@contextmanager
def export(browser: LiveBrowser) -> Iterator[httpx.Response]:
    """The answer to the page's first button, as it arrives."""
    form = next(form for form in browser.open("/fr/dossier/export").forms() if form.action.endswith(".zip"))
    with browser.http.stream("POST", browser.base + form.action, data=dict(form.values.items())) as answer:
        yield answer


def whole(browser: LiveBrowser) -> bool:
    """Whether an export comes to its end."""
    with export(browser) as answer:
        if answer.status_code != 200:
            return False
        content = answer.read()
    return len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == FILES + 2


def cut(answer: httpx.Response, pieces: Iterator[bytes], begun: bytes) -> None:
    """The rest does not come, the device is told so, and what came is no ZIP."""
    arrived = begun
    with pytest.raises(httpx.RemoteProtocolError):  # noqa: PT012 - somewhere on the way
        for piece in pieces:
            arrived += piece
    assert len(arrived) < FILES * SIZE
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(arrived))


def test_a_store_that_dies_cuts_the_download(ana: LiveBrowser, s3: S3) -> None:
    with export(ana) as answer:
        assert answer.status_code == 200
        pieces = answer.iter_raw()
        begun = next(pieces)
        s3.kill()
        cut(answer, pieces, begun)
    s3.start()
    until(lambda: whole(ana), "it comes whole again")


def test_a_store_that_hangs_cuts_the_download_too(ana: LiveBrowser, s3: S3) -> None:
    with export(ana) as answer:
        pieces = answer.iter_raw()
        begun = next(pieces)
        with frozen(s3.pid):
            cut(answer, pieces, begun)
    until(lambda: whole(ana), "it comes whole again")


def test_a_device_that_takes_nothing_holds_nobody_up(ana: LiveBrowser) -> None:
    """One export of a process stands still; the pages are answered, and when it goes away the next one comes."""
    with export(ana) as answer:
        next(answer.iter_raw())
        for path in PAGES:
            assert httpx.get(ana.base + path, timeout=20).status_code == 200
    until(lambda: whole(ana), "its place is free again")
