"""Answers that do not fit together: each found and not found, and never where something was not said."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.situation import Fact, Missing, Person, Relation, Situation, always, read_situation
from portal.domain.situation.contradictions import HINTS, ContradictionCode, contradictions
from tests.domain.estimate_strategies import OPEN_TO, days, household

Code = ContradictionCode
ON = date(2026, 11, 21)
ME: dict[str, Any] = {"id": "a", "relation": "applicant"}


def me(**said: Any) -> dict[str, Any]:
    return {**ME, **said}


def other(relation: str, number: int = 0, **said: Any) -> dict[str, Any]:
    return {"id": f"{relation}{number or ''}", "relation": relation, **said}


def income(kind: str, amount: Any = 100) -> dict[str, Any]:
    return {"incomes": [{"kind": kind, "amount": amount}]}


def found(*persons: dict[str, Any], **household: Any) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    situation = read_situation({"version": 1, "persons": [*persons], **household}, ON)
    return [(one.code.value, one.persons, one.fields) for one in contradictions(situation, ON)]


CASES: list[tuple[Code, list[dict[str, Any]], dict[str, Any], tuple[str, ...], tuple[str, ...]]] = [
    (Code.CHILD_NOT_YOUNGER, [me(age=30), other("child", age=30)], {}, ("child", "a"), ("persons.age",)),
    (Code.CHILD_NOT_YOUNGER, [me(born="1990-01-02"), other("child", born="1990-01-02")], {},
     ("child", "a"), ("persons.born",)),
    (Code.CHILD_NOT_YOUNGER, [me(born="1990-01-02"), other("child", age=40)], {},
     ("child", "a"), ("persons.age", "persons.born")),
    (Code.CHILD_NOT_YOUNGER, [me(age=60), other("parent", age=50)], {}, ("a", "parent"), ("persons.age",)),
    (Code.CHILD_NOT_YOUNGER, [me(age=30), other("spouse", age=28), other("child", age=35)], {},
     ("child", "a"), ("persons.age",)),
    (Code.CHILD_BARELY_YOUNGER, [me(born="1990-01-02"), other("child", born="1990-01-03")], {},
     ("child", "a"), ("persons.born",)),
    (Code.CHILD_BARELY_YOUNGER, [me(born="1990-01-02"), other("child", born="2002-01-01")], {},
     ("child", "a"), ("persons.born",)),
    (Code.CHILD_BARELY_YOUNGER, [me(age=29), other("child", age=18)], {}, ("child", "a"), ("persons.age",)),
    (Code.TOGETHER_TOO_EARLY, [me(born="2000-05-05"), other("partner", age=60, together_since="1999-01-01")], {},
     ("partner", "a"), ("persons.together_since", "persons.born")),
    (Code.TOGETHER_TOO_EARLY, [me(born="2000-05-05"), other("partner", age=60, together_since="2014-05-04")], {},
     ("partner", "a"), ("persons.together_since", "persons.born")),
    (Code.TOGETHER_TOO_EARLY, [me(age=60), other("spouse", age=20, together_years=7)], {},
     ("spouse",), ("persons.together_years", "persons.age")),
    (Code.TOGETHER_TOO_EARLY, [me(age=60), other("partner", age=20, together_since="2010-01-01")], {},
     ("partner",), ("persons.together_since", "persons.age")),
    (Code.MARRIED_CHILD, [me(age=40), other("child", age=15, civil_status="married")], {},
     ("child",), ("persons.civil_status", "persons.age")),
    (Code.MARRIED_CHILD, [me(age=15, civil_status="divorced")], {}, ("a",), ("persons.civil_status", "persons.age")),
    (Code.SPOUSE_OF_UNMARRIED, [me(civil_status="single"), other("spouse")], {},
     ("a", "spouse"), ("persons.civil_status",)),
    (Code.MARRIED_WITHOUT_SPOUSE, [me(civil_status="registered")], {}, ("a",), ("persons.civil_status",)),
    (Code.WORK_WITHOUT_WAGE, [me(activity="employed")], {}, ("a",), ("persons.activity", "persons.incomes")),
    (Code.WORK_WITHOUT_WAGE, [me(activity="part_time", **income("wage", 0))], {},
     ("a",), ("persons.activity", "persons.incomes")),
    (Code.SELF_EMPLOYED_WITHOUT_INCOME, [me(activity="self_employed", **income("wage"))], {},
     ("a",), ("persons.activity", "persons.incomes")),
    (Code.EARLY_OLD_AGE_PENSION, [me(age=57, **income("old_age"))], {}, ("a",), ("persons.incomes", "persons.age")),
    (Code.CHILD_WITH_WAGE, [me(age=40), other("child", age=12, **income("wage"))], {},
     ("child",), ("persons.incomes", "persons.age")),
    (Code.TRAINING_COMPLETED, [me(activity="training", training_completed=True)], {},
     ("a",), ("persons.training_completed", "persons.activity")),
    (Code.COMMON_CHILD_NOWHERE, [me(), other("partner", common_child=True)], {},
     ("partner",), ("persons.common_child", "children_elsewhere")),
    (Code.UNABLE_YET_BUSY, [me(activity="seeking", unable_percent=51)], {},
     ("a",), ("persons.unable_percent", "persons.activity")),
    (Code.RENT_OF_FREE_HOME, [me()], {"home": "hosted", "rent": 500}, (), ("home", "rent")),
    (Code.RENT_OF_FREE_HOME, [me()], {"home": "none", "rent": 500}, (), ("home", "rent")),
    (Code.OWN_HOME_WITHOUT_PROPERTY, [me()], {"home": "owned", "owns_property": False}, (), ("home", "owns_property")),
    (Code.ALIMONY_WITHOUT_CAUSE, [me(civil_status="single", **income("alimony"))], {},
     ("a",), ("persons.incomes", "persons.civil_status")),
    (Code.PREGNANT_AT_THAT_AGE, [me(age=61, pregnant=True)], {}, ("a",), ("persons.pregnant", "persons.age")),
    (Code.PREGNANT_AT_THAT_AGE, [me(age=40), other("child", age=10, pregnant=True)], {},
     ("child",), ("persons.pregnant", "persons.age")),
    (Code.ASYLUM_BEFORE_BIRTH, [me(born="2000-05-05", asylum_since="2000-05-04")], {},
     ("a",), ("persons.asylum_since", "persons.born")),
    (Code.ASYLUM_BEFORE_BIRTH, [me(age=5, asylum_since="2020-05-04")], {},
     ("a",), ("persons.asylum_since", "persons.age")),
    (Code.ASYLUM_BEFORE_BIRTH, [me(age=5, asylum_years=6)], {}, ("a",), ("persons.asylum_years", "persons.age")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "persons", "home", "who", "where"), CASES, ids=[f"{n}-{c[0].value}" for n, c in enumerate(CASES)]
)
def test_found(
    code: Code, persons: list[dict[str, Any]], home: dict[str, Any], who: tuple[str, ...], where: tuple[str, ...]
) -> None:
    assert found(*persons, **home) == [(code.value, who, where)]


def test_every_code_is_found_somewhere_and_every_field_is_one_of_the_model() -> None:
    assert set(Counter(case[0] for case in CASES)) == set(Code)
    assert set(Code) > HINTS
    names = {field.name for field in fields(Situation)} | {f"persons.{field.name}" for field in fields(Person)}
    assert {name for case in CASES for name in case[4]} <= names


@pytest.mark.parametrize(
    ("persons", "home"),
    [
        ([me(born="1990-01-02"), other("child", born="2002-01-02")], {}),
        ([me(age=30), other("child", age=18)], {}),
        ([me(age=20), other("spouse", age=45), other("child", age=20)], {}),  # the spouse's child
        ([me(age=20), other("spouse"), other("child", age=30)], {}),  # perhaps the spouse's
        ([me(age=50), other("spouse", age=30), other("parent", age=52)], {}),  # perhaps the spouse's
        ([me(age=20), other("relative", age=19), other("other", age=90)], {}),
        ([me(born="2000-05-05"), other("partner", age=60, together_since="2014-05-05")], {}),
        ([me(age=60), other("spouse", age=20, together_years=6)], {}),
        ([me(age=40), other("child", age=15, civil_status="single")], {}),
        ([me(age=40), other("child", age=16, civil_status="separated")], {}),
        ([me(civil_status="married"), other("spouse")], {}),
        ([me(civil_status="separated"), other("spouse")], {}),
        ([me(civil_status="married"), other("spouse", lives_here=False)], {}),
        ([me(civil_status="single"), other("spouse", lives_here=False)], {}),
        ([me(civil_status="separated")], {}),
        ([me(activity="employed", **income("wage", "unknown"))], {}),
        ([me(activity="employed", **income("daily_allowance"))], {}),
        ([me(activity="seeking")], {}),
        ([me(activity="retired", **income("wage"))], {}),
        ([me(activity="self_employed", **income("self_employment", "at_interview"))], {}),
        ([me(age=58, **income("old_age"))], {}),
        ([me(age=45, civil_status="widowed", **income("old_age"))], {}),
        ([me(age=45), other("child", age=9, **income("old_age"))], {}),  # an orphan
        ([me(age=45, **income("old_age", "unknown"))], {}),
        ([me(age=45), other("child", age=13, **income("wage"))], {}),
        ([me(activity="other", training_completed=True)], {}),
        ([me(), other("partner", common_child=True), other("child")], {}),
        ([me(), other("partner", common_child=True)], {"children_elsewhere": 1}),
        ([me(), other("partner", common_child=True)], {"children_elsewhere": "unknown"}),
        ([me(activity="seeking", unable_percent=50)], {}),
        ([me(activity="unable", unable_percent=100)], {}),
        ([me()], {"home": "hosted", "rent": 0}),
        ([me()], {"home": "institution", "rent": 500}),
        ([me()], {"home": "owned", "rent": 500}),
        ([me()], {"home": "rented", "owns_property": False}),
        ([me(civil_status="separated", **income("alimony"))], {}),
        ([me(civil_status="single", **income("alimony")), other("child")], {}),
        ([me(**income("alimony"))], {}),
        ([me(age=60, pregnant=True)], {}),
        ([me(age=11, pregnant=True)], {}),
        ([me(born="2000-05-05", asylum_since="2000-05-05")], {}),
        ([me(age=5, asylum_years=5)], {}),
    ],
)  # fmt: skip
def test_not_found(persons: list[dict[str, Any]], home: dict[str, Any]) -> None:
    assert found(*persons, **home) == []


@pytest.mark.parametrize("open_", [Missing.UNKNOWN, Missing.AT_INTERVIEW, None])
@pytest.mark.parametrize(
    ("code", "persons", "home", "who", "where"), CASES, ids=[f"{n}-{c[0].value}" for n, c in enumerate(CASES)]
)
def test_what_is_not_known_never_contradicts(
    code: Code,
    persons: list[dict[str, Any]],
    home: dict[str, Any],
    who: tuple[str, ...],
    where: tuple[str, ...],
    open_: Missing | None,
) -> None:
    """Taking back one of the answers that do not fit ends it; of incomes and of children, silence is an answer."""
    silent = {"persons.incomes", "children_elsewhere"}
    for field in set(where) - silent:
        name = field.removeprefix("persons.")
        opened = [
            {key: value for key, value in one.items() if key != name}
            | ({name: open_.value} if open_ and name in one else {})
            for one in persons
        ]
        answers = home | ({name: open_.value} if name in home and open_ else {})
        if open_ is None:
            answers.pop(name, None)
        assert code.value not in [one[0] for one in found(*opened, **answers)], field


def test_it_is_the_day_that_counts() -> None:
    """An answer from a later day on says nothing yet."""
    later = [{"from": "2026-12-01", "value": "hosted"}]
    assert found(me(), home=later, rent=500) == []
    situation = read_situation({"version": 1, "persons": [ME], "home": later, "rent": 500}, ON)
    assert [one.code for one in contradictions(situation, date(2026, 12, 1))] == [Code.RENT_OF_FREE_HOME]


@given(st.data())
def test_it_never_raises_and_names_what_is_there(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    ids = {person.id for person in situation.persons}
    for one in contradictions(situation, on):
        assert set(one.persons) <= ids
        assert one.fields


@given(st.data())
def test_with_only_unknowns_there_is_none(data: st.DataObject) -> None:
    on = data.draw(days)
    missing = data.draw(st.sampled_from([*map(always, Missing), Fact()]))
    relations = data.draw(st.lists(st.sampled_from([*Relation]), max_size=8))
    people = tuple(
        Person(id=f"p{number}", relation=relation, **dict.fromkeys(OPEN_TO[Person], missing))
        for number, relation in enumerate([Relation.APPLICANT, *relations])
    )
    assert contradictions(Situation(persons=people, **dict.fromkeys(OPEN_TO[Situation], missing)), on) == ()
