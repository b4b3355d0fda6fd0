"""Ed25519 signatures for receipts, register entries, register heads and proofs of attempt.

What is signed begins with a domain-separation tag of its own (`portal.domain.receipt`), so one key can
serve all.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")
_SEED_LENGTH: Final = 32


class SigningKeyError(ValueError):
    """The setting with the signing keys cannot be used; the message never holds a key."""


class PublicKeys:
    """Verifies with public keys alone. Safe to share by threads."""

    def __init__(self, keys: Mapping[str, Ed25519PublicKey]) -> None:
        self._public = dict(keys)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "PublicKeys":
        """Each ``id:base64url(32-byte public key)``, as `Signer.public_keys` gives it. Raises SigningKeyError."""
        keys: dict[str, Ed25519PublicKey] = {}
        for place, text in enumerate(texts, start=1):
            key_id, raw = _read_item(text.strip(), place)
            keys[key_id] = Ed25519PublicKey.from_public_bytes(raw)
        return cls(keys)

    def verify(self, key_id: str, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` is by the key `key_id`; False for an unknown key."""
        key = self._public.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Signer(PublicKeys):
    """Signs with the current key and verifies with every key of the setting. Safe to share by threads."""

    def __init__(self, setting: str) -> None:
        """Read ``id:base64url(32-byte seed)[,id:seed…]``: the first key signs, all of them verify.

        Raises SigningKeyError, which names the place in the list and never the value.
        """
        keys: dict[str, Ed25519PrivateKey] = {}
        for place, item in enumerate(setting.split(","), start=1):
            key_id, seed = _read_item(item.strip(), place)
            if key_id in keys:
                raise SigningKeyError(f"signing key {place}: its id is used twice")
            keys[key_id] = Ed25519PrivateKey.from_private_bytes(seed)
        self._current_id = next(iter(keys))
        self._current = keys[self._current_id]
        super().__init__({key_id: key.public_key() for key_id, key in keys.items()})

    def __repr__(self) -> str:
        return f"Signer(current={self._current_id!r}, known={sorted(self._public)!r})"

    def sign(self, message: bytes) -> tuple[str, bytes]:
        """The id of the current key and its signature (64 bytes) over `message`."""
        return self._current_id, self._current.sign(message)

    def public_keys(self) -> dict[str, str]:
        """Every key's id and its public key (32 bytes, base64url without padding), the current one first."""
        return {
            key_id: base64.urlsafe_b64encode(key.public_bytes_raw()).decode("ascii").rstrip("=")
            for key_id, key in self._public.items()
        }


def _read_item(item: str, place: int) -> tuple[str, bytes]:
    key_id, colon, text = item.partition(":")
    if not colon or not _KEY_ID.fullmatch(key_id):
        raise SigningKeyError(f"signing key {place}: not id:seed, or its id not 1 to 16 letters, digits, - or _")
    text = text.rstrip("=")
    try:
        seed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SigningKeyError(f"signing key {place}: its seed is not base64url") from None
    if len(seed) != _SEED_LENGTH:
        raise SigningKeyError(f"signing key {place}: its seed does not have 32 bytes")
    return key_id, seed
