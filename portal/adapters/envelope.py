"""Encryption of answers at rest: a data key per value, wrapped by a master key, bound to the row it belongs to.

Layout: version (1), length of key id (1), key id, nonce (12), wrapped data key (48), nonce (12), ciphertext.
The context (kind and id of the row) is authenticated with both layers: a value moved to another row does not open.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION: Final = 1
_NONCE: Final = 12
_WRAPPED: Final = 48


class UnreadableError(Exception):
    """The value was altered, belongs to another row, or its master key is gone."""


class Envelope:
    """Seals with the first master key and opens with any of them."""

    def __init__(self, master_keys: Mapping[str, bytes]) -> None:
        self._masters = {key_id: AESGCM(key) for key_id, key in master_keys.items()}
        self._current = next(iter(self._masters))

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt under a new data key, bound to `context`."""
        data_key, nonce = os.urandom(32), os.urandom(_NONCE)
        return self._head(data_key, context) + nonce + AESGCM(data_key).encrypt(nonce, plaintext, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt; raises UnreadableError for anything but an untouched value of this very context."""
        data_key, rest = self._unwrapped(sealed, context)
        try:
            return AESGCM(data_key).decrypt(rest[:_NONCE], rest[_NONCE:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise UnreadableError("altered or misplaced") from error

    def rewrap(self, sealed: bytes, context: str) -> bytes:
        """The same data key and ciphertext under the current master key, so that the old one may go.

        Raises UnreadableError when the data key does not open. The text itself stays closed: whether it was altered
        is seen when it is opened, before and after.
        """
        data_key, rest = self._unwrapped(sealed, context)
        return self._head(data_key, context) + rest

    def is_current(self, sealed: bytes) -> bool:
        """True when the value names the current master key; False too for what is no sealed value."""
        return sealed.startswith(self._prefix())

    def _prefix(self) -> bytes:
        key_id = self._current.encode()
        return bytes([_VERSION, len(key_id)]) + key_id

    def _head(self, data_key: bytes, context: str) -> bytes:
        """All that stands before the nonce of the text."""
        nonce = os.urandom(_NONCE)
        return self._prefix() + nonce + self._masters[self._current].encrypt(nonce, data_key, context.encode())

    def _unwrapped(self, sealed: bytes, context: str) -> tuple[bytes, bytes]:
        """The data key, and what stands after it."""
        try:
            if sealed[0] != _VERSION:
                raise UnreadableError("unknown version")
            start = 2 + sealed[1]
            master = self._masters[sealed[2:start].decode()]
            end = start + _NONCE + _WRAPPED
            nonce = sealed[start : start + _NONCE]
            return master.decrypt(nonce, sealed[start + _NONCE : end], context.encode()), sealed[end:]
        except (InvalidTag, KeyError, IndexError, ValueError) as error:
            raise UnreadableError("altered, misplaced, or its master key is gone") from error
