"""From a situation to the papers it needs: each rule once for each person it is for. No expression is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.checklists.predicates import Predicate
from portal.checklists.predicates.register import Truth, either
from portal.checklists.reading import rules
from portal.checklists.rule import ChecklistRule, Whose
from portal.domain.months import months_before
from portal.domain.parameter import Law
from portal.domain.situation import Person, Relation, Situation


@dataclass(frozen=True)
class DocumentRequest:
    """One paper of one person, or of the household."""

    rule: ChecklistRule
    person: str | None
    """The id of the person; None: the household."""
    months: tuple[date, ...]
    """The months it is for, each by its first day, oldest first."""
    certain: bool
    """False: «perhaps», for something is not known."""
    because: tuple[str, ...]
    """The predicates that held."""
    unknown: tuple[str, ...]
    """Those that are not known."""
    open_answers: tuple[str, ...]
    """The answers that decide it (`home`, `person.permit`); none where only the centre or the commune can know."""
    report: str | None = None
    """The short id of the report of a change that asks for it; None: the demand does."""


def checklist(situation: Situation, filed: date, law: Law) -> tuple[DocumentRequest, ...]:
    """The papers that a household needs which filed on that day, in the order of the rules, then of the persons.

    Not what it must have: no missing paper ever blocks filing (wording of RELIAS art. 29; parameter `documents_deadline`).
    """
    return requests_of((rule for rule in rules() if not rule.only_for_changes), situation, filed, law)


def requests_of(
    wanted: Iterable[ChecklistRule], situation: Situation, on: date, law: Law
) -> tuple[DocumentRequest, ...]:
    """The papers that these rules ask for on a day, in their order, then of the persons."""
    asked = _Asked(situation, on, law)
    persons = sorted(situation.persons, key=lambda person: (_ORDER[person.relation], len(person.id), person.id))
    return tuple(request for rule in wanted for request in _requests(rule, persons, asked))


_ORDER: Final = {relation: place for place, relation in enumerate(Relation)}


class _Asked:
    """The answers of the predicates, each worked out once for each person."""

    def __init__(self, situation: Situation, filed: date, law: Law) -> None:
        self._situation, self.filed, self._law = situation, filed, law
        self._answers: dict[tuple[str, str | None], Truth] = {}

    def truth(self, predicate: Predicate, person: Person | None) -> Truth:
        """Whether it holds."""
        key = (predicate.name, person.id if person and predicate.of_person else None)
        if key not in self._answers:
            self._answers[key] = predicate.holds(self._situation, person, self.filed, self._law)
        return self._answers[key]

    def open_answers(self, predicates: Iterator[Predicate], person: Person | None) -> tuple[str, ...]:
        """The answers that decide what is not known, each once."""
        found = (
            answer
            for predicate in predicates
            for answer in predicate.open_answers(self._situation, person if predicate.of_person else None, self.filed)
        )
        return tuple(dict.fromkeys(found))


def _requests(rule: ChecklistRule, persons: list[Person], asked: _Asked) -> Iterator[DocumentRequest]:
    for person in [None] if rule.whose is Whose.HOUSEHOLD else persons:
        request = _request(rule, person, asked)
        if request:
            yield request


def _request(rule: ChecklistRule, person: Person | None, asked: _Asked) -> DocumentRequest | None:
    """All of `when` and one of `any_of`; a no takes it off the list, what is not known makes it «perhaps»."""
    all_of = {predicate: asked.truth(predicate, person) for predicate in rule.when}
    some_of = {predicate: asked.truth(predicate, person) for predicate in rule.any_of}
    if False in all_of.values() or (some_of and either(*some_of.values()) is False):
        return None
    open_ones = [predicate for predicate, truth in all_of.items() if truth is None]
    if some_of and either(*some_of.values()) is None:
        open_ones += [predicate for predicate, truth in some_of.items() if truth is None]
    return DocumentRequest(
        rule=rule,
        person=person.id if person else None,
        months=months_before(asked.filed, rule.months),
        certain=not open_ones,
        because=tuple(predicate.name for predicate, truth in (all_of | some_of).items() if truth),
        unknown=tuple(predicate.name for predicate in open_ones),
        open_answers=asked.open_answers(iter(open_ones), person),
    )
