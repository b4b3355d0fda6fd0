"""What lies in the store is changed behind the portal's back: each way is noticed and reported, and nothing of it is shown."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import structlog
from structlog.testing import LogCapture, ReturnLogger

from devstack.s3 import S3
from portal.adapters import vault
from portal.adapters.envelope import UnreadableError
from portal.domain.document import FileState, ObjectRole
from portal.models import Document, DocumentFile
from portal.services.actor import Actor, NotYoursError
from portal.services.documents import checking, desk, shelf
from portal.services.documents.checking import check_document, waiting
from portal.services.documents.keeping import PREFIX, Place, keep, key_context, key_of
from tests.pages.world import Announced, World
from tests.services.sending import CHECKER, photo, read_back, ready, send

CHUNK = vault.CHUNK + 16
"""Of a sealed object, with its tag."""


@pytest.fixture
def announced(clean_world: World, s3: S3) -> Announced:
    for key in clean_world.citizen.store.keys(PREFIX):
        clean_world.citizen.store.delete(key)
    return clean_world.announce()


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the checks log from here on."""
    found = LogCapture()
    monkeypatch.setattr(checking, "_log", structlog.wrap_logger(ReturnLogger(), processors=[found]))
    return found


@dataclass
class Stored:
    """The first object of a file in one role; `other` is another file of another paper, in the same state."""

    world: World
    file: uuid.UUID
    role: ObjectRole
    other: uuid.UUID

    def key(self, file: uuid.UUID | None = None) -> str:
        """Where it lies."""
        query = "SELECT object_key FROM document_object WHERE file_id = %s AND role = %s AND number = 0"
        return str(self.world.row(query, file or self.file, self.role.value)[0])

    def read(self, file: uuid.UUID | None = None) -> bytes:
        """What lies there."""
        return self.world.citizen.store.get(self.key(file))

    def put(self, content: bytes) -> None:
        """Lay something else there."""
        self.world.citizen.store.put(self.key(), content, "application/octet-stream")

    def paper(self, file: uuid.UUID | None = None) -> tuple[Place, bytes]:
        """Its place, and the key of its paper."""
        with self.world.citizen.database.transaction() as session:
            row = session.get_one(DocumentFile, file or self.file)
            document = session.get_one(Document, row.document_id)
            place = Place(document.dossier_id, document.id, row.id)
            return place, key_of(self.world.citizen.envelope, document)

    def wrap(self, key: bytes) -> None:
        """Give its paper another key, properly wrapped."""
        place, _ = self.paper()
        sealed = self.world.citizen.envelope.seal(key, key_context(place.dossier, place.document))
        with self.world.superuser(triggers=False) as connection:
            connection.execute("UPDATE document SET wrapped_key = %s WHERE id = %s", [sealed, place.document])

    def swap_rows(self) -> None:
        """The row names the object of the other file, digest and all: only what it is bound to tells."""
        with self.world.superuser(triggers=False) as connection:
            named = {"role": self.role.value, "file": self.file, "with_file": self.other}
            connection.execute(
                "DELETE FROM document_object WHERE file_id = %(file)s AND role = %(role)s AND number = 0", named
            )
            connection.execute(
                "INSERT INTO document_object (object_key, file_id, role, number, length, digest)"
                " SELECT 'd/zz/' || md5(object_key), %(file)s, role, number, length, digest FROM document_object"
                " WHERE file_id = %(with_file)s AND role = %(role)s AND number = 0",
                named,
            )
        self.put(self.read(self.other))

    def older(self) -> bytes:
        """An object that was truly kept for this very place before: a piece whose commit was lost leaves one."""
        place, key = self.paper()
        kept = keep(self.world.citizen.store, key, place, self.role, 0, b"\xff\xd8 an older picture")
        return self.world.citizen.store.get(kept.object_key)


class Snapshot:
    """Store and rows as they are now, to be put back."""

    def __init__(self, world: World) -> None:
        self._world = world
        store = world.citizen.store
        self._objects = {key: store.get(key) for key in store.keys(PREFIX)}
        with world.superuser() as connection:
            self._rows = connection.execute("SELECT * FROM document_object").fetchall()
            self._keys = connection.execute("SELECT wrapped_key, id FROM document").fetchall()

    def restore(self) -> None:
        """Put it back."""
        for key, content in self._objects.items():
            self._world.citizen.store.put(key, content, "application/octet-stream")
        with self._world.superuser(triggers=False) as connection:
            connection.execute("DELETE FROM document_object")
            places = ", ".join(["%s"] * len(self._rows[0]))
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO document_object VALUES ({places})", self._rows)  # noqa: S608
                cursor.executemany("UPDATE document SET wrapped_key = %s WHERE id = %s", self._keys)


def flipped(content: bytes, at: int) -> bytes:
    """One bit is another."""
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


