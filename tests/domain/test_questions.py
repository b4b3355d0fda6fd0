"""Which pages a household is asked, in which order, and when a page counts as answered."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.situation import Person, Situation, read_situation
from portal.domain.situation.ages import age_of
from portal.domain.situation.questions import QUESTIONS, Page, Section, grown, pages
from portal.forms.situation import FORMS
from tests.domain.estimate_strategies import days, household
from tests.domain.test_estimate_properties import many

ON = date(2026, 11, 10)
A: dict[str, Any] = {"id": "a", "relation": "applicant"}
B: dict[str, Any] = {"id": "b", "relation": "partner"}


def situation(*persons: dict[str, Any], **said: Any) -> Situation:
    return read_situation({"version": 1, "persons": list(persons), **said}, ON)


def keys(*persons: dict[str, Any], **said: Any) -> list[str]:
    return [page.key for page in pages(situation(*persons, **said), ON)]


def test_somebody_alone_is_asked_so_much() -> None:
    assert keys(A) == [
        "persons", "birth@a", "civil-status@a", "identity@a", "commune", "home", "eviction", "activity@a", "incomes@a",
        "accounts", "vehicles", "other-wealth", "property", "debts", "insurance@a", "special@a", "alimony",
        "children-elsewhere", "permit@a", "benefits@a", "account",
    ]  # fmt: skip


def test_flatmates_are_asked_nothing_about_themselves() -> None:
    others = [{"id": f"o{n}", "relation": one} for n, one in enumerate(("parent", "relative", "other"))]
    assert set(keys(A, *others)) - set(keys(A)) == {"meals"}


@pytest.mark.parametrize(
    ("home", "more"), [("rented", True), ("owned", True), ("institution", True), ("hosted", False), ("none", False)]
)
def test_what_a_home_costs(home: str, more: bool) -> None:
    found = keys(A, home=home)
    assert ("rent" in found) is more
    assert ("eviction" in found) is (home != "none")


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        ("2026-01-01", {"birth", "permit"}),
        ("2011-11-10", {"birth", "permit", "incomes"}),  # fifteen today
        ("2011-11-11", {"birth", "permit"}),
        ("2008-11-11", {"birth", "permit", "incomes"}),
        ("2008-11-10", {"birth", "permit", "incomes", "training", "identity", "insurance", "special", "benefits"}),
    ],
)
def test_a_child_by_its_age(born: str, asked: set[str]) -> None:
    found = keys(A, {"id": "c1", "relation": "child", "born": born})
    assert {key.split("@")[0] for key in found if key.endswith("@c1")} == asked


def test_a_child_who_supports_themselves_answers_for_themselves_elsewhere() -> None:
    child = {"id": "c1", "relation": "child", "age": 20, "self_supporting": True}
    assert not grown(situation(A, child).persons[1], ON)
    assert "insurance@c1" not in keys(A, child)


def test_a_couple() -> None:
    assert {"couple@b", "civil-status@b", "civil-status@a", "activity@b"} <= set(keys(A, B))
    spouse = keys(A, {"id": "b", "relation": "spouse"})
    assert not {"couple@b", "civil-status@b", "civil-status@a"} & set(spouse)


@pytest.mark.parametrize(("activity", "asked"), [("seeking", True), ("other", True), ("employed", False)])
def test_who_lost_work(activity: str, asked: bool) -> None:
    assert ("dismissal@a" in keys({**A, "activity": activity})) is asked


def test_a_wage_has_a_day() -> None:
    assert "wage@a" in keys({**A, "incomes": [{"kind": "wage", "amount": "unknown"}]})
    assert "wage@a" not in keys({**A, "incomes": [{"kind": "alimony", "amount": 1}]})


@pytest.mark.parametrize("answer", ["unknown", "at_interview", "rented", "none"])
def test_an_open_answer_is_an_answer(answer: str) -> None:
    said = situation(A, home=answer)
    home = next(page for page in pages(said, ON) if page.key == "home")
    assert home.answered(said, ())


def test_a_page_that_is_walked_is_answered_by_walking_only() -> None:
    said = situation({**A, "incomes": [{"kind": "wage", "amount": 1, "payday": "month_end"}]})
    wage = next(page for page in pages(said, ON) if page.key == "wage@a")
    assert (wage.answered(said, ()), wage.answered(said, {"wage@a"})) == (False, True)


@pytest.mark.parametrize(
    "said", [{"together_since": "2020-01-01"}, {"together_years": 1}, {"together_years": "unknown"}]
)
def test_since_when_a_couple_lives_together_may_be_said_in_two_ways(said: dict[str, Any]) -> None:
    found = situation(A, {**B, **said})
    couple = next(page for page in pages(found, ON) if page.key == "couple@b")
    assert couple.answered(found, ())
    assert not couple.answered(situation(A, B), ())


def test_an_age_is_no_birth() -> None:
    """The papers go by the day; an estimate knows the age only."""
    said = situation({**A, "age": 40})
    birth = next(page for page in pages(said, ON) if page.key == "birth@a")
    assert not birth.answered(said, ())


def test_no_question_lacks_a_form_and_no_form_a_question() -> None:
    assert {question.id for question in QUESTIONS} == set(FORMS) | {"persons"}


def test_every_question_names_fields_of_the_model() -> None:
    known = {spec.name for record in (Situation, Person) for spec in fields(record)}
    for question in QUESTIONS:
        assert set(question.fields) <= known, question.id
        assert question.or_else is None or question.or_else in question.fields
        assert (question.household is None) != (question.person is None), question.id


def test_the_parts_stand_in_their_order() -> None:
    order = [list(Section).index(question.section) for question in QUESTIONS]
    assert all(one <= two for one, two in pairwise(order))
    assert {question.section for question in QUESTIONS} == set(Section)


@many
@given(st.data())
def test_any_household_is_asked_each_page_once(data: st.DataObject) -> None:
    on = data.draw(days)
    said = household(data.draw, on, amount=False)
    found = pages(said, on)
    assert len({page.key for page in found}) == len(found)
    for page in found:
        assert isinstance(page, Page)
        assert page.answered(said, {page.key})
        page.answered(said, ())
    assert all(age is None or age >= 0 for age in (age_of(person, on) for person in said.persons))
