"""What was stored by any version opens for ever: each file of `snapshots` was written by the version of its name.

A file is never changed. When the questions change, `VERSION` rises, `STEPS` gets a step, and a file of the new version joins.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.domain.situation import Missing, Relation, Situation, SituationError, reading, stored, write_situation
from portal.domain.situation.model import VERSION
from portal.domain.situation.questions import pages
from portal.domain.situation.stored import STEPS, read_stored, upgraded

ON = date(2026, 11, 10)
FILES = sorted((Path(__file__).parent / "snapshots").glob("v*.json"))
SMALL: dict[str, Any] = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}


def raw(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def opened(name: str) -> Situation:
    return read_stored(raw(next(path for path in FILES if name in path.name)), ON)


def test_there_are_examples_of_every_version() -> None:
    versions = {int(re.match(r"v(\d+)-", path.name)[1]) for path in FILES}  # type: ignore[index]
    assert versions == set(range(1, VERSION + 1))
    assert set(STEPS) == set(range(1, VERSION)), "every older version has a step"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_opens_today(path: Path) -> None:
    said = raw(path)
    assert said["version"] == int(path.name[1 : path.name.index("-")])
    situation = read_stored(said, ON)
    assert pages(situation, ON)
    written = json.loads(json.dumps(write_situation(situation)))
    assert read_stored(written, ON) == situation


@pytest.mark.parametrize("path", [one for one in FILES if one.name.startswith("v1-")], ids=lambda path: path.stem)
def test_version_1_says_what_it_said(path: Path) -> None:
    """Nothing of the answers is lost on the way in; only what is the same as nothing said is not written again."""
    if VERSION > 1:
        pytest.fail("compare what the step to version 2 is meant to change instead")
    said, written = raw(path), json.loads(json.dumps(write_situation(read_stored(raw(path), ON))))
    for person in said["persons"]:
        for income in person.get("incomes", []):
            if income.get("irregular") is False:
                del income["irregular"]
    assert written == said


def test_the_family_of_six() -> None:
    family = opened("family-of-six")
    assert len(family.persons) == 6
    assert family.accounts.known(ON) == 210_035
    assert family.insurances.on(ON) is Missing.UNKNOWN
    assert [str(person.permit.on(ON)) for person in family.persons] == ["b", "l", "c", "b", "f", "at_interview"]
    assert family.persons[2].name.known(ON) == "محمد علی\u200cرضا"
    assert family.applicant.born.known(ON) == date(1988, 2, 29)


def test_the_flat_share_knows_what_changed_when() -> None:
    share = opened("flat-share")
    assert (share.accounts.known(date(2026, 9, 30)), share.accounts.known(ON)) == (31_000, 0)
    assert [person.relation for person in share.persons][1:] == [Relation.OTHER, Relation.RELATIVE]


def test_the_owner_and_the_homeless() -> None:
    owner, homeless = opened("self-employed-owner"), opened("homeless")
    assert owner.owns_property.known(ON) is True
    assert [income.kind.value for income in owner.applicant.incomes] == ["self_employment", "wage"]
    assert homeless.applicant.incomes[0].amount.on(ON) is Missing.AT_INTERVIEW
    assert homeless.applicant.identity_paper.known(ON) is False


def test_a_step_of_a_later_version_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if version 2 had renamed `accounts`, and 3 had doubled it."""
    steps = {
        1: lambda old: {("savings" if name == "accounts" else name): value for name, value in old.items()},
        2: lambda old: {**old, "savings": 2 * old["savings"]},
    }
    monkeypatch.setattr(stored, "VERSION", 3)
    monkeypatch.setattr(stored, "STEPS", steps)
    old = {**SMALL, "accounts": 5}
    assert upgraded(old) == {"version": 3, "persons": SMALL["persons"], "savings": 10}
    assert upgraded({**SMALL, "version": 2, "savings": 5})["savings"] == 10
    assert upgraded({**SMALL, "version": 3, "savings": 5})["savings"] == 5
    assert old["accounts"] == 5, "what is stored stays as it is"


def test_every_example_opens_through_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions change, a file of version 1 does not: with a step for `debts` it opens as the version after today's."""

    def step(old: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in old.items() if name != "debts"}

    monkeypatch.setattr(stored, "VERSION", VERSION + 1)
    monkeypatch.setattr(reading, "VERSION", VERSION + 1)
    monkeypatch.setitem(STEPS, VERSION, step)
    for path in FILES:
        assert not read_stored(raw(path), ON).debts


@pytest.mark.parametrize("wrong", [{"version": 99}, {"version": 0}, {"nose": 1}, {"persons": []}])
def test_what_no_version_wrote_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SituationError):
        read_stored({**SMALL, **wrong}, ON)
