"""Proof that somebody tried to file while nothing could be stored. Needs no database, by design."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from portal.adapters.keyring import same_secret
from portal.domain.demand import ATTEMPT_HOURS, Announcement
from portal.domain.receipt import (
    AttemptProof,
    ReceiptFormatError,
    attempt_canonical_bytes,
    decode_attempt,
    encode_attempt,
)
from portal.services.filing import Attempt
from portal.services.kit import Kit


def prove_attempt(kit: Kit, announcement: Announcement, token: bytes, instant: datetime) -> str:
    """A signed text that states when, and a hash of what, somebody tried to file."""
    proof = AttemptProof(instant, sha256(announcement.canonical()).digest(), kit.keyring.digest("filing-token", token))
    key_id, signature = kit.signer.sign(attempt_canonical_bytes(proof))
    return encode_attempt(proof, key_id, signature)


def read_attempt(kit: Kit, text: str, announcement: Announcement, token: bytes, now: datetime) -> Attempt | None:
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
    return Attempt(proof.instant, same_secret(sha256(announcement.canonical()).digest(), proof.content_hash))
