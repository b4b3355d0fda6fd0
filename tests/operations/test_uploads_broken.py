"""Uploads at the served portal when something breaks in their midst: what was acknowledged is there, byte for byte."""

from __future__ import annotations

import hashlib
import os
import select
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from devstack.postgres import Postgres
from devstack.s3 import S3
from devstack.stack import Stack
from portal.security.bodies import MOST_SLOW, QUICK_SECONDS
from tests.devstack.database import Database
from tests.operations.live import LiveBrowser
from tests.operations.phones import ROOT, Phone, answered, phone_of
from tests.operations.waiting import until
from tests.pages.uploading import kept, objects
from tests.pages.world import World, world_of
from tests.servers import PortalServer

MIB = 1024 * 1024


@pytest.fixture
def world(bare_stack: Stack, database: Database) -> World:
    """The portal in this process, to look into store and tables."""
    return world_of(bare_stack, database)


@pytest.fixture
def phone(live_server: PortalServer) -> Iterator[Phone]:
    with LiveBrowser(live_server.base_url) as browser:
        yield phone_of(browser)


def test_a_cut_connection_keeps_what_arrived(world: World, phone: Phone) -> None:
    content = os.urandom(3 * MIB)
    place = phone.begun(len(content))
    line = phone.opened(place, 0, len(content))
    line.sendall(content[: MIB + 1234])
    line.close()
    assert until(lambda: phone.offset(place), "the piece was taken") == MIB + 1234
    assert kept(world.citizen, place) == content[: MIB + 1234]
    assert phone.patch(place, MIB + 1234, content[MIB + 1234 :]) == 204
    assert kept(world.citizen, place) == content


def test_less_than_announced_is_answered_with_where_it_stands(world: World, phone: Phone) -> None:
    place = phone.begun(1000)
    line = phone.opened(place, 0, 1000)
    line.sendall(b"x" * 400)
    line.shutdown(1)
    status, headers = answered(line)
    assert (status, headers["Upload-Offset"]) == (204, "400")
    assert kept(world.citizen, place) == b"x" * 400


def test_a_cut_piece_with_a_checksum_leaves_nothing(world: World, phone: Phone) -> None:
    place = phone.begun(2 * MIB)
    before = objects(world)
    proven = Phone(phone.base, {**phone.headers, "Upload-Checksum": "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk="})
    line = proven.opened(place, 0, 2 * MIB)
    line.sendall(b"x" * (MIB + 7))
    line.shutdown(1)
    assert answered(line)[0] == 460
    assert phone.offset(place) == 0
    assert objects(world) == before


def test_two_pieces_of_one_offset_at_once(world: World, phone: Phone) -> None:
    length = 2 * MIB
    for _ in range(5):
        place, before = phone.begun(length), objects(world)
        contents = [os.urandom(length) for _ in range(3)]
        lines = [phone.opened(place, 0, length) for _ in contents]
        for line, content in zip(lines, contents, strict=True):
            line.sendall(content[:-1])  # all are under way before any can end
        for line, content in zip(lines, contents, strict=True):
            line.sendall(content[-1:])
        statuses = [answered(line)[0] for line in lines]
        assert sorted(statuses) == [204, 409, 409]
        assert kept(world.citizen, place) == contents[statuses.index(204)]
        assert len(objects(world) - before) == 2, "the losers took their objects away"


def test_the_store_stops_in_the_midst(world: World, phone: Phone, s3: S3) -> None:
    content = os.urandom(4 * MIB)
    place, before = phone.begun(len(content)), len(objects(world))
    line = phone.opened(place, 0, len(content))
    line.sendall(content[: MIB + 10])
    until(lambda: len(objects(world)) > before, "the first part lies in the store")
    s3.stop()
    line.sendall(content[MIB + 10 :])
    status, headers = answered(line)
    assert (status, headers["Upload-Offset"], headers["Tus-Resumable"]) == (503, str(MIB), "1.0.0")
    assert int(headers["Retry-After"]) > 0
    assert phone.patch(place, MIB, content[MIB:]) == 503
    assert phone.offset(place) == MIB
    s3.start()
    assert phone.patch(place, MIB, content[MIB:]) == 204
    assert kept(world.citizen, place) == content


def test_the_database_stops_in_the_midst(world: World, phone: Phone, postgres: Postgres) -> None:
    content = os.urandom(2 * MIB)
    place = phone.begun(len(content))
    assert phone.patch(place, 0, content[:MIB]) == 204
    line = phone.opened(place, MIB, MIB)
    line.sendall(content[MIB:-10])
    time.sleep(0.5)  # it is past the look at its row
    postgres.stop()
    line.sendall(content[-10:])
    assert answered(line)[0] == 503
    status, headers = phone.ask("HEAD", place)
    assert (status, headers["Tus-Resumable"], "Upload-Offset" in headers) == (503, "1.0.0", False)
    postgres.start()
    assert phone.offset(place) == MIB
    assert phone.patch(place, MIB, content[MIB:]) == 204
    assert kept(world.citizen, place) == content


