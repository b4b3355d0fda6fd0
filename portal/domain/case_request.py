"""What somebody may ask of the centre from their own dossier, and what is known of each request. No verdict: it is asked,
read, answered; whether it is granted is the commune's decision.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

STANDS_FOR: Final = timedelta(hours=24)
"""So long an unread request stands as it is: the centre is told of it already, once at once and again after 24 hours."""
PERSON: Final = "person"
"""Who read something on the person's side; on the other side stands the region of the centre that read it."""
LONGEST: Final = 4000
"""Characters of one message, and of the words that come with a request."""


class RequestKind(StrEnum):
    """What is asked for."""

    URGENT = "urgent"
    REEXAMINATION = "reexamination"
    DECISION = "decision"
    FILE = "file"


class AskedState(StrEnum):
    """How far a request is."""

    SENT = "sent"
    READ = "read"
    WRITTEN = "written"
    """The centre has written since, which closes nothing."""
    CLOSED = "closed"
    """The centre closed it, and says why."""


class LineKind(StrEnum):
    """One line of a thread: by the person the first two, by the centre the others."""

    MESSAGE = "message"
    REQUEST = "request"
    ANSWER = "answer"
    SETTLED = "settled"
    """The centre has read it and notes that it answers nothing in writing."""
    CLOSED = "closed"
    """The centre closes a request, with a reason."""
    REOPENED = "reopened"
    """It opens that request again: it waits as before."""


BY_CENTRE: Final = (LineKind.ANSWER, LineKind.SETTLED, LineKind.CLOSED, LineKind.REOPENED)
"""Lines that the centre writes."""


@dataclass(frozen=True)
class Last:
    """The newest request of a kind by one adult."""

    instant: datetime
    read_at: datetime | None
    """When the centre that has the dossier looked at it first."""

    def stands(self, now: datetime) -> bool:
        """Whether asking again would add nothing: nobody has read it yet, and it is younger than 24 hours."""
        return self.read_at is None and now - self.instant < STANDS_FOR


def state_of(*, read: bool, written: bool, closed: bool = False) -> AskedState:
    """The state of a request; whoever wrote after it has read it."""
    if closed:
        return AskedState.CLOSED
    if written:
        return AskedState.WRITTEN
    return AskedState.READ if read else AskedState.SENT


def content_hmac(salt: bytes, kind: RequestKind, words: str) -> bytes:
    """What the register keeps of a request's content; without the salt, which rests sealed with it, it says nothing."""
    canonical = json.dumps({"kind": kind.value, "words": words}, ensure_ascii=False, sort_keys=True)
    return hmac.digest(salt, canonical.encode(), sha256)
