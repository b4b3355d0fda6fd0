"""Answers while they are being given: one page in and out, alone or together, persons who come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.domain.situation import Relation
from portal.domain.situation.draft import Draft, TooManyPersonsError
from portal.domain.situation.model import MOST_PERSONS
from portal.domain.situation.questions import QUESTIONS, Page

ON = date(2026, 11, 10)
PAGES = {question.id: question for question in QUESTIONS}
ALONE = Draft({"version": 1, "persons": [{"id": "a", "relation": "applicant"}]})


def page(name: str) -> Page:
    """`home`, `special@a`."""
    question, _, person = name.partition("@")
    return Page(PAGES[question], person or None)


def couple() -> Draft:
    return ALONE.with_person(Relation.SPOUSE)[0]


def test_an_answer_goes_in_and_comes_out() -> None:
    draft = ALONE.answer(page("rent"), {"rent": "900.00", "charges": None}).answer(page("identity@a"), {})
    assert draft.answers(page("rent")) == {"rent": "900.00"}
    assert draft.done == {"rent", "identity@a"}
    assert draft.together() == {"version": 1, "rent": "900.00", "persons": [{"id": "a", "relation": "applicant"}]}
    assert ALONE.said == {"version": 1, "persons": [{"id": "a", "relation": "applicant"}]}, "nothing changes in place"


def test_a_field_left_out_has_no_answer_any_more() -> None:
    draft = ALONE.answer(page("rent"), {"rent": "900.00", "charges": "100.00"}).answer(page("rent"), {"charges": "1"})
    assert draft.answers(page("rent")) == {"charges": "1"}


@pytest.mark.parametrize(
    ("before", "name", "answer", "after"),
    [
        ({"age": 40}, "birth@a", {"born": "1986-01-01"}, {"born": "1986-01-01"}),
        ({"age": 40}, "birth@a", {"name": "Ana"}, {"age": 40, "name": "Ana"}),
        ({"asylum_years": 3}, "permit@a", {"permit": "f", "asylum_since": "2022-01-01"},
         {"permit": "f", "asylum_since": "2022-01-01"}),
        ({"asylum_since": "2022-01-01"}, "permit@a", {"permit": "f", "asylum_years": 3},
         {"permit": "f", "asylum_years": 3}),
        ({"together_years": 3}, "couple@a", {"together_since": "2022-01-01"}, {"together_since": "2022-01-01"}),
    ],
)  # fmt: skip
def test_one_way_to_say_a_thing_takes_the_place_of_the_other(
    before: dict[str, Any], name: str, answer: dict[str, Any], after: dict[str, Any]
) -> None:
    draft = Draft({"version": 1, "persons": [{"id": "a", "relation": "applicant", **before}]})
    draft = draft.answer(page(name), answer)
    assert draft.person("a") == {"id": "a", "relation": "applicant", **after}
    draft.situation(ON)


def test_for_me_alone_stands_with_the_adult_only() -> None:
    draft = couple().answer(page("special@a"), {"pregnant": True})
    assert not draft.is_own(page("special@a"))
    draft = draft.answer(page("special@a"), {"pregnant": True, "curatorship": False}, own=True)
    assert draft.is_own(page("special@a"))
    assert "pregnant" not in str(draft.said), "what was said together before is taken back"
    assert draft.own == {"a": {"pregnant": True, "curatorship": False}}
    assert draft.person("a")["pregnant"] is True
    assert replace(draft, own={}).person("a") == {"id": "a", "relation": "applicant"}, "what another adult sees"
    back = draft.answer(page("special@a"), {"pregnant": False})
    assert (back.own, back.person("a")["pregnant"]) == ({}, False)


def test_own_answers_of_one_page_leave_those_of_another() -> None:
    draft = couple().answer(page("special@a"), {"pregnant": True}, own=True)
    draft = draft.answer(page("benefits@a"), {"asked_for": ["alimony"]}, own=True)
    draft = draft.answer(page("special@a"), {}, own=True)
    assert draft.own == {"a": {"asked_for": ["alimony"]}}


def test_an_answer_ends_what_was_being_typed_there_and_nowhere_else() -> None:
    draft = replace(ALONE, typed={"rent": {"rent": "9"}, "home": {"home": "rented"}})
    assert draft.answer(page("rent"), {"rent": "900"}).typed == {"home": {"home": "rented"}}


def test_removing_a_person_removes_their_answers_and_nothing_else() -> None:
    draft = couple()
    draft, first = draft.with_person(Relation.CHILD)
    draft, second = draft.with_person(Relation.CHILD)
    assert (first, second) == ("c1", "c2")
    for person in ("a", "b", "c1", "c2"):
        draft = draft.answer(page(f"birth@{person}"), {"name": f"N {person}"})
        draft = draft.answer(page(f"special@{person}"), {"pregnant": False}, own=True)
    draft = draft.answer(page("rent"), {"rent": "900"})
    draft = replace(draft, typed={"birth@c1": {"name": "x"}, "birth@c2": {"name": "y"}, "rent": {"rent": "1"}})
    left = draft.without_person("c1")
    assert [one["id"] for one in left.said["persons"]] == ["a", "b", "c2"]
    assert [left.person(one) for one in "ab"] == [draft.person(one) for one in "ab"]
    assert left.person("c2") == draft.person("c2")
    assert draft.done - left.done == {"birth@c1", "special@c1"}
    assert (set(left.own), set(left.typed)) == ({"a", "b", "c2"}, {"birth@c2", "rent"})
    assert left.said["rent"] == "900"


def test_the_applicant_and_nobody_cannot_be_removed() -> None:
    assert ALONE.without_person("a").said == ALONE.said
    assert ALONE.without_person("zz").said == ALONE.said


def test_nobody_gets_the_place_of_somebody_who_left() -> None:
    """What was sent, and the papers that were asked for, bear the id of the one who left."""
    draft = couple().with_person(Relation.CHILD)[0].with_person(Relation.OTHER)[0]
    for old, relation in (("b", Relation.PARTNER), ("c1", Relation.CHILD), ("o1", Relation.PARENT)):
        draft, new = draft.without_person(old).with_person(relation)
        assert new != old
        assert draft.person(new) == {"id": new, "relation": relation.value}
    draft.situation(ON)


def test_twenty_persons_and_no_more() -> None:
    draft = ALONE
    for _ in range(MOST_PERSONS - 1):
        draft = draft.with_person(Relation.CHILD)[0]
    assert len({one["id"] for one in draft.said["persons"]}) == MOST_PERSONS
    with pytest.raises(TooManyPersonsError):
        draft.with_person(Relation.CHILD)
    draft.situation(ON)


def test_one_may_come_and_go_a_hundred_times() -> None:
    draft = ALONE
    for _ in range(100):
        draft, new = draft.with_person(Relation.CHILD)
        draft = draft.without_person(new)
    assert draft.with_person(Relation.CHILD)[1] == "c101"


def test_nobody_of_that_id() -> None:
    with pytest.raises(KeyError):
        ALONE.answers(page("birth@zz"))
