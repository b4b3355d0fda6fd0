"""Papers in tests of pages: sent by their own services, checked by the real inspector."""

from __future__ import annotations

import uuid

from portal.domain.document import FileState
from portal.services.actor import Actor
from portal.services.documents import shelf
from portal.services.documents.checking import check_document
from portal.services.documents.shelf import DocumentView
from portal.services.documents.terms import Target
from portal.services.kit import Kit
from tests.pages.world import World
from tests.services.sending import CHECKER, deliver, photo


def send(
    kit: Kit, actor: Actor, content: bytes, target: Target, name: str = "photo.jpg"
) -> tuple[uuid.UUID, uuid.UUID]:
    """One whole file; its id and its paper's."""
    done = deliver(kit, actor, content, target, name)
    return done.id, done.document


def ready(kit: Kit, worker: Kit, actor: Actor, target: Target, pages: int = 1, title: str = "PAGE") -> DocumentView:
    """A paper whose pages were all checked."""
    document = None
    for number in range(1, pages + 1):
        file_id, document = send(kit, actor, photo(f"{title} {number}"), target)
        target = Target(key=target.key, document=document)
        assert check_document(worker, CHECKER, file_id) is FileState.READY
    assert document is not None
    return shelf.document_of(kit, actor, document)


def sent(world: World, actor: Actor, key: str | None, pages: int = 1, title: str | None = None) -> DocumentView:
    """The same, of the world of page tests."""
    return ready(world.citizen, world.worker, actor, Target(key=key, title=title), pages)
