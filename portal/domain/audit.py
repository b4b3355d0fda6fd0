"""The audit log's chain: what is hashed of an event, and how the chain is checked. No case content stands in it.

The trigger `chain_audit_event` computes the same hash inside the database; a test holds the two together. Events have two
forms: the first one did not say whom an event concerns. None of the first form follows one of the second.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from portal.domain.register import GENESIS, Fault, iso

_FIRST: Final = "audit-event-1"
_NOW: Final = "audit-event-2"


@dataclass(frozen=True)
class Event:
    """One event as it rests in the log."""

    sequence: int
    instant: datetime
    actor_kind: str
    actor_id: uuid.UUID | None
    region: str | None
    action: str
    dossier_id: uuid.UUID | None
    adult_id: uuid.UUID | None
    outcome: str
    request_id: str
    previous_hash: bytes
    hash: bytes

    @property
    def form(self) -> int | None:
        """In which form its hash was made, 1 or 2; None: its content is not what was hashed."""
        if self._hashed(_NOW, _word(self.adult_id)) == self.hash:
            return 2
        return 1 if self.adult_id is None and self._hashed(_FIRST) == self.hash else None

    def _hashed(self, tag: str, *adult: str) -> bytes:
        parts = (
            tag,
            str(self.sequence),
            iso(self.instant),
            self.actor_kind,
            _word(self.actor_id),
            _word(self.region),
            self.action,
            _word(self.dossier_id),
            *adult,
            self.outcome,
            self.request_id,
            self.previous_hash.hex(),
        )
        return sha256("|".join(parts).encode()).digest()


def faults(events: Iterable[Event]) -> Iterator[Fault]:
    """Every fault of a chain read in its stored order: `missing`, `reordered`, `altered`.

    What it cannot see: events cut off at the end, and a chain that was hashed anew as a whole.
    """
    expected, previous, newest = 1, GENESIS, 1
    for event in events:
        at, form = event.sequence, event.form
        if at > expected:
            yield Fault("missing", expected, f"events {expected} to {at - 1} are missing")
        elif at < expected:
            yield Fault("reordered", at, f"event {at} stands after event {expected - 1}")
        elif event.previous_hash != previous:
            yield Fault("altered", at - 1, f"event {at} follows another event {at - 1} than the one stored")
        if form is None or form < newest:
            yield Fault("altered", at, f"event {at} was altered: its hash does not match its content")
        expected, previous, newest = at + 1, event.hash, max(newest, form or newest)


def _word(value: object) -> str:
    return "-" if value is None else str(value)
