"""One `make run` per checkout: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import IO


class AlreadyRunningError(RuntimeError):
    """Another run holds the lock; `address` is where its portal answers, empty while it still starts."""

    def __init__(self, pid: int, address: str) -> None:
        self.pid = pid
        self.address = address
        where = f"at {address}" if address else "and is still starting"
        super().__init__(f"The portal already runs {where} (process {pid}). End it with Ctrl-C there.")


class RunLock:
    """Held from `acquire` to the end of the process; a file that a crash left behind locks nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock. Raises AlreadyRunningError when a living process has it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            try:
                note = json.loads(file.read())
                pid, address = int(note["pid"]), str(note["address"])
            except (ValueError, KeyError, TypeError):
                pid, address = 0, ""
            file.close()
            raise AlreadyRunningError(pid, address) from error
        self._file = file
        self.note("")

    def note(self, address: str) -> None:
        """Write who holds the lock and where its portal answers, for the message of the next run."""
        if self._file is None:
            raise RuntimeError("the lock is not held")
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"pid": os.getpid(), "address": address}))
        self._file.flush()

    def release(self) -> None:
        """Let go. The file stays: removing it would let two processes lock two files of the same name."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None
