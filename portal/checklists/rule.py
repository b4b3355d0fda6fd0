"""What a checklist rule is: one paper, whose it is, when it is wanted, and every word about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.checklists.predicates import Predicate
from portal.domain.parameter import Confidence


class Whose(StrEnum):
    """Who brings the paper; the conditions of each are `MEMBERSHIP`."""

    HOUSEHOLD = "household"
    """Once, for all."""
    PERSON = "person"
    """Each person who is counted."""
    ADULT = "adult"
    CHILD = "child"
    """Each minor."""


MEMBERSHIP: Final[dict[Whose, tuple[str, ...]]] = {
    Whose.HOUSEHOLD: (),
    Whose.PERSON: ("counted",),
    Whose.ADULT: ("counted", "adult"),
    Whose.CHILD: ("counted", "minor"),
}


class State(StrEnum):
    """How a document request starts."""

    TO_BRING = "to_bring"
    TO_SIGN = "to_sign"


@dataclass(frozen=True)
class Basis:
    """What the request stands on: an article that asks for it, or the centre's practice."""

    article: str | None = None
    """None: no known text of the law names the paper; it is the practice of centres."""
    parameter: str | None = None
    """A name in `portal/law/parameters`: the value of the law that the paper serves."""

    @property
    def practice(self) -> bool:
        """Whether it is the centre's practice, and must be said to be."""
        return self.article is None


@dataclass(frozen=True)
class ChecklistRule:
    """One paper: when it is wanted, of whom, for which months, and every word about it (French message ids)."""

    id: str
    topic: str
    title: str
    official: str | None
    whose: Whose
    when: tuple[Predicate, ...]
    """All must hold, those of `whose` first."""
    any_of: tuple[Predicate, ...]
    """One must hold, where there are any."""
    months: int
    """How many full calendar months before the month of filing; 0: no months."""
    why: str
    looks_like: str
    where: str
    cost: str | None
    """None: not known. No price stands here without a source."""
    instead: tuple[str, ...]
    basis: Basis
    source: str
    confidence: Confidence
    """How sure it is that a centre in Valais asks for it."""
    state: State
    only_for_changes: bool = False
    """Asked only because of a change that was reported; never on the list of a demand."""

    @property
    def conditional(self) -> bool:
        """Whether some household does not need it."""
        return bool(self.when or self.any_of)
