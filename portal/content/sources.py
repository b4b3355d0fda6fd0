"""Sources of statements that no dated parameter holds: articles of other laws, rules of this portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from portal.content.reading import ContentError
from portal.domain.parameter import Confidence
from portal.law.loader import Fields, read_yaml

FILE: Final = Path(__file__).resolve().parent / "sources.yaml"


@dataclass(frozen=True)
class Source:
    """Where a statement comes from, and how sure it is; named like a parameter, so that both are shown alike."""

    name: str
    source: str
    article: str | None
    confidence: Confidence
    checked_on: date


def source(name: str) -> Source:
    """The source of that id. Raises `ContentError` where there is none."""
    try:
        return read_sources()[name]
    except KeyError:
        raise ContentError(f"no source is called {name!r}") from None


def source_names() -> frozenset[str]:
    """The ids of all sources."""
    return frozenset(read_sources())


@cache
def read_sources(file: Path = FILE) -> Mapping[str, Source]:
    """Every source of the file by its id. Raises `LawDataError` for a file that is not what it must be."""
    return {name: _source(name, Fields(f"{file.name}, {name}", data)) for name, data in read_yaml(file).items()}


def _source(name: str, fields: Fields) -> Source:
    found = Source(
        name,
        fields.text("source"),
        fields.optional_text("article"),
        Confidence(fields.text("confidence")),
        fields.day("checked_on"),
    )
    fields.done()
    return found
