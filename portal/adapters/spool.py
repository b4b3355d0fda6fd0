"""A place for a file of a form while the rest of the form still arrives: what goes to the disk is encrypted.

Small files stay in memory. Larger ones go to a file without a name, in chunks of 64 KiB, each with its tag, under a key
that is made for this one file and is never written anywhere: whoever finds the disk finds noise.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
from typing import IO, TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

CHUNK: Final = 64 * 1024
IN_MEMORY: Final = 256 * 1024
"""Up to here a file never touches the disk."""
_TAG: Final = 16


class SpoolError(OSError):
    """What the disk gives back is not what was written."""


class Spool(io.RawIOBase):
    """Written once from the start, then read from the start, as often as wanted: `seek(0)` ends the writing."""

    def __init__(self) -> None:
        super().__init__()
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._file: IO[bytes] | None = None
        self._waiting = bytearray()
        """Written and not on the disk: all of a small file, the end of a large one."""
        self._chunks = 0
        """On the disk."""
        self._written = True
        self._next, self._open = 0, memoryview(b"")
        """While reading: the chunk that comes next, and the rest of the one before."""
        self.size = 0
        """Bytes written."""

    def readable(self) -> bool:
        """It can be read, after writing."""
        return True

    def writable(self) -> bool:
        """It can be written, before reading."""
        return True

    def seekable(self) -> bool:
        """To its start only."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Append. Raises UnsupportedOperation once it was read, OSError when the disk is full."""
        if not self._written:
            raise io.UnsupportedOperation("it was read already")
        self._waiting += data
        length = memoryview(data).nbytes
        self.size += length
        if self._file is not None or len(self._waiting) > IN_MEMORY:
            self._spill()
        return length

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """To the start, to read. Raises UnsupportedOperation for any other place."""
        if (offset, whence) != (0, os.SEEK_SET):
            raise io.UnsupportedOperation("only to the start")
        self._written = False
        self._next, self._open = 0, memoryview(b"")
        if self._file is not None:
            self._file.seek(0)
        return 0

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """The next bytes; 0 at the end. Raises SpoolError, and UnsupportedOperation before `seek(0)`."""
        if self.closed:
            raise ValueError("the file is closed")
        if self._written:
            raise io.UnsupportedOperation("not before seek(0)")
        if not self._open:
            self._open = memoryview(self._chunk())
        target = memoryview(buffer).cast("B")
        length = min(len(target), len(self._open))
        target[:length] = self._open[:length]
        self._open = self._open[length:]
        return length

    def close(self) -> None:
        """Give up file and memory."""
        if not self.closed:
            self._waiting, self._open = bytearray(), memoryview(b"")
            if self._file is not None:
                self._file.close()
        super().close()

    def _spill(self) -> None:
        """Bring whole chunks to the disk."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - `close` closes it
        while len(self._waiting) >= CHUNK:
            sealed = memoryview(self._cipher.encrypt(_nonce(self._chunks), bytes(self._waiting[:CHUNK]), None))
            while sealed:  # an unbuffered file may take less than it is given
                sealed = sealed[self._file.write(sealed) :]
            del self._waiting[:CHUNK]
            self._chunks += 1

    def _chunk(self) -> bytes:
        """The next run: from the disk, then what never went there; empty at the end."""
        number, self._next = self._next, self._next + 1
        if number > self._chunks:
            return b""
        if number == self._chunks or self._file is None:
            return bytes(self._waiting)
        sealed = self._file.read(CHUNK + _TAG)
        try:
            return self._cipher.decrypt(_nonce(number), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise SpoolError("a temporary file was altered") from error


def _nonce(number: int) -> bytes:
    """The key is of one file and each chunk is written once, so a counter never repeats."""
    return struct.pack(">IQ", 0, number)
