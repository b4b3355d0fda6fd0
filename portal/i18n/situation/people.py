"""A person of the household by the name that was given, else by the relation."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.situation import Fact, Missing, Person, Relation, Situation
from portal.i18n.estimate.people import person_name


def called(situation: Situation, person: str, language: str, *, staff: bool = False) -> str:
    """«Ana», else «Enfant 1»; the applicant is «Vous» to themselves. `staff`: to somebody else."""
    found = next(one for one in situation.persons if one.id == person)
    name = None if found.relation is Relation.APPLICANT and not staff else given_name(found)
    return name or relation_name(situation, person, language, staff=staff)


def relation_name(situation: Situation, person: str, language: str, *, staff: bool = False) -> str:
    """«Enfant 1», whatever their name."""
    nameless = replace(situation, persons=tuple(replace(one, name=Fact()) for one in situation.persons))
    return person_name(nameless, person, language, staff=staff)


def given_name(person: Person) -> str | None:
    """The name as it was given last."""
    names = [name for _, name in person.name.entries if not isinstance(name, Missing)]
    return names[-1] if names else None
