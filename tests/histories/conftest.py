"""The world of services, for this folder."""

from tests.services.conftest import clean_world, world

__all__ = ["clean_world", "world"]
