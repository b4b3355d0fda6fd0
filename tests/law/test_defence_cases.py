"""Every signed-off case of `tests/law/defence/`: an event, the dates that somebody gave, their time limits and letters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from portal.domain.defence import Dates, Event
from portal.law.loader import read_yaml
from portal.services.defence import outlook

CASES = sorted((Path(__file__).parent / "defence").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_yaml(path)
    on = case.pop(True)  # YAML reads the key `on` so
    assert set(case) == {"event", "given", "expected", "letters", "because", "reviewed_by"}
    assert case["because"].strip()
    found = outlook(Event(case["event"]), Dates(**case["given"]), on)
    assert {name: day for name, day in asdict(found.limits).items() if day is not None} == case["expected"]
    assert [letter.value for letter in found.letters] == list(case["letters"])
    assert found.late is (found.limits.appeal is not None and found.limits.appeal < on)


def test_every_event_has_a_case() -> None:
    assert {read_yaml(path)["event"] for path in CASES} == {event.value for event in Event}
