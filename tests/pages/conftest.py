"""The world of page tests."""

from __future__ import annotations

import pytest

from devstack.oidc import Oidc
from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.clock import ORDINARY_DAY
from tests.devstack.database import Database
from tests.pages.world import World, world_of


@pytest.fixture
def world(bare_stack: Stack, postgres: Postgres, oidc: Oidc, database: Database) -> World:
    """The portal in this process, with who vouches for its desk; the clock stands on an ordinary morning."""
    world = world_of(bare_stack, database)
    world.clock.set(ORDINARY_DAY)
    return world


@pytest.fixture
def clean_world(world: World, clean_database: Database) -> World:
    """The portal with an empty database."""
    return world
