"""What a report says and no step is made of: it is named, and nothing else is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.domain.changes.change import Change
from portal.domain.changes.judging import faults
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.meaning import ops_of
from portal.domain.changes.uncounted import Why, answers_little, uncounted
from portal.domain.situation import read_situation
from tests.changes import TODAY, WAGE, change, single

MAY = date(2026, 5, 1)
EMPTY = read_situation({"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}, TODAY)


def found(one: Change, *incomes: dict[str, Any]) -> list[tuple[Why, bool]]:
    return [(left.why, left.alone) for left in uncounted((one,), single(*incomes))]


@pytest.mark.parametrize(
    ("one", "left"),
    [
        (change(ChangeKind.SEPARATED, "2026-05-01", None, about="Luca", alimony_received="500.00"), (Why.PERSON, True)),
        (change(ChangeKind.WAGE_CHANGED, "2026-05-01", amount="2100.00"), (Why.INCOME, True)),
        (change(ChangeKind.OTHER_HOURS, "2026-05-01", amount="2100.00"), (Why.INCOME, True)),
        (change(ChangeKind.OTHER_HOURS, "2026-05-01", amount="2100.00", percent=40), (Why.INCOME, False)),
        (change(ChangeKind.LOST_JOB, "2026-05-01"), (Why.INCOME, True)),
        (change(ChangeKind.SICK, "2026-05-01", wage_goes_on=False), (Why.INCOME, False)),
        (change(ChangeKind.ABROAD, "2026-05-01"), (Why.READ, True)),
        (change(ChangeKind.OTHER, "2026-05-01", None), (Why.READ, True)),
    ],
)
def test_what_is_not_counted_is_named(one: Change, left: tuple[Why, bool]) -> None:
    assert found(one) == [left]


@pytest.mark.parametrize(
    "one",
    [
        change(ChangeKind.WAGE_CHANGED, "2026-05-01", income="wage-1", amount="900.00"),
        change(ChangeKind.OTHER_HOURS, "2026-05-01", income="wage-1", amount="900.00"),
        change(ChangeKind.OTHER_HOURS, "2026-05-01", percent=40),
        change(ChangeKind.LOST_JOB, "2026-05-01", income="wage-1"),
        change(ChangeKind.SICK, "2026-05-01", wage_goes_on=False),
        change(ChangeKind.GIFT, "2026-05-01", sum="50.00"),
        change(ChangeKind.MOVED, "2026-05-01", None, rent="900.00"),
    ],
)
def test_what_is_counted_is_not_named(one: Change) -> None:
    assert found(one, WAGE) == []


def test_no_step_is_made_of_somebody_whom_no_answer_names() -> None:
    one = change(ChangeKind.SEPARATED, "2026-05-01", None, about="Luca", alimony_received="500.00")
    assert ops_of(one, EMPTY, "r0") == ()
    assert ops_of(change(ChangeKind.WAGE_CHANGED, "2026-05-01", amount="900.00"), EMPTY, "r0") == ()


def test_what_the_form_could_not_offer_today_may_be_said_of_an_earlier_day() -> None:
    """Who is here no more today is offered by no form, though on the day of the change they were here."""
    gone = single(
        persons=[
            {"id": "a", "relation": "applicant", "incomes": [WAGE | {"until": "2026-06-30"}]},
            {
                "id": "b",
                "relation": "spouse",
                "lives_here": [{"from": None, "value": True}, {"from": "2026-06-01", "value": False}],
            },
        ]
    )
    one = change(ChangeKind.SEPARATED, "2026-05-01", None, about="Luca")
    wage = change(ChangeKind.WAGE_CHANGED, "2026-05-01", amount="900.00")
    assert faults((one, wage), gone, MAY, TODAY) == ()
    assert [fault.field for fault in faults((one, wage), gone, MAY, date(2026, 5, 20))] == ["person", "income"]


def test_answers_that_say_next_to_nothing() -> None:
    assert answers_little(EMPTY, MAY)
    assert not answers_little(single(), MAY)
    assert answers_little(
        read_situation({"version": 1, "rent": 900, "persons": [{"id": "a", "relation": "applicant"}]}, TODAY), MAY
    )
    two = {"version": 1, "rent": 900, "persons": [{"id": "a", "relation": "applicant", "age": 40}]}
    assert not answers_little(read_situation(two, TODAY), MAY)