WAYS: dict[str, Callable[[Stored], None]] = {
    "a bit of the head": lambda one: one.put(flipped(one.read(), 0)),
    "a bit of the salt": lambda one: one.put(flipped(one.read(), 10)),
    "a bit of the content": lambda one: one.put(flipped(one.read(), 60)),
    "a bit of the last tag": lambda one: one.put(flipped(one.read(), -1)),
    "cut to nothing": lambda one: one.put(b""),
    "cut in half": lambda one: one.put(one.read()[: len(one.read()) // 2]),
    "cut at the border of a chunk": lambda one: one.put(one.read()[: 36 + (len(one.read()) - 37) // CHUNK * CHUNK]),
    "the last byte is missing": lambda one: one.put(one.read()[:-1]),
    "a byte too many": lambda one: one.put(one.read() + b"\0"),
    "another paper's object": lambda one: one.put(one.read(one.other)),
    "another paper's object with its row": lambda one: one.swap_rows(),
    "another paper's key": lambda one: one.wrap(one.paper(one.other)[1]),
    "a fresh key": lambda one: one.wrap(vault.new_key()),
    "an older object of the same place": lambda one: one.put(one.older()),
    "it is not there": lambda one: one.world.citizen.store.delete(one.key()),
}


@pytest.mark.parametrize("way", WAYS)
def test_before_the_check(world: World, announced: Announced, jane: Actor, logged: LogCapture, way: str) -> None:
    file_id, other = (send(world.citizen, jane, photo(words), None) for words in ("Eins", "Zwei"))
    WAYS[way](Stored(world, file_id, ObjectRole.RAW, other))
    assert check_document(world.worker, CHECKER, file_id) is FileState.DAMAGED
    assert logged.entries == [{"event": "document-damaged", "log_level": "error", "file_id": str(file_id)}]
    paper = next(one for one in shelf.documents_of(world.citizen, jane) if one.files[0].id == file_id)
    assert (paper.pages, paper.files[0].state, paper.waiting) == ((), FileState.DAMAGED, False)
    with pytest.raises(NotYoursError):
        shelf.take(world.citizen, jane, file_id)
    clerk = world.caseworker("sierre")
    assert desk.documents_at_desk(world.staff, clerk, announced.view) == ()
    told = desk.waiting_at_desk(world.staff, clerk, announced.view)
    assert (told.unusable, told.on_their_way) == (1, 1)
    assert check_document(world.worker, CHECKER, file_id) is None, "never tried again in silence"
    assert read_back(world.citizen, other) == photo("Zwei")


def test_once_it_is_ready(world: World, announced: Announced, jane: Actor) -> None:
    file_id, other = (ready(world.citizen, world.worker, jane, photo(words), None) for words in ("Eins", "Zwei"))
    papers = {paper.files[0].id: paper for paper in shelf.documents_of(world.citizen, jane)}
    page, clerk = papers[file_id].pages[0].id, world.caseworker("sierre")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: shelf.take(world.citizen, jane, file_id),
        lambda: shelf.page_picture(world.citizen, jane, page, thumb=False),
        lambda: shelf.page_picture(world.citizen, jane, page, thumb=True),
        lambda: desk.page_at_desk(world.staff, clerk, announced.view, page, thumb=False),
        lambda: desk.page_at_desk(world.staff, clerk, announced.view, page, thumb=True),
        lambda: desk.copy_at_desk(world.staff, clerk, announced.view, papers[file_id].id, "CMS Sierre"),
    )
    before = Snapshot(world)
    for way, change in WAYS.items():
        for attempt in attempts:
            assert attempt(), "all of it can be seen"
        for role in (ObjectRole.CLEAN, ObjectRole.PAGE, ObjectRole.THUMB):
            change(Stored(world, file_id, role, other))
        for number, attempt in enumerate(attempts):
            try:
                attempt()
            except UnreadableError:
                continue
            pytest.fail(f"{way}: shown by {number}")
        assert shelf.take(world.citizen, jane, other).content[:2] == b"\xff\xd8", "the other one is untouched"
        before.restore()


def test_no_role_stands_for_another(world: World, jane: Actor) -> None:
    """A thumbnail, with digest and length, in the place of its page."""
    file_id = ready(world.citizen, world.worker, jane, photo(), None)
    page = shelf.documents_of(world.citizen, jane)[0].pages[0].id
    with world.superuser(triggers=False) as connection:
        connection.execute("DELETE FROM document_object WHERE file_id = %s AND role = 'page'", [file_id])
        connection.execute("UPDATE document_object SET role = 'page' WHERE file_id = %s AND role = 'thumb'", [file_id])
    with pytest.raises(UnreadableError):
        shelf.page_picture(world.citizen, jane, page, thumb=False)


def test_a_run_in_another_place_or_left_out(world: World, jane: Actor) -> None:
    for change in (
        "DELETE FROM document_object WHERE number = 0",
        "DELETE FROM document_object WHERE number > 0",
        "UPDATE document_object SET number = number + 1 WHERE number > 0",
    ):
        file_id = send(world.citizen, jane, photo() + bytes(1024 * 1024), None)
        with world.superuser(triggers=False) as connection:
            connection.execute(f"{change} AND file_id = '{file_id}'")
        assert check_document(world.worker, CHECKER, file_id) is FileState.DAMAGED


def test_a_missing_master_key_is_no_fault_of_the_file(world: World, jane: Actor, logged: LogCapture) -> None:
    """However long it is missing: the file waits, whole, and is checked once the key is back."""
    content = photo()
    file_id = send(world.citizen, jane, content, None)
    held = world.row("SELECT wrapped_key FROM document")[0]
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE document SET wrapped_key = 'nothing that opens'")
    for _ in range(5):
        assert check_document(world.worker, CHECKER, file_id) is None
    assert {log["event"] for log in logged.entries} == {"document-key-missing"}
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE document SET wrapped_key = %s", [held])
    assert read_back(world.citizen, file_id) == content
    world.clock.forward(minutes=5)
    assert waiting(world.worker) == (file_id,)
    assert check_document(world.worker, CHECKER, file_id) is FileState.READY
