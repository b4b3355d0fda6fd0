"""Papers from the first byte to the desk: what was acknowledged is there, what is checked is clean, what went is gone."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from devstack.clamd import EICAR, Clamd
from devstack.s3 import S3
from portal.adapters.envelope import UnreadableError
from portal.adapters.inspection.inspector import Inspector
from portal.adapters.objects import StorageUnavailableError
from portal.adapters.scanner import Scanner
from portal.domain.document import FileFault, FileState, ObjectRole, ScanState
from portal.domain.document_request import Refusal, RequestState
from portal.models import DocumentObject
from portal.services import document_requests
from portal.services.actor import Actor, NotYoursError
from portal.services.document_requests import Note
from portal.services.documents import arranging, desk, shelf, uploads
from portal.services.documents.checking import Checker, check_document, waiting
from portal.services.documents.keeping import PREFIX
from portal.services.documents.removing import LookedAtError
from portal.services.documents.sweeping import sweep
from portal.services.documents.terms import CutError, Target, TooLargeError, WrongOffsetError
from tests.pages.world import Announced, World
from tests.services.sending import CHECKER, begin, photo, put, read_back, ready, send

SAID = {"version": 1, "persons": [{"id": "a", "relation": "applicant", "activity": "employed"}]}


@pytest.fixture(autouse=True)
def empty_store(world: World, s3: S3) -> None:
    """The object store, running, without the papers of earlier tests."""
    for key in objects(world):
        world.citizen.store.delete(key)


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=SAID)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


class Cut(io.BytesIO):
    """A connection that breaks off after so many bytes."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content[:after])


def only(world: World, jane: Actor) -> shelf.DocumentView:
    (found,) = shelf.documents_of(world.citizen, jane)
    return found


def objects(world: World) -> set[str]:
    return set(world.citizen.store.keys(PREFIX))


# Sending


def test_what_is_received_is_there_byte_for_byte(world: World, jane: Actor) -> None:
    content = photo() * 20
    file_id = send(world.citizen, jane, content)
    assert read_back(world.citizen, file_id) == content
    assert only(world, jane).files[0].state is FileState.RECEIVED
    assert not any(content[1000:1100] in world.citizen.store.get(key) for key in objects(world))


def test_after_a_cut_it_goes_on_where_it_broke_off(world: World, jane: Actor) -> None:
    content = photo() * 10
    upload = begin(world.citizen, jane, content)
    half = len(content) // 2
    with pytest.raises(CutError) as cut:
        uploads.append(world.citizen, jane, upload.id, 0, Cut(content, half), len(content))
    assert cut.value.upload.offset == uploads.look(world.citizen, jane, upload.id).offset == half
    put(world.citizen, jane, upload, content, half)
    assert read_back(world.citizen, upload.id) == content


def test_a_piece_that_comes_twice_changes_nothing(world: World, jane: Actor) -> None:
    content = photo()
    upload = begin(world.citizen, jane, content)
    put(world.citizen, jane, upload, content)
    before = objects(world)
    with pytest.raises(WrongOffsetError):
        put(world.citizen, jane, upload, content)
    assert objects(world) == before


def test_more_than_was_announced(world: World, jane: Actor) -> None:
    upload = begin(world.citizen, jane, b"1234")
    with pytest.raises(TooLargeError):
        uploads.append(world.citizen, jane, upload.id, 0, io.BytesIO(b"12345"), 5)


def state_of(world: World, jane: Actor) -> RequestState:
    items = document_requests.own_checklist(world.citizen, jane, "fr").items
    return next(item.state for item in items if item.key == "payslips@a")


def test_a_page_that_is_ready_makes_the_item_added_and_nothing_else_does(
    world: World, announced: Announced, jane: Actor
) -> None:
    """A refusal with its reason is not wiped out by a file that nobody can use."""
    refused = Note(RequestState.REFUSED, refusal=Refusal.UNREADABLE)
    document_requests.note_at_desk(
        world.staff, world.caseworker("sierre"), announced.view.dossier_id, "payslips@a", refused
    )
    file_id = send(world.citizen, jane, b"<html>", "payslips@a")
    check_document(world.worker, CHECKER, file_id)
    assert state_of(world, jane) is RequestState.REFUSED
    file_id = send(world.citizen, jane, photo(), "payslips@a")
    assert state_of(world, jane) is RequestState.REFUSED
    check_document(world.worker, CHECKER, file_id)
    assert state_of(world, jane) is RequestState.ADDED


