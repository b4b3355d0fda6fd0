"""How large a file is, in words that are on everybody's phone."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from portal.i18n.languages import BY_CODE, DEFAULT
from portal.i18n.text import translator


def size_words(count: int, language: str) -> str:
    """`3,4 Mo`, `120 Ko`: bytes in millions or thousands, as telephones count; never less than 1 Ko of something."""
    _ = translator(language).gettext
    if count >= 1_000_000:
        return _("{size} Mo").replace("{size}", _number(Decimal(count) / 1_000_000, language))
    return _("{size} Ko").replace("{size}", _number(Decimal(-(-count // 1000)), language))


def _number(value: Decimal, language: str) -> str:
    locale = Locale.parse(BY_CODE.get(language, BY_CODE[DEFAULT]).locale)
    return format_decimal(value, "#,##0.#", locale=locale, numbering_system="latn")
