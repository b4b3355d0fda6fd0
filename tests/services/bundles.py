"""Papers of many large pages, quickly made, for what a bundle costs."""

from __future__ import annotations

import json
import uuid

from portal.domain.document import FileState, ObjectRole
from portal.models import Document, DocumentFile, DocumentPage
from portal.services.actor import Actor
from portal.services.documents import keeping, terms
from portal.services.documents.keeping import Place
from tests.pages.world import World
from tests.services.sending import photo

_LARGEST_COMMENT = 65_533


def heavy(size: int) -> bytes:
    """A whole JPEG of at least `size` bytes: what makes it heavy are comments."""
    picture, comment = photo(), b"\xff\xfe" + (_LARGEST_COMMENT + 2).to_bytes(2) + bytes(_LARGEST_COMMENT)
    return picture[:2] + comment * (size // len(comment) + 1) + picture[2:]


def many_pages(world: World, actor: Actor, count: int, size: int) -> None:
    """One paper of `count` pages that count as checked, each of its own object in the store."""
    kit, now, content = world.citizen, world.clock.now(), heavy(size)
    document, file_id = uuid.uuid4(), uuid.uuid4()
    assert actor.dossier_id
    wrapped = keeping.new_key(kit.envelope, actor.dossier_id, document)
    key = kit.envelope.open(wrapped, keeping.key_context(actor.dossier_id, document))
    details = json.dumps({"key": None, "title": "Gros papier"}).encode()
    named = json.dumps({"name": "scan.pdf", "metadata": "", "fingerprint": None}).encode()
    place = Place(actor.dossier_id, document, file_id)
    kept = [keeping.keep(world.store, key, place, ObjectRole.PAGE, number, content) for number in range(count)]
    with world.owner.transaction() as session:
        paper = Document(id=document, dossier_id=actor.dossier_id, adult_id=actor.id, created_at=now, version=0)
        paper.wrapped_key, paper.details = wrapped, kit.envelope.seal(details, terms.paper_context(document))
        session.add(paper)
        session.flush()
        file = DocumentFile(id=file_id, document_id=document, state=FileState.READY.value, length=size)
        file.begun_at = file.touched_at = now
        file.details = kit.envelope.seal(named, terms.details_context(file_id))
        session.add(file)
        session.flush()
        keeping.enter(session, file_id, kept)
        for number in range(count):
            page = DocumentPage(id=uuid.uuid4(), document_id=document, file_id=file_id, number=number, position=number)
            page.turn, page.width, page.height = 0, 1240, 1754
            session.add(page)
