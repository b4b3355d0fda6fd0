"""The ids of persons: short, stable, never given twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, count
from typing import Final

from portal.domain.situation.words import Relation

_LETTER: Final = {Relation.SPOUSE: "b", Relation.PARTNER: "b", Relation.CHILD: "c"}


def new_person_id(relation: Relation, taken: Collection[str]) -> str:
    """An id that nobody has or had: `b`, `b1`, … for who lives with the applicant as a couple, `c1`, … for children."""
    letter = _LETTER.get(relation, "o")
    names: Iterable[str] = [letter] if letter == "b" else []
    return next(name for name in chain(names, (f"{letter}{n}" for n in count(1))) if name not in taken)
