"""Figures of groups, of which none is small, and none can be computed from the others. Decision 0032 says why.

Everybody counts once. Each dimension (language, channel, …) has fixed levels, from fine to coarse. For the whole and, where
every place allows it, for each place, a dimension is shown at its finest level of which **every** cell has nobody or at
least `SMALLEST` people; one small cell takes the level away for all, so that nothing stands alone beside a total. All places
have the same level, which is never finer than that of the whole. Two dimensions are never crossed.

That holds where any word of one dimension may go with any word of another. Where one follows from another (a kind of paper
that is asked of whom another one is asked), counts are rounded down instead (`in_fives`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

SMALLEST: Final = 5
PLACE: Final = "place"

Person: TypeAlias = Mapping[str, str]
"""What is known of one: a word for each dimension, and for the place."""


@dataclass(frozen=True)
class Dimension:
    """One way to tell people apart. A level says for each word to which group it belongs; a word not named there stays itself.

    Each level groups whole groups of the one before it, and none depends on the people that are counted.
    """

    name: str
    levels: tuple[Mapping[str, str], ...]
    within_place: bool = False
    """Whether it tells people apart within their place only (a commune lies in one): then it is not shown for the whole."""

    def group(self, person: Person, level: int) -> str:
        """The group of one at a level."""
        word = person[self.name]
        return self.levels[level].get(word, word)


@dataclass(frozen=True)
class Table:
    """One dimension as it is shown: how many of each group; groups without anybody are not named."""

    level: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Published:
    """Everything that is shown of some people. None: not without showing a small group."""

    total: int
    places: Mapping[str, int] | None
    whole: Mapping[str, Table]
    """By dimension; one that is missing cannot be shown at any level."""
    of_place: Mapping[str, tuple[int, Mapping[tuple[str, str], int]]]
    """By dimension: its level, and how many of each place and group."""


def fit(counts: Iterable[int]) -> bool:
    """Whether all of these may be shown beside each other."""
    return all(count == 0 or count >= SMALLEST for count in counts)


def in_fives(count: int) -> int:
    """A count rounded down to a whole number of fives: of two such numbers no difference is known."""
    return count // SMALLEST * SMALLEST


def publish(people: Sequence[Person], dimensions: Sequence[Dimension]) -> Published | None:
    """What may be shown of these people; None where they are too few to be shown at all."""
    if not fit([len(people)]):
        return None
    places = Counter(person[PLACE] for person in people)
    apart = fit(places.values())
    whole, of_place = {}, {}
    for dimension in dimensions:
        if not dimension.within_place and (found := _whole(people, dimension)):
            whole[dimension.name] = found
        if apart and (each := _of_place(people, dimension)):
            of_place[dimension.name] = each
    return Published(len(people), dict(places) if apart else None, whole, of_place)


def _whole(people: Sequence[Person], dimension: Dimension) -> Table | None:
    for level in range(len(dimension.levels)):
        counts = Counter(dimension.group(person, level) for person in people)
        if fit(counts.values()):
            return Table(level, dict(counts))
    return None


def _of_place(people: Sequence[Person], dimension: Dimension) -> tuple[int, Mapping[tuple[str, str], int]] | None:
    for level in range(len(dimension.levels)):
        counts = Counter((person[PLACE], dimension.group(person, level)) for person in people)
        if fit(counts.values()):
            return level, dict(counts)
    return None
