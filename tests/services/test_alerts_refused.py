"""A duty address that refuses the alert for good: the request then stands on every region's board."""

from __future__ import annotations

from portal.models import SentMail
from portal.services.board import lonely_urgent
from portal.services.desk import pass_on
from tests.pages.world import Announced, World


def refuse(world: World, urgent: Announced) -> None:
    """The server of Sierre's duty address refuses the first alert for good."""
    now = world.clock.now()
    with world.worker.database.transaction() as session:
        name = f"urgent/{urgent.id}/sierre/0"
        session.add(SentMail(name=name, message_id="<x@example.ch>", created_at=now, sent_at=None, refused_at=now))


def test_a_refused_alert_stands_on_every_board(clean_world: World) -> None:
    world = clean_world
    urgent = world.announce(urgent=True)
    assert lonely_urgent(world.staff) == ()
    refuse(world, urgent)
    assert [(item.reference, item.refused) for item in lonely_urgent(world.staff)] == [(urgent.reference, True)]
    assert (
        "Le serveur de mail du piquet a refusé l’alerte. Appelez ce centre."
        in world.desk("martigny").open("/staff/").text
    )


def test_what_the_earlier_centre_s_server_refused_says_nothing_of_the_next(clean_world: World) -> None:
    """The duty address of the Upper Valais is known, and its server refused nothing."""
    world = clean_world
    urgent = world.announce(urgent=True)
    refuse(world, urgent)
    pass_on(world.staff, world.caseworker("sierre"), urgent.id, "oberwallis", "Domicile")
    assert lonely_urgent(world.staff) == ()
