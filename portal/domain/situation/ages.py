"""Ages and spans of whole years, as they were said: by a day, or by a number."""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.domain.situation.model import Person, years_between

MAJORITY: Final = 18
"""Age of majority (art. 14 of the Civil Code)."""


def whole_years(since: date | None, years: int | None, on: date) -> int | None:
    """Whole years by the day they began, or as given."""
    return years_between(since, on) if since else years


def age_of(person: Person, on: date) -> int | None:
    """The age in whole years, where it is known."""
    return whole_years(person.born.known(on), person.age.known(on), on)
