"""An amount that lies between two ends. Centimes; None is an open end: nobody knows how far it goes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENTIMES = 100


@dataclass(frozen=True)
class Span:
    """From `low` to `high`, both included."""

    low: int | None
    high: int | None

    @property
    def exact(self) -> int | None:
        """The amount where both ends are one."""
        return self.low if self.low == self.high else None

    @property
    def width(self) -> int | None:
        """How far apart the ends are; None when one is open."""
        return None if self.low is None or self.high is None else self.high - self.low

    def __add__(self, other: Span) -> Span:
        return Span(_plus(self.low, other.low), _plus(self.high, other.high))

    def __sub__(self, other: Span) -> Span:
        return self + Span(_minus(other.high), _minus(other.low))

    def __or__(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(
            None if self.low is None or other.low is None else min(self.low, other.low),
            None if self.high is None or other.high is None else max(self.high, other.high),
        )

    def at_least(self, least: int) -> Span:
        """Neither end below `least`."""
        return Span(least if self.low is None else max(self.low, least), _at_least(self.high, least))

    def at_most(self, most: Span) -> Span:
        """Each end no higher than that of `most`."""
        return Span(_lower(self.low, most.low), _lower(self.high, most.high))

    def outward(self) -> Span:
        """Rounded to whole francs, each end away from the other; one amount stays as it is."""
        if self.exact is not None:
            return self
        low = None if self.low is None else self.low // CENTIMES * CENTIMES
        return Span(low, None if self.high is None else -(-self.high // CENTIMES) * CENTIMES)

    def holds(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        return low and (self.high is None or (other.high is not None and other.high <= self.high))


def exactly(centimes: int) -> Span:
    """An amount that is known."""
    return Span(centimes, centimes)


NOTHING = exactly(0)
OPEN = Span(0, None)
"""Some amount from nothing on: it was not said."""


def from_francs(low: Decimal, high: Decimal) -> Span:
    """A span between two amounts in francs."""
    return Span(centimes(low), centimes(high))


def centimes(francs: Decimal) -> int:
    """Francs in centimes, half a centime upwards."""
    return int((francs * CENTIMES).quantize(Decimal(1), ROUND_HALF_UP))


def part(amount: int, over: int, under: int) -> int:
    """`amount × over ÷ under`, half a centime upwards."""
    return (2 * amount * over + under) // (2 * under)


def total(spans: list[Span]) -> Span:
    """Their sum."""
    found = NOTHING
    for span in spans:
        found += span
    return found


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _minus(one: int | None) -> int | None:
    return None if one is None else -one


def _at_least(one: int | None, least: int) -> int | None:
    return None if one is None else max(one, least)


def _lower(one: int | None, most: int | None) -> int | None:
    if one is None or most is None:
        return most if one is None else one
    return min(one, most)
