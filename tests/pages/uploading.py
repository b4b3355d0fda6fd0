"""A device that speaks tus to the portal in this process, and proof of what is kept: the parts, read back."""

from __future__ import annotations

import base64
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.domain.document import ObjectRole
from portal.models import Document, DocumentFile, DocumentObject
from portal.services.documents.keeping import Place, key_of, opened
from portal.services.kit import Kit
from tests.pages.browser import Browser
from tests.pages.world import Announced, World

ROOT = "/fr/dossier/uploads"
PIECE = "application/offset+octet-stream"


def words(**said: str) -> str:
    """Upload-Metadata."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}".strip() for key, value in said.items())


@dataclass
class Device:
    """A browser on an adult's papers; every answer is checked for what all must have."""

    browser: Browser
    root: str = ROOT
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, *, without: tuple[str, ...] = (), **options: Any) -> TestResponse:
        """One request; `without`: headers that are left out."""
        headers = {"Tus-Resumable": "1.0.0", **self.headers, **options.pop("headers", {})}
        kept = {name: value for name, value in headers.items() if name not in without}
        answer = self.browser.send(method, path, headers=kept, **options)
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.status_code not in range(300, 400)
        assert answer.mimetype != "text/html"
        return answer

    def announce(self, length: int | str, **said: str) -> TestResponse:
        """Creation, without a byte."""
        given = {"Upload-Metadata": words(**said)} if said else {}
        return self.ask("POST", self.root, headers={"Upload-Length": str(length), **given})

    def begun(self, length: int, **said: str) -> str:
        """The address of a new upload."""
        answer = self.announce(length, **said)
        assert answer.status_code == 201, answer.text
        place = answer.headers["Location"]
        assert place.startswith(f"{self.root}/")  # relative: it holds behind any proxy
        return str(place)

    def patch(self, place: str, offset: int | str, body: bytes, **more: Any) -> TestResponse:
        """A piece."""
        headers = {"Upload-Offset": str(offset), "Content-Type": PIECE, **more.pop("headers", {})}
        return self.ask("PATCH", place, data=body, headers=headers, **more)

    def offset(self, place: str) -> int:
        """How far it is, as HEAD says."""
        answer = self.ask("HEAD", place)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])


def token_of(browser: Browser) -> str:
    """The token of the page that it shows."""
    assert browser.page is not None
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.page.body.decode())
    assert found is not None
    return found[1]


def device_of(world: World, announced: Announced | None = None) -> Device:
    """The device of a person who has signed in."""
    browser = world.visit(announced or world.announce())
    return Device(browser, headers={"X-CSRFToken": token_of(browser)})


def kept(kit: Kit, place: str) -> bytes:
    """The bytes of an upload as the store holds them, each part opened as what its row says, without a gap."""
    with kit.database.transaction() as session:
        file = session.get_one(DocumentFile, uuid.UUID(place.rpartition("/")[2]))
        document = session.get_one(Document, file.document_id)
        rows = session.scalars(
            select(DocumentObject)
            .where(DocumentObject.file_id == file.id, DocumentObject.role == ObjectRole.RAW)
            .order_by(DocumentObject.number)
        ).all()
        held = Place(document.dossier_id, document.id, file.id)
        whole = b""
        for row in rows:
            assert row.number == len(whole)
            whole += opened(kit.store, key_of(kit.envelope, document), held, row)
        assert len(whole) == file.received
    return whole


def objects(world: World) -> set[str]:
    """Everything of papers in the store."""
    return set(world.store.keys("d/"))
