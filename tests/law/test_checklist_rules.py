"""The rules of the checklist are read strictly, say enough, and give the same list whatever the order of the persons."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.checklists import State, Whose, checklist, rules
from portal.checklists.predicates import PREDICATES
from portal.checklists.reading import FOLDER, TOPICS, read_rules
from portal.checklists.rule import MEMBERSHIP
from portal.domain.months import months_before
from portal.domain.parameter import Confidence
from portal.domain.situation import Situation, read_situation
from portal.law.loader import LawDataError
from portal.law.parameters import definition, law_of
from tests.domain.estimate_strategies import days, household
from tests.domain.test_estimate_properties import many

PROJECT = Path(__file__).parents[2]
DOC = (PROJECT / "docs" / "checklists.md").read_text("utf-8")
ON = date(2026, 11, 21)
SURENESS = list(reversed(Confidence))


def listed(more: dict[str, Any], *others: dict[str, Any], on: date = ON) -> dict[tuple[str, str | None], Any]:
    persons = [{"id": "a", "relation": "applicant", "age": 40, "permit": "swiss"} | more, *others]
    situation = read_situation({"version": 1, "persons": persons}, on)
    return {(request.rule.id, request.person): request for request in checklist(situation, on, law_of(on))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "rules"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("for: adult", "for: adult\n    price: 5", "unknown field price"),
        ("for: adult", "for: adult\n    for: adult", "stands twice"),
        ("for: adult", "for: dog", "for must be one of household, person, adult, child"),
        ("when: [has_identity_paper]", "when: [has_a_dog]", "unknown predicate has_a_dog"),
        ("when: [has_identity_paper]", "when: has_identity_paper", "when must be list"),
        ("when: [has_identity_paper]", "any_of: [rents, rents]", "rents stands twice"),
        ("for: adult", "for: household", "has_identity_paper needs a person"),
        ("for: adult", "for: adult\n    months: 0", "months must be 1 to 12"),
        ("for: adult", "for: adult\n    months: three", "months must be int"),
        ("for: adult", "for: adult\n    only_for_changes: false", "only_for_changes must be true, or left out"),
        ("for: adult", "for: adult\n    state: lost", "state must be one of to_bring, to_sign"),
        ("id: identity_paper", "id: Identity", "id must be snake_case"),
        ("id: identity_paper", "id: avs_number", "the id stands in identity too"),
        ("basis: practice", "basis: habit", "must be a mapping"),
        ("basis: practice", "basis: {}", "an article, a parameter, or `practice`"),
        ("basis: practice", "basis: {parameter: no_such_value}", "unknown parameter no_such_value"),
        ("confidence: unverified", "confidence: sure", "confidence must be one of certain, probable, unverified"),
        ("cost: unknown", "cost:", "cost must be str"),
        ("title: Carte d’identité ou passeport", "title: ''", "title is empty"),
    ],
)
def test_a_fault_is_named(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "identity.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LawDataError, match=re.escape(said)):
        read_rules(folder)


def test_every_topic_has_its_file(folder: Path) -> None:
    assert [rule.id for rule in read_rules(folder)] == [rule.id for rule in rules()]
    (folder / "pets.yaml").write_text("rules: []", "utf-8")
    with pytest.raises(LawDataError, match="one file for each"):
        read_rules(folder)


def test_a_rule_is_never_surer_than_the_law_behind_it() -> None:
    for rule in rules():
        if rule.basis.parameter:
            newest = definition(rule.basis.parameter).values[0].confidence
            assert SURENESS.index(rule.confidence) <= SURENESS.index(newest), rule.id


def test_practice_is_never_certain() -> None:
    assert [rule.id for rule in rules() if rule.basis.practice and rule.confidence is Confidence.CERTAIN] == []


def test_papers_to_sign_are_those_of_their_topic() -> None:
    assert {rule.topic for rule in rules() if rule.state is State.TO_SIGN} == {"to_sign"}
    assert {rule.state for rule in rules() if rule.topic == "to_sign"} == {State.TO_SIGN}


def test_every_predicate_is_used_and_explained() -> None:
    used = {predicate.name for rule in rules() for predicate in (*rule.when, *rule.any_of)}
    assert used == set(PREDICATES)
    assert all(predicate.description.endswith((".", ")")) for predicate in PREDICATES.values())


def test_every_answer_behind_a_predicate_is_a_field() -> None:
    situation = read_situation({"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}, ON)
    for predicate in PREDICATES.values():
        predicate.open_answers(situation, situation.applicant if predicate.of_person else None, ON)


def test_plain_french() -> None:
    for rule in rules():
        assert not any("'" in text for text in (rule.title, rule.why, rule.looks_like, rule.where, *rule.instead)), (
            rule.id
        )
        assert rule.why.endswith("."), rule.id
        assert all(len(sentence.split()) <= 22 for sentence in rule.why.split(". ")), rule.id


def test_the_page_names_every_rule_and_predicate_once() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", DOC, flags=re.MULTILINE)
    assert listed == [rule.id for rule in rules()]
    named = set(re.findall(r"`(\w+)`", DOC))
    assert set(PREDICATES) <= named
    assert set(TOPICS) <= named


@pytest.mark.parametrize(
    ("filed", "count", "months"),
    [
        (date(2026, 11, 21), 3, [(2026, 8), (2026, 9), (2026, 10)]),
        (date(2026, 3, 31), 1, [(2026, 2)]),
        (date(2026, 1, 1), 2, [(2025, 11), (2025, 12)]),
        (date(2026, 5, 31), 0, []),
        (date(2024, 2, 29), 12, [(2023, 2 + month) for month in range(11)] + [(2024, 1)]),
    ],
)
def test_months(filed: date, count: int, months: list[tuple[int, int]]) -> None:
    assert months_before(filed, count) == tuple(date(year, month, 1) for year, month in months)


def test_what_is_open_is_named_and_what_was_said_is_not() -> None:
    found = listed({"activity": "unknown"}, {"id": "c", "relation": "child", "born": "2006-01-05"})
    assert found["payslips", "a"].open_answers == ("person.activity",)
    assert found["payslips", "a"].unknown == ("works_for_wage",)
    assert found["signed_form", "c"].unknown == ("counted",)
    assert "person.born" not in found["signed_form", "c"].open_answers
    assert "person.training_completed" in found["signed_form", "c"].open_answers


def test_what_only_others_can_know_has_no_open_answer() -> None:
    request = listed({}, {"id": "c", "relation": "child", "age": 3})["birth_certificate", "c"]
    assert (request.certain, request.unknown, request.open_answers) == (False, ("not_in_commune_register",), ())
    assert request.because == MEMBERSHIP[Whose.CHILD]


def test_one_income_once_before_the_months_needs_no_paper() -> None:
    def allowance(day: str) -> dict[str, Any]:
        return {
            "activity": "other",
            "incomes": [{"kind": "daily_allowance", "amount": 900, "every": "once", "paid_on": day}],
        }

    assert ("daily_allowance_statements", "a") in listed(allowance("2026-08-01"))
    assert ("daily_allowance_statements", "a") not in listed(allowance("2026-07-31"))


@many
@given(st.data())
def test_of_any_household(data: st.DataObject) -> None:
    """Each paper once for each person; the same in any order; certain when nothing is unknown, and only then."""
    on = data.draw(days)
    situation = household(data.draw, on, amount=False)
    found = checklist(situation, on, law_of(on))
    keys = [(request.rule.id, request.person) for request in found]
    assert len(set(keys)) == len(keys)
    assert all(request.certain is (not request.unknown) for request in found)
    assert {request.person for request in found} - {None} <= {person.id for person in situation.persons}
    order = [rule.id for rule in rules()]
    assert [order.index(rule) for rule, _ in keys] == sorted(order.index(rule) for rule, _ in keys)
    turned = Situation(**(vars(situation) | {"persons": tuple(reversed(situation.persons))}))
    assert checklist(turned, on, law_of(on)) == found
