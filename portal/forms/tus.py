"""The words of the tus protocol, 1.0.0: headers of resumable uploads, read strictly. Pure: no request, no answer."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Mapping
from typing import Final, TypeAlias

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,termination,checksum,expiration"
CONTENT_TYPE: Final = "application/offset+octet-stream"
ALGORITHMS: Final = {"sha1": 20, "sha256": 32}
"""What a piece may be proven with, and how many bytes a digest has."""
LONGEST_METADATA: Final = 2048
LONGEST_NAME: Final = 500
Metadata: TypeAlias = Mapping[str, str]
_NUMBER: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_KEY: Final = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what stands after them: `gpj.exe` would read `exe.jpg`."""


class ProtocolError(ValueError):
    """A header is missing or not of its form. `status` is the answer's, `words` are for whoever writes a client."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.words, self.status = words, status


def whole_number(name: str, header: str | None) -> int:
    """Upload-Offset, Upload-Length: ASCII digits and nothing else. Raises ProtocolError."""
    if header is None or not _NUMBER.fullmatch(header):
        raise ProtocolError(f"{name} must be a whole number.")
    return int(header)


def metadata(header: str | None) -> Metadata:
    """Upload-Metadata, decoded: keys that come once, values in base64 of UTF-8. Raises ProtocolError.

    No header and an empty one are the same: some clients send it empty.
    """
    if not header or not header.strip():
        return {}
    if len(header) > LONGEST_METADATA:
        raise ProtocolError("Upload-Metadata is too long.")
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip(" ").partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise ProtocolError("Upload-Metadata must hold keys, each once.")
        found[key] = _decoded(value)
    return found


def checksum(header: str | None) -> tuple[str, bytes] | None:
    """Upload-Checksum: algorithm and digest; None where none was promised. Raises ProtocolError."""
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ProtocolError("Upload-Checksum names an unknown algorithm.")
    digest = _base64(encoded)
    if len(digest) != ALGORITHMS[algorithm]:
        raise ProtocolError("Upload-Checksum has not the length of its algorithm.")
    return algorithm, digest


def file_name(text: str | None) -> str:
    """A name as it is kept and shown: NFC, without control characters and marks that turn the text; may be empty.

    It is never a path: nothing of ours is named by it.
    """
    kept = "".join(one for one in text or "" if unicodedata.category(one) not in ("Cc", "Cs") and one not in _TURNING)
    return unicodedata.normalize("NFC", kept).strip()[:LONGEST_NAME]


def _decoded(value: str) -> str:
    try:
        return _base64(value).decode()
    except UnicodeDecodeError as error:
        raise ProtocolError("Upload-Metadata must hold UTF-8.") from error


def _base64(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProtocolError("A value is not base64.") from error
