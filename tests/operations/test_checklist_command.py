"""`checklist` as somebody runs it at home: no variable, no server, no secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portal.checklists import rules
from tests.operations.test_estimate_command import APPLICANT, ON, SMALL, flask, inside, refused, written

KEYS = {
    *("id", "topic", "title", "official", "state", "person", "months", "certain", "because", "unknown", "open_answers"),
    *("why", "looks_like", "where", "cost", "instead", "basis", "source", "confidence"),
}


def test_the_list(tmp_path: Path) -> None:
    done = flask("checklist", written(tmp_path, SMALL), "--on", ON)
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    assert (answer["filed"], answer["blocks_filing"]) == (ON, False)
    assert all(set(item) == KEYS for item in answer["items"])
    items = {item["id"]: item for item in answer["items"]}
    assert items["account_statements"]["months"] == ["2026-08", "2026-09", "2026-10"]
    assert items["account_statements"]["person"] is None
    assert items["identity_paper"]["person"] == "a"
    assert (items["lease"]["certain"], items["lease"]["because"]) == (True, ["rents"])
    assert items["lease"]["title"] == "Bail de votre logement", "letters are written as they are"
    assert items["signed_form"]["basis"]["parameter"] == "all_adults_sign"
    assert (items["vehicle_licence"]["certain"], items["vehicle_licence"]["open_answers"]) == (False, ["vehicles"])
    assert [item["id"] for item in answer["items"]] == [rule.id for rule in rules() if rule.id in items]


def test_the_day_moves_the_months(tmp_path: Path) -> None:
    done = inside("checklist", written(tmp_path, SMALL), "--on", "2027-01-31")
    statements = next(item for item in json.loads(done.stdout)["items"] if item["id"] == "account_statements")
    assert statements["months"] == ["2026-10", "2026-11", "2026-12"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "FILE: is not JSON"),
        (b"\xff\xfe{\x00}\x00", "FILE: is not JSON"),
        ("[]", "FILE: the situation must be an object"),
        (SMALL | {"eviction_threat": "perhaps"}, "eviction_threat: must be true or false"),
        (SMALL | {"persons": [APPLICANT | {"dismissed": 1}]}, "persons[0].dismissed: must be true or false"),
        (SMALL | {"commune": 999}, "commune: no commune of Valais has the number 999 on 2026-11-21"),
        (b" " * 2_000_000, "FILE: must not be larger than 1000000 bytes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_of_a_file(tmp_path: Path, content: object, said: str) -> None:
    assert said in refused(inside("checklist", written(tmp_path, content), "--on", ON))


@pytest.mark.parametrize("on", ["2021-06-30", "2101-01-01", "2026-02-30", "yesterday"])
def test_of_a_day(tmp_path: Path, on: str) -> None:
    assert "--on" in refused(inside("checklist", written(tmp_path, SMALL), "--on", on))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "FILE" in refused(flask("checklist", tmp_path / "nothing.json", "--on", ON))
