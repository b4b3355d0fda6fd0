"""Two at once on one paper: nobody waits for the other in a circle, and who comes second sees what the first did."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from devstack.s3 import S3
from portal.domain.document import FileState
from portal.services.actor import Actor, NotYoursError
from portal.services.documents import arranging, shelf, uploads
from portal.services.documents.checking import check_document
from portal.services.documents.keeping import PREFIX
from portal.services.documents.sweeping import sweep
from tests.pages.world import World
from tests.services.sending import CHECKER, begin, photo, put, read_back, ready, send

LONGEST = 30.0
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query NOT LIKE %s"


@pytest.fixture
def jane(clean_world: World, s3: S3) -> Actor:
    for key in clean_world.citizen.store.keys(PREFIX):
        clean_world.citizen.store.delete(key)
    return clean_world.adult(clean_world.announce())


class Hand:
    """Somebody who acts at the same time; `end` gives what came of it, an error too."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._found: object = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = self._act()
        except Exception as error:
            self._found = error

    def end(self) -> object:
        """Wait for it."""
        self._thread.join(LONGEST)
        assert not self._thread.is_alive()
        return self._found


@contextmanager
def held(world: World, table: str, row: uuid.UUID) -> Iterator[psycopg.Connection[Any]]:
    """A row that another transaction has locked."""
    with world.superuser() as connection:
        connection.execute(f"SELECT FROM {table} WHERE id = %s FOR UPDATE", [row])
        yield connection


def wait_blocked(world: World, count: int) -> None:
    """Until so many wait for a lock."""
    deadline = time.monotonic() + LONGEST
    while world.row(BLOCKED, "%pg_stat_activity%") != (count,):
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.01)


def only(world: World, jane: Actor) -> shelf.DocumentView:
    (found,) = shelf.documents_of(world.citizen, jane)
    return found


def test_a_piece_locks_the_paper_before_its_file(world: World, jane: Actor) -> None:
    """As a removal does: else each could hold what the other wants."""
    content = photo()
    upload = begin(world.citizen, jane, content, None)
    with held(world, "document", upload.document) as connection:
        hand = Hand(lambda: put(world.citizen, jane, upload, content))
        wait_blocked(world, 1)
        connection.execute("SELECT FROM document_file WHERE id = %s FOR UPDATE NOWAIT", [upload.id])
    assert not isinstance(hand.end(), Exception)
    assert read_back(world.citizen, upload.id) == content


def test_a_file_is_taken_back_twice_at_once(world: World, jane: Actor) -> None:
    file_id = send(world.citizen, jane, photo(), None)
    with held(world, "document", only(world, jane).id):
        hands = [Hand(lambda: uploads.discard(world.citizen, jane, file_id)) for _ in range(2)]
        wait_blocked(world, 2)
    found = sorted((hand.end() for hand in hands), key=lambda one: one is not None)
    assert found[0] is None
    assert isinstance(found[1], NotYoursError)
    removals = world.row("SELECT count(*) FROM audit_event WHERE action = 'document:remove-file'")
    assert removals == (1,)


@pytest.mark.parametrize("act", [arranging.remove_page, arranging.turn_page])
def test_a_page_that_went_meanwhile(world: World, jane: Actor, act: Callable[..., object]) -> None:
    ready(world.citizen, world.worker, jane, photo(), None)
    page = only(world, jane).pages[0].id
    with held(world, "document", only(world, jane).id) as connection:
        hand = Hand(lambda: act(world.citizen, jane, page))
        wait_blocked(world, 1)
        connection.execute("DELETE FROM document_page WHERE id = %s", [page])
    assert isinstance(hand.end(), NotYoursError)


def test_taken_back_just_before_its_check_is_kept(world: World, jane: Actor) -> None:
    """The check has the pages in the store and waits for the paper: nothing of them stays."""
    content = photo()
    file_id = send(world.citizen, jane, content, None)
    document = only(world, jane).id

    class Slow:
        def inspect(self, given: bytes) -> object:
            opened = CHECKER.inspector.inspect(given)
            at_it.set()
            assert go_on.wait(LONGEST)
            return opened

    at_it, go_on = threading.Event(), threading.Event()
    checker = type(CHECKER)(Slow(), None)  # type: ignore[arg-type]
    hand = Hand(lambda: check_document(world.worker, checker, file_id))
    assert at_it.wait(LONGEST)
    with held(world, "document", document) as connection:
        go_on.set()
        wait_blocked(world, 1)
        connection.execute("DELETE FROM document_object WHERE file_id = %s", [file_id])
        connection.execute("DELETE FROM document_file WHERE id = %s", [file_id])
    assert hand.end() is None
    assert len(world.citizen.store.keys(PREFIX)) == 1, "only the raw one, which went without its owner's hand here"


def test_a_last_piece_that_is_written_during_the_sweep_stays(world: World, jane: Actor) -> None:
    content = photo()
    upload = begin(world.citizen, jane, content, None)
    put(world.citizen, jane, upload, content[:100])
    with world.superuser() as connection:
        old = world.clock.now() - timedelta(hours=25)
        connection.execute("UPDATE document_file SET touched_at = %s WHERE id = %s", [old, upload.id])
    with held(world, "document_file", upload.id) as connection:
        hand = Hand(lambda: sweep(world.worker))
        swept = hand.end()  # it does not wait, and comes again in an hour
        connection.execute("UPDATE document_file SET touched_at = %s WHERE id = %s", [world.clock.now(), upload.id])
    assert getattr(swept, "uploads", None) == 0
    assert read_back(world.citizen, upload.id) == content[:100]
    assert only(world, jane).files[0].state is FileState.RECEIVING
