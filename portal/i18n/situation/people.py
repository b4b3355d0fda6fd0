"""A person of the household by the relation, for a list that has their names beside it."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.situation import Fact, Situation
from portal.i18n.estimate.people import person_name


def relation_name(situation: Situation, person: str, language: str, *, staff: bool = False) -> str:
    """«Enfant 1», whatever their name."""
    nameless = replace(situation, persons=tuple(replace(one, name=Fact()) for one in situation.persons))
    return person_name(nameless, person, language, staff=staff)
