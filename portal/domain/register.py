"""The filing register's entries: what is signed, what is hashed, and how a chain is checked.

The trigger `chain_register_entry` computes the same hash inside the database; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

GENESIS: Final = bytes(32)
_TAG: Final = "portal-vs/register/1"
_HASH_TAG: Final = "register-entry-1"
_REACH: Final = 500
"""How far from its place a moved entry is recognised; one moved further counts as altered."""


class EntryKind(StrEnum):
    """What an entry records."""

    FILING = "filing"
    CORRECTION = "correction"
    URGENT_REQUEST = "urgent-request"
    WITHDRAWAL = "withdrawal"
    REPORT = "report"
    """Of a change of situation."""
    REPORT_WITHDRAWAL = "report-withdrawal"
    REEXAMINATION_REQUEST = "reexamination-request"


@dataclass(frozen=True)
class Act:
    """The part of an entry that the application knows and signs. No personal datum."""

    reference: str
    kind: EntryKind
    channel: str
    instant: datetime
    recorded_at: datetime
    commune_bfs: int | None
    content_hmac: bytes

    def signed_bytes(self) -> bytes:
        """The bytes under the entry's signature."""
        return "|".join((_TAG, *self._parts())).encode()

    def _parts(self) -> tuple[str, ...]:
        return (
            self.reference,
            self.kind,
            self.channel,
            iso(self.instant),
            iso(self.recorded_at),
            "-" if self.commune_bfs is None else str(self.commune_bfs),
            self.content_hmac.hex(),
        )


@dataclass(frozen=True)
class Entry:
    """One entry as it rests in the register."""

    sequence: int
    act: Act
    key_id: str
    signature: bytes
    previous_hash: bytes
    hash: bytes

    def expected_hash(self) -> bytes:
        """The hash that follows from the entry's own content and the hash it names as the one before."""
        parts = (
            _HASH_TAG,
            str(self.sequence),
            *self.act._parts(),
            self.key_id,
            self.signature.hex(),
            self.previous_hash.hex(),
        )
        return sha256("|".join(parts).encode()).digest()


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a register: `altered`, `missing`, `reordered`, `cut-off`, `signature`, `receipt`."""

    kind: str
    sequence: int
    message: str


def iso(instant: datetime) -> str:
    """An instant as the register writes it: UTC, microseconds, `Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def faults(entries: Iterable[Entry], verify: Callable[[str, bytes, bytes], bool]) -> Iterator[Fault]:
    """Every fault of a chain read in its stored order; `verify(key_id, message, signature)` checks signatures.

    What this cannot see without a signed head: entries cut off at the end.
    """
    expected, previous = 1, GENESIS
    for entry in entries:
        at = entry.sequence
        if at > expected:
            yield Fault("missing", expected, f"entries {expected} to {at - 1} are missing")
        elif at < expected:
            yield Fault("reordered", at, f"entry {at} stands after entry {expected - 1}")
        elif entry.previous_hash != previous:
            yield Fault("altered", at - 1, f"entry {at} follows another entry {at - 1} than the one stored")
        if entry.expected_hash() != entry.hash:
            if (stood := _place(entry)) is not None:
                yield Fault("reordered", at, f"entry {at} is the one that stood at {stood}")
            else:
                yield Fault("altered", at, f"entry {at} was altered: its hash does not match its content")
        elif not verify(entry.key_id, entry.act.signed_bytes(), entry.signature):
            yield Fault("signature", at, f"entry {at} is not signed by a known key ({entry.key_id})")
        expected, previous = at + 1, entry.hash


def _place(entry: Entry) -> int | None:
    """The place near by at which this very entry was hashed, if it was not altered but moved."""
    near = range(max(1, entry.sequence - _REACH), entry.sequence + _REACH + 1)
    return next((place for place in near if replace(entry, sequence=place).expected_hash() == entry.hash), None)
