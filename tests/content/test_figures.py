"""A figure is found however a language writes it, and compared with what a source says on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.content.figures import amounts_of, figures, names_of, without_basis
from portal.content.sources import Source
from portal.domain.parameter import Confidence
from portal.law.parameters import parameter

TODAY = date(2026, 11, 21)
SOURCE = Source("one", "WCAG 2.2 ; loi du 9.10.2008, RS/VS 170.2", "LIPDA art. 30, 32", Confidence.CERTAIN, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "30’000 francs",
        "30'000 francs",
        "30\u202f000 francs",
        "30\u00a0000 francs",
        "30 000 francos",
        "CHF 30,000.",
        "30.000 Franken",
        "\u200f30000 فرنك",
    ],
)
def test_one_amount_in_many_hands(text: str) -> None:
    assert figures(text).all() == ["30000"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Trente jours", []),
        ("5 à 30 %", ["5", "30"]),
        ("De 6, 12 ou 24 mois.", ["6", "12", "24"]),
        ("1,5 mois", ["1.5"]),
        ("CHF 1’061.50 par mois", ["1061.5"]),
        ("Le 10, elle commence.", ["10"]),
        ("Le 1er du mois", ["1"]),
        ("CHF 1,250,000", ["1250000"]),
    ],
)
def test_amounts(text: str, amounts: list[str]) -> None:
    assert [f"{amount:f}" for amount in figures(text).amounts] == amounts
    assert figures(text).named == ()


@pytest.mark.parametrize(
    "text",
    [
        "jusqu’au 30.6.2021",
        "jusqu’au 30 juin 2021",
        "bis zum 30. Juni 2021",
        "until 30 June 2021",
        "até 30 de junho de 2021",
        "حتى 30 يونيو 2021",
    ],
)
def test_one_day_in_many_hands(text: str) -> None:
    assert figures(text).all() == ["2021-06-30"]
    assert figures(text).amounts == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("selon l’art. 53 de la loi", ("53",)),
        ("les articles 30 et 32", ("30", "32")),
        ("nach Art. 9", ("9",)),
        ("المادة 53 من القانون", ("53",)),
        ("directive, ch. 16.1.2", ("16.1.2",)),
        ("le texte de 2011", ("2011",)),
    ],
)
def test_names_of_texts_are_no_amounts(text: str, named: tuple[str, ...]) -> None:
    assert (figures(text).named, figures(text).amounts) == (named, ())


def test_what_a_parameter_says() -> None:
    assert amounts_of(parameter("decision_clock", TODAY)) == {Decimal(30)}
    assert amounts_of(parameter("reimbursement_wealth", TODAY)) == {Decimal(30000), Decimal(50000), Decimal(15000)}
    unknown = amounts_of(parameter("sanction_months", TODAY))
    assert {Decimal(6), Decimal(12)} <= unknown
    assert "2021-06-30" in names_of(parameter("decision_clock", TODAY))


def test_what_a_source_says() -> None:
    assert {Decimal("2.2"), Decimal("170.2")} == amounts_of(SOURCE)
    assert {"30", "32", "2008-10-09", "2008"} <= names_of(SOURCE)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("La commune a 30 jours.", ()),
        ("La commune a 31 jours.", ("31",)),
        ("La commune a 20 à 30 jours.", ("20",)),
        ("Selon le ch. 16.1.2.", ()),
        ("Selon l’art. 999.", ("999",)),
        ("Depuis 1999.", ("1999",)),
        ("Jusqu’au 30.6.2021.", ()),
        ("Jusqu’au 30.6.2022.", ("2022-06-30",)),
        ("Au bout de 16 jours.", ("16",)),  # the number of a chapter is no number of days
    ],
)
def test_figures_without_basis(text: str, left: tuple[str, ...]) -> None:
    assert without_basis(text, [parameter("decision_clock", TODAY)]) == left


def test_an_amount_that_looks_like_a_year() -> None:
    wealth = parameter("wealth_exemption", date(2025, 1, 1))
    assert without_basis("2000 francs", [wealth]) == without_basis("2’000 francs", [wealth]) == ()
    assert without_basis("2000 francs", [parameter("wealth_exemption", TODAY)]) == ("2000",)


def test_no_source_stands_for_nothing() -> None:
    assert without_basis("Dans 5 jours.", []) == ("5",)
    assert without_basis("Sans attendre.", []) == ()
