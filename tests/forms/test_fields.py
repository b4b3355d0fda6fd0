"""How fields read what people type: any digits, any spaces, nothing invented."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal.forms.fields import LineField, LinesField, clean, few_lines, number, parse_email, parse_phone


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
        ("un\tdeux\n\ttrois\t", "un deux\n trois"),
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


class _Pasted(Form):  # type: ignore[misc]
    line = LineField("line", 40)
    lines = LinesField("lines", 400, few_lines(3))


@pytest.fixture
def in_french() -> Iterator[None]:
    with Flask(__name__).app_context():
        yield


@pytest.mark.usefixtures("in_french")
def test_tabs_that_come_along_from_word_are_taken_and_other_hidden_signs_are_not() -> None:
    assert _Pasted(MultiDict({"line": "Ana\tSousa", "lines": "Loyer :\t900\nSalaire :\t0"})).validate()
    form = _Pasted(MultiDict({"line": "Ana\x00", "lines": "a\u202eb"}))
    assert not form.validate()
    assert all("signes invisibles" in str(errors[0]) for errors in form.errors.values())
    assert set(form.errors) == {"line", "lines"}


@pytest.mark.usefixtures("in_french")
@pytest.mark.parametrize(("typed", "fine"), [("a\r\nb\n\n \nc", True), ("a\nb\nc\nd", False)])
def test_only_lines_with_something_on_them_are_counted(typed: str, fine: bool) -> None:
    form = _Pasted(MultiDict({"lines": typed}))
    assert form.validate() is fine
    assert fine or "Gardez au plus 3 lignes." in str(form.lines.errors[0])
