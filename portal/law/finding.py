"""One line of the law check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """An error or an open point: where it stands and what it says."""

    kind: str
    """`error`, `not_certain`, `missing` or `stale`; for notices also `not_reviewed` or `outdated`."""
    where: str
    """The file, and the entry in it."""
    detail: str
    confidence: str | None = None
    """The word that holds on the day of the check, for a value that is not certain."""
    source: str | None = None
