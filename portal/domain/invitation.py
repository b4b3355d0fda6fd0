"""An invitation to the desk: to one address, for fourteen days, taken up once by whom the provider vouches for."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.role import ADMINISTERS, Role

VALID: Final = timedelta(days=14)
INVITABLE: Final = tuple(role for role in Role if role not in ADMINISTERS)
"""What can be given from a page. Who lets people in is named by the command alone, as the owner of the tables."""


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    """Nobody took it up in its fourteen days."""


def state_of(
    ends_at: datetime, taken_at: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> InvitationState:
    """Where it stands at an instant; all are aware."""
    if taken_at is not None:
        return InvitationState.TAKEN
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < ends_at else InvitationState.OVER


def folded(address: str) -> str:
    """An address as two are compared: providers and people write capitals as they like."""
    return address.strip().casefold()
