"""The order of those who are found, and why each is: part by part, whatever the order of the parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from portal.domain.likeness import BirthLikeness, NameLikeness, birth_likeness
from portal.domain.names import Name, Part, taken_apart
from portal.i18n.latin import latin

ALIKE: Final = 74.0
"""Of a hundred: from here on two parts count as the same one, misspelled."""
WHOLE_ALIKE: Final = 86.0
"""The same for two whole names, their words written together: Jean-Luc, Jeanluc."""
SURE: Final = 96.0
HALF: Final = 60.0
"""So much of what was typed must be met where a part of it is not."""
_BORN: Final = {
    BirthLikeness.SAME: 25.0,
    BirthLikeness.TURNED: 15.0,
    BirthLikeness.NEARLY: 12.0,
    BirthLikeness.YEAR: 8.0,
    BirthLikeness.UNKNOWN: 0.0,
    BirthLikeness.OTHER: -10.0,
}
_BY_BIRTH: Final = frozenset({BirthLikeness.SAME, BirthLikeness.TURNED})


@dataclass(frozen=True)
class Typed:
    """What the desk looks for: a name, a birth date or its year, or both."""

    name: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None

    @cached_property
    def apart(self) -> Name:
        """The name in its parts."""
        return taken_apart(self.name, latin)


@dataclass(frozen=True)
class Likeness:
    """Why somebody is shown, and how far up: the number is for the order alone and goes to nobody."""

    name: NameLikeness | None
    birth: BirthLikeness | None
    order: float


def likeness(typed: Typed, names: Iterable[str | None], born: date | None, birth_year: int | None) -> Likeness | None:
    """How near somebody with these names and this birth is to what was typed; None: not near enough to be shown."""
    birth = birth_likeness(typed.birth_date, typed.birth_year, born, birth_year)
    bonus = _BORN[birth] if birth else 0.0
    near = [found for name in names if name and (found := _name(typed.apart, taken_apart(name, latin))) is not None]
    if near:
        kind, closeness = max(near, key=lambda one: one[1])
        return Likeness(kind, birth, closeness + bonus)
    return Likeness(None, birth, bonus) if birth in _BY_BIRTH else None


def _name(typed: Name, stored: Name) -> tuple[NameLikeness, float] | None:
    """The kind and how close of a hundred; None where no part of one is like a part of the other."""
    if not typed.parts or not stored.parts:
        return None
    if typed.said == stored.said:
        return NameLikeness.SAME, 102.0
    whole = fuzz.ratio(typed.glued, stored.glued) - 2
    found = [max(_close(one, other) for other in stored.parts) for one in typed.parts]
    weights = [len(part.plain) for part in typed.parts]
    average = max(sum(close * weight for close, weight in zip(found, weights, strict=True)) / sum(weights), whole)
    average -= 0.0 if typed.little == stored.little else 4.0
    more = max(0, len(stored.parts) - len(typed.parts))
    if not more and typed.little == stored.little and _all_written(typed, stored):
        return NameLikeness.WRITTEN_OTHERWISE, max(average, 98.0)
    if min(found) >= ALIKE or whole >= WHOLE_ALIKE:
        return (NameLikeness.IN_PART if more and min(found) > SURE else NameLikeness.SIMILAR), average - 4 * more
    if max(found) >= ALIKE and average >= HALF:
        return NameLikeness.IN_PART, average - 25
    return None


def _close(one: Part, other: Part) -> float:
    """How near two parts are, of a hundred."""
    if one.plain == other.plain:
        return 100.0
    ratio = max(fuzz.ratio(one.plain, other.plain), fuzz.ratio(one.spelled, other.spelled) - 1)
    if one.codes & other.codes:
        return 92.0 if one.foreign or other.foreign else max(ratio, 70 + ratio / 4)
    return ratio


def _written(one: Part, other: Part) -> bool:
    """Whether it is the same part in another fashion or script."""
    return one.spelled == other.spelled or (one.foreign != other.foreign and bool(one.codes & other.codes))


def _all_written(typed: Name, stored: Name) -> bool:
    return all(any(_written(one, other) for other in stored.parts) for one in typed.parts)
