"""The form in which a reminder is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """One reminder in words."""

    kind: str
    title: str
    lines: tuple[str, ...]
    rules: tuple[str, ...] = ()
    """The parameters that stand behind it."""
    report: str = ""
    """The ten letters of the report that it is about, where it is about one."""


Words = Callable[[date, str], Told]
"""(the day that it is about, language)"""
