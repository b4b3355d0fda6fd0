"""Ages and spans of whole years, as they were said: by a day, or by a number; and who is in the home on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.domain.situation.model import Person, years_between
from portal.domain.situation.words import Relation

MAJORITY: Final = 18
"""Age of majority (art. 14 of the Civil Code)."""


def whole_years(since: date | None, years: int | None, on: date) -> int | None:
    """Whole years by the day they began, or as given."""
    return years_between(since, on) if since else years


def age_of(person: Person, on: date) -> int | None:
    """The age in whole years, where it is known; None too where the day of birth lies ahead."""
    return None if unborn(person, on) else whole_years(person.born.known(on), person.age.known(on), on)


def unborn(person: Person, on: date) -> bool:
    """Whether the day of birth lies ahead."""
    born = person.born.known(on)
    return born is not None and born > on


def lives_in(person: Person, on: date) -> bool:
    """Whether somebody lives in the home on a day; nothing said counts as yes, nobody does before their birth."""
    return person.lives_here.on(on) is not False and not unborn(person, on)


def not_in_time(person: Person, on: date) -> bool:
    """Whether somebody has not come yet, or has left: they are asked nothing, and no paper of theirs is.

    Who was said to live elsewhere without any date is another thing: a spouse abroad is asked about like the others.
    Who applies is always there.
    """
    if person.relation is Relation.APPLICANT:
        return False
    return unborn(person, on) or (person.lives_here.on(on) is False and any(person.lives_here.days()))
