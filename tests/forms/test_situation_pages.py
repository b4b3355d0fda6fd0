"""Single pages of the situation: what one may answer in part, what an estimate said before, what no page offers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.domain.situation import Missing
from portal.forms.situation import FORMS
from tests.forms.intake_strategies import TODAY, part_of, stored_after


@pytest.fixture(autouse=True, scope="module")
def _words() -> Iterator[None]:
    """Texts are looked up in the language of a request; without one it is French."""
    with Flask("forms").app_context():
        yield


def test_a_name_is_no_obstacle_to_not_knowing_the_birth() -> None:
    """The name comes from the demand; who does not know the day only ticks the box."""
    assert stored_after("birth", {"name": ["Ana"], "unknown": ["y"]}) == {
        "id": "a", "relation": "applicant", "name": "Ana", "born": "unknown",
    }  # fmt: skip


def test_half_a_rent_may_be_known() -> None:
    record = stored_after("rent", {"charges": ["150"], "at_interview": ["y"]})
    assert (record["rent"], record["charges"]) == ("at_interview", "150.00")


@pytest.mark.parametrize(
    ("question", "name"), [("accounts", "accounts"), ("account", "account_number"), ("rent", "rent")]
)
def test_an_answer_to_everything_beside_a_box_is_asked_about(question: str, name: str) -> None:
    sent = {name: ["CH9300762011623852957" if question == "account" else "5"], "unknown": ["y"]}
    sent |= {"charges": ["1"]} if question == "rent" else {}
    form = part_of(question, sent)
    assert not form.validate()
    assert [field for field, _ in form.faults] == ["unknown"]


def test_another_income_stays_beside_an_unknown_one() -> None:
    record = stored_after("incomes", {"wage": ["1000"], "other": ["200"], "unknown": ["y"]})
    assert {(one["kind"], one["amount"]) for one in record["incomes"]} == {
        ("wage", "1000.00"), ("other", "200.00"), ("other", "unknown"),
    }  # fmt: skip


def test_what_is_known_of_an_income_beside_its_amount_stays() -> None:
    before = {"kind": "wage", "amount": "1.00", "payday": "month_end", "irregular": True, "since": "2026-01-01"}
    fund = {"kind": "family_fund", "amount": "50.00"}  # nobody is asked for it here
    record = {"id": "a", "relation": "applicant", "incomes": [before, fund]}
    form = part_of("incomes", {"wage": ["2000"]})
    assert form.validate()
    assert form.answers(record) == {"incomes": [{**before, "amount": "2000.00"}, fund]}
    form = part_of("incomes", {"unknown": ["y"]})
    assert form.validate()
    assert form.answers({**record, "incomes": [{**before, "amount": "unknown"}]})["incomes"][0]["payday"] == "month_end"


def test_years_together_from_an_estimate_stay_without_a_day() -> None:
    record = {"id": "b", "relation": "partner", "together_years": 2}
    form = part_of("couple", {"common_child": ["yes"]})
    assert form.validate()
    found = form.answers(record)
    assert (found["together_since"], found["together_years"], found["common_child"]) == (None, 2, True)


def test_an_age_from_an_estimate_stays_without_a_day() -> None:
    form = part_of("birth", {"unknown": ["y"]})
    assert form.validate()
    assert form.answers({"id": "a", "relation": "applicant", "age": 40})["born"] is None


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ([{"from": None, "value": "900.00"}, {"from": "2026-11-01", "value": "950.00"}], {"rent": ["950"]}),
        ([{"from": None, "value": "900.00"}, {"from": "2027-01-01", "value": "950.00"}], {"rent": ["900"]}),
        ([{"from": "2027-01-01", "value": "950.00"}], {}),
        ([{"from": None, "value": "unknown"}], {"unknown": ["y"]}),
    ],
)
def test_of_an_answer_that_changes_todays_is_shown(answer: object, shown: dict[str, list[str]]) -> None:
    assert FORMS["rent"].shown({"rent": answer}, TODAY) == shown


@pytest.mark.parametrize("question", ["special", "benefits"])
def test_a_box_that_is_not_on_the_page_counts_for_nothing(question: str) -> None:
    form = part_of(question, {"ticks": ["bogus"]})
    assert form.validate()
    assert set(form.answers({}).values()) == {None}


@pytest.mark.parametrize("beside", ["none", *Missing])
def test_nothing_of_that_stands_alone(beside: str) -> None:
    for question, one in (("special", "pregnant"), ("benefits", "alimony")):
        form = part_of(question, {"ticks": [one, str(beside)]})
        assert not form.validate()
