"""What a file on its way is, what it is for, and what may be wrong with it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST_NAME: Final = 500


class TooLargeError(ValueError):
    """More than a file may have, or more than was announced."""


class TooManyError(ValueError):
    """More pages, or more files at once, than there may be."""


class EmptyFileError(ValueError):
    """A file without a byte."""


class WrongOffsetError(Exception):
    """The piece does not begin where the rest ends. `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__("the piece begins elsewhere")
        self.offset = offset


class ChecksumError(ValueError):
    """What arrived is not what was sent; nothing of it was kept."""


class CutError(Exception):
    """The connection broke off, or the store did; `upload` says what is kept."""

    def __init__(self, upload: Upload, *, by_store: bool) -> None:
        super().__init__("the piece did not arrive whole")
        self.upload, self.by_store = upload, by_store


@dataclass(frozen=True)
class Target:
    """What a file is for."""

    key: str | None = None
    """The paper of the checklist; None: one that no item asks for."""
    title: str | None = None
    """What the person calls it, where no item asks for it; empty where they left the question open: pages that were sent
    so stay together. None: nobody was asked, and each file is a paper of its own."""
    document: uuid.UUID | None = None
    """A paper that stands already, to add to."""


@dataclass(frozen=True)
class Upload:
    """A file on its way."""

    id: uuid.UUID
    document: uuid.UUID
    offset: int
    length: int
    expires_at: datetime
    metadata: str
    """As the device sent it with the protocol; it gets it back."""
    fingerprint: str | None

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.offset == self.length


def details_context(file_id: uuid.UUID) -> str:
    """What the sealed details of a file are bound to."""
    return f"document_file/{file_id}"


def paper_context(document_id: uuid.UUID) -> str:
    """What the sealed details of a paper are bound to."""
    return f"document/{document_id}"
