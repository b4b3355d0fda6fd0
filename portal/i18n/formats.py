"""Dates, hours and numbers as each language writes them, in Valais time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Final

from babel import Locale
from babel.dates import format_date, format_time, get_timezone
from babel.numbers import format_decimal

from portal.i18n.languages import BY_CODE, DEFAULT
from portal.i18n.words import in_language, minor

_ZURICH = get_timezone("Europe/Zurich")
# Western digits in every language: people read these dates aloud at the desk and compare them with papers.
_SWISS: Final = Locale.parse("de_CH")  # its thousands mark ’ is also used in French and Italian Switzerland
_MONEY: Final = {"pt": "{}\u00a0CHF", "ar": "{}\u00a0فرنك"}
_LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(BY_CODE.get(code, BY_CODE[DEFAULT]).locale)


@minor
def long_date(day: date, language: str) -> str:
    """`samedi 21 novembre 2026`, in the language."""
    text = format_date(day, "full", locale=_locale(language)).translate(_LATIN_DIGITS)
    return text.replace(" 1 ", " 1er ") if language == "fr" else text


@minor
def short_date(day: date, language: str) -> str:
    """`21.11.2026`: the Swiss form for the official languages, the language's own elsewhere.

    In Arabic the month is a word, as in `long_date`: read from the right, figures alone would begin with the year.
    """
    if BY_CODE.get(language, BY_CODE[DEFAULT]).official:
        return f"{day:%d.%m.%Y}"
    pattern = "d MMMM yyyy" if language == "ar" else "dd/MM/yyyy"
    return format_date(day, pattern, locale=_locale(language)).translate(_LATIN_DIGITS)


def language_name(code: str, language: str) -> str:
    """`tigrigna`: a language as the reader's own names it (CLDR); empty where it has no name for it."""
    return str(_locale(language).languages.get(code, ""))


@minor
def month_name(day: date, language: str) -> str:
    """`novembre 2026`, in the language."""
    pattern = _locale(language).datetime_skeletons["yMMMM"].pattern
    return format_date(day, pattern, locale=_locale(language)).translate(_LATIN_DIGITS)


@minor
def months_words(months: Iterable[date], language: str) -> str:
    """`août, septembre, octobre 2026`, in the language: each year once, behind its last month."""
    between = "، " if language == "ar" else ", "
    found = []
    for _, own in groupby(months, key=lambda month: month.year):
        *others, last = own
        found += [format_date(month, "LLLL", locale=_locale(language)) for month in others]
        found.append(month_name(last, language))
    return between.join(found)


@minor
def time_of_day(instant: datetime, language: str) -> str:
    """`14:03` in Europe/Zurich, on the 24-hour clock in every language, so that nobody mixes up noon and midnight."""
    local = instant.astimezone(_ZURICH)
    return format_time(local.time(), "HH:mm", locale=_locale(language)).translate(_LATIN_DIGITS)


@minor
def time_with_seconds(instant: datetime, language: str) -> str:
    """`14:03:27` in Europe/Zurich."""
    local = instant.astimezone(_ZURICH)
    return format_time(local.time(), "HH:mm:ss", locale=_locale(language)).translate(_LATIN_DIGITS)


@minor
def amount(number: int | Decimal, language: str) -> str:
    """`1’061` or `1’061.50`: the Swiss mark for the official languages, the language's own elsewhere; Western digits.

    A fraction has two places at least, because most are centimes.
    """
    return _amount(number, language)


def _amount(number: int | Decimal, language: str) -> str:
    exact = Decimal(number)
    pattern = "#,##0" if exact == exact.to_integral_value() else "#,##0.00##"
    locale = _SWISS if BY_CODE.get(language, BY_CODE[DEFAULT]).official else _locale(language)
    return format_decimal(exact, pattern, locale=locale, numbering_system="latn").translate(_LATIN_DIGITS)


@minor
def money(number: int | Decimal | str, language: str) -> str:
    """`CHF 1’061`, on one line, with the currency where the language sets it. A text is taken as written by `amount`."""
    text = in_language(number, language) if isinstance(number, str) else _amount(number, language)
    return _MONEY.get(language, "CHF\u00a0{}").format(text)
