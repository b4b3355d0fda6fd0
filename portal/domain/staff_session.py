"""How long a caseworker's visit holds: idle, in all, and since the sign-in service last vouched for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=10)
RECHECK: Final = timedelta(minutes=5)
"""So long a good word of the sign-in service is taken for granted."""
GRACE: Final = timedelta(minutes=60)
"""So long a visit goes on without one: while the service is away, and where it gives nothing to ask it with."""
RETRY: Final = timedelta(minutes=1)
"""While the service is away it is asked no oftener: each try may hold a page back for seconds."""
TAKEOVER: Final = timedelta(seconds=30)
"""A check that has not ended by then is taken for crashed, and made by the next request."""


class Ended(StrEnum):
    """Why a visit ended; the sign-in page says it."""

    SIGNED_OUT = "signed-out"
    IDLE = "idle"
    TOO_LONG = "too-long"
    LEFT = "left"
    """The caseworker is not active any more."""
    REFUSED = "refused"
    """The sign-in service does not vouch for them any more."""
    UNREACHABLE = "unreachable"
    UNVERIFIABLE = "unverifiable"
    """There was nothing to ask the service with, and the hour is over."""
    ELSEWHERE = "elsewhere"
    """From the list of the own sessions."""
    CHANGED = "changed"
    """Their functions or region are others now: the next sign-in has them."""
    PROVIDER = "provider"
    """The service itself said so."""


class Notice(StrEnum):
    """What every page of the desk says while a visit holds without a fresh word of the service."""

    UNREACHABLE = "unreachable"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True)
class Visit:
    """What is known of one visit; instants are aware."""

    created_at: datetime
    seen_at: datetime
    checked_at: datetime
    """When the service last vouched for the caseworker: at the sign-in, then at each good check."""
    failed_at: datetime | None
    """When it could not be asked; none after a good check."""
    verifiable: bool
    """Whether there is a token to ask it with."""

    def ended(self, now: datetime, *, active: bool) -> Ended | None:
        """Why the visit is over at an instant; none while it holds."""
        if not active:
            return Ended.LEFT
        if now - self.seen_at > IDLE:
            return Ended.IDLE
        if now - self.created_at > ABSOLUTE:
            return Ended.TOO_LONG
        if now - self.checked_at > GRACE and not self.verifiable:
            return Ended.UNVERIFIABLE
        if now - self.checked_at > GRACE and self.failed_at is not None:
            return Ended.UNREACHABLE
        return None

    def check_due(self, now: datetime) -> bool:
        """Whether the service is to be asked with this request."""
        waits = self.failed_at is not None and now - self.failed_at < RETRY
        return self.verifiable and now - self.checked_at >= RECHECK and not waits

    @property
    def notice(self) -> Notice | None:
        """What the pages say, if anything."""
        if not self.verifiable:
            return Notice.UNVERIFIABLE
        return Notice.UNREACHABLE if self.failed_at is not None else None

    def ends_at(self, now: datetime) -> datetime:
        """When the visit ends if nobody does anything from now on."""
        ends = min(now + IDLE, self.created_at + ABSOLUTE)
        return min(ends, self.holds_until) if self.notice else ends

    @property
    def holds_until(self) -> datetime:
        """Until when it holds at most without another word of the service."""
        return min(self.checked_at + GRACE, self.created_at + ABSOLUTE)
