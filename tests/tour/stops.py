"""Where the tour stops, and how one gets there: as a person would, by the words on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page

from devstack.stack import Stack
from tests.devstack.database import Database


@dataclass(frozen=True)
class Place:
    """The portal of the tour."""

    stack: Stack
    database: Database
    base_url: str


Walk = Callable[[Place, Page, str], object]
Missing = Callable[[Stack], AbstractContextManager[object]]


@dataclass(frozen=True)
class Stop:
    """One page of the tour."""

    name: str
    walk: Walk
    languages: tuple[str, ...]
    script: bool
    without: Missing


STOPS: Final[list[Stop]] = []


def stop(*, script: bool = True, without: Missing = lambda _stack: nullcontext()) -> Callable[[Walk], Walk]:
    """Note the function as the way to a stop; a name that begins with `staff` is the desk's, in its two languages."""

    def note(walk: Walk) -> Walk:
        name = getattr(walk, "__name__", "").replace("_", "-")
        languages = ("fr", "de") if name.startswith("staff") else ("fr", "de", "ar")
        STOPS.append(Stop(f"{len(STOPS) + 1:02d}-{name}", walk, languages, script, without))
        return walk

    return note


@contextmanager
def no_database(stack: Stack) -> Iterator[None]:
    """PostgreSQL is down."""
    stack.postgres.stop()
    try:
        yield
    finally:
        stack.postgres.start()
