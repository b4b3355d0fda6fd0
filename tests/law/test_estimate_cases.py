"""Every law case of `tests/law/estimate/`: worked out by hand from `docs/estimate.md`, never by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.domain.estimate import Estimate, estimate
from portal.domain.situation import read_situation
from portal.law.loader import read_yaml
from portal.law.parameters import law_of

FOLDER = Path(__file__).parent / "estimate"
CASES = sorted(FOLDER.glob("**/*.yaml"))
LEAST_CASES = 80

KEYS = {"on", "situation", "expected", "because", "reviewed_by"}
MUST_EXPECT = {"route", "range"}
MAY_EXPECT = {
    "once_wealth_is_used",
    "lines",
    "budgets",
    "standing",
    "first",
    "not_first",
    "checks",
    "rules",
    "confidence",
}
LINE_KEYS = {"line", "person", "low", "high"}

LineName = tuple[str, str | None]
"""The code of a line, and the person where the case names one."""


def _case(path: Path) -> dict[str, Any]:
    # YAML reads a bare `on` as the truth value; the case files keep the plain word.
    raw: Mapping[Any, Any] = read_yaml(path)
    case = {"on" if key is True else key: value for key, value in raw.items()}
    assert set(case) == KEYS, f"keys must be {sorted(KEYS)}"
    assert type(case["on"]) is date, "on must be a day"
    assert len(str(case["because"] or "").split()) > 3, "because must explain"
    signed = case["reviewed_by"]
    assert signed is None or (isinstance(signed, str) and signed.strip()), "reviewed_by: empty, or a name"
    expected = case["expected"]
    assert MUST_EXPECT <= set(expected) <= MUST_EXPECT | MAY_EXPECT, "unknown or missing key in expected"
    for line in expected.get("lines", []):
        assert LINE_KEYS - {"person"} <= set(line) <= LINE_KEYS, f"unknown or missing key in {line}"
    return case


def _francs(centimes: int | None) -> str | None:
    if centimes is None:
        return None
    sign = "-" if centimes < 0 else ""
    return f"{sign}{abs(centimes) // 100}.{abs(centimes) % 100:02d}"


def _span(span: Any) -> list[str | None] | str:
    return "none" if span is None else [_francs(span.low), _francs(span.high)]


def _sum(ends: Iterable[int | None]) -> int | None:
    """Open as soon as one end is open."""
    found = 0
    for end in ends:
        if end is None:
            return None
        found += end
    return found


def _lines(found: Estimate, wanted: Mapping[LineName, Any]) -> dict[LineName, list[str | None]]:
    """The lines of the first budget, several of one name added up, for no rule says how many lines one amount has.

    A line of exactly nothing that the case does not name is left out: it changes no sum.
    """
    spans: dict[LineName, list[Any]] = {}
    for line in found.budgets[0].lines:
        name = (str(line.code), line.person)
        name = name if name in wanted else (name[0], None)
        spans.setdefault(name, []).append(line.span)
    sums = {name: (_sum(s.low for s in all_of), _sum(s.high for s in all_of)) for name, all_of in spans.items()}
    return {
        name: [_francs(low), _francs(high)]
        for name, (low, high) in sums.items()
        if name in wanted or (low, high) != (0, 0)
    }


def _parameters(found: Estimate) -> dict[str, dict[str, str]]:
    """The confidence of every parameter behind each line of any budget."""
    behind: dict[str, dict[str, str]] = {}
    for budget in found.budgets:
        for line in budget.lines:
            behind.setdefault(str(line.code), {}).update({rule.name: str(rule.confidence) for rule in line.rules})
    return behind


def _differences(expected: Mapping[str, Any], found: Estimate) -> dict[str, tuple[object, object]]:
    """What was expected and what was found, for each part of the case that differs."""
    pairs: dict[str, tuple[object, object]] = {
        "route": (expected["route"], str(found.route.kind)),
        "range": (expected["range"], _span(found.range)),
    }
    if "once_wealth_is_used" in expected:
        pairs["once_wealth_is_used"] = (expected["once_wealth_is_used"], _span(found.later))
    if "lines" in expected:
        wanted = {(line["line"], line.get("person")): [line["low"], line["high"]] for line in expected["lines"]}
        assert len(wanted) == len(expected["lines"]), "a line stands twice in the case"
        pairs["lines"] = (wanted, _lines(found, wanted))
    if "budgets" in expected:
        pairs["budgets"] = (expected["budgets"], len(found.budgets))
    if "standing" in expected:
        standing = {member.person.id: str(member.standing) for member in found.budgets[0].unit.members}
        pairs["standing"] = (expected["standing"], {who: standing.get(who) for who in expected["standing"]})
    claims = {claim.name.removeprefix("first_") for claim in found.first}
    pairs["first"] = (set(), set(expected.get("first", [])) - claims)
    pairs["not_first"] = (set(), set(expected.get("not_first", [])) & claims)
    pairs["checks"] = (set(), set(expected.get("checks", [])) - {str(remark.code) for remark in found.checks})
    behind = _parameters(found)
    for line, names in expected.get("rules", {}).items():
        pairs[f"rules {line}"] = (set(), set(names) - set(behind.get(line, {})))
    words = {name: word for rules in behind.values() for name, word in rules.items()}
    confidence = expected.get("confidence", {})
    pairs["confidence"] = (confidence, {name: words.get(name) for name in confidence})
    return {part: pair for part, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def test_case(path: Path) -> None:
    case = _case(path)
    on = case["on"]
    found = estimate(read_situation(case["situation"], on), on, law_of(on))
    assert not _differences(case["expected"], found)


def test_there_are_cases() -> None:
    assert len(CASES) >= LEAST_CASES


def test_no_file_stands_outside_a_topic() -> None:
    assert not list(FOLDER.glob("*.yaml"))
    assert not list(FOLDER.glob("**/*.yml"))
