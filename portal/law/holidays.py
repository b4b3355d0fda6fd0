"""The canton's official holidays, reviewed year by year (`holidays.yaml`). Read once, when first asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from portal.law.loader import LAW, Fields, LawDataError, read_yaml

FILE = LAW / "holidays.yaml"
NINE = 9


@dataclass(frozen=True)
class Calendar:
    """The reviewed holidays, where they come from, and how their names read."""

    days: MappingProxyType[date, str]
    """Each holiday with the key of its name."""
    names_fr: MappingProxyType[str, str]
    names_de: MappingProxyType[str, str]
    source: str
    confidence: str
    checked_on: date


@cache
def calendar() -> Calendar:
    """Every reviewed holiday. Raises `LawDataError`."""
    file = Fields("holidays.yaml", read_yaml(FILE))
    french, german = {}, {}
    for key, entry in file.take("names").items():
        names = Fields(f"{file.where}, {key}", entry)
        french[key], german[key] = names.text("fr"), names.text("de")
        names.done()
    days: dict[date, str] = {}
    previous: int | None = None
    for year, entry in file.take("years").items():
        if previous is not None and year != previous - 1:
            raise LawDataError(f"{file.where}: {year} must follow {previous} (newest first, no gap)")
        previous = year
        fields = Fields(f"{file.where}, {year}", entry)
        for key in french:
            day = fields.day(key)
            if day.year != year or day in days:
                raise LawDataError(f"{fields.where}: {key} is {day}")
            days[day] = key
        fields.done()
    found = Calendar(
        days=MappingProxyType(days),
        names_fr=MappingProxyType(french),
        names_de=MappingProxyType(german),
        source=file.text("source"),
        confidence=file.text("confidence"),
        checked_on=file.day("checked_on"),
    )
    file.done()
    if len(french) != NINE:
        raise LawDataError(f"{file.where}: the canton has {NINE} official holidays, not {len(french)}")
    return found


@cache
def official() -> frozenset[date]:
    """Every reviewed official holiday, all years."""
    return frozenset(calendar().days)


def name(day: date, language: str = "fr") -> str | None:
    """The name of the holiday on that day in German or, for any other language, French; None = no holiday."""
    found = calendar()
    key = found.days.get(day)
    if key is None:
        return None
    return (found.names_de if language == "de" else found.names_fr)[key]


def reviewed_until() -> date:
    """The last day of the newest reviewed year; after it only weekends move a time limit."""
    return date(max(day.year for day in official()), 12, 31)