def test_pages_of_one_paper_gather_until_the_centre_looks(world: World, announced: Announced, jane: Actor) -> None:
    for words in ("August", "September"):
        ready(world.citizen, world.worker, jane, photo(words))
    document = only(world, jane)
    assert [page.number for page in document.pages] == [1, 2]
    clerk = world.caseworker("sierre")
    desk.page_at_desk(world.staff, clerk, announced.view, document.pages[0].id, thumb=False)
    send(world.citizen, jane, photo("October"))
    assert len(shelf.documents_of(world.citizen, jane)) == 2
    with pytest.raises(LookedAtError):
        arranging.remove_document(world.citizen, jane, document.id)


def test_nobody_else_s(world: World, clean_world: World, jane: Actor) -> None:
    file_id = ready(world.citizen, world.worker, jane, photo())
    stranger = world.adult(world.announce())
    page = only(world, jane).pages[0].id
    for attempt in (
        lambda: uploads.look(world.citizen, stranger, file_id),
        lambda: shelf.page_picture(world.citizen, stranger, page, thumb=True),
        lambda: shelf.take(world.citizen, stranger, file_id),
        lambda: arranging.turn_page(world.citizen, stranger, page),
        lambda: uploads.begin(world.citizen, stranger, Target(document=only(world, jane).id), 5, name="x"),
    ):
        with pytest.raises(NotYoursError):
            attempt()


# Checking


def test_a_checked_file_has_pages_and_its_raw_bytes_are_gone(world: World, jane: Actor) -> None:
    file_id = ready(world.citizen, world.worker, jane, photo())
    page = only(world, jane).pages[0]
    picture, turn = shelf.page_picture(world.citizen, jane, page.id, thumb=False)
    assert (picture[:2], turn, page.flaw) == (b"\xff\xd8", 0, None)
    assert read_back(world.citizen, file_id) == b""
    assert shelf.take(world.citizen, jane, file_id).content == read_back(world.citizen, file_id, ObjectRole.CLEAN)
    assert len(objects(world)) == 3
    assert check_document(world.worker, CHECKER, file_id) is None, "twice changes nothing"


def test_what_is_no_picture_is_refused_and_says_why(world: World, jane: Actor) -> None:
    file_id = send(world.citizen, jane, b"<html>hello</html>", name="scan.pdf")
    assert check_document(world.worker, CHECKER, file_id) is FileState.REFUSED
    assert only(world, jane).files[0].fault is FileFault.UNKNOWN_KIND


def test_a_virus_is_quarantined(world: World, jane: Actor, clamd: Clamd) -> None:
    checker = Checker(Inspector(), Scanner(clamd.url))
    file_id = send(world.citizen, jane, photo() + EICAR)
    assert check_document(world.worker, checker, file_id) is FileState.QUARANTINED
    assert only(world, jane).files[0].scan is ScanState.INFECTED
    clean = send(world.citizen, jane, photo())
    assert check_document(world.worker, checker, clean) is FileState.READY
    assert shelf.take(world.citizen, jane, clean).scanned


def test_while_the_scanner_is_away_the_file_waits(world: World, jane: Actor) -> None:
    away = Checker(Inspector(), Scanner("tcp://127.0.0.1:9", seconds=1))
    file_id = send(world.citizen, jane, photo())
    assert check_document(world.worker, away, file_id) is FileState.RECEIVED
    assert only(world, jane).files[0].scan is ScanState.WAITING
    assert waiting(world.worker) == ()
    world.clock.forward(minutes=5)
    assert waiting(world.worker) == (file_id,)
    assert check_document(world.worker, CHECKER, file_id) is FileState.READY


