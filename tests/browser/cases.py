"""Every page of the portal that a person may meet, in each of its states: what axe looks at, and the pseudo-language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

from portal.i18n.languages import CODES, STAFF_CODES
from tests.browser.visits import Visit
from tests.browser.world import World

Open = Callable[[Visit], object]
Missing = Callable[[World], AbstractContextManager[None]]


@dataclass(frozen=True)
class Case:
    """One state of one page. `endpoint` is empty for pages that belong to no route."""

    name: str
    endpoint: str
    template: str
    open: Open
    status: int
    staff: bool
    script: bool
    """False: as a browser without JavaScript shows it."""
    here: bool
    """True: only the app in this process can show it (it has another clock, or a cold cache)."""
    without: Missing | None
    """What is broken while the page opens."""
    look: bool = True
    """False: it differs from another case in its words alone, so that only they are read."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the page exists."""
        return STAFF_CODES if self.staff else CODES


CASES: Final[list[Case]] = []
"""Filled by the modules that `all_cases` imports."""


def case(
    endpoint: str,
    template: str,
    status: int = 200,
    *,
    script: bool = True,
    here: bool = False,
    without: Missing | None = None,
    look: bool = True,
) -> Callable[[Open], Open]:
    """Note the function as the way to one page."""

    def note(function: Open) -> Open:
        name = getattr(function, "__name__", "")
        staff = name.startswith("staff_")
        CASES.append(Case(name, endpoint, template, function, status, staff, script, here, without, look))
        return function

    return note


@contextmanager
def no_database(world: World) -> Iterator[None]:
    """PostgreSQL is down."""
    world.stack.postgres.stop()
    try:
        yield
    finally:
        world.stack.postgres.start()


@contextmanager
def no_provider(world: World) -> Iterator[None]:
    """The OpenID provider is down."""
    world.stack.oidc.stop()
    try:
        yield
    finally:
        world.stack.oidc.start()


def broken_codes(world: World) -> AbstractContextManager[None]:
    """The table of access codes cannot be read: a fault that no page foresees."""
    return world.table_away("access_code")
