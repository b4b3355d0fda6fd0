"""Reminders by table: which day brings what, for how long, and what silences it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.deadlines import working_day_after
from portal.domain.reminders import DemandState, Due, PaperTerm, To, of_demand, of_papers
from portal.law import holidays

DEMAND, HOME, ADULT = (uuid.UUID(int=number) for number in (1, 2, 3))
FILED = date(2026, 11, 2)  # a Monday; the clock ends on 2 December
STATE = DemandState(DEMAND, HOME, ADULT, FILED, FILED, 30, ("sierre",), opened=True, sent=True)


def kinds(state: DemandState, day: date) -> list[tuple[str, str]]:
    return [(due.kind, due.to.value) for due in of_demand(state, day, holidays.official())]


def days_of(state: DemandState, kind: str, to: To = To.PERSON) -> list[int]:
    """On which days after filing a kind is due, in a hundred days."""
    return [number for number in range(100) if (kind, to.value) in kinds(state, state.filed + timedelta(days=number))]


@pytest.mark.parametrize(
    ("kind", "to", "first", "last"),
    [
        ("decision-25", To.PERSON, 25, 29),
        ("decision-25", To.CENTRE, 25, 29),
        ("decision-30", To.PERSON, 30, 30),
        ("decision-30", To.CENTRE, 30, 30),
        ("decision-31", To.PERSON, 31, 37),
    ],
)
def test_the_decision_clock(kind: str, to: To, first: int, last: int) -> None:
    assert days_of(STATE, kind, to) == list(range(first, last + 1))


def test_day_31_is_not_told_to_the_centre() -> None:
    assert days_of(STATE, "decision-31", To.CENTRE) == []


@pytest.mark.parametrize("silenced", [{"withdrawn": True}, {"decided": True}])
def test_what_ends_the_clock(silenced: dict[str, bool]) -> None:
    state = replace(STATE, **silenced)
    assert [kinds(state, FILED + timedelta(days=number)) for number in range(100)] == [[]] * 100


def test_a_withdrawal_ends_everything() -> None:
    state = replace(STATE, withdrawn=True, opened=False, sent=False)
    assert not any(kinds(state, FILED + timedelta(days=number)) for number in range(100))


def test_answers_that_were_not_sent() -> None:
    state = replace(STATE, sent=False)
    assert days_of(state, "situation-7") == list(range(7, 14))
    assert days_of(state, "situation-21") == list(range(21, 28))
    assert days_of(state, "situation-7", To.CENTRE) == []


@pytest.mark.parametrize(
    ("recorded", "due"),
    [
        (date(2026, 11, 2), date(2026, 11, 5)),  # Monday: Tuesday, Wednesday, Thursday
        (date(2026, 11, 6), date(2026, 11, 11)),  # Friday: the weekend is not counted
        (date(2026, 11, 7), date(2026, 11, 11)),  # Saturday
        (date(2026, 12, 4), date(2026, 12, 10)),  # Tuesday 8 December: the Immaculate Conception
        (date(2026, 12, 23), date(2026, 12, 29)),  # Friday 25: Christmas; the 24th counts, no feria is known
        (date(2026, 12, 31), date(2027, 1, 6)),  # New Year
        (date(2027, 3, 18), date(2027, 3, 24)),  # Friday 19: Saint Joseph
    ],
)
def test_three_working_days(recorded: date, due: date) -> None:
    assert working_day_after(recorded, 3, holidays.official()) == due
    state = replace(STATE, filed=recorded, recorded=recorded, opened=False)
    found = days_of(state, "not-opened", To.CENTRE)
    assert found == list(range((due - recorded).days, (due - recorded).days + 7))
    assert days_of(state, "not-opened") == []


def test_no_holiday_of_the_year_is_ever_counted() -> None:
    nine = {day for day in holidays.official() if day.year == 2026}
    assert len(nine) == 9
    for start in range(365):
        found = working_day_after(date(2025, 12, 31) + timedelta(days=start), 3, holidays.official())
        assert found not in nine
        assert found.weekday() < 5


@pytest.mark.parametrize("seen", [{"opened": True}, {"urgent_waiting": True}, {"withdrawn": True}])
def test_what_was_opened_or_is_alerted_already(seen: dict[str, bool]) -> None:
    state = replace(STATE, opened=False)
    assert ("not-opened", "centre") in kinds(state, date(2026, 11, 5))
    assert ("not-opened", "centre") not in kinds(replace(state, **seen), date(2026, 11, 5))


def test_every_candidate_centre_is_told() -> None:
    state = replace(STATE, regions=("martigny", "bas-valais"), opened=False)
    told = of_demand(state, date(2026, 11, 5), holidays.official())
    assert {due.region for due in told} == {"martigny", "bas-valais"}
    assert len({due.name for due in told}) == 2


def test_a_name_says_what_it_is_about() -> None:
    person, centre = of_demand(STATE, FILED + timedelta(days=25), holidays.official())
    assert person.name == f"decision-25/{DEMAND}/2026-12-02"
    assert centre.name == f"decision-25/{DEMAND}/2026-12-02/sierre"
    corrected = replace(STATE, filed=FILED - timedelta(days=3))
    moved, _ = of_demand(corrected, FILED + timedelta(days=25), holidays.official())
    assert moved.name == f"decision-25/{DEMAND}/2026-11-29"


def test_a_date_corrected_far_back_brings_nothing_that_is_past() -> None:
    corrected = replace(STATE, filed=FILED - timedelta(days=60))
    assert kinds(corrected, FILED + timedelta(days=20)) == []


@pytest.mark.parametrize(
    ("before", "kind"),
    [(8, None), (7, "papers-7"), (5, "papers-7"), (3, "papers-7"), (2, "papers-2"), (0, "papers-2"), (-1, None)],
)
def test_papers(before: int, kind: str | None) -> None:
    wanted = date(2026, 12, 18)
    found = of_papers(PaperTerm(HOME, ADULT, wanted), wanted - timedelta(days=before))
    assert [due.kind for due in found] == ([kind] if kind else [])
    assert all(due == Due(f"{kind}/{ADULT}/2026-12-18", kind or "", To.PERSON, HOME, ADULT, wanted) for due in found)
