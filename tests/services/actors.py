"""Who acts in the tests of services."""

from __future__ import annotations

from portal.services.actor import Actor, ActorKind
from tests.pages.world import Announced


def citizen_of(announced: Announced) -> Actor:
    """The adult of a demand, signed in."""
    return Actor(ActorKind.CITIZEN, "test", announced.view.adult_id, announced.view.dossier_id)
