"""The range holds every result that is possible: whatever the answer to an open question, whatever the law's value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.domain.estimate import Estimate, estimate
from portal.domain.parameter import Confidence, Parameter
from portal.domain.situation import Income, Missing, Payday, Person, Relation, Situation, always
from portal.law.parameters import law_of
from tests.domain.estimate_strategies import (
    OPEN_TO,
    SAID,
    alone,
    answer_to,
    days,
    fact_of,
    household,
    income_of,
    missing,
    with_answer,
    with_person,
)
from tests.domain.test_estimate_properties import many

some = settings(many, max_examples=120)

NO_FIGURE = frozenset(
    {"name", "civil_status", "insurer", "premium", "asked_for", "pregnant", "unable_percent", "work_percent"}
    | {"account_number", "commune", "debts", "alimony_paid", "children_elsewhere", "owns_property"}
)
"""Answers on which no figure hangs; tested once for all of them."""


def _within(new: Estimate, old: Estimate, what: str) -> None:
    """Whether the new range lies within the old one. No amount at all is no amount outside of it."""
    if new.range is not None and old.range is not None:
        assert old.range.holds(new.range), f"{what}: {new.range} does not lie within {old.range}"


def _compare(before: Situation, after: Situation, on: date, what: str) -> None:
    old = estimate(before, on, law_of(on))
    assume(old.range is not None)
    _within(estimate(after, on, law_of(on)), old, what)


@pytest.mark.parametrize("name", [name for name in SAID[Situation] if name not in NO_FIGURE])
@some
@given(data=st.data())
def test_an_answer_of_the_household(name: str, data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, 4)
    unknown, answer = data.draw(missing), answer_to(data.draw, Situation, name, on)
    before, after = (with_answer(situation, name, always(said)) for said in (unknown, answer))
    _compare(before, after, on, f"{name} {answer}")


_ABOUT = {
    **dict.fromkeys(("together_since", "together_years", "common_child"), Relation.PARTNER),
    **dict.fromkeys(("training_completed", "self_supporting"), Relation.CHILD),
}
"""Whom a question is about, where it is not about everybody."""


def _asked(situation: Situation, name: str) -> list[int]:
    """The persons of whom this is asked."""
    people = list(enumerate(situation.persons))
    return [number for number, person in people if _ABOUT.get(name) in (None, person.relation)]


@pytest.mark.parametrize("name", [name for name in OPEN_TO[Person] if name not in NO_FIGURE])
@some
@given(data=st.data())
def test_an_answer_of_a_person(name: str, data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, 4, with_a=_ABOUT.get(name))
    who = data.draw(st.sampled_from(_asked(situation, name)))
    unknown, answer = data.draw(missing), answer_to(data.draw, Person, name, on)
    before, after = (with_person(situation, who, **alone(name), **{name: always(said)}) for said in (unknown, answer))
    _compare(before, after, on, f"{name} {answer}")


@many
@given(st.data())
def test_the_amount_of_an_income(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, 4)
    who = data.draw(st.integers(0, len(situation.persons) - 1))
    paid, others = income_of(data.draw, on), situation.persons[who].incomes
    before, after = (
        with_person(situation, who, incomes=(*others, replace(paid, amount=always(said))))
        for said in (data.draw(missing), answer_to(data.draw, Income, "amount", on))
    )
    _compare(before, after, on, "amount")
    # The aid hides what lies below nothing; the balance does not.
    old, new = (estimate(asked, on, law_of(on)).budgets for asked in (before, after))
    assert all(one.balance.holds(other.balance) for one, other in zip(old, new, strict=True))


@many
@given(st.data())
def test_the_payday_of_a_wage(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, 4)
    who = data.draw(st.integers(0, len(situation.persons) - 1))
    paid, others = income_of(data.draw, on), situation.persons[who].incomes
    before, after = (
        with_person(situation, who, incomes=(*others, replace(paid, payday=said)))
        for said in (None, data.draw(st.sampled_from(Payday)))
    )
    _compare(before, after, on, "payday")


@many
@given(st.data())
def test_answers_without_a_figure(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on, 3)
    name = data.draw(st.sampled_from(sorted(NO_FIGURE)))
    record = Person if name in SAID[Person] else Situation
    before, after = (
        with_person(situation, 0, **{name: fact}) if record is Person else with_answer(situation, name, fact)
        for fact in (always(Missing.UNKNOWN), fact_of(data.draw, record, name, on))
    )
    assert estimate(before, on, law_of(on)).range == estimate(after, on, law_of(on)).range


@many
@given(st.data())
def test_a_value_of_the_law_that_is_not_sure(data: st.DataObject) -> None:
    on = data.draw(days)
    situation = household(data.draw, on)
    asked: dict[str, Parameter] = {}

    def law(name: str) -> Parameter:
        asked[name] = law_of(on)(name)
        return asked[name]

    old = estimate(situation, on, law)
    assume(old.range is not None)
    chosen = {name: _one_of(rule, data) for name, rule in sorted(asked.items()) if _vague(rule)}
    sure: Mapping[str, Parameter] = asked | chosen
    # A value may lead to a rule that was not asked for before.
    new = estimate(situation, on, lambda name: sure[name] if name in sure else law_of(on)(name))
    _within(new, old, ", ".join(f"{name} {rule.value}" for name, rule in chosen.items()))


def _vague(rule: Parameter) -> bool:
    return rule.admissible is not None and rule.admissible[0] != rule.admissible[1]


def _one_of(rule: Parameter, data: st.DataObject) -> Parameter:
    """The parameter as it would be, if it were known exactly."""
    assert rule.admissible is not None
    least, most = (int(end) for end in rule.admissible)
    value = data.draw(st.sampled_from([least, most]) | st.integers(least, most), label=rule.name)
    exact = Decimal(value)
    return replace(
        rule, value=value, between=None, admissible=(exact, exact), confidence=Confidence.CERTAIN, missing=None
    )
