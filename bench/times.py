"""Many answers in three numbers."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Times:
    """Milliseconds of many answers."""

    milliseconds: list[float]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.milliseconds)

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        """19 of 20 are quicker."""
        return quantiles(self.milliseconds, n=20)[-1]
