"""What a contradiction is, and the ages that all of them look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.situation.ages import age_of
from portal.domain.situation.model import Person

__all__ = ["HINTS", "Contradiction", "ContradictionCode", "age_field", "age_of"]


class ContradictionCode(StrEnum):
    """What does not fit."""

    CHILD_NOT_YOUNGER = "child_not_younger"
    """A child as old as a parent, or older."""
    CHILD_BARELY_YOUNGER = "child_barely_younger"
    TOGETHER_TOO_EARLY = "together_too_early"
    """Living together before one of the two was born, or before the age of 14."""
    MARRIED_CHILD = "married_child"
    SPOUSE_OF_UNMARRIED = "spouse_of_unmarried"
    MARRIED_WITHOUT_SPOUSE = "married_without_spouse"
    WORK_WITHOUT_WAGE = "work_without_wage"
    SELF_EMPLOYED_WITHOUT_INCOME = "self_employed_without_income"
    EARLY_OLD_AGE_PENSION = "early_old_age_pension"
    CHILD_WITH_WAGE = "child_with_wage"
    TRAINING_COMPLETED = "training_completed"
    COMMON_CHILD_NOWHERE = "common_child_nowhere"
    UNABLE_YET_BUSY = "unable_yet_busy"
    RENT_OF_FREE_HOME = "rent_of_free_home"
    OWN_HOME_WITHOUT_PROPERTY = "own_home_without_property"
    ALIMONY_WITHOUT_CAUSE = "alimony_without_cause"
    PREGNANT_AT_THAT_AGE = "pregnant_at_that_age"
    ASYLUM_BEFORE_BIRTH = "asylum_before_birth"


HINTS: Final = frozenset(
    {
        ContradictionCode.CHILD_BARELY_YOUNGER,
        ContradictionCode.MARRIED_WITHOUT_SPOUSE,
        ContradictionCode.EARLY_OLD_AGE_PENSION,
        ContradictionCode.TRAINING_COMPLETED,
        ContradictionCode.COMMON_CHILD_NOWHERE,
        ContradictionCode.UNABLE_YET_BUSY,
        ContradictionCode.ALIMONY_WITHOUT_CAUSE,
    }
)
"""May well be true as said."""


@dataclass(frozen=True)
class Contradiction:
    """Answers that do not fit, with whom they are about and the fields of the model (`persons.born`, `rent`)."""

    code: ContradictionCode
    persons: tuple[str, ...]
    fields: tuple[str, ...]


def age_field(person: Person, on: date) -> str:
    """The field by which the age was said."""
    return "persons.born" if person.born.known(on) else "persons.age"
