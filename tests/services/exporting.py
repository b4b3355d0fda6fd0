"""Exports in tests of services: taken whole, opened by the standard library; and papers by the dozen."""

from __future__ import annotations

import io
import json
import os
import uuid
import zipfile
from typing import Any

from portal.domain.document import FileState, ObjectRole
from portal.models import Document, DocumentFile
from portal.services.actor import Actor
from portal.services.documents import keeping, terms
from portal.services.documents.keeping import Place
from portal.services.exports.archive import make_export
from tests.pages.world import World


def taken(world: World, actor: Actor, language: str = "fr", *, papers: bool = True) -> zipfile.ZipFile:
    """The whole export, proven whole."""
    content = b"".join(make_export(world.citizen, actor, language, papers=papers))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def said(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Its `data.json`."""
    found: dict[str, Any] = json.loads(archive.read("data.json"))
    return found


def stored(world: World, actor: Actor, count: int, size: int) -> list[uuid.UUID]:
    """Files that count as checked, quickly made: their ids."""
    kit, now, ids = world.citizen, world.clock.now(), []
    document = uuid.uuid4()
    assert actor.dossier_id
    wrapped = keeping.new_key(kit.envelope, actor.dossier_id, document)
    key = kit.envelope.open(wrapped, keeping.key_context(actor.dossier_id, document))
    details = json.dumps({"key": None, "title": "Gros papier"}).encode()
    with world.owner.transaction() as session:
        paper = Document(id=document, dossier_id=actor.dossier_id, adult_id=actor.id, created_at=now, version=0)
        paper.wrapped_key, paper.details = wrapped, kit.envelope.seal(details, terms.paper_context(document))
        session.add(paper)
        session.flush()
        for number in range(count):
            file_id = uuid.uuid4()
            named = json.dumps({"name": f"scan{number}.pdf", "metadata": "", "fingerprint": None}).encode()
            file = DocumentFile(id=file_id, document_id=document, state=FileState.READY.value, length=size)
            file.begun_at = file.touched_at = now
            file.details = kit.envelope.seal(named, terms.details_context(file_id))
            session.add(file)
            session.flush()
            place = Place(actor.dossier_id, document, file_id)
            content = b"%PDF" + os.urandom(size - 4)
            keeping.enter(session, file_id, [keeping.keep(world.store, key, place, ObjectRole.CLEAN, 0, content)])
            ids.append(file_id)
    return ids
