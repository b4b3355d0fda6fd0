"""What a receipt and a proof of attempt say, byte by byte: the signed form and the short text of the QR.

`docs/receipts.md` describes the format for people outside this code. Two kinds of proof exist. Each has its
own first byte and its own domain-separation tag: a signature over one can never pass for the other.

Instants are kept to the whole second, cut downwards: the local date can then never move, and the register
entry, which the receipt names by its hash, holds the microseconds.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from portal.domain.reference import parse_reference, reference_from_number, reference_number

CHANNELS: Final = ("online", "phone", "walk-in", "letter", "commune")
KINDS: Final = (
    *("filing", "correction", "withdrawal", "urgent-request", "report", "report-withdrawal"),
    *("reexamination-request",),
)
"""In their order: a kind is a number in the signed bytes, so new ones come last."""

RECEIPT_TAG: Final = b"portal-vs/receipt/1\n"
ATTEMPT_TAG: Final = b"portal-vs/attempt/1\n"
_RECEIPT_BYTE: Final = b"\x01"
_ATTEMPT_BYTE: Final = b"\x41"
_RECEIPT_LENGTH: Final = 50
_ATTEMPT_LENGTH: Final = 70
HASH_LENGTH: Final = 32
SIGNATURE_LENGTH: Final = 64
_LONGEST_TEXT: Final = 400
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ReceiptFormatError(ValueError):
    """The text or the values are not those of a receipt or of a proof of attempt."""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt vouches for; no personal datum.

    `instant` becomes UTC and is cut to the second. `commune_bfs` is the commune's federal number, None when
    unknown. `sequence` and `entry_hash` (SHA-256) name the entry in the filing register.
    Raises ReceiptFormatError for anything that the signed form cannot hold.
    """

    reference: str
    instant: datetime
    channel: str
    commune_bfs: int | None
    kind: str
    sequence: int
    entry_hash: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "instant", _whole_second(self.instant))
        if parse_reference(self.reference) != self.reference:
            raise ReceiptFormatError("the reference is not in its written form")
        if self.channel not in CHANNELS or self.kind not in KINDS:
            raise ReceiptFormatError("unknown channel or kind")
        if self.commune_bfs is not None and not 1 <= self.commune_bfs < 1 << 16:
            raise ReceiptFormatError("the commune number is out of range")
        if not 1 <= self.sequence < 1 << 40:
            raise ReceiptFormatError("the sequence is out of range")
        _check_hash(self.entry_hash)


@dataclass(frozen=True, slots=True)
class AttemptProof:
    """Proof that somebody tried to file at `instant` while nothing could be stored.

    `content_hash` is the SHA-256 of what was typed, `token_hash` the keyed hash of the form's one-time token.
    """

    instant: datetime
    content_hash: bytes
    token_hash: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "instant", _whole_second(self.instant))
        _check_hash(self.content_hash)
        _check_hash(self.token_hash)


def canonical_bytes(facts: ReceiptFacts) -> bytes:
    """The bytes that the receipt's signature covers: the tag, then the fifty bytes of the facts."""
    return RECEIPT_TAG + _receipt_body(facts)


def attempt_canonical_bytes(proof: AttemptProof) -> bytes:
    """The bytes that the signature of a proof of attempt covers: the tag, then its seventy bytes."""
    return ATTEMPT_TAG + _attempt_body(proof)


def encode(facts: ReceiptFacts, key_id: str, signature: bytes) -> str:
    """The receipt as text for a URL and a QR code: only A-Z and 2-7, under 200 characters."""
    return _pack(_receipt_body(facts), key_id, signature)


def decode(text: str) -> tuple[ReceiptFacts, str, bytes]:
    """Facts, key id and signature from the text of a receipt. The signature is not checked.

    Raises ReceiptFormatError when the text is not exactly what `encode` writes (white space aside).
    """
    body, key_id, signature = _unpack(text, _RECEIPT_BYTE, _RECEIPT_LENGTH)
    return _read_receipt(body), key_id, signature


def encode_attempt(proof: AttemptProof, key_id: str, signature: bytes) -> str:
    """The proof of attempt as text for a form field and a QR code: A-Z and 2-7 only."""
    return _pack(_attempt_body(proof), key_id, signature)