def test_a_flipped_byte_in_the_store_is_noticed_and_never_shown(world: World, jane: Actor) -> None:
    file_id = send(world.citizen, jane, photo())
    (key,) = objects(world)
    stored = bytearray(world.citizen.store.get(key))
    stored[len(stored) // 2] ^= 1
    world.citizen.store.put(key, bytes(stored), "application/octet-stream")
    assert check_document(world.worker, CHECKER, file_id) is FileState.DAMAGED
    assert only(world, jane).pages == ()


def test_an_object_that_is_gone_or_another_does_not_open(world: World, jane: Actor) -> None:
    one, two = (ready(world.citizen, world.worker, jane, photo(words)) for words in ("Eins", "Zwei"))
    pages = {page.file: page.id for page in only(world, jane).pages}
    with world.citizen.database.transaction() as session:
        keys = {
            row.file_id: row.object_key for row in session.query(DocumentObject).filter_by(role=ObjectRole.PAGE.value)
        }
    swapped = world.citizen.store.get(keys[two])
    world.citizen.store.put(keys[one], swapped, "application/octet-stream")
    world.citizen.store.delete(keys[two])
    for page in pages.values():
        with pytest.raises(UnreadableError):
            shelf.page_picture(world.citizen, jane, page, thumb=False)


# Arranging and removing


def test_order_turn_and_remove(world: World, jane: Actor) -> None:
    for words in ("Eins", "Zwei", "Drei"):
        ready(world.citizen, world.worker, jane, photo(words))
    first, second, third = (page.id for page in only(world, jane).pages)
    arranging.move_page(world.citizen, jane, third, to=1)
    arranging.turn_page(world.citizen, jane, third)
    assert [page.id for page in only(world, jane).pages] == [third, first, second]
    assert only(world, jane).pages[0].turn == 90
    arranging.remove_page(world.citizen, jane, first)
    assert [page.id for page in only(world, jane).pages] == [third, second]
    assert len(objects(world)) == 6


def test_a_deleted_paper_has_no_key_and_no_object(world: World, jane: Actor) -> None:
    ready(world.citizen, world.worker, jane, photo())
    arranging.remove_document(world.citizen, jane, only(world, jane).id)
    assert (shelf.documents_of(world.citizen, jane), objects(world)) == ((), set())
    assert world.row("SELECT wrapped_key FROM document") == (None,)


def test_deleted_while_it_is_checked(world: World, jane: Actor) -> None:
    file_id = send(world.citizen, jane, photo())
    uploads.discard(world.citizen, jane, file_id)
    assert check_document(world.worker, CHECKER, file_id) is None
    assert objects(world) == set()


def test_a_paper_moves_to_another_item(world: World, jane: Actor) -> None:
    send(world.citizen, jane, photo(), None)
    arranging.assign(world.citizen, jane, only(world, jane).id, "payslips@a")
    assert only(world, jane).key == "payslips@a"


# The desk


def test_the_desk_sees_what_is_ready_of_the_demand_that_it_took(
    world: World, announced: Announced, jane: Actor
) -> None:
    clerk = world.caseworker("sierre")
    file_id = send(world.citizen, jane, photo())
    assert desk.documents_at_desk(world.staff, clerk, announced.view) == ()
    assert desk.waiting_at_desk(world.staff, clerk, announced.view).on_their_way == 1
    check_document(world.worker, CHECKER, file_id)
    (document,) = desk.documents_at_desk(world.staff, clerk, announced.view)
    picture, _ = desk.page_at_desk(world.staff, clerk, announced.view, document.pages[0].id, thumb=True)
    assert picture[:2] == b"\xff\xd8"
    assert only(world, jane).changeable, "a thumbnail is no look"
    assert desk.copy_at_desk(world.staff, clerk, announced.view, document.id, "CMS Sierre").startswith(b"%PDF")
    assert not only(world, jane).changeable
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'document:take'") == (1,)
    with pytest.raises(NotYoursError):
        desk.documents_at_desk(world.staff, world.caseworker("martigny"), announced.view)


# Sweeping


def test_the_sweep_takes_orphans_and_stale_uploads_older_than_a_day(world: World, jane: Actor) -> None:
    ready(world.citizen, world.worker, jane, photo())
    stale = begin(world.citizen, jane, photo())
    with pytest.raises(CutError):
        uploads.append(world.citizen, jane, stale.id, 0, Cut(photo(), 1000), len(photo()))
    world.citizen.store.put(f"{PREFIX}aa/orphan", b"x", "application/octet-stream")
    before = objects(world)
    assert len(before) == 5
    young = sweep(world.worker)
    assert (young.uploads, young.orphans, objects(world)) == (0, 0, before)
    # The store dates its objects by the real clock, which may be ahead of the one of the tests.
    world.clock.set(f"{datetime.now(UTC) + timedelta(hours=30):%Y-%m-%d %H:%M}")
    swept = sweep(world.worker)
    assert (swept.uploads, swept.orphans, swept.missing, len(objects(world))) == (1, 1, 0, 3)
    with pytest.raises(NotYoursError):
        uploads.look(world.citizen, jane, stale.id)


def test_a_row_without_its_object_is_reported_and_stays(world: World, jane: Actor) -> None:
    ready(world.citizen, world.worker, jane, photo())
    world.citizen.store.delete(min(objects(world)))
    assert sweep(world.worker).missing == 1
    assert len(only(world, jane).pages) == 1


def test_with_the_store_away_nothing_is_lost(world: World, jane: Actor) -> None:
    content = photo()
    upload = begin(world.citizen, jane, content)
    world.stack.s3.stop()
    try:
        with pytest.raises(StorageUnavailableError):
            put(world.citizen, jane, upload, content)
        assert uploads.look(world.citizen, jane, upload.id).offset == 0
    finally:
        world.stack.s3.start()
    put(world.citizen, jane, upload, content)
    assert read_back(world.citizen, upload.id) == content


def test_unfinished_files_are_listed_for_every_device(world: World, jane: Actor) -> None:
    upload = uploads.begin(
        world.citizen, jane, Target(key="payslips@a"), 100, name="x.jpg", fingerprint="abc", metadata="filename eA=="
    )
    (found,) = uploads.unfinished(world.citizen, jane)
    assert (found.id, found.fingerprint, found.metadata) == (upload.id, "abc", "filename eA==")
    world.clock.forward(hours=25)
    assert uploads.unfinished(world.citizen, jane) == ()
    assert found.expires_at - timedelta(hours=24) <= world.clock.now()
    assert isinstance(found.document, uuid.UUID)


def test_a_page_that_came_after_the_first_look_is_new_at_the_desk(
    world: World, announced: Announced, jane: Actor
) -> None:
    """Three photos were sent, the centre looked when the first one was ready: the others must not be overlooked."""
    clerk = world.caseworker("sierre")
    first, late = send(world.citizen, jane, photo("Eins")), send(world.citizen, jane, photo("Zwei"))
    check_document(world.worker, CHECKER, first)
    world.clock.forward(seconds=5)
    page = only(world, jane).pages[0]
    desk.page_at_desk(world.staff, clerk, announced.view, page.id, thumb=False)
    assert desk.papers_news(world.staff, clerk, announced.view) == 0
    world.clock.forward(seconds=5)
    check_document(world.worker, CHECKER, late)
    assert desk.papers_news(world.staff, clerk, announced.view) == 1
    assert only(world, jane).unseen
    looked = only(world, jane).looked_at
    world.clock.forward(seconds=5)
    desk.page_at_desk(world.staff, clerk, announced.view, only(world, jane).pages[1].id, thumb=False)
    assert not only(world, jane).unseen
    assert only(world, jane).looked_at == looked


def test_what_could_not_be_shown_was_not_looked_at(world: World, announced: Announced, jane: Actor) -> None:
    ready(world.citizen, world.worker, jane, photo())
    page = only(world, jane).pages[0]
    for key in objects(world):
        world.citizen.store.delete(key)
    clerk = world.caseworker("sierre")
    with pytest.raises(UnreadableError):
        desk.page_at_desk(world.staff, clerk, announced.view, page.id, thumb=False)
    with pytest.raises(UnreadableError):
        desk.copy_at_desk(world.staff, clerk, announced.view, only(world, jane).id, "CMS")
    assert only(world, jane).changeable
