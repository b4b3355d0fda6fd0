"""Papers as files: what may be sent, what becomes of it, and what people are told about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MOST_BYTES: Final = 20 * 1024 * 1024
"""Of one file."""
MOST_PAGES: Final = 30
"""Of one document."""
RESUMABLE_HOURS: Final = 24
"""How long an unfinished upload waits for the rest."""
HANDOFF_MINUTES: Final = 15
"""How long a link for another device adds pages to a paper."""


class FileState(StrEnum):
    """What became of one file that somebody sends."""

    RECEIVING = "receiving"
    """A part of it is here; the rest may still come."""
    RECEIVED = "received"
    """All of it is here, and stays. It waits to be checked."""
    CHECKING = "checking"
    READY = "ready"
    """Its pages can be looked at; the centre sees it."""
    REFUSED = "refused"
    """It cannot be used; `FileFault` says why."""
    QUARANTINED = "quarantined"
    """The virus scanner found something: nobody opens it."""
    DAMAGED = "damaged"
    """What was stored is not what was received: never shown, reported."""


class FileFault(StrEnum):
    """Why a file cannot be used."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    """Neither a picture nor a PDF that we know, whatever its name says."""
    LOCKED = "locked"
    """A PDF that wants a password."""
    BROKEN = "broken"
    """Cut off, or not readable."""
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_HEAVY = "too_heavy"
    """Opening it takes more time or memory than a file may."""


class FileKind(StrEnum):
    """What a file is, by its content."""

    JPEG = "jpeg"
    PNG = "png"
    HEIF = "heif"
    WEBP = "webp"
    TIFF = "tiff"
    PDF = "pdf"


class PageFlaw(StrEnum):
    """What may make a page hard to read; a hint, never a refusal."""

    DARK = "dark"
    BLURRED = "blurred"
    TINY = "tiny"


class ScanState(StrEnum):
    """What the virus scanner said."""

    NONE = "none"
    """No scanner is configured."""
    WAITING = "waiting"
    """It does not answer: the file is checked later, and shown only then."""
    CLEAN = "clean"
    INFECTED = "infected"


class ObjectRole(StrEnum):
    """What an encrypted object holds; a part of what it is bound to, so that none can stand for another."""

    RAW = "raw"
    """A run of the bytes as they were sent; goes once the clean file is kept."""
    CLEAN = "clean"
    """The file without what nobody needs: place and camera, scripts, attachments."""
    PAGE = "page"
    THUMB = "thumb"


def object_context(dossier: object, document: object, file: object, role: ObjectRole, number: int) -> str:
    """What an object is bound to: moved to another place it does not open. `number`: first byte of a run, or the page."""
    return f"{dossier}/{document}/{file}/{role.value}/{number}"
