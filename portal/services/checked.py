"""What stood on the check page, sealed: it is filed as it was shown, and need not be read and checked a second time."""

from __future__ import annotations

import base64
import binascii
import os
from datetime import date

from portal.domain.demand import Announcement, read_announcement
from portal.services.kit import Kit


def seal_checked(kit: Kit, announcement: Announcement, day: date) -> str:
    """A text for the check page. It holds for `day` alone: what may be said depends on the date."""
    sealed = kit.keyring.seal(announcement.canonical(), _context(day), os.urandom(12))
    return base64.urlsafe_b64encode(sealed).decode()


def open_checked(kit: Kit, text: str, day: date, language: str) -> Announcement | None:
    """The announcement inside, or None when we did not seal it that day; then the answers are to be checked anew."""
    try:
        said = kit.keyring.unseal(base64.urlsafe_b64decode(text), _context(day))
    except (binascii.Error, ValueError):
        return None
    return read_announcement(said, language) if said else None


def _context(day: date) -> bytes:
    return f"checked-announcement/{day.isoformat()}".encode()
