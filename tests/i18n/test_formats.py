"""Dates and hours as each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.i18n.formats import amount, long_date, money, short_date
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


@pytest.mark.parametrize(
    ("language", "thousands", "centimes"),
    [
        ("fr", "CHF 1’061", "CHF 12’345.50"),
        ("de", "CHF 1’061", "CHF 12’345.50"),
        ("en", "CHF 1,061", "CHF 12,345.50"),
        ("pt", "1 061 CHF", "12 345,50 CHF"),
        ("ar", "1,061 فرنك", "12,345.50 فرنك"),
    ],
)
def test_money(language: str, thousands: str, centimes: str) -> None:
    assert money(1061, language).replace("\u00a0", " ") == thousands
    assert money(Decimal("12345.5"), language).replace("\u00a0", " ") == centimes
    assert " " not in money(1061, language), "an amount never breaks over two lines"


def test_a_fraction_keeps_all_its_places() -> None:
    assert [amount(Decimal(text), "fr") for text in ("1.53", "0.125", "0.5", "2.00")] == ["1.53", "0.125", "0.50", "2"]
