"""Every dated legal value by name and day. Read once, at the first question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType

from portal.domain.parameter import (
    FIRST_DAY,
    Confidence,
    DatedValue,
    Definition,
    Law,
    Parameter,
    Value,
    WrongKindError,
)
from portal.law.loader import LawDataError
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
    "law_of",
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


def law_of(on: date) -> Law:
    """The law of one day, for what computes with it. Raises as `parameter` does."""
    return lambda name: parameter(name, on)


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
        admissible=_admissible(wanted, on),
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


def _admissible(wanted: Definition, on: date) -> tuple[Decimal, Decimal] | None:
    """The amounts since the last certain one, from the lowest to the highest; None where no single amount is stated."""
    bounds: list[Decimal] = []
    for dated in wanted.values:
        if dated.since > on:
            continue
        if isinstance(dated.value, int | Decimal) and not isinstance(dated.value, bool):
            bounds.append(Decimal(dated.value))
        elif dated.value is None and dated.between is not None:
            bounds += dated.between
        elif not bounds:
            return None
        if dated.confidence is Confidence.CERTAIN:
            break
    return min(bounds), max(bounds)


def _change_expected(wanted: Definition, dated: DatedValue, on: date) -> bool:
    """A change is announced for a day that has come, and no value of that day or later is known."""
    announced = wanted.change_expected_on
    return announced is not None and dated.since < announced <= on
