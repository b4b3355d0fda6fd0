"""Send papers in tests of services: pictures made here, whole or in pieces, and what is kept of them read back."""

from __future__ import annotations

import io
import uuid
from functools import cache

from PIL import Image, ImageDraw

from portal.adapters.inspection.answer import Inspected
from portal.adapters.inspection.inspector import Inspector
from portal.domain.document import FileState, ObjectRole
from portal.models import Document, DocumentFile, DocumentObject
from portal.services.actor import Actor
from portal.services.documents import uploads
from portal.services.documents.checking import Checker, check_document
from portal.services.documents.keeping import Place, key_of, opened
from portal.services.documents.terms import Target, Upload
from portal.services.kit import Kit


class Remembering(Inspector):
    """Opens the same content once in a run of the tests."""

    def inspect(self, content: bytes) -> Inspected:
        """As the inspector says."""
        return _inspected(content)


@cache
def _inspected(content: bytes) -> Inspected:
    return Inspector().inspect(content)


CHECKER = Checker(Inspector(), None)
QUICK = Checker(Remembering(), None)
"""For tests that are not about opening."""


@cache
def photo(words: str = "PAGE 1", size: tuple[int, int] = (1240, 1754), kind: str = "JPEG") -> bytes:
    """A sharp page with lines of text, as a camera gives it."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for row in range(60, size[1] - 60, 60):
        pen.text((60, row), f"{words} line {row} " * 4, fill="black", font_size=30)
    out = io.BytesIO()
    picture.save(out, kind, quality=88)
    return out.getvalue()


def deliver(kit: Kit, actor: Actor, content: bytes, target: Target, name: str = "photo.jpg") -> Upload:
    """A whole file in one piece."""
    upload = uploads.begin(kit, actor, target, len(content), name=name)
    return put(kit, actor, upload, content)


def begin(kit: Kit, actor: Actor, content: bytes, key: str | None = "payslips@a", name: str = "Foto.jpg") -> Upload:
    """Announce a file."""
    return uploads.begin(kit, actor, Target(key=key), len(content), name=name)


def put(kit: Kit, actor: Actor, upload: Upload, content: bytes, offset: int = 0) -> Upload:
    """The rest of a file from there."""
    return uploads.append(kit, actor, upload.id, offset, io.BytesIO(content[offset:]), len(content) - offset)


def send(kit: Kit, actor: Actor, content: bytes, key: str | None = "payslips@a", name: str = "Foto.jpg") -> uuid.UUID:
    """A whole file, in one piece; its id."""
    return deliver(kit, actor, content, Target(key=key), name).id


def ready(kit: Kit, worker: Kit, actor: Actor, content: bytes, key: str | None = "payslips@a") -> uuid.UUID:
    """A whole file, checked."""
    file_id = send(kit, actor, content, key)
    assert check_document(worker, CHECKER, file_id) is FileState.READY
    return file_id


def read_back(kit: Kit, file_id: uuid.UUID, role: ObjectRole = ObjectRole.RAW) -> bytes:
    """What is kept of a file in that role, in order."""
    with kit.database.transaction() as session:
        file = session.get_one(DocumentFile, file_id)
        document = session.get_one(Document, file.document_id)
        rows = session.query(DocumentObject).filter_by(file_id=file_id, role=role.value).order_by("number").all()
        key = key_of(kit.envelope, document)
    place = Place(document.dossier_id, document.id, file_id)
    return b"".join(opened(kit.store, key, place, row) for row in rows)
