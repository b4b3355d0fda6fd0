"""How fields read what people type: any digits, any spaces, nothing invented."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms.fields import clean, number, parse_email, parse_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, None),
        ("", None),
        (" \t\n\u00a0\u2003", None),
        ("  Léa ", "Léa"),
        ("Zoe\u0308", "Zoë"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("0", "0"),
    ],
)
def test_clean(typed: str | None, kept: str | None) -> None:
    assert clean(typed) == kept


@settings(deadline=None)  # a busy machine is no fault
@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once is None or unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("", None), ("  ", None), (None, None), ("7", 7), (" 07 ", 7), ("1985", 1985), ("١٩٨٥", 1985), ("۱۹۸۵", 1985),
     ("１９８５", 1985), ("१९८५", 1985), ("1٩8۵", 1985), ("0", 0)],
)  # fmt: skip
def test_numbers_in_digits_of_any_script(typed: str | None, value: int | None) -> None:
    assert number(typed) == value


@pytest.mark.parametrize(
    "typed", ["x", "1.5", "-1", "+1", "1e2", "12345", "1 2", "½", "²", "Ⅳ", "一", "0x1", "1_0", "\x00"]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(clean(typed) or "")):
        number(typed)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=50))
def test_phone_and_mail_never_break(text: str) -> None:
    phone, mail = parse_phone(text), parse_email(text)
    assert phone is None or phone.startswith("+")
    assert mail is None or ("@" in mail and "\n" not in mail)


@settings(deadline=None)  # a busy machine is no fault
@given(st.from_regex(r"\A07[6-9][0-9]{7}\Z"))
def test_every_swiss_mobile_number_is_read(typed: str) -> None:
    phone = parse_phone(typed)
    assert phone is not None
    assert phone.replace(" ", "") == "+41" + typed[1:]
    assert parse_phone(phone) == phone
