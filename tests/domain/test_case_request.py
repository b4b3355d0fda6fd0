"""A request stands, is read, is written to, is closed; its content is bound to the register."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.case_request import AskedState, Last, RequestKind, content_hmac, state_of

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "read", "stands"),
    [
        (timedelta(), False, True),
        (timedelta(hours=23, minutes=59), False, True),
        (timedelta(hours=24), False, False),
        (timedelta(minutes=1), True, False),
    ],
)
def test_a_request_stands_until_it_is_read_or_a_day_has_passed(after: timedelta, read: bool, stands: bool) -> None:
    assert Last(NOON, NOON if read else None).stands(NOON + after) is stands


def test_states_in_their_order() -> None:
    assert state_of(read=False, written=False) is AskedState.SENT
    assert state_of(read=True, written=False) is AskedState.READ
    assert state_of(read=True, written=True) is state_of(read=False, written=True) is AskedState.WRITTEN
    assert state_of(read=True, written=True, closed=True) is AskedState.CLOSED


def test_the_register_s_hmac_is_of_kind_and_words_and_needs_the_salt() -> None:
    one = content_hmac(b"salt", RequestKind.URGENT, "Rien à manger")
    assert one == content_hmac(b"salt", RequestKind.URGENT, "Rien à manger")
    others = {
        content_hmac(b"other", RequestKind.URGENT, "Rien à manger"),
        content_hmac(b"salt", RequestKind.FILE, "Rien à manger"),
        content_hmac(b"salt", RequestKind.URGENT, "Rien à manger."),
    }
    assert len(others | {one}) == 4
