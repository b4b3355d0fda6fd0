"""The first interview: where it stands by what was noted, what is asked once more, what cannot be."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.interview import (
    KEPT,
    OUTCOMES,
    Doubt,
    Event,
    Interpreter,
    Meeting,
    State,
    Step,
    Way,
    WrongTime,
    agreed,
    called_off,
    doubts,
    moved_from,
    state_of,
    step_read,
    step_to,
    wrong_time,
)
from portal.law import holidays
from tests.clock import local

NOW = local("2026-11-10 10:00")
WHO = uuid.UUID(int=1)
FIRST = Meeting(local("2026-12-01 14:00"), Way.PHONE, None, None, Interpreter.NOT_NEEDED, None, (WHO,))
LATER = replace(FIRST, at=local("2026-12-03 09:00"))


def events(*steps: tuple[Step, Meeting | None]) -> tuple[Event, ...]:
    return tuple(Event(number, step, NOW, meeting) for number, (step, meeting) in enumerate(steps, start=1))


NOTED = events((Step.NOTED, FIRST))
MOVED = events((Step.NOTED, FIRST), (Step.MOVED, LATER))
MISSED = events((Step.NOTED, FIRST), (Step.MISSED, None))
AGAIN = events((Step.NOTED, FIRST), (Step.MISSED, None), (Step.NOTED, LATER))
HELD = events((Step.NOTED, FIRST), (Step.HELD, None))
OFF = events((Step.NOTED, FIRST), (Step.MOVED, LATER), (Step.CALLED_OFF, None))
BACK = (*OFF, Event(4, Step.TAKEN_BACK, NOW, LATER))


@pytest.mark.parametrize(
    ("noted", "at", "state"),
    [
        ((), NOW, State.NONE),
        (NOTED, NOW, State.AHEAD),
        (NOTED, FIRST.at, State.WAITING),
        (MOVED, FIRST.at, State.AHEAD),
        (MISSED, LATER.at, State.MISSED),
        (AGAIN, NOW, State.AHEAD),
        (HELD, LATER.at, State.HELD),
        (OFF, NOW, State.CALLED_OFF),
        (OFF, LATER.at, State.CALLED_OFF),
        (BACK, NOW, State.AHEAD),
        (BACK, LATER.at, State.WAITING),
    ],
)
def test_where_it_stands(noted: tuple[Event, ...], at: object, state: State) -> None:
    assert state_of(noted, at) is state  # type: ignore[arg-type]


def test_what_noting_it_is() -> None:
    assert step_to((), FIRST) is Step.NOTED
    assert step_to(NOTED, FIRST) is None
    assert step_to(NOTED, LATER) is Step.MOVED
    assert step_to(NOTED, replace(FIRST, interpreter=Interpreter.BOOKED, language="ar")) is Step.CHANGED
    assert step_to(MISSED, FIRST) is step_to(HELD, LATER) is step_to(OFF, LATER) is Step.NOTED
    assert step_to(BACK, LATER) is None


def test_a_move_names_the_hour_before_and_a_new_meeting_forgets_it() -> None:
    assert moved_from(NOTED) is None
    assert moved_from(MOVED) == FIRST.at
    changed = events((Step.NOTED, FIRST), (Step.MOVED, LATER), (Step.CHANGED, replace(LATER, way=Way.VIDEO)))
    assert moved_from(changed) == FIRST.at
    assert moved_from(AGAIN) is None
    assert moved_from(BACK) == FIRST.at
    assert agreed(MISSED) == FIRST


@pytest.mark.parametrize(
    ("noted", "at", "wanted"),
    [
        ((), NOW, set()),
        (NOTED, NOW, {Step.CALLED_OFF}),
        (NOTED, FIRST.at, {Step.HELD, Step.MISSED}),
        (MISSED, LATER.at, {Step.TAKEN_BACK}),
        (HELD, LATER.at, {Step.TAKEN_BACK}),
        (OFF, NOW, {Step.TAKEN_BACK}),
        (BACK, NOW, {Step.CALLED_OFF}),
    ],
)
def test_what_can_be_said_of_it_when(noted: tuple[Event, ...], at: object, wanted: set[Step]) -> None:
    state = state_of(noted, at)  # type: ignore[arg-type]
    assert {step for step, states in OUTCOMES.items() if state in states} == wanted


def test_what_was_called_off_was_said_before_its_hour() -> None:
    assert called_off(NOW, FIRST)
    assert not called_off(FIRST.at, FIRST)
    assert not called_off(NOW, None)


@pytest.mark.parametrize(
    ("step", "instant", "before"),
    [
        (Step.NOTED, NOW, ()),
        (Step.MISSED, FIRST.at, NOTED),
        (Step.CALLED_OFF, NOW, NOTED),
        (Step.CHANGED, NOW, NOTED),
        (Step.TAKEN_BACK, NOW, OFF),
        (Step.TAKEN_BACK, LATER.at, HELD),
        (Step.NOTED, NOW, OFF),
        (Step.CALLED_OFF, NOW, BACK),
    ],
)
def test_each_step_is_read_as_it_was_noted(step: Step, instant: object, before: tuple[Event, ...]) -> None:
    assert step_read(KEPT.get(step, step), instant, before) is step  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-12-01 07:00", ()),
        ("2026-12-01 19:00", ()),
        ("2026-12-01 06:59", (Doubt.HOUR,)),
        ("2026-12-01 19:01", (Doubt.HOUR,)),
        ("2026-12-05 10:00", (Doubt.SATURDAY,)),
        ("2026-12-06 03:00", (Doubt.HOUR, Doubt.SUNDAY)),
        ("2026-12-08 10:00", (Doubt.HOLIDAY,)),
    ],
)
def test_what_is_asked_once_more(at: str, found: tuple[Doubt, ...]) -> None:
    assert date(2026, 12, 8) in holidays.official()
    assert doubts(local(at), holidays.official()) == found


def test_no_time_that_is_past_or_a_year_off() -> None:
    assert wrong_time(NOW, NOW) is WrongTime.PAST
    assert wrong_time(NOW + timedelta(minutes=1), NOW) is None
    assert wrong_time(NOW + timedelta(days=367), NOW) is WrongTime.TOO_FAR
