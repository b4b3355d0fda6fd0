"""What is counted of a quarter: when it is closed, in which class a household falls, and where its middle lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import figures as f
from portal.domain.coarsening import PLACE, SMALLEST, fit, publish

FILED = date(2026, 7, 10)
ONE = f.Household(
    FILED, "sierre", 6248, "sierre", "online", "fr", None, None, None, None, False, None, False, {}
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 8, 5), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarters_follow_each_other(day: date, first: date, after: date) -> None:
    assert (f.quarter_of(day), f.next_quarter(first)) == (first, after)


def test_a_quarter_is_closed_once_its_last_demand_has_had_its_time() -> None:
    until = date(2026, 10, 1)
    assert not f.closed(until, until + timedelta(days=39))
    assert f.closed(until, until + timedelta(days=40))


@pytest.mark.parametrize(
    ("decided", "withdrawn", "told"),
    [
        (None, None, f.OPEN),
        (None, 30, f.WITHDRAWN),
        (None, 31, f.OPEN),
        (30, None, f.IN_TIME),
        (31, None, f.LATE),
        (31, 30, f.WITHDRAWN),
        (35, 31, f.LATE),
        (10, 9, f.WITHDRAWN),
        (10, 10, f.IN_TIME),
    ],
)
def test_the_decision_clock_counts_from_the_filing(decided: int | None, withdrawn: int | None, told: str) -> None:
    """And needs no decision: what is withdrawn within its days, before there was one."""

    def day(days: int | None) -> date | None:
        return None if days is None else FILED + timedelta(days=days)

    assert f.decided_class(replace(ONE, decided_on=day(decided), withdrawn_on=day(withdrawn)), 30) == told


def test_the_urgent_clock_counts_from_the_day_it_was_asked() -> None:
    asked = replace(ONE, urgent_asked_on=FILED)
    assert f.urgent_class(ONE, 5) == f.NOT_ASKED
    assert f.urgent_class(asked, 5) == f.NOT_IN_TIME
    assert f.urgent_class(replace(asked, urgent_decided_on=FILED + timedelta(days=5)), 5) == f.IN_TIME
    assert f.urgent_class(replace(asked, urgent_decided_on=FILED + timedelta(days=6)), 5) == f.NOT_IN_TIME


@pytest.mark.parametrize(("days", "told"), [(0, "7"), (7, "7"), (8, "14"), (30, "30"), (31, f.LATER)])
def test_days_until_the_answers_are_sent_come_in_classes(days: int, told: str) -> None:
    assert f.way_class(replace(ONE, sent_on=FILED + timedelta(days=days))) == told


def test_how_far_a_household_came_that_sent_nothing() -> None:
    assert f.way_class(ONE) == f.FILED
    assert f.way_class(replace(ONE, begun=True)) == f.BEGUN


def test_the_middle_is_a_class_and_not_a_day() -> None:
    assert f.median_class({"7": 5, "14": 6, f.LATER: 5, f.FILED: 90}) == "14"
    assert f.median_class({"7": 8, "14": 8}) == "7"
    assert f.median_class({f.FILED: 9, f.BEGUN: 9}) is None
    assert f.median_class({f.SENT: 20, f.FILED: 9}) is None


def test_kinds_of_paper_are_counted_in_households_and_in_fives() -> None:
    lease = [replace(ONE, asked={"lease": n < 6}) for n in range(13)]
    rare = [replace(ONE, asked={"divorce": True})] * 4
    assert f.paper_counts([*lease, *rare]) == {"lease": (10, 5)}


households = st.builds(
    f.Household,
    filed=st.dates(date(2026, 7, 1), date(2026, 9, 30)),
    region=st.sampled_from(["sierre", "monthey", None]),
    commune=st.sampled_from([6248, 6153, None]),
    antenna=st.sampled_from(["sierre", "monthey", None]),
    channel=st.sampled_from(["online", "phone", "walk-in"]),
    language=st.sampled_from(["fr", "de", "pt", "ar"]),
    withdrawn_on=st.none() | st.dates(date(2026, 7, 1), date(2026, 12, 1)),
    decided_on=st.none() | st.dates(date(2026, 7, 1), date(2026, 12, 1)),
    urgent_asked_on=st.none() | st.dates(date(2026, 7, 1), date(2026, 9, 30)),
    urgent_decided_on=st.none() | st.dates(date(2026, 7, 1), date(2026, 12, 1)),
    begun=st.booleans(),
    sent_on=st.none() | st.dates(date(2026, 7, 1), date(2026, 12, 1)),
    papers=st.booleans(),
    asked=st.just({}),
)


@given(st.lists(households, max_size=8), st.integers(1, 6))
def test_real_dimensions_show_no_small_group(some: list[f.Household], times: int) -> None:
    people = [f.person_of(one, 30, 5) for one in some * times]
    dimensions = f.dimensions(people)
    found = publish(people, dimensions)
    if found is None:
        assert 0 < len(people) < SMALLEST
        return
    assert found.places is None or fit(found.places.values())
    for dimension in dimensions:
        if table := found.whole.get(dimension.name):
            assert fit(table.counts.values())
            assert sum(table.counts.values()) == found.total
        if each := found.of_place.get(dimension.name):
            level, counts = each
            assert fit(counts.values())
            assert dimension.within_place or level >= found.whole[dimension.name].level
            assert {place for place, _group in counts} == {person[PLACE] for person in people}


@given(st.lists(households, min_size=1, max_size=6))
def test_each_level_groups_whole_groups_of_the_one_before(some: list[f.Household]) -> None:
    people = [f.person_of(one, 30, 5) for one in some]
    for dimension in f.dimensions(people):
        for level in range(1, len(dimension.levels)):
            coarser: dict[str, str] = {}
            for one in people:
                finer, group = dimension.group(one, level - 1), dimension.group(one, level)
                assert coarser.setdefault(finer, group) == group
