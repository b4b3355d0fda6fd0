"""Situations that were stored: whatever version they are of, they open as today's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from portal.domain.situation.model import VERSION, Situation
from portal.domain.situation.reading import read_situation

STEPS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""version → what turns its JSON form into that of the next one. A question that goes or changes its meaning raises
`VERSION`, and brings a step and a stored example (`tests/domain/snapshots`)."""


def upgraded(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers in today's JSON form."""
    found = dict(raw)
    while (version := found.get("version", 1)) in STEPS and version < VERSION:
        found = STEPS[version](found) | {"version": version + 1}
    return found


def read_stored(raw: Mapping[str, Any], on: date) -> Situation:
    """A stored situation of any version. Raises `SituationError` for what no version of this portal wrote."""
    return read_situation(upgraded(raw), on)
