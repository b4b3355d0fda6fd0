"""`law check`: prove the law data, and list what is left to do for those who know the law.

Errors are faults of the data. All else is a to-do list: what is not certain, not known, or not checked for long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.law import holidays
from portal.law.check_directory import directory_errors, directory_todo
from portal.law.directory.reading import checked_days, read_centres, read_communes, read_offices
from portal.law.finding import Finding
from portal.law.loader import LawDataError
from portal.law.parameters import FIRST_DAY, BeforeTheLawError, Confidence, Definition, Parameter, is_stale
from portal.law.parameters import at as parameter_at
from portal.law.parameters.reading import FOLDER, parameter_files, read_definition

_AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class LawReport:
    """What the check found on a day. `errors` must be empty; the rest is a to-do list."""

    on: date
    parameters: int
    values: int
    communes: int
    errors: tuple[Finding, ...]
    not_certain: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    stale: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether the data has no fault."""
        return not self.errors

    def as_json(self) -> dict[str, Any]:
        """The report in types that `json.dumps` takes."""
        return asdict(self) | {"on": self.on.isoformat(), "ok": self.ok}


def law_check(on: date, *, used: Collection[str] | None = None, folder: Path = FOLDER) -> LawReport:
    """Check every law file as it stands on the disk, and list the open points of that day.

    `used`: the names of the parameters that the code asks for (`portal.law.use.used_names`). Given
    them, it is an error when a parameter is neither asked for nor marked `use: reading`, or is both, and when no
    file has a name. Raises `BeforeTheLawError` for a day before 2021-07-01.
    """
    if on < FIRST_DAY:
        raise BeforeTheLawError(f"no law data before {FIRST_DAY} (asked for {on})")
    errors: list[Finding] = []
    definitions = list(_definitions(folder, errors))
    if used is not None:
        errors += _use(definitions, used)
    todo: list[Finding] = []
    for definition in definitions:
        todo += _parameter_todo(parameter_at(definition, on))
    communes = 0
    try:
        directory = read_communes(), read_centres(), read_offices()
        communes = sum(commune.exists(on) for commune in directory[0])
        errors += directory_errors(*directory, definitions)
        todo += directory_todo(*directory, on)
        todo += _stale_files(on)
        todo += _holidays(on)
    except LawDataError as error:
        errors.append(Finding("error", "data", str(error)))
    return LawReport(
        on=on,
        parameters=len(definitions),
        values=sum(len(definition.values) for definition in definitions),
        communes=communes,
        errors=tuple(errors),
        not_certain=tuple(found for found in todo if found.kind == "not_certain"),
        missing=tuple(found for found in todo if found.kind == "missing"),
        stale=tuple(found for found in todo if found.kind == "stale"),
    )


def _definitions(folder: Path, errors: list[Finding]) -> Iterator[Definition]:
    """Every readable parameter; each fault of shape, source, gap or overlap becomes an error."""
    seen: dict[str, str] = {}
    for path in parameter_files(folder):
        where = f"{path.parent.name}/{path.name}"
        if path.stem in seen:
            errors.append(Finding("error", where, f"the name stands in {seen[path.stem]} too"))
            continue
        seen[path.stem] = where
        try:
            yield read_definition(path)
        except LawDataError as error:
            errors.append(Finding("error", where, str(error)))


def _use(definitions: list[Definition], used: Collection[str]) -> Iterator[Finding]:
    asked = set(used)
    for definition in definitions:
        where = f"{definition.topic}/{definition.name}.yaml"
        if definition.name not in asked and not definition.for_reading:
            yield Finding("error", where, "no code asks for this parameter, and it is not marked `use: reading`")
        if definition.name in asked and definition.for_reading:
            yield Finding("error", where, "the code asks for this parameter: it is not for reading alone")
    for name in sorted(asked - {definition.name for definition in definitions}):
        yield Finding("error", name, "the code asks for a parameter that no file has")


def _parameter_todo(found: Parameter) -> Iterator[Finding]:
    where = f"{found.topic}/{found.name}.yaml"
    if not found.known:
        yield Finding("missing", where, found.missing or "", source=found.source)
    elif found.confidence is not Confidence.CERTAIN:
        why = ["the source speaks for an earlier time; the value goes on"] if found.carried_on else []
        if found.change_expected:
            why.append("another value is announced but not known")
        detail = "; ".join(why) or "to be confirmed in the text in force"
        yield Finding("not_certain", where, detail, confidence=found.confidence.value, source=found.source)
    if found.stale:
        yield Finding("stale", where, f"last checked on {found.checked_on}", source=found.source)


def _stale_files(on: date) -> Iterator[Finding]:
    for name, checked in (checked_days() | {"holidays.yaml": holidays.calendar().checked_on}).items():
        if is_stale(checked, on):
            yield Finding("stale", name, f"last checked on {checked}")


def _holidays(on: date) -> Iterator[Finding]:
    until = holidays.reviewed_until()
    if until < on + _AHEAD:
        yield Finding("missing", "holidays.yaml", f"the official holidays after {until}")
