"""Proof that somebody tried to send something while nothing could be stored. Needs no database, by design."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from portal.adapters.keyring import same_secret
from portal.domain.demand import ATTEMPT_HOURS
from portal.domain.receipt import (
    AttemptProof,
    ReceiptFormatError,
    attempt_canonical_bytes,
    decode_attempt,
    encode_attempt,
)
from portal.services.filing import Attempt
from portal.services.kit import Kit


class Provable(Protocol):
    """What somebody tried to send: an announcement, or a report of a change."""

    def canonical(self) -> bytes:
        """One text of bytes for one content."""


def prove_attempt(kit: Kit, content: Provable, token: bytes, instant: datetime) -> str:
    """A signed text that states when, and a hash of what, somebody tried to send."""
    proof = AttemptProof(instant, sha256(content.canonical()).digest(), kit.keyring.digest("filing-token", token))
    key_id, signature = kit.signer.sign(attempt_canonical_bytes(proof))
    return encode_attempt(proof, key_id, signature)


def read_attempt(kit: Kit, text: str, content: Provable, token: bytes, now: datetime) -> Attempt | None:
    """The attempt, if the proof is ours, belongs to this form and is not older than ATTEMPT_HOURS; else None."""
    try:
        proof, key_id, signature = decode_attempt(text)
    except ReceiptFormatError:
        return None
    ours = kit.signer.verify(key_id, attempt_canonical_bytes(proof), signature)
    belongs = kit.keyring.matches("filing-token", token, proof.token_hash)
    fresh = timedelta(0) <= now - proof.instant <= timedelta(hours=ATTEMPT_HOURS)
    if not (ours and belongs and fresh):
        return None
    return Attempt(proof.instant, same_secret(sha256(content.canonical()).digest(), proof.content_hash))
