"""Wrong codes make the next answer slower, for the right code too, but never lock anybody out.

A code has 10^16 values: the delay is against noise, not the wall. Only a few requests may wait at once. Who has failed
often from one address is then asked to come back in a moment; who only shares a reference with somebody else's wrong
tries is answered at once, so that nobody can be kept out of their own dossier.
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


def wait_after(by_address: int, by_reference: int) -> None:
    """Wait as long as so many failures earn.

    Raises TooManyTriesError when too many are waiting already and the failures came from this very address.
    """
    failures = max(by_address, by_reference)
    if failures <= FREE_TRIES:
        return
    if not _waiting.acquire(blocking=False):
        if by_address > FREE_TRIES:
            raise TooManyTriesError
        return
    try:
        time.sleep(min(LONGEST_SECONDS, (failures - FREE_TRIES) * STEP_SECONDS))
    finally:
        _waiting.release()