def decode_attempt(text: str) -> tuple[AttemptProof, str, bytes]:
    """Proof, key id and signature; the signature is not checked. ReceiptFormatError as in `decode`."""
    body, key_id, signature = _unpack(text, _ATTEMPT_BYTE, _ATTEMPT_LENGTH)
    return AttemptProof(_from_seconds(body[1:6]), body[6:38], body[38:70]), key_id, signature


def _receipt_body(facts: ReceiptFacts) -> bytes:
    return b"".join(
        (
            _RECEIPT_BYTE,
            reference_number(facts.reference).to_bytes(4),
            _seconds(facts.instant),
            bytes([(CHANNELS.index(facts.channel) + 1) << 4 | KINDS.index(facts.kind) + 1]),
            (facts.commune_bfs or 0).to_bytes(2),
            facts.sequence.to_bytes(5),
            facts.entry_hash,
        )
    )


def _read_receipt(body: bytes) -> ReceiptFacts:
    channel, kind = body[10] >> 4, body[10] & 15
    if not 1 <= channel <= len(CHANNELS) or not 1 <= kind <= len(KINDS):
        raise ReceiptFormatError("unknown channel or kind")
    try:
        reference = reference_from_number(int.from_bytes(body[1:5]))
    except ValueError as error:
        raise ReceiptFormatError("the reference is out of range") from error
    return ReceiptFacts(
        reference=reference,
        instant=_from_seconds(body[5:10]),
        channel=CHANNELS[channel - 1],
        commune_bfs=int.from_bytes(body[11:13]) or None,
        kind=KINDS[kind - 1],
        sequence=int.from_bytes(body[13:18]),
        entry_hash=body[18:50],
    )


def _attempt_body(proof: AttemptProof) -> bytes:
    return _ATTEMPT_BYTE + _seconds(proof.instant) + proof.content_hash + proof.token_hash


def _pack(body: bytes, key_id: str, signature: bytes) -> str:
    if not _KEY_ID.fullmatch(key_id):
        raise ReceiptFormatError("a key id has 1 to 16 letters, digits, - or _")
    if len(signature) != SIGNATURE_LENGTH:
        raise ReceiptFormatError("the signature does not have 64 bytes")
    packed = body + bytes([len(key_id)]) + key_id.encode("ascii") + signature
    return base64.b32encode(packed).decode("ascii").rstrip("=")


def _unpack(text: str, first: bytes, length: int) -> tuple[bytes, str, bytes]:
    """The body, key id and signature; one text only for the same bytes, so nothing can be varied unseen."""
    text = "".join(text.split())
    if len(text) > _LONGEST_TEXT or not text.isascii():
        raise ReceiptFormatError("not the text of a receipt")
    try:
        packed = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error as error:
        raise ReceiptFormatError("not the text of a receipt") from error
    if packed[:1] != first or len(packed) < length + 2 + SIGNATURE_LENGTH:
        raise ReceiptFormatError("not the text of a receipt of this kind")
    body, signature = packed[:length], packed[-SIGNATURE_LENGTH:]
    key_id = packed[length + 1 : -SIGNATURE_LENGTH].decode("ascii", errors="replace")
    if packed[length] != len(key_id) or _pack(body, key_id, signature) != text:
        raise ReceiptFormatError("not the text of a receipt of this kind")
    return body, key_id, signature


def _whole_second(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ReceiptFormatError("an instant needs its time zone")
    utc = instant.astimezone(UTC).replace(microsecond=0)
    if utc < _EPOCH:
        raise ReceiptFormatError("the instant is out of range")
    return utc


def _seconds(instant: datetime) -> bytes:
    return ((instant - _EPOCH) // timedelta(seconds=1)).to_bytes(5)


def _from_seconds(encoded: bytes) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=int.from_bytes(encoded))
    except OverflowError as error:
        raise ReceiptFormatError("the instant is out of range") from error


def _check_hash(value: bytes) -> None:
    if len(value) != HASH_LENGTH:
        raise ReceiptFormatError("a hash has 32 bytes")
