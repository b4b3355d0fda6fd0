"""Which letter, which time limit, and what is wrong with a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.deadlines import next_working_day
from portal.domain.defence import (
    DECIDED,
    REASONS,
    Dates,
    Day,
    Event,
    Fault,
    Lengths,
    Letter,
    faults,
    letters_for,
    limits,
)
from portal.law import holidays

LENGTHS = Lengths(decision=30, urgent=5, appeal=30, deemed=7)
FIRST = date(2021, 7, 1)
TODAY = date(2026, 11, 21)
DAYS = st.dates(FIRST, date(2028, 11, 1))


@given(DAYS, st.booleans(), st.sampled_from(sorted(DECIDED)))
def test_the_last_day_is_thirty_days_on_at_the_next_working_day(notified: date, collected: bool, event: Event) -> None:
    found = limits(event, Dates(notified=notified, collected=collected), LENGTHS, holidays.official())
    begun = notified if collected else notified + timedelta(days=7)
    assert found.received == begun
    assert found.appeal is not None
    assert (
        begun + timedelta(days=30) <= found.appeal <= next_working_day(begun + timedelta(days=30), holidays.official())
    )
    assert found.appeal.weekday() < 5
    assert found.appeal not in holidays.official()


@given(DAYS, DAYS)
def test_the_commune_gets_no_day_more(filed: date, urgent: date) -> None:
    found = limits(Event.NO_ANSWER, Dates(filed=filed, urgent=urgent), LENGTHS, holidays.official())
    assert found.decision == filed + timedelta(days=30)
    assert found.urgent == urgent + timedelta(days=5)
    assert found.appeal is None


@pytest.mark.parametrize("event", Event)
def test_without_a_date_nothing_is_computed(event: Event) -> None:
    found = limits(event, Dates(), LENGTHS, holidays.official())
    assert (found.decision, found.urgent, found.received, found.appeal) == (None, None, None, None)
    assert not found.late(TODAY)


def test_late_begins_the_day_after_the_last_one() -> None:
    found = limits(Event.CUT, Dates(notified=date(2026, 10, 22)), LENGTHS, holidays.official())
    assert found.appeal == date(2026, 11, 23)  # the 21st is a Saturday
    assert not found.late(date(2026, 11, 23))
    assert found.late(date(2026, 11, 24))


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("late", [False, True])
def test_the_letters_of_an_event(event: Event, late: bool) -> None:
    letters = letters_for(event, late)
    assert len(set(letters)) == len(letters) > 0
    first = {
        Event.NO_ANSWER: Letter.DECISION,
        Event.FILE: Letter.FILE,
        Event.REPAY: Letter.REMISSION,
        Event.CHANGED: Letter.REEXAMINATION,
    }.get(event, Letter.REEXAMINATION if late else Letter.APPEAL)
    assert letters[0] is first
    assert (Letter.APPEAL in letters) is (event in DECIDED), "an appeal is never taken away, only put last"


def test_every_event_has_reasons_to_tick_but_the_one_that_needs_none() -> None:
    assert set(REASONS) == set(Event)
    assert [event for event in Event if not REASONS[event]] == [Event.FILE]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (Dates(notified=TODAY + timedelta(days=1)), {Day.NOTIFIED: Fault.FUTURE}),
        (Dates(notified=TODAY), {}),
        (Dates(notified=date(2021, 6, 30)), {Day.NOTIFIED: Fault.BEFORE_THE_LAW}),
        (Dates(notified=date(2021, 7, 1)), {}),
        (Dates(filed=date(2026, 10, 2), notified=date(2026, 10, 1)), {Day.NOTIFIED: Fault.BEFORE_FILING}),
        (Dates(filed=date(2026, 10, 2), notified=date(2026, 10, 2)), {}),
        (Dates(filed=date(2026, 10, 2), decided=date(2026, 10, 1)), {Day.DECIDED: Fault.BEFORE_FILING}),
        (Dates(decided=date(2026, 10, 2), notified=date(2026, 10, 1)), {Day.NOTIFIED: Fault.BEFORE_DECISION}),
        (Dates(filed=date(2026, 10, 2), urgent=date(2026, 10, 1)), {Day.URGENT: Fault.BEFORE_FILING}),
        (Dates(filed=date(2026, 10, 2), changed=date(2026, 10, 1)), {}),
    ],
)
def test_what_is_wrong_with_a_date(dates: Dates, expected: dict[Day, Fault]) -> None:
    assert faults(dates, TODAY, FIRST) == expected
