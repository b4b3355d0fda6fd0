"""The figures of the accessibility statement, as the last run of `make accessibility` left them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from portal.law.loader import Fields, LawDataError, read_yaml

FILE: Final = Path(__file__).resolve().parent / "accessibility.yaml"


@dataclass(frozen=True)
class Figures:
    """What one look at every page with a real browser gave."""

    checked_on: date
    standard: str
    """The rules and their version: `WCAG 2.2`."""
    level: str
    tool: str
    browser: str
    pages: int
    """Pages in each of their states."""
    languages: Mapping[str, int]
    """How many pages exist in each language; those of the desk exist in two."""
    looks: int
    """Pages times their languages."""
    findings: int
    """Everything that was found on any of them: to be shown, not only when it is zero."""
    pages_with_findings: tuple[str, ...]


@cache
def figures(file: Path = FILE) -> Figures | None:
    """The figures; None while nobody has looked yet. Raises `LawDataError` for a file that is not what it must be."""
    if not file.exists():
        return None
    fields = Fields(file.name, read_yaml(file))
    languages = fields.take("languages")
    found = Figures(
        checked_on=fields.day("checked_on"),
        standard=fields.text("standard"),
        level=fields.text("level"),
        tool=fields.text("tool"),
        browser=fields.text("browser"),
        pages=_count(fields, "pages"),
        languages=languages,
        looks=_count(fields, "looks"),
        findings=_count(fields, "findings"),
        pages_with_findings=fields.texts("pages_with_findings"),
    )
    fields.done()
    return found


def _count(fields: Fields, key: str) -> int:
    value = fields.take(key)
    if type(value) is not int or value < 0:
        raise LawDataError(f"{fields.where}: {key} must be a whole number, not {value!r}")
    return value
