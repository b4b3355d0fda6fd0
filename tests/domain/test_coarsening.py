"""No small group is published, and none can be computed from what is: tried by brute force over every set of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.coarsening import PLACE, SMALLEST, Dimension, Person, Published, fit, in_fives, publish

COLOUR = Dimension("colour", ({}, {"red": "warm", "yellow": "warm"}, {"red": "any", "yellow": "any", "blue": "any"}))
SIZE = Dimension("size", ({},))
DIMENSIONS = (COLOUR, SIZE)
PLACES, COLOURS, SIZES = ("a", "b"), ("red", "yellow", "blue"), ("s", "l")
CELLS = list(product(PLACES, COLOURS, SIZES))

counts = st.lists(st.one_of(st.just(0), st.integers(1, 12)), min_size=len(CELLS), max_size=len(CELLS))


def people_of(counted: Sequence[int]) -> list[Person]:
    return [
        {PLACE: place, "colour": colour, "size": size}
        for (place, colour, size), count in zip(CELLS, counted, strict=True)
        for _ in range(count)
    ]


def published_sets(found: Published) -> list[tuple[frozenset[int], int]]:
    """Every published number with the cells that it sums; numbers that are not named because they are zero as well."""
    sets: list[tuple[frozenset[int], int]] = [(frozenset(range(len(CELLS))), found.total)]
    told = [dict(zip((PLACE, "colour", "size"), cell, strict=True)) for cell in CELLS]
    if found.places is not None:
        sets += [(_where(told, {PLACE: place}), found.places.get(place, 0)) for place in PLACES]
    for dimension in DIMENSIONS:
        groups = {level: {dimension.group(one, level) for one in told} for level in range(len(dimension.levels))}
        if table := found.whole.get(dimension.name):
            for group in groups[table.level]:
                cells = frozenset(i for i, one in enumerate(told) if dimension.group(one, table.level) == group)
                sets.append((cells, table.counts.get(group, 0)))
        if each := found.of_place.get(dimension.name):
            level, numbers = each
            for place, group in product(PLACES, groups[level]):
                cells = frozenset(
                    i for i, one in enumerate(told) if one[PLACE] == place and dimension.group(one, level) == group
                )
                sets.append((cells, numbers.get((place, group), 0)))
    return sets


def _where(told: Iterable[Person], wanted: Person) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(told) if wanted.items() <= one.items())


def unseen(rows: list[list[int]], width: int) -> list[list[Fraction]]:
    """A basis of all changes of the cells that no published number would show."""
    matrix = [[Fraction(value) for value in row] for row in rows]
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        found = next((i for i in range(at, len(matrix)) if matrix[i][column]), None)
        if found is None:
            continue
        matrix[at], matrix[found] = matrix[found], matrix[at]
        matrix[at] = [value / matrix[at][column] for value in matrix[at]]
        for i, row in enumerate(matrix):
            if i != at and row[column]:
                matrix[i] = [value - row[column] * own for value, own in zip(row, matrix[at], strict=True)]
        pivots.append(column)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -matrix[i][free]
        basis.append(vector)
    return basis


def derivable_small(found: Published, counted: Sequence[int]) -> list[tuple[int, ...]]:
    """Every set of cells whose number can be computed by adding and subtracting, and lies between one and four.

    Cells of a published zero are known to be empty, so they are taken out first: that helps who computes.
    """
    sets = published_sets(found)
    empty = frozenset().union(*(cells for cells, count in sets if count == 0))
    left = [i for i in range(len(CELLS)) if i not in empty]
    basis = unseen([[int(i in cells) for i in left] for cells, _count in sets], len(left))
    small = []
    for chosen in product((0, 1), repeat=len(left)):
        number = sum(counted[i] for i, one in zip(left, chosen, strict=True) if one)
        hidden = 0 < number < SMALLEST
        if hidden and all(sum(v for v, one in zip(vector, chosen, strict=True) if one) == 0 for vector in basis):
            small.append(tuple(i for i, one in zip(left, chosen, strict=True) if one))
    return small


@given(counts)
def test_no_number_of_one_to_four_is_published(counted: list[int]) -> None:
    found = publish(people_of(counted), DIMENSIONS)
    if found is None:
        assert 0 < sum(counted) < SMALLEST
        return
    assert all(fit([count]) for _cells, count in published_sets(found))
    assert all(sum(counted[i] for i in cells) == count for cells, count in published_sets(found))


@settings(deadline=None, max_examples=60)
@given(counts)
def test_none_can_be_computed_from_the_others(counted: list[int]) -> None:
    found = publish(people_of(counted), DIMENSIONS)
    if found is not None:
        assert derivable_small(found, counted) == []


def test_the_search_finds_what_a_careless_publication_lets_through() -> None:
    """Beside a total, one place that is left out is no secret: the check itself must see that."""
    counted = [0] * len(CELLS)
    counted[0], counted[6] = 10, 3
    careless = Published(13, None, {}, {})
    assert derivable_small(careless, counted) == []
    careless = Published(13, {"a": 10, "b": 3}, {}, {})
    assert derivable_small(careless, counted) != []
    by_place = {"colour": (0, {("a", "red"): 10, ("b", "red"): 3})}
    assert derivable_small(Published(13, None, {}, by_place), counted) != []


def test_a_small_group_takes_its_level_away_for_all() -> None:
    people = people_of([20, 10, 10, 0, 5, 5, 8, 0, 2, 0, 9, 0])
    found = publish(people, DIMENSIONS)
    assert found is not None
    assert found.whole["colour"].level == 0
    assert found.of_place["colour"] == (1, {("a", "warm"): 40, ("a", "blue"): 10, ("b", "warm"): 10, ("b", "blue"): 9})
    assert "size" in found.whole
    lonely = publish([*people, {PLACE: "c", "colour": "red", "size": "s"}], DIMENSIONS)
    assert lonely is not None
    assert (lonely.places, lonely.of_place) == (None, {})


def test_too_few_to_be_shown_at_all() -> None:
    assert publish(people_of([4, *[0] * 11]), DIMENSIONS) is None
    nobody = publish([], DIMENSIONS)
    assert nobody is not None
    assert nobody.total == 0


def test_what_lies_within_a_place_is_not_shown_for_the_whole() -> None:
    found = publish(people_of([10] * 12), [Dimension("colour", ({},), within_place=True)])
    assert found is not None
    assert "colour" not in found.whole
    assert "colour" in found.of_place


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_kinds_that_follow_from_each_other_are_rounded_down(count: int, shown: int) -> None:
    assert in_fives(count) == shown
