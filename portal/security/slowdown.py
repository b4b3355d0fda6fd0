"""Wrong codes make the next answer slower, for the right code too, but never lock anybody out.

A code has 10^16 values: the delay is against noise, not the wall. Only a few requests may wait at once; when more
come, they are asked to come back in a moment, and their code stays good.
"""

from __future__ import annotations

import time
from threading import BoundedSemaphore

FREE_TRIES = 5
STEP_SECONDS = 0.2
LONGEST_SECONDS = 2.0
_waiting = BoundedSemaphore(2)


class TooManyTriesError(Exception):
    """Too many slow answers at once; try again in `seconds`."""

    seconds = 30


def wait_after(failures: int) -> None:
    """Wait as long as so many failures earn; raises TooManyTriesError when too many are waiting already."""
    if failures <= FREE_TRIES:
        return
    if not _waiting.acquire(blocking=False):
        raise TooManyTriesError
    try:
        time.sleep(min(LONGEST_SECONDS, (failures - FREE_TRIES) * STEP_SECONDS))
    finally:
        _waiting.release()
