"""The tus protocol, header by header, over the real database and the real store; every acknowledged byte is read back."""

from __future__ import annotations

import hashlib
import io
import os
from base64 import b64encode

import pytest

from devstack.s3 import S3
from portal.domain.document import MOST_BYTES
from tests.pages.uploading import PIECE, ROOT, Device, device_of, kept, objects, words
from tests.pages.world import World

MIB = 1024 * 1024


@pytest.fixture
def device(world: World, s3: S3) -> Device:
    return device_of(world)


def test_options_say_what_is_spoken(device: Device) -> None:
    for path in (ROOT, device.begun(1)):
        answer = device.ask("OPTIONS", path, without=("Tus-Resumable", "X-CSRFToken"))
        assert answer.status_code == 204
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination,checksum,expiration"
        assert answer.headers["Tus-Max-Size"] == str(20 * MIB)
        assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_file_in_pieces(world: World, device: Device) -> None:
    content = os.urandom(2 * MIB + 77)
    place = device.begun(len(content), filename="Loyer mai.jpg", fingerprint="abc")
    assert device.offset(place) == 0
    first = device.patch(place, 0, content[: MIB + 5])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(MIB + 5))
    assert first.headers["Upload-Expires"] == "Wed, 11 Nov 2026 09:00:00 GMT"
    head = device.ask("HEAD", place)
    assert (head.status_code, head.headers["Upload-Length"]) == (200, str(len(content)))
    assert head.headers["Upload-Metadata"] == words(filename="Loyer mai.jpg", fingerprint="abc")
    assert kept(world.citizen, place) == content[: MIB + 5]
    last = device.patch(place, MIB + 5, content[MIB + 5 :])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
    assert "Upload-Expires" not in last.headers
    assert kept(world.citizen, place) == content
    jobs = world.row(
        "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'check_document' AND args->>'file_id' = %s",
        place.rpartition("/")[2],
    )
    assert jobs == (1,)


def test_files_without_a_title_stay_together_only_where_one_was_asked_for(clean_world: World, s3: S3) -> None:
    """The page asks and sends an empty answer; a program that says nothing of a title means papers of their own."""
    device = device_of(clean_world)
    for said in ({"title": ""}, {"title": " "}, {}, {}):
        device.begun(9, **said)
    query = "SELECT count(*) AS files FROM document_file GROUP BY document_id ORDER BY files"
    with clean_world.superuser() as connection:
        assert [row[0] for row in connection.execute(query).fetchall()] == [1, 1, 2]


REFUSED: dict[str, tuple[int, dict[str, str | None], bytes]] = {
    "another version": (412, {"Tus-Resumable": "0.2.2"}, b"x"),
    "no version": (412, {"Tus-Resumable": None}, b"x"),
    "another content type": (415, {"Content-Type": "application/octet-stream"}, b"x"),
    "behind": (409, {"Upload-Offset": "3"}, b"x"),
    "ahead": (409, {"Upload-Offset": "5"}, b"x"),
    "no offset": (400, {"Upload-Offset": None}, b"x"),
    "a negative offset": (400, {"Upload-Offset": "-1"}, b"x"),
    "an offset in other digits": (400, {"Upload-Offset": "\u0664".encode().decode("latin-1")}, b"x"),
    "more than announced": (413, {}, b"x" * 7),
    "more than any file": (413, {}, b"x" * (MOST_BYTES + 70_000)),
    "an unknown checksum": (400, {"Upload-Checksum": "md5 1B2M2Y8AsgTpgAmY7PhCfg=="}, b"x"),
    "a checksum that is no base64": (400, {"Upload-Checksum": "sha1 ***"}, b"x"),
    "a checksum of another length": (400, {"Upload-Checksum": "sha1 YWJj"}, b"x"),
    "a wrong checksum": (460, {"Upload-Checksum": f"sha1 {b64encode(bytes(20)).decode()}"}, b"x"),
    "a wrong sha256": (460, {"Upload-Checksum": f"sha256 {b64encode(bytes(32)).decode()}"}, b"x"),
    "no token": (403, {"X-CSRFToken": None}, b"x"),
    "a token of nobody": (403, {"X-CSRFToken": "IjEyMyI.aaaaaa.bbbbbb"}, b"x"),
    "another site": (403, {"Sec-Fetch-Site": "cross-site"}, b"x"),
}
"""A piece that must change nothing: the answer's status, the headers that are other, the body."""


