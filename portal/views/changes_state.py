"""What was typed of a report, on its way from page to page: sealed, in a form field only, with its one-time token."""

from __future__ import annotations

import base64
import binascii
import json
import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flask import request

from portal.domain.changes.change import Change, write_change
from portal.security.context import kit
from portal.services.reports.sending import Sending
from portal.services.sealed_forms import open_form, seal_form

CONTEXT: Final = b"change-report/1"
WHAT, DETAILS, EFFECT = "what", "details", "effect"
KEEP: Final = "keep"
"""The question whether what is kept goes."""
PAGES: Final = (WHAT, DETAILS, EFFECT)
LONGEST: Final = 25_000
"""Characters of one text that travel: far more than any question takes, so that what is refused stands as it was typed."""


@dataclass(frozen=True)
class State:
    """A report that is being written."""

    token: bytes
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kept: str = ""
    """The mark of what the person had kept for later, where it was opened from that."""
    checked: Mapping[str, Any] | None = None
    """What the last page showed and its button sends, in a form that needs no database."""

    def with_typed(self, names: Sequence[str]) -> State:
        """With what this request brings under these names; nothing sent under one of them takes it away."""
        rest = {name: values for name, values in self.typed.items() if name not in names}
        sent = {name: [text[:LONGEST] for text in request.form.getlist(name)] for name in names if name in request.form}
        return replace(self, typed=rest | sent)

    def seal(self) -> str:
        """For the hidden field."""
        content: dict[str, Any] = {
            "token": base64.b64encode(self.token).decode(),
            "typed": {name: list(values) for name, values in self.typed.items()},
            "kept": self.kept,
        }
        return seal_form(kit(), CONTEXT, content | ({"checked": dict(self.checked)} if self.checked else {}))

    def canonical(self) -> bytes:
        """What the last page showed, as one text of bytes: a proof of attempt is about it."""
        text = json.dumps(self.checked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return unicodedata.normalize("NFC", text).encode()


def new_state(typed: Mapping[str, Sequence[str]] | None = None, *, kept: str = "") -> State:
    """A report that nobody has written yet."""
    return State(os.urandom(32), typed or {}, kept)


def sent_state() -> State | None:
    """The state that came along; None where it is not ours, or cut off."""
    found = open_form(kit(), CONTEXT, request.form.get("answers", ""))
    if found is None:
        return None
    try:
        token = base64.b64decode(found["token"])
    except (binascii.Error, KeyError, ValueError):
        return None
    kept = found.get("kept")
    return State(token, found.get("typed", {}), kept if isinstance(kept, str) else "", found.get("checked"))


def sent_page() -> str:
    """The page that was sent."""
    page = request.form.get("_page", WHAT)
    return page if page in (*PAGES, KEEP) else WHAT


def checked(sending: Sending) -> dict[str, Any]:
    """The content of a report in a form that needs no database."""
    found: dict[str, Any] = {"changes": [write_change(change) for change in sending.changes]}
    more = {"why": sending.why, "words": sending.words, "decision": sending.asks_decision or None}
    return found | {name: value for name, value in more.items() if value is not None}


def same_changes(one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    """Whether two reports say the same of what happened."""
    return [write_change(change) for change in one] == [write_change(change) for change in other]
