"""Answers that do not fit together. Pointed out kindly; they never block filing, leaving or an estimate.

What is unknown, left for the interview or not answered never contradicts. Some are hints only: an unusual household may be
just so. The ages in here are the portal's own, to find slips of the pen; none of them is law.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.domain.situation.ages import not_in_time
from portal.domain.situation.contradictions.found import HINTS, Contradiction, ContradictionCode
from portal.domain.situation.contradictions.household import of_alimony, of_couple, of_generations, of_home
from portal.domain.situation.contradictions.person import of_work, of_years
from portal.domain.situation.model import Situation

__all__ = ["HINTS", "Contradiction", "ContradictionCode", "contradictions"]


def contradictions(situation: Situation, on: date) -> tuple[Contradiction, ...]:
    """Every contradiction of a situation as it stands on a day: of families, of single persons, of the home."""
    there = tuple(person for person in situation.persons if not not_in_time(person, on))
    found = list(of_generations(replace(situation, persons=there), on))
    found += of_couple(situation, on)
    for person in there:
        found += of_years(person, on)
        found += of_work(person, on)
    found += of_alimony(situation, on)
    found += of_home(situation, on)
    return tuple(found)
