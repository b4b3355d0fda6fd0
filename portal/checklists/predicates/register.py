"""The register of predicates, filled by two decorators, and the small helpers that all of them share.

Two ways of not saying anything are told apart. «I do not know» and «at the interview» leave a predicate open (None). What was
not answered leaves it open too where everybody is asked (home, work, permit, wealth), and counts as no where
the fact is rare (`rare`): a list full of «perhaps» helps nobody (minimisation, ANN2 ch. 2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from portal.domain.parameter import Law
from portal.domain.situation import Answer, Missing, Person, Situation

Truth: TypeAlias = "bool | None"
"""None: not known."""
Asks: TypeAlias = "tuple[str, ...] | Callable[[Person], tuple[str, ...]]"
"""The answers that decide it: fields of the situation, or of the person as `person.<field>`."""


@dataclass(frozen=True)
class Predicate:
    """One named condition."""

    name: str
    description: str
    of_person: bool
    """Whether it needs a person; a rule of the household cannot use it then."""
    asks: Asks
    holds: Callable[[Situation, Person | None, date, Law], Truth]

    def open_answers(self, situation: Situation, person: Person | None, on: date) -> tuple[str, ...]:
        """Those of the answers behind it that are not known on that day: one of them decides."""
        asks = self.asks if isinstance(self.asks, tuple) else self.asks(person) if person else ()
        return tuple(field for field in asks if _open(field, situation, person, on))


def _open(field: str, situation: Situation, person: Person | None, on: date) -> bool:
    if not field.startswith(PERSON):
        return getattr(situation, field).known(on) is None
    name = field.removeprefix(PERSON)
    ways = next((pair for pair in _EITHER if name in pair), (name,))
    people = (person,) if person else situation.persons
    return any(all(getattr(one, way).known(on) is None for way in ways) for one in people)


PERSON: Final = "person."
_EITHER: Final = (("born", "age"), ("together_since", "together_years"), ("asylum_since", "asylum_years"))
"""Two ways to say one thing: where one is said, the other is not open."""
PREDICATES: Final[dict[str, Predicate]] = {}


def of_household(
    *asks: str,
) -> Callable[[Callable[[Situation, date, Law], Truth]], Callable[[Situation, date, Law], Truth]]:
    """Register a predicate of the whole household under the function's name."""

    def enter(function: Callable[[Situation, date, Law], Truth]) -> Callable[[Situation, date, Law], Truth]:
        def holds(situation: Situation, person: Person | None, on: date, law: Law) -> Truth:
            return function(situation, on, law)

        _enter(function.__name__, function.__doc__, of_person=False, asks=asks, holds=holds)
        return function

    return enter


def of_person(
    *asks: str, asked: Callable[[Person], tuple[str, ...]] | None = None
) -> Callable[[Callable[[Situation, Person, date, Law], Truth]], Callable[[Situation, Person, date, Law], Truth]]:
    """Register a predicate of one person under the function's name. `asked`: the answers by person, instead."""

    def enter(
        function: Callable[[Situation, Person, date, Law], Truth],
    ) -> Callable[[Situation, Person, date, Law], Truth]:
        def holds(situation: Situation, person: Person | None, on: date, law: Law) -> Truth:
            if person is None:
                raise TypeError(f"{function.__name__} needs a person")
            return function(situation, person, on, law)

        _enter(function.__name__, function.__doc__, of_person=True, asks=asked or asks, holds=holds)
        return function

    return enter


def _enter(
    name: str,
    doc: str | None,
    *,
    of_person: bool,
    asks: Asks,
    holds: Callable[[Situation, Person | None, date, Law], Truth],
) -> None:
    if name in PREDICATES or not doc:
        raise TypeError(f"the predicate {name} stands twice, or has no docstring")
    PREDICATES[name] = Predicate(name, " ".join(doc.split()), of_person, asks, holds)


def rare(answer: Answer[bool]) -> Truth:
    """A yes or no about something that few people meet: not answered counts as no."""
    return None if isinstance(answer, Missing) else bool(answer)


def some(answer: Answer[int]) -> Truth:
    """Whether an amount or a number that everybody is asked for is more than nothing."""
    return None if answer is None or isinstance(answer, Missing) else answer > 0


def either(*truths: Truth) -> Truth:
    """Yes where one is yes; no where all are no; else not known."""
    if any(truth is True for truth in truths):
        return True
    return None if any(truth is None for truth in truths) else False
