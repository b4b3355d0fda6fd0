"""The answers while they are being given: what the household says together, and what an adult says for themselves alone.

Everything here is in the JSON form of `docs/situation.md`, so that an answer goes in and out one by one; `Draft.situation`
reads it as a whole. Nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from portal.domain.situation.model import MOST_PERSONS, VERSION, Situation
from portal.domain.situation.naming import new_person_id
from portal.domain.situation.questions import Page
from portal.domain.situation.reading import read_situation
from portal.domain.situation.words import Relation

Json = dict[str, Any]
_EITHER: Final = {
    "born": "age",
    "together_since": "together_years",
    "together_years": "together_since",
    "asylum_since": "asylum_years",
    "asylum_years": "asylum_since",
}
"""Two ways to say one thing: the one takes the place of the other."""


class TooManyPersonsError(ValueError):
    """More persons than a household may have here."""


@dataclass(frozen=True)
class Draft:
    """Every answer that one adult may see, with what they typed and did not finish."""

    said: Json
    """The household's answers, with their version."""
    own: Json = field(default_factory=dict)
    """person id → field → answer: what this adult said for themselves alone."""
    done: frozenset[str] = frozenset()
    """Pages that were gone through, also without an answer."""
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """page → field → text that was typed and not sent yet."""
    gone: frozenset[str] = frozenset()
    """Ids of persons who were taken off: nobody else gets them, for what was sent, and its papers, still bear them."""

    def together(self) -> Json:
        """The JSON form of all of it, the adult's own answers in their place."""
        persons = [person | self.own.get(person["id"], {}) for person in self.said.get("persons", [])]
        return self.said | {"version": VERSION, "persons": persons}

    def situation(self, on: date) -> Situation:
        """The same as a value. Raises `SituationError` for what this portal cannot read."""
        if on not in self._read:
            self._read[on] = read_situation(self.together(), on)
        return self._read[on]

    @cached_property
    def _read(self) -> dict[date, Situation]:
        """By day: a page asks several times, and nothing here changes."""
        return {}

    def answers(self, page: Page) -> Json:
        """What stands there for the fields of a page; a field without an answer is left out."""
        record = self.together() if page.person is None else self.person(page.person)
        return {name: record[name] for name in page.question.fields if name in record}

    def person(self, person: str) -> Json:
        """One person with all their answers. KeyError when there is none of that id."""
        for one in self.together()["persons"]:
            if one["id"] == person:
                found: Json = one
                return found
        raise KeyError(person)

    def is_own(self, page: Page) -> bool:
        """Whether the answers of that page were given for this adult alone."""
        return page.person is not None and any(name in self.own.get(page.person, {}) for name in page.question.fields)

    def answer(self, page: Page, answers: Mapping[str, Any], *, own: bool = False) -> Draft:
        """With the answers of one page in their place: a field left out, or None, has no answer any more."""
        new = {name: value for name, value in answers.items() if value is not None}
        gone = {*page.question.fields, *(_EITHER[name] for name in new if name in _EITHER)}
        typed = {key: value for key, value in self.typed.items() if key != page.key}
        changed = replace(self, done=self.done | {page.key}, typed=typed)
        if page.person is None:
            return replace(changed, said={k: v for k, v in self.said.items() if k not in gone} | new)
        persons = [
            ({k: v for k, v in one.items() if k not in gone} | ({} if own else new))
            if one["id"] == page.person
            else one
            for one in self.said["persons"]
        ]
        mine = {k: v for k, v in self.own.get(page.person, {}).items() if k not in gone} | (new if own else {})
        kept = {key: value for key, value in self.own.items() if key != page.person}
        return replace(changed, said=self.said | {"persons": persons}, own=kept | ({page.person: mine} if mine else {}))

    def with_person(self, relation: Relation) -> tuple[Draft, str]:
        """With one more person, and the id of that person. Raises `TooManyPersonsError`."""
        persons = self.said.get("persons", [])
        if len(persons) >= MOST_PERSONS:
            raise TooManyPersonsError
        new = new_person_id(relation, {person["id"] for person in persons} | self.gone)
        return replace(self, said=self.said | {"persons": [*persons, {"id": new, "relation": relation.value}]}), new

    def without_person(self, person: str) -> Draft:
        """Without somebody; the applicant stays."""
        persons = [
            one for one in self.said["persons"] if one["id"] != person or one["relation"] == Relation.APPLICANT.value
        ]
        left = {one["id"] for one in persons}
        return Draft(
            self.said | {"persons": persons},
            {key: value for key, value in self.own.items() if key in left},
            frozenset(key for key in self.done if "@" not in key or key.split("@")[1] in left),
            {key: value for key, value in self.typed.items() if "@" not in key or key.split("@")[1] in left},
            self.gone | ({one["id"] for one in self.said["persons"]} - left),
        )
