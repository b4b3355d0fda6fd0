"""The nearest clock, and how it stands on a day: on the last day it is not late, without a day it never is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.domain.clock_board import SOON, Clock, ClockKind, Span, Standing, State, nearest, span_of, standing

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("clocks", "kind"),
    [
        ([(ClockKind.DECISION, 30), (ClockKind.URGENT, 5)], ClockKind.URGENT),
        ([(ClockKind.DECISION, 3), (ClockKind.URGENT, 5)], ClockKind.DECISION),  # asked for on day 28
        ([(ClockKind.DECISION, 5), (ClockKind.URGENT, 5)], ClockKind.URGENT),
        ([(ClockKind.REEXAMINATION, 5), (ClockKind.PAPERS, 4), (ClockKind.DECISION, 6)], ClockKind.PAPERS),
        ([(ClockKind.NONE, None), (ClockKind.DECISION, -90)], ClockKind.DECISION),
        ([(ClockKind.NONE, None)], ClockKind.NONE),
        ([], ClockKind.NONE),
    ],
)
def test_the_nearest_clock(clocks: list[tuple[ClockKind, int | None]], kind: ClockKind) -> None:
    running = [Clock(one, None if left is None else TODAY + timedelta(days=left)) for one, left in clocks]
    assert nearest(running).kind is kind
    assert nearest(reversed(running)) == nearest(running)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (-400, Standing.LATE),
        (-1, Standing.LATE),
        (0, Standing.TODAY),
        (1, Standing.SOON),
        (SOON, Standing.SOON),
        (SOON + 1, Standing.RUNNING),
        (None, Standing.NONE),
    ],
)
def test_how_it_stands(left: int | None, expected: Standing) -> None:
    assert standing(None if left is None else TODAY + timedelta(days=left), TODAY) is expected


def test_the_states_leave_no_day_out_and_none_is_in_two() -> None:
    dated = (State.LATE, State.SOON, State.LATER)

    def within(span: Span, day: date) -> bool:
        return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)

    for left in range(-40, 40):
        day = TODAY + timedelta(days=left)
        (state,) = (one for one in dated if within(span_of(one, TODAY), day))
        names = {Standing.LATE: State.LATE, Standing.TODAY: State.SOON, Standing.SOON: State.SOON}
        assert names.get(standing(day, TODAY), State.LATER) is state
    assert span_of(State.UNSEEN, TODAY) == span_of(None, TODAY) == Span(None, None)
