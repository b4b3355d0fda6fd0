"""The worker's check in a process of its own, one file for each line that it reads: it can be killed in the midst.

`python -m tests.papers.checker` in the environment of a worker.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress

from portal.adapters.clock import SystemClock
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.inspection.inspector import Inspector
from portal.adapters.objects import StorageUnavailableError
from portal.services.documents.checking import Checker, check_document
from portal.services.kit import build_kit
from portal.settings import Settings
from tests.servers import PROJECT, portal_environment


class CheckingProcess:
    """Starts when it is first needed, and again after it was killed."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = portal_environment(variables)
        self._process: subprocess.Popen[str] | None = None

    def check(self, file_id: uuid.UUID) -> str:
        """What the check says: a state, `none`, or the name of the error that brings the job back."""
        process = self._asked(file_id)
        assert process.stdout is not None
        answer = process.stdout.readline().strip()
        if not answer:
            raise RuntimeError("the checking process ended by itself")
        return answer

    def killed_while_checking(self, file_id: uuid.UUID, seconds: float) -> None:
        """Begin a check, and end the process with SIGKILL so many seconds later."""
        self._asked(file_id)
        time.sleep(seconds)
        self.end()

    def end(self) -> None:
        """End it now, with all that is in its session."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._process = None

    def _asked(self, file_id: uuid.UUID) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.papers.checker"],
                cwd=PROJECT,
                env=self._variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
            assert self._process.stdout is not None
            assert self._process.stdout.readline() == "ready\n"
        assert self._process.stdin is not None
        self._process.stdin.write(f"{file_id}\n")
        self._process.stdin.flush()
        return self._process


def main() -> None:
    """Check until the other end closes."""
    kit = build_kit(Settings.from_env(os.environ), SystemClock(), web=False)
    checker = Checker(Inspector(), None)
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            state = check_document(kit, checker, uuid.UUID(line.strip()))
            said = state.value if state else "none"
        except (StorageUnavailableError, DatabaseUnavailableError) as error:
            said = type(error).__name__
        print(said, flush=True)


if __name__ == "__main__":
    main()
