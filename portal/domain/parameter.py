"""What a dated legal value is. The files behind it, and their fields, are explained in `docs/law.md`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "int | Decimal | str | bool | date | tuple[Value, ...] | Mapping[str, Value]"

FIRST_DAY = date(2021, 7, 1)
"""The law of 10.9.2020 (LIAS) came into force on this day; before it the portal gives no answer."""


class Confidence(StrEnum):
    """How sure a value is. The words and their meaning: `docs/law.md`."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    UNVERIFIED = "unverified"

    @property
    def lowered(self) -> Confidence:
        """One step less certain."""
        return Confidence.PROBABLE if self is Confidence.CERTAIN else Confidence.UNVERIFIED


class WrongKindError(TypeError):
    """A value was asked for as something it is not, or is not known."""


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter, between two dates, as its file states it."""

    since: date
    until: date | None
    """The last day before the next value; None = the newest value."""
    value: Value | None
    """None = not known for Valais; `missing` says what is missing."""
    missing: str | None
    between: tuple[Decimal, Decimal] | None
    """The lowest and highest amount it may have, where only that is known."""
    source: str
    article: str | None
    confidence: Confidence
    """As read; `Parameter.confidence` is what holds on a day."""
    checked_on: date
    confirmed_until: date | None
    """The last day the source speaks for; from then on it is one step less certain. None = no such limit."""
    note: str | None


@dataclass(frozen=True)
class Definition:
    """A parameter with its whole history, newest value first."""

    name: str
    topic: str
    label: str
    """What it is, in short French words (a message id of the interface)."""
    description: str
    """What it is, in English."""
    unit: str
    change_expected_on: date | None
    """A day from which another value is announced but not known yet."""
    values: tuple[DatedValue, ...]
    for_reading: bool = False
    """Nothing is computed or said with it; it stands on the page of the law alone."""


@dataclass(frozen=True)
class Parameter:
    """The value of a parameter on one day, with all that must be said beside it."""

    name: str
    topic: str
    label: str
    unit: str
    on: date
    value: Value | None
    missing: str | None
    between: tuple[Decimal, Decimal] | None
    admissible: tuple[Decimal, Decimal] | None
    """The lowest and highest amount that it may be today, as far as is known; None where it is no single amount.

    A certain or carried-on value is one amount. An unknown one lies `between`. One that is not certain may still be
    any of the amounts since the last certain one, for it is not known when Valais took the newer ones over.
    """
    source: str
    article: str | None
    confidence: Confidence
    since: date
    checked_on: date
    carried_on: bool
    """The source speaks for earlier days only: the value goes on, one step less certain. Say so."""
    change_expected: bool
    """Another value is announced for this day or before, but not known. Say so."""
    stale: bool
    """Last checked more than twelve months before the day asked for."""
    note: str | None

    @property
    def known(self) -> bool:
        """Whether a value is known for Valais on that day."""
        return self.value is not None

    @property
    def certain(self) -> bool:
        """Whether it may be stated without reserve."""
        return self.known and self.confidence is Confidence.CERTAIN

    def whole(self, key: str | None = None) -> int:
        """The value, or one part of it, as a whole number. Raises `WrongKindError`."""
        found = self._part(key)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
        raise WrongKindError(f"{self.name}: {found!r} is not a whole number")

    def amount(self, key: str | None = None) -> Decimal:
        """The value, or one part of it, as an exact number in its unit. Raises `WrongKindError`."""
        found = self._part(key)
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            return Decimal(found)
        raise WrongKindError(f"{self.name}: {found!r} is not a number")

    def text(self, key: str | None = None) -> str:
        """The value, or one part of it, as a text or a rule's name. Raises `WrongKindError`."""
        found = self._part(key)
        if isinstance(found, str):
            return found
        raise WrongKindError(f"{self.name}: {found!r} is not a text")

    def texts(self, key: str | None = None) -> tuple[str, ...]:
        """The value, or one part of it, as a list of texts. Raises `WrongKindError`."""
        found = self._part(key)
        if isinstance(found, tuple):
            texts = tuple(item for item in found if isinstance(item, str))
            if len(texts) == len(found):
                return texts
        raise WrongKindError(f"{self.name}: {found!r} is not a list of texts")

    def has(self, key: str) -> bool:
        """Whether the value has a part of that name."""
        return isinstance(self.value, Mapping) and key in self.value

    def _part(self, key: str | None) -> Value:
        if self.value is None:
            raise WrongKindError(f"{self.name}: not known for Valais on {self.on}: {self.missing}")
        if key is None:
            return self.value
        if isinstance(self.value, Mapping) and key in self.value:
            return self.value[key]
        raise WrongKindError(f"{self.name}: has no part {key}")


Law: TypeAlias = Callable[[str], Parameter]
"""The dated values of the law on one day, by name. What computes with the law takes one as an argument."""
