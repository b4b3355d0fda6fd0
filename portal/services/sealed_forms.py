"""What was typed on the pages before, on its way through the browser: encrypted, in a form field only. No server keeps it."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from typing import Any, Final

from portal.services.kit import Kit

LARGEST: Final = 200_000
"""Characters of a sealed text that is looked at; twenty persons with every answer, or one text far too long, stay below."""


def seal_form(kit: Kit, context: bytes, content: Mapping[str, Any]) -> str:
    """A text for a hidden field. `context`: which form it belongs to; another form's text is none of ours."""
    said = json.dumps(dict(content), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(kit.keyring.seal(said, context, os.urandom(12))).decode()


def open_form(kit: Kit, context: bytes, text: str) -> dict[str, Any] | None:
    """What was sealed, or None when we did not seal it."""
    if not text or len(text) > LARGEST:
        return None
    try:
        said = kit.keyring.unseal(base64.urlsafe_b64decode(text), context)
    except (binascii.Error, ValueError):
        return None
    return json.loads(said) if said else None
