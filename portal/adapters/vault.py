"""Encryption of stored objects, such as papers and their pages: in chunks, under the key of the document.

Layout: magic "PD" (2), version (1), chunk size as a power of two (1), salt (32), then chunks of 64 KiB, each with its
tag (16). The last chunk, also an empty or a full one, is marked. Each object has a key of its own: HKDF-SHA-256 of the
document's key, with the salt, for the context. So the counter may serve as nonce, and nothing opens elsewhere.

What it cannot notice: an older object put back under the very same context. Hence no context and no object key is used
twice, and the row of an object holds the SHA-256 of what was stored.
"""

from __future__ import annotations

import os
import struct
from itertools import pairwise
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.adapters.envelope import UnreadableError

KEY_BYTES: Final = 32
CHUNK: Final = 64 * 1024
_HEAD: Final = b"PD" + bytes([1, 16])
_SALT: Final = 32
_TAG: Final = 16
_START: Final = len(_HEAD) + _SALT


def new_key() -> bytes:
    """A key for one document, to be kept sealed by `Envelope.seal`; 32 random bytes."""
    return os.urandom(KEY_BYTES)


def sealed(key: bytes, content: bytes, context: str) -> bytes:
    """Encrypt an object, bound to `context`; ValueError when the key has not 32 bytes.

    Twice the same content never looks the same: the salt is new each time.
    """
    salt = os.urandom(_SALT)
    cipher, bound = _cipher(key, salt, context)
    parts = [_HEAD, salt]
    for number, (start, end, last) in enumerate(_runs(len(content), CHUNK)):
        parts.append(cipher.encrypt(_nonce(number, last=last), content[start:end], bound))
    return b"".join(parts)


def opened(key: bytes, sealed: bytes, context: str) -> bytes:
    """Decrypt an object whole; raises UnreadableError for anything but an untouched object of this very context.

    Nothing is given back before all of it is verified.
    """
    if sealed[: len(_HEAD)] != _HEAD or len(sealed) < _START + _TAG or len(key) != KEY_BYTES:
        raise UnreadableError("not an object of this form, or not a key")
    cipher, bound = _cipher(key, sealed[len(_HEAD) : _START], context)
    body, parts = memoryview(sealed)[_START:], []
    try:
        for number, (start, end, last) in enumerate(_runs(len(body), CHUNK + _TAG)):
            parts.append(cipher.decrypt(_nonce(number, last=last), body[start:end], bound))
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("altered, cut, misplaced, or another key") from error
    return b"".join(parts)


def _runs(length: int, size: int) -> list[tuple[int, int, bool]]:
    """Start, end and "is the last one" of each run; nothing at all is one empty run."""
    borders = [*range(0, max(length, 1), size), length]
    return [(start, end, end == length) for start, end in pairwise(borders)]


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))


def _cipher(key: bytes, salt: bytes, context: str) -> tuple[AESGCM, bytes]:
    """The cipher of one object, and what every chunk is bound to."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    bound = _HEAD + context.encode()
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, b"portal object\0" + bound).derive(key)), bound
