"""From the YAML files of this folder to typed parameters; every rule of their shape stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from portal.domain.parameter import FIRST_DAY, Confidence, DatedValue, Definition, Value
from portal.law.loader import LAW, Fields, LawDataError, read_yaml

FOLDER = LAW / "parameters"

_UNITS = "CHF CHF/day CHF/month CHF/year days day-of-month months years percent rule facts"
UNITS = frozenset(_UNITS.split())
"""`rule`: the name of a rule that the code knows. `facts`: several named parts."""

UNKNOWN = "unknown"


def parameter_files(folder: Path = FOLDER) -> Iterator[Path]:
    """Every parameter file: `<topic>/<name>.yaml`."""
    yield from sorted(folder.glob("*/*.yaml"))


def read_definition(path: Path) -> Definition:
    """Read and prove one parameter file. Raises `LawDataError`."""
    file = Fields(f"{path.parent.name}/{path.name}", read_yaml(path))
    unit = file.text("unit")
    if unit not in UNITS:
        raise LawDataError(f"{file.where}: unknown unit {unit}")
    definition = Definition(
        name=path.stem,
        topic=path.parent.name,
        label=file.text("label"),
        description=file.text("description"),
        unit=unit,
        change_expected_on=file.optional_day("change_expected_on"),
        for_reading=_for_reading(file),
        values=tuple(_dated_values(file)),
    )
    file.done()
    return definition


def _for_reading(file: Fields) -> bool:
    """`use: reading`: no rule of the portal asks for it; it stands on the page of the law alone."""
    use = file.optional_text("use")
    if use not in (None, "reading"):
        raise LawDataError(f"{file.where}: use must be left out, or be `reading`")
    return use is not None


def _dated_values(file: Fields) -> Iterator[DatedValue]:
    """The values, newest first, without a gap from the first day of the law on."""
    values = file.take("values")
    if not isinstance(values, dict) or not values:
        raise LawDataError(f"{file.where}: values must be a mapping by start date")
    until: date | None = None
    for since, entry in values.items():
        if type(since) is not date:
            raise LawDataError(f"{file.where}: {since!r} is not a start date")
        if until is not None and since > until:
            raise LawDataError(f"{file.where}: {since} must stand before the older values (newest first)")
        yield _dated_value(Fields(f"{file.where}, {since}", entry), since, until)
        until = since - timedelta(days=1)
    if since != FIRST_DAY:
        raise LawDataError(f"{file.where}: the oldest value must start on {FIRST_DAY}, if need be `unknown`")


def _dated_value(fields: Fields, since: date, until: date | None) -> DatedValue:
    raw = fields.take("value")
    if raw is None:
        raise LawDataError(f"{fields.where}: an unknown value is written `{UNKNOWN}`")
    missing = fields.optional_text("missing")
    if (raw == UNKNOWN) != (missing is not None):
        raise LawDataError(f"{fields.where}: `missing` goes with the value `{UNKNOWN}`, and with it only")
    confirmed_until = fields.optional_day("confirmed_until")
    if confirmed_until and (confirmed_until < since or (until and confirmed_until >= until)):
        raise LawDataError(f"{fields.where}: confirmed_until must lie inside the time of the value")
    found = DatedValue(
        since=since,
        until=until,
        value=None if raw == UNKNOWN else _value(fields.where, raw),
        missing=missing,
        between=_between(fields),
        source=fields.text("source"),
        article=fields.optional_text("article"),
        confidence=_confidence(fields),
        checked_on=fields.day("checked_on"),
        confirmed_until=confirmed_until,
        note=fields.optional_text("note"),
    )
    fields.done()
    if found.value is None and found.confidence is not Confidence.UNVERIFIED:
        raise LawDataError(f"{fields.where}: what is unknown cannot be {found.confidence}")
    return found


def _confidence(fields: Fields) -> Confidence:
    word = fields.text("confidence")
    try:
        return Confidence(word)
    except ValueError as error:
        raise LawDataError(f"{fields.where}: confidence must be certain, probable or unverified") from error


def _between(fields: Fields) -> tuple[Decimal, Decimal] | None:
    if not fields.has("between"):
        return None
    bounds = fields.entries("between")
    amounts = all(isinstance(bound, int | Decimal) for bound in bounds)
    if not amounts or len(bounds) != 2 or bounds[0] > bounds[1]:
        raise LawDataError(f"{fields.where}: between must be two amounts, the lower first")
    return Decimal(bounds[0]), Decimal(bounds[1])


def _value(where: str, raw: Any) -> Value:
    """The value, made unchangeable. Binary fractions and nulls inside are refused."""
    if isinstance(raw, Mapping):
        if not raw or not all(isinstance(key, str) for key in raw):
            raise LawDataError(f"{where}: the parts of a value need names")
        return MappingProxyType({key: _value(where, part) for key, part in raw.items()})
    if isinstance(raw, list):
        return tuple(_value(where, part) for part in raw)
    if isinstance(raw, int | Decimal | str | bool | date):
        if isinstance(raw, str) and (not raw.strip() or raw == UNKNOWN):
            raise LawDataError(f"{where}: an unknown part needs a parameter of its own")
        return raw
    raise LawDataError(f"{where}: {raw!r} cannot be a value")
