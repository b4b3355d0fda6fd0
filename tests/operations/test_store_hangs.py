"""The object store takes every request and answers none: pictures fail, filing and urgent help do not notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from devstack.s3 import S3
from devstack.stack import Stack
from portal.domain.document import FileState
from portal.services.documents.checking import check_document
from tests.devstack.database import Database
from tests.frozen import frozen
from tests.operations.live import LiveBrowser
from tests.operations.phones import Phone, phone_of
from tests.operations.waiting import until
from tests.pages.uploading import kept
from tests.pages.world import World, world_of
from tests.servers import PortalServer
from tests.services.sending import QUICK, photo

PICTURES = 9
PAGES = ("/fr/demand/new", "/fr/urgent", "/fr/") * 4
"""Often enough to reach both processes."""


@pytest.fixture
def world(bare_stack: Stack, database: Database) -> World:
    """The portal in this process, to look into store and tables."""
    return world_of(bare_stack, database)


@pytest.fixture
def phone(live_server: PortalServer) -> Iterator[Phone]:
    with LiveBrowser(live_server.base_url) as browser:
        yield phone_of(browser)


def pictures(world: World, phone: Phone) -> list[str]:
    """The addresses of some pages that were sent and checked."""
    content, found = photo(), []
    for _ in range(PICTURES):
        place = phone.begun(len(content))
        assert phone.patch(place, 0, content) == 204
        file_id = place.rpartition("/")[2]
        assert check_document(world.worker, QUICK, file_id) is FileState.READY
        with world.database.connect("postgres") as connection:
            (page,) = connection.execute("SELECT id FROM document_page WHERE file_id = %s", [file_id]).fetchall()
        found.append(f"/fr/dossier/pages/{page[0]}/thumb.jpg")
    return found


def read(phone: Phone) -> None:
    """Each of the pages that need no file, by a stranger, on connections of their own."""
    for path in PAGES:
        assert httpx.get(phone.base + path, timeout=120).status_code == 200, path


def test_pictures_that_wait_hold_up_no_page(world: World, phone: Phone, s3: S3) -> None:
    addresses = pictures(world, phone)
    read(phone)  # nothing is made for the first time below
    assert phone.ask("GET", addresses[0])[0] == 200
    answered: list[str] = []

    def look(address: str) -> int:
        status, _ = phone.ask("GET", address)
        answered.append(address)
        return status

    with ThreadPoolExecutor(PICTURES) as people:
        with frozen(s3.pid):
            asked = [people.submit(look, address) for address in addresses]
            until(lambda: all(one.running() or one.done() for one in asked), "all are asked for")
            read(phone)
            answered.append("the pages")
            statuses = [one.result() for one in asked]
        assert statuses == [503] * PICTURES
        # Of a process whose threads are all taken, the pages would come after its pictures, which end all together.
        assert len(answered) - answered.index("the pages") - 1 >= 2, answered

    for address in addresses:
        until(lambda address=address: phone.ask("GET", address)[0] == 200, "the picture is back")  # type: ignore[misc]


def test_files_that_are_sent_hold_up_no_page(world: World, phone: Phone, s3: S3) -> None:
    content = photo()
    places = [phone.begun(len(content)) for _ in range(PICTURES)]
    read(phone)
    lines: list[int] = []
    with frozen(s3.pid):
        hands = [
            threading.Thread(target=lambda place=place: lines.append(phone.patch(place, 0, content)))  # type: ignore[misc]
            for place in places
        ]
        for hand in hands:
            hand.start()
        read(phone)
        assert len(lines) <= PICTURES - 2, "the pages came while some were still being sent"
        for hand in hands:
            hand.join()
    assert lines == [503] * PICTURES
    for place in places:
        until(lambda place=place: phone.patch(place, 0, content) == 204, "it goes on by itself")  # type: ignore[misc]
        assert kept(world.citizen, place) == content