def test_the_portal_is_killed_in_the_midst(world: World, phone: Phone, live_server: PortalServer) -> None:
    content = os.urandom(2 * MIB)
    place = phone.begun(len(content))
    assert phone.patch(place, 0, content[:MIB]) == 204
    line = phone.opened(place, MIB, MIB)
    line.sendall(content[MIB:-10])
    live_server.kill()
    live_server.start()
    assert phone.offset(place) == MIB
    assert phone.patch(place, MIB, content[MIB:]) == 204
    assert kept(world.citizen, place) == content


def test_slow_bodies_do_not_stop_the_portal(world: World, phone: Phone) -> None:
    """Eight hands for eight slow phones: some are sent away, with what arrived kept, and pages are answered."""
    places = [phone.begun(5 * MIB) for _ in range(8)]
    lines = [phone.opened(place, 0, 5 * MIB) for place in places]
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(0.1):
            for line in lines:
                try:
                    line.sendall(b"x" * 700)
                except OSError:
                    continue

    hand = threading.Thread(target=trickle)
    hand.start()
    try:
        time.sleep(QUICK_SECONDS + 2)
        began = time.monotonic()
        with LiveBrowser(phone.base) as stranger:
            assert stranger.open("/fr/").status == 200
        assert time.monotonic() - began < QUICK_SECONDS + 2  # behind a second wave of them at the worst
        until(lambda: len(select.select(lines, [], [], 0)[0]) >= 8 - 2 * MOST_SLOW, "the others are sent away")
    finally:
        over.set()
        hand.join()
    statuses = []
    for line in lines:
        line.settimeout(0.3)
        try:
            statuses.append(answered(line)[0])
        except TimeoutError:
            statuses.append(0)
        except OSError:  # it went on sending to a connection that was closed
            statuses.append(503)
        line.close()
    assert set(statuses) == {0, 503}
    assert 1 <= statuses.count(0) <= 2 * MOST_SLOW, statuses
    sent_away = places[statuses.index(503)]
    reached = phone.offset(sent_away)
    assert reached > 0
    assert kept(world.citizen, sent_away) == b"x" * reached


def test_eight_large_files_at_once(world: World, phone: Phone) -> None:
    """Quick ones are all taken, however many there are."""
    content = os.urandom(20 * MIB)
    places = [phone.begun(len(content)) for _ in range(8)]
    with ThreadPoolExecutor(8) as hands:
        statuses = list(hands.map(lambda place: phone.patch(place, 0, content), places))
    assert statuses == [204] * 8
    for place in places:
        assert kept(world.citizen, place) == content


def test_a_client_of_the_protocol_resumes(world: World, phone: Phone, tmp_path: Path) -> None:
    """tuspy: in pieces with checksums, left half-way, then gone on with by a new client that knows the address only."""
    path = tmp_path / "Attestation été.pdf"
    path.write_bytes(os.urandom(5 * MIB + 321))
    client = TusClient(phone.base + ROOT, headers=phone.headers)
    first = client.uploader(
        str(path), chunk_size=MIB, metadata={"filename": path.name}, metadata_encoding="utf-8", upload_checksum=True
    )
    first.upload(stop_at=2 * MIB)
    assert first.url is not None
    place = first.url.removeprefix(phone.base)
    assert phone.offset(place) == 2 * MIB
    second = TusClient(phone.base + ROOT, headers=phone.headers).uploader(str(path), chunk_size=2 * MIB, url=first.url)
    assert second.offset == 2 * MIB
    second.upload()
    whole = kept(world.citizen, place)
    assert hashlib.sha256(whole).digest() == hashlib.sha256(path.read_bytes()).digest()


def test_a_client_of_the_protocol_in_one_piece(world: World, phone: Phone, tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(os.urandom(20 * MIB))
    uploader = TusClient(phone.base + ROOT, headers=phone.headers).uploader(str(path))
    uploader.upload()
    assert uploader.url is not None
    assert kept(world.citizen, uploader.url.removeprefix(phone.base)) == path.read_bytes()


def test_a_client_of_the_protocol_without_a_visit(phone: Phone, tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(b"abc")
    for name, status in (("X-CSRFToken", 403), ("Cookie", 403)):
        headers = {key: value for key, value in phone.headers.items() if key != name}
        with pytest.raises(TusCommunicationError) as error:
            TusClient(phone.base + ROOT, headers=headers).uploader(str(path)).upload()
        assert error.value.status_code == status
