"""Uploads from their names to their end: what is shown, what is taken back, how long it waits, whose it is."""

from __future__ import annotations

from typing import Any

import pytest

from devstack.s3 import S3
from portal.services.documents import shelf
from tests.pages.browser import Browser
from tests.pages.uploading import PIECE, ROOT, Device, device_of, kept, objects, words
from tests.pages.world import World


@pytest.fixture
def device(world: World, s3: S3) -> Device:
    return device_of(world)


NAMES: dict[str, str] = {
    "é" * 500: "é" * 500,
    "x" * 700: "x" * 500,
    "\u202egpj.exe": "gpj.exe",
    "\u2067a\u2069\u200fb\u061c.pdf": "ab.pdf",
    "a\x00b\x1b\n.png": "ab.png",
    "../../etc/passwd": "../../etc/passwd",
    "e\u0301te\u0301.jpg": "été.jpg",
    "شهادة\u200c.pdf": "شهادة\u200c.pdf",
    "📄👨\u200d👩\u200d👧.heic": "📄👨\u200d👩\u200d👧.heic",
    "": "",
    "  ": "",
}


def test_odd_names(world: World, device: Device) -> None:
    announced = world.announce()
    device = device_of(world, announced)
    for sent, shown in NAMES.items():
        place = device.begun(1, filename=sent)
        files = [file for paper in shelf.documents_of(world.citizen, world.adult(announced)) for file in paper.files]
        assert next(file.name for file in files if place.endswith(str(file.id))) == shown
        assert device.ask("HEAD", place).headers["Upload-Metadata"] == words(filename=sent)


def test_the_method_in_a_header(world: World, device: Device) -> None:
    place = device.begun(2)
    piece: dict[str, Any] = {"headers": {"Upload-Offset": "0", "Content-Type": PIECE}, "data": b"ab"}
    assert device.ask("POST", place, **piece).status_code == 405
    piece["headers"]["X-HTTP-Method-Override"] = "PATCH"
    assert device.ask("POST", place, **piece).status_code == 204
    assert kept(world.citizen, place) == b"ab"
    assert device.ask("POST", place, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 204
    assert device.ask("HEAD", place).status_code == 404


def test_taken_back(world: World, device: Device) -> None:
    before = objects(world)
    for content in (b"whole", b"ha"):
        place = device.begun(5)
        device.patch(place, 0, content)
        assert objects(world) > before
        assert device.ask("DELETE", place).status_code == 204
        assert objects(world) == before
        gone = device.ask("HEAD", place)
        assert (gone.status_code, "Upload-Offset" in gone.headers) == (404, False)
        assert device.ask("DELETE", place).status_code == 404
        assert device.patch(place, 2, b"lf").status_code == 404


def test_what_the_centre_looked_at_stays(world: World, device: Device) -> None:
    place = device.begun(5)
    device.patch(place, 0, b"whole")
    with world.superuser() as connection:
        connection.execute(
            "UPDATE document SET looked_at = %s WHERE id = (SELECT document_id FROM document_file WHERE id = %s)",
            [world.clock.now(), place.rpartition("/")[2]],
        )
    assert device.ask("DELETE", place).status_code == 403
    assert kept(world.citizen, place) == b"whole"


def test_an_unfinished_file_waits_a_day_after_its_last_piece(world: World) -> None:
    announced = world.announce()
    device = device_of(world, announced)
    place, whole = device.begun(10), device.begun(3)
    device.patch(whole, 0, b"all")
    world.clock.forward(hours=23)
    device = device_of(world, announced)
    assert device.patch(place, 0, b"12345").status_code == 204
    world.clock.forward(hours=23)
    device = device_of(world, announced)
    assert device.offset(place) == 5
    world.clock.forward(hours=1)
    device = device_of(world, announced)
    gone = device.ask("HEAD", place)
    assert (gone.status_code, "Upload-Offset" in gone.headers) == (404, False)
    assert device.patch(place, 5, b"67890").status_code == 404
    assert device.offset(whole) == 3


def test_nobody_else_s(world: World, device: Device) -> None:
    place = device.begun(4)
    device.patch(place, 0, b"12")
    stranger = device_of(world)
    for answer in (
        stranger.ask("HEAD", place),
        stranger.patch(place, 2, b"34"),
        stranger.ask("DELETE", place),
        stranger.announce(4, document=place.rpartition("/")[2]),
    ):
        assert (answer.status_code, "Upload-Offset" in answer.headers) == (404, False)
    nobody = Device(Browser(world.citizen_app))
    page = nobody.browser.open("/fr/sign-in")
    nobody.headers = {"X-CSRFToken": str(page.form("/sign-in").values["csrf_token"])}
    for answer in (
        nobody.ask("HEAD", place),
        nobody.ask("OPTIONS", ROOT),
        nobody.announce(4),
        nobody.patch(place, 2, b"34"),
        nobody.ask("DELETE", place),
    ):
        assert answer.status_code == 401
    assert device.patch(place, 2, b"34").status_code == 204
    assert kept(world.citizen, place) == b"1234"
