"""Whom a search finds, over a fixed table of spellings: those that must be found, and those that must not stand first."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from portal.domain.likeness import NameLikeness
from portal.domain.names import keys_of, wanted
from portal.i18n.latin import latin
from portal.law.loader import read_yaml
from portal.services.search.ranking import Typed, likeness

TABLE: Any = read_yaml(Path(__file__).with_name("names_found.yaml"))
FOUND = [pair for kind in TABLE["found"].values() for pair in kind]
APART = TABLE["apart"]
REGISTER = sorted({stored for _, stored in FOUND} | {name for pair in APART for name in pair})
KEYS = {name: frozenset(keys_of([name], None, latin)) for name in REGISTER}


def met(typed: str) -> list[str]:
    """Whose keys meet, as the database asks for them: two parts, or one."""
    looked_for = wanted(typed, latin)
    two = list(combinations(looked_for.parts, 2))
    narrow = [name for name, keys in KEYS.items() if any(keys & one and keys & other for one, other in two)]
    wide = [name for name, keys in KEYS.items() if keys & looked_for.exact or (not two and keys & looked_for.parts[0])]
    return narrow if len(narrow) >= 5 else sorted({*narrow, *wide})


def shown(typed: str) -> list[tuple[str, NameLikeness | None]]:
    """Who is shown for what was typed, the likeliest first."""
    near = [(name, likeness(Typed(typed), [name], None, None)) for name in met(typed)]
    ranked = sorted(((why.order, name, why.name) for name, why in near if why is not None), reverse=True)
    return [(name, why) for _, name, why in ranked]


@pytest.mark.parametrize(("typed", "stored"), FOUND, ids=[f"{typed} → {stored}" for typed, stored in FOUND])
def test_found(typed: str, stored: str) -> None:
    assert stored in [name for name, _ in shown(typed)[:3]], shown(typed)[:6]


@pytest.mark.parametrize(("typed", "stored"), APART, ids=[f"{typed} | {stored}" for typed, stored in APART])
def test_somebody_else_never_stands_first(typed: str, stored: str) -> None:
    found = shown(typed)
    assert found[0] == (typed, NameLikeness.SAME)
    assert dict(found).get(stored) not in (NameLikeness.SAME, NameLikeness.WRITTEN_OTHERWISE)


def test_the_table_is_large_enough() -> None:
    assert len(FOUND) >= 60
    assert len(APART) >= 20
