"""Master keys change: everything sealed goes under the new one, and opens with it alone."""

from __future__ import annotations

import os

import pytest

from devstack.s3 import S3
from portal import content
from portal.adapters.envelope import Envelope, UnreadableError
from portal.domain.case_request import RequestKind
from portal.domain.document import ObjectRole
from portal.domain.notice import RIGHTS
from portal.models import Base, Document
from portal.services.documents import keeping
from portal.services.documents.handoffs import make_link
from portal.services.notices.acknowledging import acknowledge_own
from portal.services.notices.progress import note_chapter, own_progress
from portal.services.rewrapping import SEALED, Rewrapped, rewrap
from portal.services.situations import open_situation
from portal.services.snapshots import send as send_answers
from portal.services.thread.reading import own_thread
from tests.pages.world import World
from tests.services.households import say
from tests.services.sending import photo, read_back, ready
from tests.services.threads import ask, words

NOT_SEALED = {
    ("demand", "salt"): "the key of a HMAC, not a ciphertext; it goes with the demand",
    ("change_report", "salt"): "the same of a report",
}


def test_every_sealed_column_is_gone_through() -> None:
    """Every `Sealed` column of the models: they are bytes that are no digest."""
    digests = {"id_hash", "code_hash", "token_hash", "source_hash", "content_hmac", "hash", "signature", "key",
               "previous_hash", "digest", "link_hash", "device_hash", "previous", "words_digest",
               "provider_session", "manifest_sha256", "session_hash"}  # fmt: skip
    binary = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.type.__class__.__name__ == "LargeBinary" and column.name not in digests
    }
    listed = {(column.table.__tablename__, column.name) for column in SEALED}
    assert binary - NOT_SEALED.keys() == listed


def test_rewrap(clean_world: World, s3: S3) -> None:
    world = clean_world
    announced = world.announce(situation={"version": 1, "persons": [{"id": "a", "relation": "applicant"}]})
    jane = world.adult(announced)
    say(world, jane, "debts", debts="100.00")
    send_answers(world.citizen, jane)
    file_id = ready(world.citizen, world.worker, jane, photo())
    make_link(world.citizen, jane, "payslips@a")
    notice = content.current(RIGHTS)
    acknowledge_own(world.citizen, jane, "a", notice.version, "fr")
    note_chapter(world.citizen, jane, notice.chapters[0].id, explain=True)
    ask(world, jane, RequestKind.FILE, "Tout")  # insert-only for everybody: its sealed columns alone are wrapped anew
    objects = {key: world.citizen.store.get(key) for key in world.citizen.store.keys(keeping.PREFIX)}
    old = world.settings("citizen").master_keys
    new = {"new": os.urandom(32)}
    found = rewrap(world.owner, Envelope(new | dict(old)))
    assert found.done > 10
    assert (found.current, found.unreadable) == (0, 0)
    assert rewrap(world.owner, Envelope(new | dict(old))) == Rewrapped(0, found.done, 0)
    assert {key: world.citizen.store.get(key) for key in objects} == objects
    with pytest.raises(UnreadableError):
        open_situation(world.citizen, jane)
    kit = world.citizen.__class__(**{**vars(world.citizen), "envelope": Envelope(new)})
    assert open_situation(kit, jane).draft.said["debts"] == "100.00"
    assert words(own_thread(kit, jane)) == ["Tout"]
    assert own_progress(kit, jane) == {notice.chapters[0].id: True}
    assert read_back(kit, file_id, ObjectRole.CLEAN).startswith(b"\xff\xd8")
    with world.citizen.database.transaction() as session:
        assert all(Envelope(new).is_current(row.wrapped_key) for row in session.query(Document) if row.wrapped_key)


def test_what_cannot_be_opened_is_left_and_counted(clean_world: World) -> None:
    clean_world.announce()
    found = rewrap(clean_world.owner, Envelope({"other": os.urandom(32)}))
    assert (found.done, found.unreadable) == (0, 1)
