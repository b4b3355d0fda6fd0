"""How long each class of data is kept (`*.yaml`): class, period, source. `period: null` = not known, so nothing is removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from portal.law.loader import Fields, LawDataError, read_yaml

FOLDER: Final = Path(__file__).resolve().parent


@dataclass(frozen=True)
class RetentionClass:
    """One class of data. `period` counts from when the row is of no more use; None: not known, kept."""

    name: str
    period: timedelta | None
    source: str


@cache
def classes() -> MappingProxyType[str, RetentionClass]:
    """Every class by its name. Raises `LawDataError`."""
    return read_classes(FOLDER)


def read_classes(folder: Path) -> MappingProxyType[str, RetentionClass]:
    """The classes of a folder's files; `period` is a whole number of hours or null. Raises `LawDataError`."""
    found: dict[str, RetentionClass] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, entry in read_yaml(path).items():
            if name in found:
                raise LawDataError(f"{path.name}: {name} stands in two files")
            fields = Fields(f"{path.name}, {name}", entry)
            hours = fields.optional_number("period")
            if hours is not None and hours < 1:
                raise LawDataError(f"{fields.where}: period must be an hour at least, or null")
            period = None if hours is None else timedelta(hours=hours)
            found[name] = RetentionClass(name, period, fields.text("source"))
            fields.done()
    return MappingProxyType(found)


def period_of(name: str) -> timedelta:
    """How long a class of ours is kept. Raises `LawDataError` where the period is not known."""
    period = classes()[name].period
    if period is None:
        raise LawDataError(f"retention: the period of {name} is not known")
    return period
