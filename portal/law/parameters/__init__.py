"""Every dated legal value by name and day. Read once, at the first question."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from portal.law.loader import LawDataError
from portal.law.parameters.model import (
    FIRST_DAY,
    Confidence,
    DatedValue,
    Definition,
    Parameter,
    Value,
    WrongKindError,
)
from portal.law.parameters.reading import parameter_files, read_definition

__all__ = [
    "FIRST_DAY",
    "BeforeTheLawError",
    "Confidence",
    "DatedValue",
    "Definition",
    "Parameter",
    "Value",
    "WrongKindError",
    "at",
    "definition",
    "definitions",
    "is_stale",
    "parameter",
]


class BeforeTheLawError(ValueError):
    """A day before 2021-07-01: the old regulation applied; the centre must be asked."""


@cache
def _definitions() -> MappingProxyType[str, Definition]:
    found: dict[str, Definition] = {}
    for path in parameter_files():
        read = read_definition(path)
        if read.name in found:
            raise LawDataError(f"{read.topic}/{read.name}: the name stands in {found[read.name].topic} too")
        found[read.name] = read
    return MappingProxyType(found)


def definitions() -> tuple[Definition, ...]:
    """Every parameter with its history, by topic and name."""
    return tuple(_definitions().values())


def definition(name: str) -> Definition:
    """One parameter with its history. Raises `KeyError` for an unknown name."""
    return _definitions()[name]


def is_stale(checked_on: date, on: date) -> bool:
    """Whether a value was last checked more than twelve months before that day."""
    return (on.year - 1, on.month, on.day) > (checked_on.year, checked_on.month, checked_on.day)


@lru_cache(maxsize=4096)
def parameter(name: str, on: date) -> Parameter:
    """The value of one parameter on that day.

    Where the source speaks for a time that is over (`confirmed_until`), the value goes on, one step less
    certain. Raises `KeyError` for an unknown name and `BeforeTheLawError` for a day before 2021-07-01.
    """
    return at(definition(name), on)


def at(wanted: Definition, on: date) -> Parameter:
    """The value of a parameter on that day, as `parameter` gives it."""
    if on < FIRST_DAY:
        raise BeforeTheLawError(f"{wanted.name}: no value before {FIRST_DAY} (asked for {on})")
    dated = next(value for value in wanted.values if value.since <= on)
    carried_on = dated.confirmed_until is not None and on > dated.confirmed_until
    return Parameter(
        name=wanted.name,
        topic=wanted.topic,
        label=wanted.label,
        unit=wanted.unit,
        on=on,
        value=dated.value,
        missing=dated.missing,
        between=dated.between,
        source=dated.source,
        article=dated.article,
        confidence=dated.confidence.lowered if carried_on else dated.confidence,
        since=dated.since,
        checked_on=dated.checked_on,
        carried_on=carried_on,
        change_expected=_change_expected(wanted, dated, on),
        stale=is_stale(dated.checked_on, on),
        note=dated.note,
    )


def _change_expected(wanted: Definition, dated: DatedValue, on: date) -> bool:
    """A change is announced for a day that has come, and no value of that day or later is known."""
    announced = wanted.change_expected_on
    return announced is not None and dated.since < announced <= on
