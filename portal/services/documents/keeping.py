"""Encrypted objects of a paper: kept under a new random key each time, opened only as what the row says they are."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.adapters import vault
from portal.adapters.envelope import Envelope, UnreadableError
from portal.adapters.keyring import same_secret
from portal.adapters.objects import ObjectMissingError, ObjectStore, StorageUnavailableError
from portal.domain.document import ObjectRole, object_context
from portal.models import Document, DocumentObject

PREFIX: Final = "d/"
"""Of every key; the register's heads lie elsewhere in the bucket."""


@dataclass(frozen=True)
class Place:
    """Of which file an object is."""

    dossier: uuid.UUID
    document: uuid.UUID
    file: uuid.UUID

    def context(self, role: ObjectRole, number: int) -> str:
        """What the object is bound to."""
        return object_context(self.dossier, self.document, self.file, role, number)


@dataclass(frozen=True)
class Kept:
    """An object that lies in the store, for the row that makes it count."""

    object_key: str
    role: ObjectRole
    number: int
    length: int
    digest: bytes


def new_key(envelope: Envelope, dossier: uuid.UUID, document: uuid.UUID) -> bytes:
    """A fresh key for a paper, wrapped."""
    return envelope.seal(vault.new_key(), key_context(dossier, document))


def key_of(envelope: Envelope, document: Document) -> bytes:
    """The key of a paper. Raises UnreadableError, also where it was destroyed."""
    if document.wrapped_key is None:
        raise UnreadableError("the paper was deleted")
    return envelope.open(document.wrapped_key, key_context(document.dossier_id, document.id))


def key_context(dossier: uuid.UUID, document: uuid.UUID) -> str:
    """What a paper's key is bound to."""
    return f"document/{dossier}/{document}"


def keep(store: ObjectStore, key: bytes, place: Place, role: ObjectRole, number: int, content: bytes) -> Kept:
    """Encrypt and put. Nothing counts until its row is written. Raises StorageUnavailableError."""
    name = os.urandom(16).hex()
    object_key = f"{PREFIX}{name[:2]}/{name}"
    sealed = vault.sealed(key, content, place.context(role, number))
    store.put(object_key, sealed, "application/octet-stream")
    return Kept(object_key, role, number, len(content), sha256(sealed).digest())


def enter(session: Session, file: uuid.UUID, kept: Iterable[Kept]) -> None:
    """Write the rows of objects that lie in the store."""
    rows = [
        {
            "object_key": one.object_key,
            "file_id": file,
            "role": one.role.value,
            "number": one.number,
            "length": one.length,
            "digest": one.digest,
        }
        for one in kept
    ]
    if rows:
        session.execute(insert(DocumentObject), rows)


def opened(store: ObjectStore, key: bytes, place: Place, row: DocumentObject) -> bytes:
    """What an object holds. Raises UnreadableError for anything but what was kept, StorageUnavailableError."""
    try:
        sealed = store.get(row.object_key)
    except ObjectMissingError as error:
        raise UnreadableError("the object is not there") from error
    if not same_secret(sha256(sealed).digest(), row.digest):
        raise UnreadableError("the object is not the one that was kept")
    content = vault.opened(key, sealed, place.context(ObjectRole(row.role), row.number))
    if len(content) != row.length:
        raise UnreadableError("the object has another length")
    return content


def forget(store: ObjectStore, object_keys: Iterable[str]) -> None:
    """Take objects away that no row names any more. What cannot be reached now, the sweep takes later."""
    for object_key in object_keys:
        with suppress(StorageUnavailableError):
            store.delete(object_key)
