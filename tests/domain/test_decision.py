"""Rules of a recorded decision: who ends a record, where it stands, which days cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.decision import Fault, Faults, State, Step, ends_urgent, faults, may, state_of

FIRST, TODAY, ASKED = date(2021, 7, 1), date(2026, 11, 22), date(2026, 11, 2)
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize("step", list(Step))
def test_never_one_person_does_both(step: Step) -> None:
    assert may(step, recorded_by_them=True) is (step is Step.TAKEN_BACK)
    assert may(step, recorded_by_them=True) is not may(step, recorded_by_them=False)


def test_only_what_was_confirmed_can_be_replaced() -> None:
    assert state_of(None, replaced=False) is State.WAITING
    for step in Step:
        assert state_of(step, replaced=False).value == step.value
    assert state_of(Step.CONFIRMED, replaced=True) is State.REPLACED
    assert state_of(Step.REFUSED, replaced=True) is State.REFUSED


@pytest.mark.parametrize(
    ("decided", "notified", "wrong"),
    [
        (ASKED, ASKED, Faults()),
        (TODAY, TODAY, Faults()),
        (None, None, Faults(Fault.MISSING, Fault.MISSING)),
        (ASKED - timedelta(1), TODAY, Faults(Fault.BEFORE_ASKED)),
        (TODAY + timedelta(1), TODAY + timedelta(2), Faults(Fault.FUTURE, Fault.FUTURE)),
        (TODAY, TODAY - timedelta(1), Faults(None, Fault.BEFORE_DECIDED)),
        (TODAY, TODAY + timedelta(1), Faults(None, Fault.FUTURE)),
    ],
)
def test_the_days(decided: date | None, notified: date | None, wrong: Faults) -> None:
    assert faults(decided, notified, asked=ASKED, today=TODAY, first_day=FIRST) == wrong


def test_what_answers_nothing_is_held_to_the_known_law() -> None:
    day = FIRST - timedelta(1)
    found = faults(day, day, asked=None, today=TODAY, first_day=FIRST)
    assert found == Faults(Fault.BEFORE_THE_LAW, Fault.BEFORE_THE_LAW)
    assert not faults(FIRST, FIRST, asked=None, today=TODAY, first_day=FIRST)


@given(DAYS, DAYS, DAYS)
def test_what_is_let_through_is_in_order(decided: date | None, notified: date | None, asked: date | None) -> None:
    if not faults(decided, notified, asked=asked, today=TODAY, first_day=FIRST):
        assert decided is not None
        assert notified is not None
        assert FIRST <= decided <= notified <= TODAY
        assert asked is None or asked <= decided


def test_which_decision_ends_the_clock_of_urgent_help() -> None:
    asked = datetime(2026, 11, 2, 9, tzinfo=UTC)
    later, before = asked + timedelta(hours=1), asked - timedelta(hours=1)
    assert not ends_urgent(asked, None, None)
    assert ends_urgent(asked, None, later)
    assert ends_urgent(asked, later, None)
    assert not ends_urgent(asked, before, None), "asked for after the decision, it has its days"
