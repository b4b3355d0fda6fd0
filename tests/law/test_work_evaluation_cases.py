"""Every law case of `tests/law/work_evaluation/`: worked out by hand from the wording of RELIAS art. 18 al. 3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.domain.situation import read_situation
from portal.domain.work_evaluation import Ground, adults, evaluation
from portal.law.loader import read_yaml
from portal.law.parameters import law_of

FOLDER = Path(__file__).parent / "work_evaluation"
CASES = sorted(FOLDER.glob("*.yaml"))
LEAST_CASES = 14
KEYS = {"on", "situation", "expected", "because", "reviewed_by"}
WAIVED = {True: True, False: False, "unknown": None}


def _case(path: Path) -> dict[str, Any]:
    # YAML reads a bare `on` as the truth value; the case files keep the plain word.
    raw: Mapping[Any, Any] = read_yaml(path)
    case = {"on" if key is True else key: value for key, value in raw.items()}
    assert set(case) == KEYS, f"keys must be {sorted(KEYS)}"
    assert type(case["on"]) is date, "on must be a day"
    assert len(str(case["because"] or "").split()) > 3, "because must explain"
    for entry in case["expected"].values():
        assert {"waived"} <= set(entry) <= {"waived", "grounds", "open"}, f"unknown or missing key in {entry}"
    return case


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = _case(path)
    on, law = case["on"], law_of(case["on"])
    situation = read_situation(case["situation"], on)
    found = {person.id: evaluation(person, situation, on, law) for person in adults(situation, on, law)}
    assert {person: (one.waived, one.grounds, one.open_answers) for person, one in found.items()} == {
        person: (
            WAIVED[entry["waived"]],
            tuple(Ground(name) for name in entry.get("grounds", [])),
            tuple(entry.get("open", [])),
        )
        for person, entry in case["expected"].items()
    }, case["because"]


def test_there_are_enough_and_each_ground_is_on_and_off() -> None:
    assert len(CASES) >= LEAST_CASES
    entries = [entry for path in CASES for entry in _case(path)["expected"].values()]
    assert {WAIVED[entry["waived"]] for entry in entries} == {True, False, None}
    for ground in Ground:
        assert any(ground.value in entry.get("grounds", []) for entry in entries), ground
        assert any(ground.value not in entry.get("grounds", []) for entry in entries), ground


def test_the_rule_is_shown_as_what_it_is() -> None:
    """Its new place is not known: nothing may read as if it were in force for certain."""
    on = date(2026, 11, 21)
    situation = read_situation({"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}, on)
    rule = evaluation(situation.applicant, situation, on, law_of(on)).rule
    assert rule.name == "work_evaluation_exempt"
    assert not rule.certain
    assert "30.6.2021" in rule.source
