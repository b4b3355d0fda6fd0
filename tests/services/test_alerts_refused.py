"""A duty address that refuses the alert for good: the request then stands on every region's board."""

from __future__ import annotations

from portal.models import SentMail
from portal.services.board import lonely_urgent
from tests.pages.world import World


def test_a_refused_alert_stands_on_every_board(clean_world: World) -> None:
    world = clean_world
    urgent = world.announce(urgent=True)
    assert lonely_urgent(world.staff) == ()
    now = world.clock.now()
    with world.worker.database.transaction() as session:
        name = f"urgent/{urgent.id}/sierre/0"
        session.add(SentMail(name=name, message_id="<x@example.ch>", created_at=now, sent_at=None, refused_at=now))
    assert [item.reference for item in lonely_urgent(world.staff)] == [urgent.reference]
