"""The answers of an estimate on their way through the browser: encrypted, in a form field only. No server keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portal.services.kit import Kit
from portal.services.sealed_forms import open_form, seal_form

_CONTEXT: Final = b"estimate-answers/1"


def seal_answers(kit: Kit, answers: Mapping[str, str]) -> str:
    """A text for a hidden field, as long for short answers as it must be."""
    return seal_form(kit, _CONTEXT, answers)


def open_answers(kit: Kit, text: str) -> dict[str, str] | None:
    """The answers inside, or None when we did not seal them."""
    return open_form(kit, _CONTEXT, text)
