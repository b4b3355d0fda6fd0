"""What waits beside the demands, brought up to date by triggers (`clock_item`): the one thing that those cannot see."""

from __future__ import annotations

from sqlalchemy import text

from portal.services.kit import Kit


def heal(kit: Kit) -> int:
    """Put right what two who wrote at once left with the centre of before; how many households. Run it as often as you like."""
    with kit.database.transaction() as session:
        return int(session.scalar(text("SELECT heal_clock_items()")) or 0)
