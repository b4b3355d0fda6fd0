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
        data_key, bound = os.urandom(32), context.encode()
        wrap_nonce, nonce = os.urandom(_NONCE), os.urandom(_NONCE)
        wrapped = self._masters[self._current].encrypt(wrap_nonce, data_key, bound)
        key_id = self._current.encode()
        head = bytes([_VERSION, len(key_id)]) + key_id + wrap_nonce + wrapped + nonce
        return head + AESGCM(data_key).encrypt(nonce, plaintext, bound)

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt; raises UnreadableError for anything but an untouched value of this very context."""
        try:
            if sealed[0] != _VERSION:
                raise UnreadableError("unknown version")
            start = 2 + sealed[1]
            master = self._masters[sealed[2:start].decode()]
            wrapped_end = start + _NONCE + _WRAPPED
            bound = context.encode()
            data_key = master.decrypt(sealed[start : start + _NONCE], sealed[start + _NONCE : wrapped_end], bound)
            nonce_end = wrapped_end + _NONCE
            return AESGCM(data_key).decrypt(sealed[wrapped_end:nonce_end], sealed[nonce_end:], bound)
        except (InvalidTag, KeyError, IndexError, ValueError) as error:
            raise UnreadableError("altered, misplaced, or its master key is gone") from error
