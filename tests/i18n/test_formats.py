"""Dates and hours as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from portal.i18n.formats import long_date, short_date
from portal.i18n.languages import CODES

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "short"),
    [("fr", "21.11.2026"), ("de", "21.11.2026"), ("en", "21/11/2026"), ("pt", "21/11/2026"), ("ar", "21 نوفمبر 2026")],
)
def test_short_dates(language: str, short: str) -> None:
    assert short_date(DAY, language) == short


def test_an_arabic_date_is_the_same_in_short_and_long() -> None:
    assert long_date(DAY, "ar") == f"السبت، {short_date(DAY, 'ar')}"


@pytest.mark.parametrize("language", CODES)
def test_figures_are_western(language: str) -> None:
    assert "21" in short_date(DAY, language)
    assert "2026" in long_date(DAY, language)
