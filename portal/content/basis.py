"""What a statement of a notice stands on: a dated parameter of the law, or a source of the notices."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from portal.content.sources import Source, source
from portal.law.parameters import Parameter, parameter

Basis: TypeAlias = Parameter | Source


def basis(name: str, on: date) -> Basis:
    """The parameter of that name as it is on the day, else the source of that id. Raises `ContentError`."""
    try:
        return parameter(name, on)
    except KeyError:
        return source(name)
