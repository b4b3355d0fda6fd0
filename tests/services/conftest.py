"""The world of page tests, for this folder."""

from __future__ import annotations

import pytest

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.clock import ORDINARY_DAY
from tests.devstack.database import Database
from tests.pages.world import World, world_of
from tests.servers import clamd, clamd_server


@pytest.fixture
def world(bare_stack: Stack, postgres: Postgres, database: Database) -> World:
    """The portal in this process; the clock stands on an ordinary morning."""
    world = world_of(bare_stack, database)
    world.clock.set(ORDINARY_DAY)
    return world


@pytest.fixture
def clean_world(world: World, clean_database: Database) -> World:
    """The portal with an empty database."""
    return world


__all__ = ["clamd", "clamd_server"]
