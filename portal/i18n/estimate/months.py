"""The month that an estimate is for."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton

from portal.i18n.languages import BY_CODE

_LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def month_name(day: date, language: str) -> str:
    """`novembre 2026`, in the language, with Western digits as in every other date."""
    return format_skeleton("yMMMM", day, locale=BY_CODE[language].locale).translate(_LATIN_DIGITS)
