"""The questions of the guided intake: which ones this household is asked, one after the other. The words stand elsewhere.

A question is asked because a rule of the law or a checklist rule needs its answer; it is asked once. What is answered already,
for an estimate say, is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.situation.ages import MAJORITY, age_of, not_in_time
from portal.domain.situation.model import Person, Situation
from portal.domain.situation.words import COUPLE, Activity, Home, IncomeKind, Relation

WORKING_AGE: Final = 15
OTHERS: Final = (Relation.PARENT, Relation.RELATIVE, Relation.OTHER)


class Section(StrEnum):
    """The parts of the task list, in their order."""

    PERSONS = "persons"
    HOME = "home"
    WORK = "work"
    WEALTH = "wealth"
    HEALTH = "health"
    FAMILY = "family"
    PERMITS = "permits"
    BENEFITS = "benefits"
    ACCOUNT = "account"


OfHousehold = Callable[[Situation, date], bool]
OfPerson = Callable[[Situation, Person, date], bool]


@dataclass(frozen=True)
class Question:
    """One page of questions that belong together."""

    id: str
    """Stands in the address; kebab-case."""
    section: Section
    fields: tuple[str, ...]
    """Of the model; the first one decides whether it is answered."""
    household: OfHousehold | None = None
    """Whether it is asked once for all; None: it is about a person."""
    person: OfPerson | None = None
    """Of whom it is asked."""
    walked: bool = False
    """Answered only by going through it: what stands there says nothing of that."""
    or_else: str | None = None
    """Another field that says the same, so that the page is answered by it as well."""
    own: bool = False
    """Whether an adult may answer it for themselves alone: it says nothing that the others must know."""


@dataclass(frozen=True)
class Page:
    """A question, about somebody or about the household."""

    question: Question
    person: str | None = None

    @property
    def key(self) -> str:
        """Its name in lists and tables: `home`, `permit@a`."""
        return f"{self.question.id}@{self.person}" if self.person else self.question.id

    def answered(self, situation: Situation, done: Collection[str]) -> bool:
        """Whether something was said, «I do not know» included."""
        return self.key in done or (not self.question.walked and bool(self._first(situation)))

    def _first(self, situation: Situation) -> object:
        said: object = situation
        if self.person is not None:
            said = next(one for one in situation.persons if one.id == self.person)
        first, other = self.question.fields[0], self.question.or_else
        return getattr(said, first) or (other is not None and getattr(said, other))


def pages(situation: Situation, on: date) -> tuple[Page, ...]:
    """Every page that these answers lead to: section by section, in each one question after the other for each person."""
    return tuple(page for question in QUESTIONS for page in _pages(question, situation, on))


def _pages(question: Question, situation: Situation, on: date) -> list[Page]:
    if question.household is not None:
        return [Page(question)] if question.household(situation, on) else []
    asked = question.person
    there = (person for person in situation.persons if not not_in_time(person, on))
    people = sorted(there, key=lambda person: _ORDER[person.relation])
    return [Page(question, person.id) for person in people if asked is not None and asked(situation, person, on)]


_ORDER: Final = {relation: place for place, relation in enumerate(Relation)}


def grown(person: Person, on: date) -> bool:
    """Whether the person answers as an adult: the applicant, who lives with them as a couple, a child of age."""
    age = age_of(person, on)
    return person.relation in COUPLE or (
        person.relation is Relation.CHILD
        and age is not None
        and age >= MAJORITY
        and not person.self_supporting.known(on)
    )


def of_family(person: Person) -> bool:
    """Who may be counted together: flatmates and relatives are asked nothing about themselves."""
    return person.relation in COUPLE or person.relation is Relation.CHILD


def _always(_situation: Situation, _on: date) -> bool:
    return True


def _family(_situation: Situation, person: Person, _on: date) -> bool:
    return of_family(person)


def _grown(_situation: Situation, person: Person, on: date) -> bool:
    return grown(person, on)


def _single_adult(situation: Situation, person: Person, on: date) -> bool:
    """Who lives with a spouse has said so already."""
    married = any(one.relation is Relation.SPOUSE and not not_in_time(one, on) for one in situation.persons)
    return person.relation in (Relation.APPLICANT, Relation.PARTNER) and not married


def _partner(_situation: Situation, person: Person, _on: date) -> bool:
    return person.relation is Relation.PARTNER


def _grown_child(_situation: Situation, person: Person, on: date) -> bool:
    return person.relation is Relation.CHILD and (age_of(person, on) or 0) >= MAJORITY


def _shares(situation: Situation, on: date) -> bool:
    return any(person.relation in OTHERS and not not_in_time(person, on) for person in situation.persons)


def _pays_for_home(situation: Situation, on: date) -> bool:
    return situation.home.known(on) in (Home.RENTED, Home.OWNED, Home.INSTITUTION)


def _has_home(situation: Situation, on: date) -> bool:
    return situation.home.known(on) is not Home.NONE


def _may_work(_situation: Situation, person: Person, _on: date) -> bool:
    """Grown children are asked by `training`; their wage counts all the same."""
    return person.relation in COUPLE


def _may_earn(_situation: Situation, person: Person, on: date) -> bool:
    age = age_of(person, on)
    return person.relation in COUPLE or (person.relation is Relation.CHILD and age is not None and age >= WORKING_AGE)


def _lost_work(_situation: Situation, person: Person, on: date) -> bool:
    return person.relation in COUPLE and person.activity.known(on) in (Activity.SEEKING, Activity.OTHER)


def _has_wage(_situation: Situation, person: Person, _on: date) -> bool:
    return any(income.kind is IncomeKind.WAGE for income in person.incomes)


QUESTIONS: Final[tuple[Question, ...]] = (
    Question("persons", Section.PERSONS, (), household=_always, walked=True),
    Question("birth", Section.PERSONS, ("born", "name"), person=_family),
    Question("civil-status", Section.PERSONS, ("civil_status",), person=_single_adult),
    Question(
        "couple",
        Section.PERSONS,
        ("together_since", "together_years", "common_child"),
        person=_partner,
        or_else="together_years",
    ),
    Question(
        "training", Section.PERSONS, ("training_completed", "self_supporting", "away_for_studies"), person=_grown_child
    ),
    Question("identity", Section.PERSONS, ("identity_paper",), person=_grown),
    Question("meals", Section.PERSONS, ("shared_meals",), household=_shares),
    Question("commune", Section.HOME, ("commune",), household=_always),
    Question("home", Section.HOME, ("home",), household=_always),
    Question("rent", Section.HOME, ("rent", "charges"), household=_pays_for_home),
    Question("eviction", Section.HOME, ("eviction_threat",), household=_has_home),
    Question("activity", Section.WORK, ("activity", "work_percent", "unable_percent"), person=_may_work),
    Question("dismissal", Section.WORK, ("dismissed",), person=_lost_work),
    Question("incomes", Section.WORK, ("incomes",), person=_may_earn),
    Question("wage", Section.WORK, ("incomes",), person=_has_wage, walked=True),
    Question("accounts", Section.WEALTH, ("accounts",), household=_always),
    Question("vehicles", Section.WEALTH, ("vehicles",), household=_always),
    Question("other-wealth", Section.WEALTH, ("insurances", "claims", "moral_damages"), household=_always),
    Question("property", Section.WEALTH, ("owns_property",), household=_always),
    Question("debts", Section.WEALTH, ("debts",), household=_always),
    Question("insurance", Section.HEALTH, ("insurer", "premium"), person=_grown),
    Question("special", Section.HEALTH, ("pregnant", "leaves_institution", "curatorship"), person=_grown, own=True),
    Question("alimony", Section.FAMILY, ("alimony_paid",), household=_always),
    Question("children-elsewhere", Section.FAMILY, ("children_elsewhere",), household=_always),
    Question("permit", Section.PERMITS, ("permit", "permit_state", "asylum_since", "asylum_years"), person=_family),
    Question("benefits", Section.BENEFITS, ("asked_for",), person=_grown, own=True),
    Question("account", Section.ACCOUNT, ("account_number",), household=_always),
)
