"""The situation of a household: one typed, versioned value. The standard library only; the day is an argument."""

from portal.domain.situation.answers import Answer, Fact, Missing, always
from portal.domain.situation.model import Income, Person, Situation, years_between
from portal.domain.situation.reading import SituationError, read_situation, write_situation
from portal.domain.situation.schema import situation_schema
from portal.domain.situation.words import (
    Activity,
    Benefit,
    CivilStatus,
    Home,
    IncomeKind,
    Payday,
    Permit,
    PermitState,
    Relation,
    Rhythm,
)

__all__ = [
    "Activity",
    "Answer",
    "Benefit",
    "CivilStatus",
    "Fact",
    "Home",
    "Income",
    "IncomeKind",
    "Missing",
    "Payday",
    "Permit",
    "PermitState",
    "Person",
    "Relation",
    "Rhythm",
    "Situation",
    "SituationError",
    "always",
    "read_situation",
    "situation_schema",
    "write_situation",
    "years_between",
]
