"""Which answers are missing: said so, or asked of everybody and not given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.gaps import gaps
from portal.domain.situation import Missing, read_situation
from portal.law.parameters import law_of
from tests.domain.estimate_strategies import days, household

ON = date(2026, 11, 21)
WHOLE: dict[str, Any] = {"age": 40, "permit": "swiss", "activity": "seeking", "civil_status": "single"}
HOME: dict[str, Any] = {"commune": 6248, "home": "none", "accounts": 0, "owns_property": False, "debts": 0}


def found(*others: dict[str, Any], me: dict[str, Any] | None = None, **home: Any) -> list[tuple[str | None, str, str]]:
    applicant = {"id": "a", "relation": "applicant", **(WHOLE if me is None else me)}
    situation = read_situation({"version": 1, "persons": [applicant, *others], **HOME, **home}, ON)
    return [(gap.person, gap.field, gap.why.value if gap.why else "") for gap in gaps(situation, ON, law_of(ON))]


def test_nothing_is_missing_where_all_was_said() -> None:
    assert found() == []


@pytest.mark.parametrize("why", list(Missing))
def test_what_is_not_known_is_missing(why: Missing) -> None:
    assert found(me=WHOLE | {"dismissed": why.value}) == [("a", "persons.dismissed", why.value)]
    assert found(me={**WHOLE, "age": why.value}) == [("a", "persons.born", why.value)]
    assert found(debts=why.value) == [(None, "debts", why.value)]
    wage = [{"kind": "wage", "amount": why.value}]
    assert found(me=WHOLE | {"incomes": wage}) == [("a", "persons.incomes", why.value)]


def test_what_everybody_is_asked_is_missing() -> None:
    assert [field for _, field, _ in found(me={})] == [
        "persons.born", "persons.civil_status", "persons.permit", "persons.activity",
    ]  # fmt: skip
    assert found(home="rented") == [(None, "rent", "")]
    assert found(me=WHOLE | {"permit": "b"}) == [("a", "persons.permit_state", "")]
    assert found(me=WHOLE | {"permit": "f"}) == [("a", "persons.asylum_since", "")]
    assert found(me=WHOLE | {"permit": "f", "asylum_years": 2}) == []


def test_what_is_asked_of_the_others() -> None:
    partner = {"id": "b", "relation": "partner", **WHOLE}
    assert [field for _, field, _ in found(partner)] == ["persons.together_since", "persons.common_child"]
    assert found(partner | {"together_years": 1, "common_child": False}) == []
    child = {"id": "c", "relation": "child", "permit": "swiss"}
    assert found(child | {"age": 17}) == found(child | {"age": 25}) == []
    assert [field for _, field, _ in found(child | {"age": 24})] == [
        "persons.training_completed",
        "persons.self_supporting",
    ]
    assert found({"id": "o", "relation": "other"}, {"id": "s", "relation": "spouse", "lives_here": False}) == []


@given(st.data())
def test_it_never_raises(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    for gap in gaps(situation, on, law_of(on)):
        assert gap.person is None or gap.person in {person.id for person in situation.persons}
