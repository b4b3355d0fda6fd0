"""What is to be done first with a household: what presses most comes first, and never more than a few lines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.domain.clock_board import SOON
from portal.domain.first_steps import MOST, FirstStep, Need, first_steps

TODAY = date(2026, 11, 30)
Waiting = tuple[Need, int | None]


def steps(*waiting: Waiting) -> list[FirstStep]:
    return [FirstStep(need, None if left is None else TODAY + timedelta(days=left)) for need, left in waiting]


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        ((), ()),
        # A demand of today: nothing of the clock yet.
        (((Need.DECISION, 30), (Need.INTERVIEW, None)), (Need.INTERVIEW,)),
        # Urgent help always, also where its day is far or another is late.
        (((Need.DECISION, -1), (Need.URGENT, 5)), (Need.URGENT, Need.DECISION)),
        (((Need.URGENT, 5), (Need.URGENT_ASKED, 2)), (Need.URGENT_ASKED, Need.URGENT)),
        # What is late before what is near, that before what has no day, whatever it is.
        (
            ((Need.CONFIRM, None), (Need.PAPERS_DUE, 0), (Need.DECISION, SOON), (Need.CHANGE, -9)),
            (Need.CHANGE, Need.PAPERS_DUE, Need.DECISION, Need.CONFIRM),
        ),
        (((Need.DECISION, SOON + 1), (Need.PAPERS_DUE, 20)), ()),
        # Of one day, and of none: in the order of the needs.
        (((Need.REEXAMINATION, 1), (Need.DECISION, 1)), (Need.DECISION, Need.REEXAMINATION)),
        (
            ((Need.MISSING, None), (Need.RIGHTS, None), (Need.REPORTS, None), (Need.THREAD, None)),
            (Need.THREAD, Need.REPORTS, Need.RIGHTS, Need.MISSING),
        ),
    ],
)
def test_what_presses_most_comes_first(waiting: tuple[Waiting, ...], expected: tuple[Need, ...]) -> None:
    assert tuple(one.need for one in first_steps(steps(*waiting), TODAY)) == expected
    assert tuple(one.need for one in first_steps(reversed(steps(*waiting)), TODAY)) == expected


def test_a_need_stands_once_by_its_nearest_day() -> None:
    found = first_steps(steps((Need.URGENT_ASKED, 4), (Need.URGENT_ASKED, 1), (Need.THREAD, None)), TODAY)
    assert [(one.need, one.due) for one in found] == [
        (Need.URGENT_ASKED, TODAY + timedelta(days=1)),
        (Need.THREAD, None),
    ]


def test_never_more_than_a_few_lines_and_those_are_the_first_of_all() -> None:
    dated = list(Need)[: list(Need).index(Need.CONFIRM)]
    waiting = steps(*((one, -1 if one in dated else None) for one in Need))
    waiting.reverse()
    assert [one.need for one in first_steps(waiting, TODAY)] == list(Need)[:MOST]
