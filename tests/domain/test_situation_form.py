"""The JSON form of a situation: what is written can be read again, and the schema accepts it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.situation import read_situation, situation_schema, write_situation
from tests.domain.estimate_strategies import days, household
from tests.domain.schema_check import accepts
from tests.domain.test_estimate_properties import many

SCHEMA: dict[str, Any] = situation_schema()
SMALL: dict[str, Any] = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}


@many
@given(st.data())
def test_what_is_written_can_be_read_again(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    text = json.dumps(write_situation(situation), ensure_ascii=False)
    assert read_situation(json.loads(text, parse_float=Decimal), on) == situation


@many
@given(st.data())
def test_the_schema_accepts_what_is_written(data: st.DataObject) -> None:
    on = data.draw(days)
    assert accepts(SCHEMA, json.loads(json.dumps(write_situation(household(data.draw, on, amount=False)))))


@pytest.mark.parametrize(
    "more",
    [
        {"rent": "900.00"},
        {"rent": 900.5},
        {"rent": "unknown"},
        {"home": "at_interview"},
        {"rent": [{"from": None, "value": 900}, {"from": "2026-12-01", "value": "unknown"}]},
    ],
)
def test_the_schema_accepts(more: dict[str, Any]) -> None:
    assert accepts(SCHEMA, SMALL | more)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"persons": {}},
        {"persons": [{"id": "a"}]},
        {"persons": [{"id": "a", "relation": "friend"}]},
        {"persons": [{"id": "A B", "relation": "applicant"}]},
        {"persons": [{"id": f"p{number}", "relation": "other"} for number in range(21)]},
        {"rent": -1},
        {"rent": 10**9},
        {"rent": 1.005},
        {"rent": "many"},
        {"rent": []},
        {"rent": [{"value": 900}]},
        {"nose": "long"},
    ],
)
def test_the_schema_refuses(wrong: dict[str, Any]) -> None:
    assert not accepts(SCHEMA, SMALL | wrong)


def test_a_keyword_that_the_check_does_not_know_is_no_yes() -> None:
    with pytest.raises(NotImplementedError):
        accepts({"exclusiveMinimum": 0}, 1)
