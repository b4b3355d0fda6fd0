"""Hours of a first contact as people at a desk write them."""

from __future__ import annotations

from datetime import time

import pytest

from portal.forms.contact import read_clock


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5", time(5)), ("05", time(5)), ("17", time(17)), ("0", time(0)), ("5h", time(5)), ("5 h", time(5)),
        ("5h30", time(5, 30)), ("5 h 30", time(5, 30)), ("5H30", time(5, 30)), ("17.30", time(17, 30)),
        ("17,30", time(17, 30)), ("17:30", time(17, 30)), ("17 : 30", time(17, 30)), ("1730", time(17, 30)),
        ("0905", time(9, 5)), ("17:30 h", time(17, 30)), ("17.30 Uhr", time(17, 30)), ("17 Uhr", time(17)),
        ("17 Uhr 30", time(17, 30)), ("5 heures", time(5)), ("5 heures 30", time(5, 30)), ("5h30min", time(5, 30)),
        (" 9:05 ", time(9, 5)), ("٩:٣٠", time(9, 30)), ("", None), ("  ", None), (None, None),
    ],
)  # fmt: skip
def test_what_is_an_hour(typed: str | None, read: time | None) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["24", "24:00", "25h", "12:60", "1760", "midi", "1:2:3", "9:5", "930", "12345", "-5", "5 30", ":30", "h", "5hh"],
)
def test_what_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_clock(typed)
