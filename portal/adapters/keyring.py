"""Keyed hashes and codes: what the portal must recognise again but must not be able to read back.

Every purpose has its own key, derived from `SECRET_KEY` by HKDF, so that a hash made for one purpose is worth
nothing for another. Older secrets of the list still recognise, the first one makes.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSES: Final = (
    "access-code", "derive-access-code", "filing-token", "filing-handle", "session", "limit", "source", "seal",
    "situation-page", "handoff", "notice-link", "derive-notice-link", "report-token", "report-name", "mail-wish",
    "thread-token", "paper-file-token", "provider-session", "logout-token", "decision-token",
)  # fmt: skip
_NONCE: Final = 12


def same_secret(left: bytes, right: bytes) -> bool:
    """Whether two secrets are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(left, right)


class Keyring:
    """Keys derived from the portal's secrets, one per purpose."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._keys = {purpose: tuple(_derive(secret, purpose) for secret in secrets) for purpose in PURPOSES}
        self._seals = tuple(AESGCM(key) for key in self._keys["seal"])

    def digest(self, purpose: str, value: bytes) -> bytes:
        """The keyed hash to store."""
        return hmac.digest(self._keys[purpose][0], value, sha256)

    def digests(self, purpose: str, value: bytes) -> tuple[bytes, ...]:
        """Every keyed hash that the value may have been stored under, the current one first."""
        return tuple(hmac.digest(key, value, sha256) for key in self._keys[purpose])

    def matches(self, purpose: str, value: bytes, stored: bytes) -> bool:
        """Whether `stored` is a keyed hash of `value` under any of our secrets; same time either way."""
        found = [same_secret(candidate, stored) for candidate in self.digests(purpose, value)]
        return any(found)

    def access_codes(self, token: bytes) -> tuple[str, ...]:
        """The access code that belongs to a filing token, under each secret, the current one first."""
        return tuple(_digits(digest, 16) for digest in self.digests("derive-access-code", token))

    def handles(self, token: bytes) -> tuple[str, ...]:
        """A filing's public handle for addresses, eight hexadecimal digits, under each secret, the current one first."""
        return tuple(digest[:4].hex() for digest in self.digests("filing-handle", token))

    def seal(self, value: bytes, context: bytes, nonce: bytes) -> bytes:
        """Encrypt a value that travels through the person's browser. `context` must be the same to open it."""
        return nonce + self._seals[0].encrypt(nonce, value, context)

    def unseal(self, sealed: bytes, context: bytes) -> bytes | None:
        """The value inside, or None when it was not sealed by us for this context."""
        if len(sealed) <= _NONCE:
            return None
        for key in self._seals:
            try:
                return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
            except InvalidTag:
                continue
        return None


def _derive(secret: str, purpose: str) -> bytes:
    info = b"portal-vs/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def _digits(digest: bytes, count: int) -> str:
    """`count` decimal digits from a digest of 32 bytes; the bias is under 2^-190."""
    return f"{int.from_bytes(digest) % 10**count:0{count}d}"
