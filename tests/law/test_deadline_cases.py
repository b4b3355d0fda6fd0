"""Every signed-off clock case of `tests/law/deadlines/`, with the lengths from the dated parameters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal import law
from portal.domain import deadlines
from portal.law.loader import read_yaml

CASES = sorted((Path(__file__).parent / "deadlines").glob("*.yaml"))
GIVEN = {"filed", "urgent_requested", "reported", "notified", "first_attempt"}


def _days(name: str, on: date) -> int:
    return law.parameter(name, on).whole()


def _computed(given: dict[str, date]) -> dict[str, date]:
    holidays = law.holidays.official()
    found = {}
    if filed := given.get("filed"):
        found["decision_due"] = deadlines.decision_due(filed, _days("decision_clock", filed))
    if asked := given.get("urgent_requested"):
        found["urgent_due"] = deadlines.urgent_due(asked, _days("urgent_clock", asked))
    if told := given.get("reported"):
        found["reexamination_due"] = deadlines.reexamination_due(told, _days("reexamination_clock", told))
    notified = given.get("notified")
    if attempt := given.get("first_attempt"):
        notified = deadlines.deemed_notified(attempt, _days("deemed_notified", attempt))
        found["deemed_notified"] = notified
    if notified:
        length = _days("appeal_period", notified)
        found["appeal_last_day"] = deadlines.appeal_last_day(notified, length, holidays)
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_yaml(path)
    assert set(case) == {"given", "expected", "because", "reviewed_by"}
    assert set(case["given"]) <= GIVEN
    assert case["because"].strip()
    assert _computed(case["given"]) == case["expected"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 15
