"""What an id in `data-source` stands for: a parameter of the law, a source of portal/content, or a paper's rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from portal.checklists import rules
from portal.law.loader import read_yaml
from portal.law.parameters import definitions

CONTENT: Final = Path(__file__).parents[2] / "portal" / "content" / "sources.yaml"
PAPER: Final = "paper:"
"""Before the id of a checklist rule, whose page element says `data-paper`."""


@cache
def named_by_source() -> dict[str, frozenset[str]]:
    """By id of a source: the articles and sources it may name on a page, in the law's own language."""
    named: dict[str, set[str]] = {}
    for one in definitions():
        named[one.name] = {name for value in one.values for name in (value.article, value.source) if name}
    for paper in rules():
        named[PAPER + paper.id] = {name for name in (paper.basis.article, " ".join(paper.source.split())) if name}
    for name, entry in _content().items():
        assert name not in named, f"{name} is a parameter and a source of portal/content"
        named[name] = {text for text in (entry.get("article"), entry["source"]) if text}
    return {name: frozenset(texts) for name, texts in named.items()}


def is_known(source: str) -> bool:
    """Whether an id stands for something."""
    return source in named_by_source()


def _content() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read_yaml(CONTENT) if CONTENT.exists() else {}
    return found
