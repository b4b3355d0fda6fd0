"""How much one run is to do, and what it did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from portal.services.documents.sweeping import Swept
from tests.papers import trouble


@dataclass(frozen=True)
class Plan:
    """How much, and for how long at most."""

    sequences: int
    heavy: dict[str, int]
    """How often what takes seconds is broken."""
    seed: int
    seconds: float


SHORT = Plan(50, {trouble.SERVER: 3, trouble.WORKER: 3, trouble.DATABASE: 2, trouble.STORE: 2}, seed=5, seconds=400)
"""A tenth, for every `make test`. The seconds are a bound for a busy machine, not the time it takes."""
WHOLE = Plan(
    500, {trouble.SERVER: 30, trouble.WORKER: 30, trouble.DATABASE: 15, trouble.STORE: 20}, seed=5, seconds=900
)


@dataclass
class Outcome:
    """The figures of a run, and every fault in words."""

    plan: Plan
    done: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    """Bytes, of all files together."""
    swept: Swept = field(default_factory=lambda: Swept(0, 0, 0, 0))
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def figures(self) -> dict[str, object]:
        """Everything that was counted."""
        return {
            "seed": self.plan.seed,
            "sequences": self.done,
            "steps": dict(self.steps),
            "broken": dict(self.broken),
            "files": dict(self.files),
            "bytes_acknowledged": self.acknowledged,
            "orphans_swept": self.swept.orphans,
            "unfinished_swept": self.swept.uploads,
            "seconds": round(self.seconds, 1),
        }

    def line(self) -> str:
        """The figures on one line."""
        return (
            f"papers (seed {self.plan.seed}): {self.done} sequences, {sum(self.steps.values())} steps "
            f"({_list(self.steps)}); broken: {_list(self.broken)}; {sum(self.files.values())} files "
            f"({_list(self.files)}), {self.acknowledged:,} bytes acknowledged; swept: {self.swept.orphans} orphans, "
            f"{self.swept.uploads} unfinished; {len(self.faults)} faults; {self.seconds:.0f} s"
        )


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
