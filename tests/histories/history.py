"""What a history is: the answers that were sent, and what was reported after them. Plain JSON, as it would be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Json = dict[str, Any]


@dataclass
class Report:
    """One report that was sent."""

    name: str
    sequence: int
    ops: list[Json]
    drops: set[tuple[str, int]] = field(default_factory=set)
    gone: bool = False
    """Withdrawn, or corrected by a later one."""
    by: str = "a"
    """The adult who sent it."""
    changes: list[Json] = field(default_factory=list)
    """As they were said, where a test asks about the words too."""


@dataclass
class History:
    """One household over some months."""

    base: Json
    first: date
    last: date
    reports: list[Report] = field(default_factory=list)
    refused: int = 0
    """Reports with a fault, which were not sent."""
    corrected: int = 0
    withdrawn: int = 0
    dropped: int = 0

    @property
    def live(self) -> list[Report]:
        """What holds."""
        return [report for report in self.reports if not report.gone]
