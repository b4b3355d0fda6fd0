"""The guided path: which parts are asked, in which order, given the answers so far. The state is a plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from portal.domain.situation.ages import MAJORITY
from portal.forms.estimate.fields import read_whole
from portal.forms.estimate.parts import (
    MOST_CHILDREN,
    MOST_OTHERS,
    AdultPart,
    AgePart,
    ChildIncomePart,
    GrownChildPart,
    HomePart,
    IncomePart,
    MoneyPart,
    OthersPart,
    Part,
    PartnerPart,
)

APPLICANT, PARTNER = "a", "b"
WORKING_AGE: Final = 15
"""From this age a child is asked about a wage. A choice of the portal, not of the law."""
STEPS: Final = ("home", "people", "work", "income", "money")
LONGEST: Final = 200
"""No answer of this path is longer; more is cut."""

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One page of the path: its parts, made from the answers."""

    name: str
    parts: tuple[Part, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of all its fields."""
        return frozenset(field.name for part in self.parts for field in part)

    def validate(self) -> bool:
        """Whether every answer can be read; an open one can."""
        found = [part.validate() for part in self.parts]  # every part, so that each fault is seen
        return all(found)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), in the order of the page."""
        return [fault for part in self.parts for fault in part.faults]


class Path:
    """The steps that these answers lead to."""

    def __init__(self, answers: Answers, today: date) -> None:
        self.answers, self.today = answers, today
        self._data = MultiDict(dict(answers))
        self._steps: dict[str, Step] = {}
        self.couple = answers.get("couple") if answers.get("couple") in ("spouse", "partner") else None
        self.children = self._count("children", MOST_CHILDREN)
        self.others = self._count("others", MOST_OTHERS)

    def _count(self, name: str, most: int) -> int:
        """How many persons; the other pages ask about each."""
        try:
            found = read_whole(self.answers.get(name, ""))
        except ValueError:
            return 0
        return found if found <= most else 0

    @property
    def adults(self) -> tuple[str, ...]:
        """The ids of those who answer about permit, work and income."""
        return (APPLICANT, PARTNER) if self.couple else (APPLICANT,)

    @property
    def child_ids(self) -> tuple[str, ...]:
        """`c1`, `c2`, …"""
        return tuple(f"c{number}" for number in range(1, self.children + 1))

    def age(self, child: str) -> int | None:
        """A child's age, where it was given."""
        part: Any = AgePart(self._data, prefix=f"{child}-")
        part.validate()
        number: int | None = part.age.number
        return number

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of the steps that have a question."""
        return tuple(name for name in STEPS if name != "people" or self.couple or self.children or self.others)

    def step(self, name: str) -> Step:
        """One step with its parts. KeyError for a name that is none."""
        makers: dict[str, Callable[[], Iterator[Part]]] = {
            "home": self._home,
            "people": self._people,
            "work": self._work,
            "income": self._income,
            "money": self._money,
        }
        if name not in self._steps:
            self._steps[name] = Step(name, tuple(makers[name]()))
        return self._steps[name]

    @property
    def assumed(self) -> tuple[str, ...]:
        """What nobody answered, and the estimate takes for nothing: the result must say so."""
        answered = self.answers.get
        incomes = [field for part in self.step("income").parts for field in part]
        money = ("accounts", "vehicles", "insurances", "claims", "wealth_unknown")
        open_questions = {
            "couple": not answered("couple"),
            "children": not answered("children"),
            "others": not answered("others"),
            "income": not any(answered(field.name) for field in incomes),
            "wealth": not any(map(answered, money)),
        }
        return tuple(name for name, is_open in open_questions.items() if is_open)

    def first_faulty(self) -> Step | None:
        """The first step with an answer that cannot be read."""
        return next((step for step in map(self.step, self.steps) if not step.validate()), None)

    def _home(self) -> Iterator[Part]:
        part = HomePart(self._data)
        part.commune.day = self.today
        yield part

    def _people(self) -> Iterator[Part]:
        if self.couple:
            yield self._part(PartnerPart if self.couple == "partner" else AgePart, PARTNER)
        for child in self.child_ids:
            yield self._part(AgePart, child)
        if self.others:
            yield OthersPart(self._data)

    def _work(self) -> Iterator[Part]:
        for person in self.adults:
            yield self._part(AdultPart, person)
        for child in self.child_ids:
            age = self.age(child)
            if age is not None and age >= MAJORITY:
                yield self._part(GrownChildPart, child)

    def _income(self) -> Iterator[Part]:
        for person in self.adults:
            yield self._part(IncomePart, person)
        for child in self.child_ids:
            age = self.age(child)
            if age is not None and age >= WORKING_AGE:
                yield self._part(ChildIncomePart, child)

    def _money(self) -> Iterator[Part]:
        yield MoneyPart(self._data)

    def _part(self, made: type[Part], person: str) -> Part:
        part = made(self._data, prefix=f"{person}-")
        part.person = person
        return part


def merged(answers: Answers, step: Step, sent: Mapping[str, str]) -> dict[str, str]:
    """The answers with those of one page put in their place, unread boxes included."""
    kept = {name: value for name, value in answers.items() if name not in step.names}
    return kept | {name: sent[name][:LONGEST] for name in step.names if sent.get(name)}
