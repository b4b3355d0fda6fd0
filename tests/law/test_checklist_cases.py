"""Every law case of `tests/law/checklist/`: worked out by hand from the fact sheet on papers, never by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from portal.checklists import ChecklistRule, DocumentRequest, checklist, rules
from portal.domain.situation import read_situation
from portal.law.loader import read_yaml
from portal.law.parameters import law_of

FOLDER = Path(__file__).parent / "checklist"
CASES = sorted(FOLDER.glob("**/*.yaml"))
LEAST_CASES = 70

KEYS = {"on", "situation", "expected", "because", "reviewed_by"}
EXPECTED = {"items", "not", "perhaps", "only"}
ENTRY = {"items": {"id", "person", "months"}, "not": {"id", "person"}, "perhaps": {"id", "person", "months", "open"}}

Who: TypeAlias = "tuple[str, str | None]"
"""A rule and a person; None: the household."""
Listed: TypeAlias = "dict[Who, tuple[str, ...]]"
"""With the months of each."""


@cache
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
    assert expected, "a case expects something"
    assert set(expected) <= EXPECTED, f"expected may hold {sorted(EXPECTED)}"
    assert expected.get("only", True) is True, "only: true, or left out"
    for part, keys in ENTRY.items():
        for entry in expected.get(part, []):
            assert {"id"} <= set(entry) <= keys, f"unknown or missing key in {entry}"
            assert entry["id"] in IDS, f"no rule {entry['id']}"
    return case


def _found(case: Mapping[str, Any]) -> tuple[DocumentRequest, ...]:
    return checklist(read_situation(case["situation"], case["on"]), case["on"], law_of(case["on"]))


def _listed(requests: Iterable[DocumentRequest], *, certain: bool) -> Listed:
    return {
        (request.rule.id, request.person): tuple(f"{month:%Y-%m}" for month in request.months)
        for request in requests
        if request.certain is certain
    }


def _wanted(entries: Iterable[Mapping[str, Any]]) -> Listed:
    return {(entry["id"], entry.get("person")): tuple(entry.get("months", ())) for entry in entries}


def _forbidden(found: tuple[DocumentRequest, ...], entries: Iterable[Mapping[str, Any]]) -> set[Who]:
    """What must not be there, certain or perhaps, and is; without a person: for nobody at all."""
    there = {(request.rule.id, request.person) for request in found}
    return {
        who
        for entry in entries
        for who in there
        if who[0] == entry["id"] and ("person" not in entry or who[1] == entry["person"])
    }


def _differences(expected: Mapping[str, Any], found: tuple[DocumentRequest, ...]) -> dict[str, object]:
    wrong: dict[str, object] = {}
    for part, certain in (("items", True), ("perhaps", False)):
        wanted, listed = _wanted(expected.get(part, [])), _listed(found, certain=certain)
        if not expected.get("only"):
            listed = {who: months for who, months in listed.items() if who in wanted}
        if wanted != listed:
            wrong[f"{part} missing"] = {who: months for who, months in wanted.items() if listed.get(who) != months}
            wrong[f"{part} too much"] = {who: months for who, months in listed.items() if wanted.get(who) != months}
    forbidden = _forbidden(found, expected.get("not", []))
    if forbidden:
        wrong["not"] = forbidden
    by_who = {(request.rule.id, request.person): request for request in found}
    for entry in expected.get("perhaps", []):
        request = by_who.get((entry["id"], entry.get("person")))
        if request and "open" in entry and entry["open"] not in request.open_answers:
            wrong[f"open {entry['id']}"] = request.open_answers
    return wrong


IDS = frozenset(rule.id for rule in rules())
LISTED = tuple(rule for rule in rules() if not rule.only_for_changes)
"""The others have their cases in `changes/`."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def test_case(path: Path) -> None:
    case = _case(path)
    assert not _differences(case["expected"], _found(case))


def _named(part: str) -> Iterator[str]:
    for path in CASES:
        yield from (entry["id"] for entry in _case(path)["expected"].get(part, []))


def _off() -> Iterator[str]:
    """The rules that a case wants off: named under `not`, or left out where the case names all there is."""
    yield from _named("not")
    for path in CASES:
        expected = _case(path)["expected"]
        if expected.get("only"):
            yield from IDS - {entry["id"] for part in ("items", "perhaps") for entry in expected.get(part, [])}


def _can_be_certain(rule: ChecklistRule) -> bool:
    """A rule that only the centre or the commune can decide is never more than a perhaps."""
    undecidable = {"centre_asks", "not_in_commune_register", "registered_for_vat"}
    return not undecidable & {predicate.name for predicate in rule.when}


def test_every_rule_is_on_in_some_case() -> None:
    surely, perhaps = set(_named("items")), set(_named("perhaps"))
    missing = (rule.id for rule in LISTED if rule.id not in (surely if _can_be_certain(rule) else perhaps))
    assert sorted(missing) == []


def test_every_rule_with_a_condition_is_off_in_some_case() -> None:
    off = set(_off())
    assert sorted(rule.id for rule in LISTED if rule.conditional and rule.id not in off) == []


def test_there_are_cases() -> None:
    assert len(CASES) >= LEAST_CASES


def test_no_file_stands_outside_a_topic() -> None:
    assert not list(FOLDER.glob("*.yaml"))
    assert not list(FOLDER.glob("**/*.yml"))
