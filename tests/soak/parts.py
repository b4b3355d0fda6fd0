"""The parts of the soak. A new part is a module with a `part`, and a place in PARTS of `__main__`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devstack.stack import Stack


@dataclass(frozen=True)
class Request:
    """What the caller asked for."""

    seed: int
    seconds: float
    """How long the part may take at most."""
    count: int | None = None
    """How many histories; None: all of the plan. The other parts have a plan of their own."""


@dataclass(frozen=True)
class Result:
    """What a part found; it holds when there is no fault."""

    line: str
    figures: dict[str, object]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """`run` gets a stack of its own whose PostgreSQL runs, migrated and empty; it must end within the asked seconds."""

    name: str
    about: str
    run: Callable[[Stack, Request], Result]
