"""A report as a whole: its content in a form that never changes, and what may become of it."""

from __future__ import annotations

import hmac
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from portal.domain.changes.change import Change, read_change, write_change
from portal.domain.changes.ops import Op, read_op, write_op

VERSION: Final = 1
LONGEST_WHY: Final = 1_000
LONGEST_WORDS: Final = 2_000


class EventKind(StrEnum):
    """What happened to a report. None of them is a decision: the commune decides, in writing."""

    READ = "read"
    ASKED_BACK = "asked-back"
    COUNTED = "counted"
    """The centre noted from which month it takes the change into account."""
    DECIDED = "decided"
    """One person alone noted a decision: only of before two record one (`domain.decision`). It is read, and ends nothing."""
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    """Another report took its place."""


class ReportState(StrEnum):
    """Where a report stands, by the last word."""

    RECEIVED = "received"
    READ = "read"
    ASKED_BACK = "asked_back"
    COUNTED = "counted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class Content:
    """What somebody reported. `ops` were made of it when it was sent and are kept: it means the same for ever."""

    changes: tuple[Change, ...]
    ops: tuple[Op, ...]
    why: str | None = None
    """Why it comes now, in their own words, where they wished to say so."""
    words: str | None = None
    """What no question asked."""
    drops: frozenset[tuple[str, int]] = frozenset()
    """Steps of earlier reports that no longer hold, by name of the report and place."""
    names: Mapping[str, str] | None = None
    """How the persons it is about were named on that day, by id."""

    def write(self) -> dict[str, Any]:
        """The JSON form."""
        found: dict[str, Any] = {
            "version": VERSION,
            "changes": [write_change(change) for change in self.changes],
            "ops": [write_op(op) for op in self.ops],
            "why": self.why,
            "words": self.words,
            "drops": sorted([name, place] for name, place in self.drops),
            "names": dict(self.names or {}),
        }
        return {name: value for name, value in found.items() if value not in (None, [], {})}

    def canonical(self) -> bytes:
        """One text of bytes for one content, NFC, keys in order: the register keeps a keyed hash of it."""
        text = json.dumps(self.write(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return unicodedata.normalize("NFC", text).encode()

    def content_hmac(self, salt: bytes) -> bytes:
        """What the register keeps of the content; without the salt it says nothing."""
        return hmac.digest(salt, self.canonical(), sha256)


def read_content(raw: Mapping[str, Any]) -> Content:
    """A content from its JSON form. Raises ChangeError, OpError."""
    return Content(
        changes=tuple(read_change(one) for one in raw.get("changes", ())),
        ops=tuple(read_op(one) for one in raw.get("ops", ())),
        why=raw.get("why"),
        words=raw.get("words"),
        drops=frozenset((name, place) for name, place in raw.get("drops", ())),
        names=raw.get("names"),
    )


def state_of(events: tuple[EventKind, ...], *, decided: bool) -> ReportState:
    """The state after these events, oldest first. Withdrawn or corrected is the end; else a decision that holds counts."""
    for ending in (EventKind.WITHDRAWN, EventKind.CORRECTED):
        if ending in events:
            return ReportState(ending.value)
    if decided:
        return ReportState.DECIDED
    counted = [kind for kind in events if kind is not EventKind.DECIDED]
    return ReportState(counted[-1].value.replace("-", "_")) if counted else ReportState.RECEIVED
