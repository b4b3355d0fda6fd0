"""The answers of an estimate on their way through the browser: encrypted, in a form field only. No server keeps them."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from typing import Final

from portal.services.kit import Kit

_CONTEXT: Final = b"estimate-answers/1"
LARGEST: Final = 60_000
"""Characters of a sealed text that is looked at; twenty persons with every answer stay far below."""


def seal_answers(kit: Kit, answers: Mapping[str, str]) -> str:
    """A text for a hidden field, as long for short answers as it must be."""
    said = json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(kit.keyring.seal(said, _CONTEXT, os.urandom(12))).decode()


def open_answers(kit: Kit, text: str) -> dict[str, str] | None:
    """The answers inside, or None when we did not seal them."""
    if not text or len(text) > LARGEST:
        return None
    try:
        said = kit.keyring.unseal(base64.urlsafe_b64decode(text), _CONTEXT)
    except (binascii.Error, ValueError):
        return None
    return json.loads(said) if said else None
