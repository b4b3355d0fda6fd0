"""What holds on which day: order of reports, withdrawal, own steps, days between changes, and steps that hang in the air."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.changes.change import Change, ChangeError, read_change, write_change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.ops import (
    AddItem,
    BeginIncome,
    BeginPerson,
    EndIncome,
    Op,
    OpError,
    SetAmount,
    SetFact,
    TakeItem,
    read_op,
    write_op,
)
from portal.domain.changes.timeline import (
    Live,
    begun_by,
    change_days,
    income_key,
    overlay,
    shared,
    situation_on,
    steps_of,
)
from portal.domain.situation import Missing, Situation, read_situation
from tests.histories.generate import history, lives

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
SEEDS = st.integers(0, 100_000)


def situation(*others: dict[str, Any], **applicant: Any) -> Situation:
    one = {"id": "a", "relation": "applicant", "age": 40} | applicant
    return read_situation({"version": 1, "rent": 900, "persons": [one, *others]}, MAY)


def laid(base: Situation, *ops: Op) -> Situation:
    return overlay(base, (Live("r1", 1, ops),)).situation


@given(SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_reports_are_read_says_nothing(seed: int, random: Random) -> None:
    made = history(seed)
    live = list(lives(made.live))
    straight = overlay(read_situation(made.base, made.last), live)
    random.shuffle(live)
    assert overlay(read_situation(made.base, made.last), live) == straight


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_a_withdrawn_report_was_never_sent(seed: int) -> None:
    made = history(seed)
    base = read_situation(made.base, made.last)
    for gone in made.live:
        rest = [report for report in made.live if report is not gone]
        # One that says nothing and drops nothing stands for one that was never there.
        silent = [
            replace(one, ops=(), drops=frozenset()) if one.report == gone.name else one for one in lives(made.live)
        ]
        assert overlay(base, lives(rest)) == overlay(base, silent)
        assert all(step.report != gone.name for step in steps_of(lives(rest)))


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_nothing_changes_between_the_days_of_change(seed: int) -> None:
    made = history(seed)
    overlaid = overlay(read_situation(made.base, made.last), lives(made.live))
    marks, day = set(change_days(overlaid)), made.first
    while day < made.last:
        day += timedelta(days=1)
        if day not in marks:
            assert situation_on(overlaid, day) == situation_on(overlaid, day - timedelta(days=1))


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_own_steps_change_nothing_that_is_shared(seed: int) -> None:
    made = history(seed)
    base, live = read_situation(made.base, made.last), lives(made.live)
    mine, theirs = overlay(base, live).situation, overlay(base, [shared(one) for one in live]).situation
    assert [replace(one, asked_for=base.applicant.asked_for) for one in mine.persons] == [
        replace(one, asked_for=base.applicant.asked_for) for one in theirs.persons
    ]
    assert replace(mine, persons=()) == replace(theirs, persons=())
    before = {one.id: one.asked_for for one in base.persons}
    assert all(one.asked_for == before.get(one.id, one.asked_for) for one in theirs.persons)


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_steps_come_back_from_their_json(seed: int) -> None:
    for report in history(seed).reports:
        assert [write_op(read_op(op)) for op in report.ops] == report.ops


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"op": "set"},
        {"op": ["set"], "since": "2026-05-01"},
        {"op": "set", "since": "1 May", "person": None, "field": "rent", "value": 1},
        {"op": "set", "since": "2026-05-01", "person": 5, "field": "rent", "value": 1},
        {"op": "set", "since": "2026-05-01", "person": None, "field": "rent", "value": 1, "own": "yes"},
        {"op": "set", "since": "2026-05-01", "person": None, "field": "rent", "value": 1, "more": "x"},
        {"op": "begin-person", "since": "2026-05-01", "person": "c1", "fields": ["relation"]},
        {"op": "add", "since": "2026-05-01", "person": None, "field": "asked_for", "value": "bursary"},
        {"op": "end-income", "since": "2026-05-01", "person": "a", "key": 3},
    ],
)
def test_what_is_no_step_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(OpError):
        read_op(raw)


def test_a_change_comes_back_from_its_json() -> None:
    change = Change(ChangeKind.GIFT, MAY, "a", {"sum": "500.00"})
    assert read_change(write_change(change)) == change
    assert read_change(write_change(Change(ChangeKind.OTHER, MAY))) == Change(ChangeKind.OTHER, MAY)


@pytest.mark.parametrize(
    "raw",
    [
        {"kind": "married", "since": "2026-05-01"},
        {"kind": "gift", "since": "soon"},
        {"kind": "gift", "since": "2026-05-01", "said": ["sum"]},
        {"kind": "gift", "since": "2026-05-01", "person": 3},
    ],
)
def test_what_is_no_change_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ChangeError):
        read_change(raw)


@pytest.mark.parametrize(
    "op",
    [
        SetFact("x", "permit", "b", MAY),
        SetFact("a", "permit", "gold", MAY),
        SetFact("a", "incomes", [], MAY),
        SetFact(None, "persons", [], MAY),
        SetFact("a", "lives_here", "unknown", MAY),
        BeginPerson("a", {"relation": "child"}, MAY),
        BeginPerson("c1", {"relation": "dog"}, MAY),
        BeginIncome("x", {"kind": "wage", "key": "wage-r1", "amount": "5.00"}, MAY),
        BeginIncome("a", {"kind": "wage", "key": "wage-r1", "amount": "250000.00"}, MAY),
        EndIncome("a", "wage-9", MAY),
        SetAmount("a", "wage-1", "250000.00", MAY),
        AddItem("a", "permit", "b", MAY),
        AddItem("a", "asked_for", "gold", MAY),
    ],
)
def test_what_cannot_be_laid_is_kept_apart(op: Op) -> None:
    base = situation(incomes=[{"kind": "wage", "amount": 1000}])
    found = overlay(base, (Live("r1", 1, (SetFact(None, "rent", "950.00", MAY), op)),))
    assert [(step.report, step.place) for step in found.not_applied] == [("r1", 1)]
    assert found.situation.rent.known(MAY) == 95_000
    assert replace(found.situation, rent=base.rent) == base


def test_hidden_steps_keep_the_places_of_the_others() -> None:
    one = Live("r1", 1, (AddItem("a", "asked_for", "bursary", MAY, own=True), SetFact(None, "rent", "950.00", MAY)))
    later = Live("r2", 2, (SetFact(None, "rent", "800.00", JUNE),), frozenset({("r1", 1)}))
    for_others = [shared(one), shared(later)]
    assert [(step.report, step.place) for step in steps_of([shared(one)])] == [("r1", 1)]
    assert overlay(situation(), for_others).situation.rent.known(MAY) == 90_000


def test_of_two_last_days_the_one_told_later_counts() -> None:
    base = situation(incomes=[{"kind": "wage", "amount": 1000}])
    first = Live("r1", 1, (EndIncome("a", "wage-1", date(2026, 5, 31)),))
    second = Live("r2", 2, (EndIncome("a", "wage-1", date(2026, 5, 15)),))
    assert overlay(base, (first, second)).situation.applicant.incomes[0].until == date(2026, 5, 15)
    assert overlay(base, (first,)).situation.applicant.incomes[0].until == date(2026, 5, 31)


def test_what_ends_before_it_begins_never_runs() -> None:
    base = situation(incomes=[{"kind": "wage", "amount": 1000, "since": "2026-05-10"}])
    (income,) = laid(base, EndIncome("a", "wage-1", date(2026, 5, 9))).applicant.incomes
    assert not income.runs(date(2026, 5, 1), date(2026, 5, 31))


def test_a_list_of_which_nothing_is_known_stays_unknown() -> None:
    take, add = TakeItem("a", "asked_for", "bursary", MAY), AddItem("a", "asked_for", "bursary", MAY)
    unknown, silent = situation(asked_for="unknown"), situation()
    assert laid(unknown, take).applicant.asked_for.on(JUNE) is Missing.UNKNOWN
    assert laid(silent, take).applicant.asked_for.on(JUNE) is None
    assert [one.value for one in laid(unknown, add).applicant.asked_for.known(JUNE) or ()] == ["bursary"]
    assert laid(unknown, add).applicant.asked_for.on(date(2026, 4, 1)) is Missing.UNKNOWN


def test_who_leaves_on_the_day_of_coming_never_was_there() -> None:
    ops = (BeginPerson("o1", {"relation": "other"}, MAY), SetFact("o1", "lives_here", False, MAY))
    overlaid = overlay(situation(), (Live("r1", 1, ops),))
    assert begun_by(overlaid.situation.persons[1]) == date.max
    assert all(len(situation_on(overlaid, day).persons) == 1 for day in (date(2026, 4, 30), MAY, JUNE))


def test_incomes_are_named_by_kind_and_place_unless_they_have_a_name() -> None:
    incomes = [
        {"kind": "wage", "amount": 1},
        {"kind": "gift", "amount": 1},
        {"kind": "wage", "amount": 2, "key": "wage-abc"},
        {"kind": "wage", "amount": 3},
    ]
    person = situation(incomes=incomes).applicant
    assert [income_key(person, place) for place in range(4)] == ["wage-1", "gift-1", "wage-abc", "wage-2"]
