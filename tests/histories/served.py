"""Random histories through the services, on the real database: after each step every day equals the replay."""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from portal.services.register import verify_register
from tests.histories.house import File, House, WrongError, household
from tests.histories.looking import look
from tests.histories.steps import Steps
from tests.pages.world import World

STEPS = 10
SUPERUSER = "postgres"
_ODDS = {
    "report": 40,
    "correct": 16,
    "withdraw": 12,
    "answer": 8,
    "send": 8,
    "sent_again": 6,
    "correct_in_vain": 3,
    "looked_at": 4,
    "apart": 3,
}
"""Of each kind of step, in percent: the methods of `Steps`."""


@dataclass
class Served:
    """What was done and compared. `done`: how often, by what it is called."""

    histories: int = 0
    steps: int = 0
    days: int = 0
    two_adults: int = 0
    entries: int = 0
    """That the register ought to hold."""
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Served) -> None:
        """With those of another run on the same database."""
        self.histories += other.histories
        self.steps += other.steps
        self.days += other.days
        self.two_adults += other.two_adults
        self.entries += other.entries
        self.done += other.done
        self.faults += other.faults

    def line(self) -> str:
        """All of it in one sentence."""
        done = ", ".join(f"{count} {word}" for word, count in sorted(self.done.items()))
        return (
            f"histories through the services: {self.histories} ({self.two_adults} of two adults), {self.steps} steps, "
            f"{self.days} days compared; {done}; {self.entries} register entries; {len(self.faults)} faults"
        )


def run_served(world: World, seeds: Iterable[int], *, until: float = math.inf) -> Served:
    """Each of these histories; none is begun after `until` (of `time.monotonic`)."""
    found = Served()
    with world.database.connect(SUPERUSER, autocommit=True) as connection:
        house = House(world, connection, world.caseworker("sierre", f"histories-{os.getpid()}"))
        for seed in seeds:
            if time.monotonic() > until:
                break
            _one(house, seed, found)
            found.histories += 1
    return found


def verify(world: World, found: Served) -> None:
    """The chain of the register holds, and has as many entries as were sent. The database holds nothing else's."""
    report = verify_register(world.citizen)
    found.faults += [f"register: {fault}" for fault in report.faults]
    if report.entries != found.entries and not found.faults:
        found.faults.append(f"{report.entries} entries in the register, {found.entries} were sent")


def _one(house: House, seed: int, found: Served) -> None:
    random, files, before = Random(seed), list[File](), found.steps  # noqa: S311 - the same history for the same seed, no secret
    steps = Steps(house, random, Counter())
    try:
        files.append(household(house, random))
        found.two_adults += len(files[0].adults) > 1
        for _ in range(STEPS):
            house.world.clock.forward(days=random.randint(0, 11), minutes=random.randint(1, 300))
            file, what = random.choice(files), random.choices([*_ODDS], [*_ODDS.values()])[0]
            parted: File | None = getattr(steps, what)(file)
            files += [parted] if parted else []
            found.days += sum(look(house, one, random) for one in files)
            found.steps += 1
    except WrongError as wrong:
        found.faults.append(f"history {seed}, step {found.steps - before + 1}: {wrong}")
    except Exception as error:
        found.faults.append(f"history {seed}, step {found.steps - before + 1}: {type(error).__name__}: {error}")
    found.entries += sum(1 + len(file.book.reports) + file.book.withdrawn for file in files)
    found.done += steps.count
