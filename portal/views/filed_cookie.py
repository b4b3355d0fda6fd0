"""The cookie of somebody who has filed: the sealed tokens of the browser's last filings, the newest first.

A token shows its filing for RESHOW_MINUTES (`portal/services/filed.py`). Which of them a page is about stands in its
address as a handle (`of`): public, worth nothing without the cookie, and no way back to the token.
"""

from __future__ import annotations

import base64
import binascii
import os
from typing import Final

from flask import request
from werkzeug.wrappers import Response

from portal.security import sessions
from portal.security.context import kit

SEAL: Final = b"filing-token"
FILED_COOKIE: Final = "filed"
FILED_SECONDS: Final = 3600
MOST_FILINGS: Final = 5
"""A helper may file for several people in one hour; more would not fit the length that a cookie of ours may have."""
BETWEEN: Final = "."


def seal_token(token: bytes) -> str:
    """A filing token, sealed for its way through the browser."""
    return base64.urlsafe_b64encode(kit().keyring.seal(token, SEAL, os.urandom(12))).decode()


def open_token(text: str | None) -> bytes | None:
    """The token inside, or None when it is not ours."""
    try:
        return kit().keyring.unseal(base64.urlsafe_b64decode(text or ""), SEAL)
    except (binascii.Error, ValueError):
        return None


def handle_of(token: bytes) -> str:
    """The public handle of a filing, for addresses."""
    return kit().keyring.handles(token)[0]


def filed_tokens() -> list[bytes]:
    """The tokens of this browser's last filings, the newest first. Asks no database."""
    return list(_filings().values())


def chosen_token() -> bytes | None:
    """The filing that this request is about: that of its handle, without a handle the newest; None when not ours."""
    tokens, handle = filed_tokens(), request.values.get("of")
    if handle is None:
        return tokens[0] if tokens else None
    return next((token for token in tokens if handle in kit().keyring.handles(token)), None)


def remember_filing(response: Response, sealed: str) -> None:
    """Put a filing first in the cookie, by the sealed token of its form; the oldest beyond MOST_FILINGS is forgotten.

    The seal stays that of the form: by it the form knows later that it was filed (`portal/forms/filing.py`).
    """
    token = open_token(sealed)
    if token is None:
        return
    tidy = base64.urlsafe_b64encode(base64.urlsafe_b64decode(sealed)).decode()  # without what decoding skips
    others = [text for text, other in _filings().items() if other != token]
    sessions.give(response, FILED_COOKIE, BETWEEN.join([tidy, *others][:MOST_FILINGS]), FILED_SECONDS)


def _filings() -> dict[str, bytes]:
    """What the cookie holds: sealed texts with their tokens, without what is not ours."""
    parts = (sessions.secret(FILED_COOKIE) or "").split(BETWEEN)[:MOST_FILINGS]
    return {part: token for part in parts if (token := open_token(part)) is not None}