@pytest.mark.parametrize("what", REFUSED)
def test_a_piece_that_changes_nothing(world: World, device: Device, what: str) -> None:
    status, other, body = REFUSED[what]
    place = device.begun(10)
    assert device.patch(place, 0, b"1234").status_code == 204
    before = objects(world)
    headers = {"Upload-Offset": "4", **{name: value for name, value in other.items() if value is not None}}
    without = tuple(name for name, value in other.items() if value is None)
    headers = {"Content-Type": PIECE, **headers}
    answer = device.ask("PATCH", place, data=body, headers=headers, without=without)
    assert answer.status_code == status
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"
    assert device.offset(place) == 4
    assert kept(world.citizen, place) == b"1234"
    assert objects(world) == before
    assert device.patch(place, 4, b"567890").status_code == 204
    assert kept(world.citizen, place) == b"1234567890"


def test_a_body_without_a_length_is_asked_for_one(device: Device) -> None:
    place = device.begun(10)
    headers = {**device.headers, "Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": PIECE}
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = device.browser.client.patch(
        place, base_url=device.browser.base, headers=headers, input_stream=io.BytesIO(b"12"), environ_overrides=chunked
    )
    assert answer.status_code == 411
    assert device.offset(place) == 0


def test_a_right_checksum(world: World, device: Device) -> None:
    content = os.urandom(MIB + 9)
    for name in ("sha1", "sha256"):
        place = device.begun(len(content))
        said = f"{name} {b64encode(hashlib.new(name, content).digest()).decode()}"
        assert device.patch(place, 0, content, headers={"Upload-Checksum": said}).status_code == 204
        assert kept(world.citizen, place) == content


def test_a_replayed_piece_changes_nothing(world: World, device: Device) -> None:
    place = device.begun(8)
    assert device.patch(place, 0, b"1234").status_code == 204
    again = device.patch(place, 0, b"abcd")
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "4")
    assert device.patch(place, 4, b"5678").status_code == 204
    assert device.patch(place, 4, b"5678").status_code == 409
    assert device.patch(place, 8, b"").status_code == 409
    assert kept(world.citizen, place) == b"12345678"


BAD_BEGINNINGS: dict[str, tuple[int, dict[str, str]]] = {
    "no length": (400, {}),
    "a length in words": (400, {"Upload-Length": "ten"}),
    "nothing": (400, {"Upload-Length": "0"}),
    "a byte too many": (413, {"Upload-Length": str(MOST_BYTES + 1)}),
    "a length to come": (400, {"Upload-Defer-Length": "1"}),
    "metadata without base64": (400, {"Upload-Length": "1", "Upload-Metadata": "filename ***"}),
    "metadata twice": (400, {"Upload-Length": "1", "Upload-Metadata": "a YQ==,a YQ=="}),
    "metadata without a key": (400, {"Upload-Length": "1", "Upload-Metadata": "a YQ==,"}),
    "metadata that is no UTF-8": (400, {"Upload-Length": "1", "Upload-Metadata": "filename gIA="}),
    "metadata without end": (400, {"Upload-Length": "1", "Upload-Metadata": words(filename="x" * 2000)}),
    "a paper of no list": (404, {"Upload-Length": "1", "Upload-Metadata": words(key="payslips@z")}),
    "a document of nobody": (404, {"Upload-Length": "1", "Upload-Metadata": words(document="x")}),
}


@pytest.mark.parametrize("what", BAD_BEGINNINGS)
def test_a_file_that_is_not_begun(world: World, device: Device, what: str) -> None:
    status, headers = BAD_BEGINNINGS[what]
    before = world.count("document_file")
    answer = device.ask("POST", ROOT, headers=headers)
    assert (answer.status_code, "Location" in answer.headers) == (status, False)
    assert world.count("document_file") == before


def test_the_largest_file_in_one_piece(world: World, device: Device) -> None:
    content = os.urandom(MOST_BYTES)
    place = device.begun(MOST_BYTES)
    assert device.patch(place, 0, content).status_code == 204
    assert kept(world.citizen, place) == content


def test_first_bytes_come_along(world: World, device: Device) -> None:
    headers = {"Upload-Length": "6", "Content-Type": PIECE}
    answer = device.ask("POST", ROOT, headers=headers, data=b"1234")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "4")
    place = str(answer.headers["Location"])
    assert kept(world.citizen, place) == b"1234"
    files, stored = world.count("document_file"), objects(world)
    assert device.ask("POST", ROOT, headers=headers, data=b"1234567").status_code == 413
    wrong = {**headers, "Upload-Checksum": f"sha1 {b64encode(bytes(20)).decode()}"}
    assert device.ask("POST", ROOT, headers=wrong, data=b"1234").status_code == 460
    assert (world.count("document_file"), objects(world)) == (files, stored)
