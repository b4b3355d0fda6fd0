"""The demo data of `make run`: the past quarter is closed on any day, and its page is filled."""

from __future__ import annotations

from datetime import date

import pytest

from devstack.demo import past_quarter
from portal.domain.figures import closed, dimensions, next_quarter


@pytest.mark.parametrize("today", [date(2026, 11, 8), date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_past_quarter_is_the_last_one_that_is_closed_and_nothing_of_it_is_missing(today: date) -> None:
    found = past_quarter(today)
    assert closed(found["until"], today)
    assert not closed(next_quarter(found["until"]), today)
    assert next_quarter(found["since"]) == found["until"]
    content = found["content"]
    assert set(content["of_place"]) == {one.name for one in dimensions([])}
    assert {said["level"] for said in (*content["whole"].values(), *content["of_place"].values())} == {0}
    assert content["places"]
    assert all(count for counts in content["kinds"].values() for count in counts)
