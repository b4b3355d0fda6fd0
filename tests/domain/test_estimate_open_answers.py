"""Open answers, one by one: the smallest households on which a range once left out a possible result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.domain.estimate import Span, estimate
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Permit, SituationError, read_situation
from portal.law.parameters import law_of

ON = date(2026, 11, 21)
FLATMATE = {"id": "o", "relation": "other"}
BURSARY = {"incomes": [{"kind": "bursary", "amount": 1500}]}
STUDENT_AWAY = {"id": "c", "relation": "child", "age": 19, "activity": "training", "away_for_studies": True}


def _child(**said: Any) -> dict[str, Any]:
    return {"id": "c", "relation": "child", **said}


def _spouse(**said: Any) -> dict[str, Any]:
    return {"id": "b", "relation": "spouse", **said}


def _range(persons: list[dict[str, Any]], law: Law | None = None, on: date = ON, **said: Any) -> Span:
    applicant = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"}
    raw = {"version": 1, "persons": [applicant, *persons], "home": "rented", "rent": 900, **said}
    found = estimate(read_situation(raw, on), on, law or law_of(on)).range
    assert found is not None
    return found


@pytest.mark.parametrize("home", ["owned", "hosted", "hosted_by_relative", "none", "institution", "rented"])
@pytest.mark.parametrize("rent", [900, "unknown"])
def test_where_they_live(home: str, rent: object) -> None:
    assert _range([], home="unknown", rent=rent).holds(_range([], home=home, rent=rent))


@pytest.mark.parametrize("name", ["lives_here", "away_for_studies"])
@pytest.mark.parametrize("answer", ["unknown", "at_interview"])
def test_who_lives_there_is_known(name: str, answer: str) -> None:
    # The size of the household hangs on it: an open answer would not be a range of one line, but another household.
    with pytest.raises(SituationError, match=f"{name}: must be true or false"):
        _range([_child(age=10) | {name: answer}])


@pytest.mark.parametrize("permit", [*Permit])
def test_a_permit_that_a_member_does_not_know(permit: Permit) -> None:
    old = _range([_spouse(age=40, permit="unknown")])
    assert old.holds(_range([_spouse(age=40, permit=permit.value, permit_state="valid")]))


@pytest.mark.parametrize("other", ["self_supporting", "training_completed"])
def test_the_age_of_a_child_who_may_be_a_minor(other: str) -> None:
    assert _range([_child(age="unknown", **{other: True})]).holds(_range([_child(age=16, **{other: True})]))


@pytest.mark.parametrize("age", [10, 30])
def test_the_age_of_a_child_away_with_an_income(age: int) -> None:
    child = _child(away_for_studies=True, activity="training", **BURSARY)
    assert _range([child | {"age": "unknown"}]).holds(_range([child | {"age": age}]))


@pytest.mark.parametrize("meals", [True, False, "unknown"])
@pytest.mark.parametrize(
    ("unknown", "known"),
    [
        (_child(age="unknown"), _child(age=7)),
        (_child(age=20, training_completed="unknown"), _child(age=20, training_completed=False)),
        (_spouse(permit="b", permit_state="unknown"), _spouse(permit="b", permit_state="valid")),
    ],
)
def test_somebody_in_doubt_beside_a_flatmate(unknown: dict[str, Any], known: dict[str, Any], meals: object) -> None:
    old, new = (_range([person, FLATMATE], shared_meals=meals) for person in (unknown, known))
    assert old.holds(new)


def test_many_in_doubt_lose_no_centime() -> None:
    """3000 of seven persons does not divide by seven: 428.57 seven times is 2999.99."""

    def six(age: object) -> list[dict[str, Any]]:
        return [_child(age=age) | {"id": f"c{number}"} for number in range(6)]

    assert _range(six("unknown")).holds(_range(six(7)))


def test_a_third_of_the_allowance_loses_no_centime() -> None:
    """1918 for three persons: two thirds are 1278.67, twice a third is 1278.66."""
    on, parent = date(2024, 5, 5), {"id": "p", "relation": "parent"}
    old, new = (_range([_spouse(permit="b", permit_state=state), parent], on=on) for state in ("unknown", "valid"))
    assert old.holds(new)


@pytest.mark.parametrize("meals", [True, False, "unknown"])
@pytest.mark.parametrize("amount", [1525, 1624])
def test_a_child_away_beside_a_flatmate_whatever_the_allowance_of_two(amount: int, meals: object) -> None:
    def law(name: str) -> Parameter:
        rule = law_of(ON)(name)
        exact = Decimal(amount)
        return replace(rule, value=amount, admissible=(exact, exact)) if name == "allowance_2" else rule

    asked: list[dict[str, Any]] = [STUDENT_AWAY, FLATMATE]
    assert _range(asked, shared_meals=meals).holds(_range(asked, law, shared_meals=meals))
