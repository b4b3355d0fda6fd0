"""A clock that tests set, so that a month's last minute does not have to be waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZURICH = ZoneInfo("Europe/Zurich")
ORDINARY_DAY = "2026-11-10 10:00"


def local(text: str, *, fold: int = 0) -> datetime:
    """`2026-10-31 23:58[:30.5]` in Valais, as an aware UTC instant; `fold=1` is the second of two equal hours."""
    return datetime.fromisoformat(text).replace(tzinfo=ZURICH, fold=fold).astimezone(UTC)


class SettableClock:
    """Stands still until it is moved; `then` makes it jump after the next look at it."""

    def __init__(self) -> None:
        self._now = local(ORDINARY_DAY)
        self._next: list[datetime] = []

    def now(self) -> datetime:
        """The instant that was set."""
        now = self._now
        if self._next:
            self._now = self._next.pop(0)
        return now

    def set(self, text: str, *, fold: int = 0) -> datetime:
        """Stand at a local time."""
        self._now, self._next = local(text, fold=fold), []
        return self._now

    def forward(self, **amount: float) -> datetime:
        """Move on by `minutes=…`, `hours=…` and so on."""
        self._now += timedelta(**amount)
        return self._now

    def then(self, *instants: datetime) -> None:
        """Jump to each of these, one look after the other: time passes while a request is under way."""
        self._next = list(instants)
