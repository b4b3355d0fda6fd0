"""Values of `facts/law.md`, written down a second time by hand; and the arithmetic that ties some together."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from portal.law.parameters import Confidence, definitions, parameter

SIZES = ("1", "2", "3", "4", "5", "further")


def _allowances(on):
    return [parameter(f"allowance_{size}", on).whole() for size in SIZES]


@pytest.mark.parametrize(
    ("on", "amounts"),
    [
        (date(2021, 7, 1), [997, 1525, 1854, 2134, 2413, 202]),
        (date(2022, 12, 31), [997, 1525, 1854, 2134, 2413, 202]),
        (date(2023, 1, 1), [1031, 1577, 1918, 2206, 2495, 209]),
        (date(2024, 12, 31), [1031, 1577, 1918, 2206, 2495, 209]),
        (date(2025, 1, 1), [1061, 1624, 1974, 2271, 2568, 216]),
        (date(2026, 12, 31), [1061, 1624, 1974, 2271, 2568, 216]),
    ],
)
def test_allowances_by_year(on, amounts):
    assert _allowances(on) == amounts


def test_allowances_follow_the_scale_of_skos():
    """law.md 4.1: factors 1 to 2.42, and the published table rounds up; never more than one franc apart."""
    on = date(2026, 11, 20)
    base = parameter("allowance_1", on).amount()
    for size in range(1, 6):
        factor = parameter("skos_equivalence_scale", on).amount(f"persons_{size}")
        assert abs(parameter(f"allowance_{size}", on).amount() - base * factor) <= 1
    further = parameter("allowance_further", on).whole()
    assert [2568 + further, 2568 + 2 * further] == [2784, 3000]


def test_confidence_of_the_allowance_of_one_person_over_the_years():
    days = [date(2021, 7, 1), date(2022, 1, 1), date(2023, 1, 1), date(2025, 1, 1), date(2027, 1, 1)]
    found = [parameter("allowance_1", day) for day in days]
    assert [one.confidence.value for one in found] == ["certain", "probable", "unverified", "probable", "unverified"]
    assert [one.carried_on for one in found] == [False, True, False, False, True]
    assert [one.change_expected for one in found] == [False, False, False, False, True]


def test_the_young_adult_allowance_is_the_cut_of_the_ordinary_one():
    for day in (date(2021, 7, 1), date(2026, 11, 20)):
        kept = 100 - parameter("young_adult_reduction", day).whole()
        computed = parameter("allowance_1", day).amount() * kept / 100
        assert computed.quantize(Decimal(1), ROUND_HALF_UP) == parameter("allowance_young_adult", day).amount()
    between = parameter("allowance_young_adult", date(2024, 1, 1)).between
    assert between is not None
    assert between[0] <= Decimal("670.15") <= between[1]


@pytest.mark.parametrize(
    ("on", "single", "couple", "child", "ceiling"),
    [
        (date(2021, 7, 1), 4000, 8000, 2000, 10000),
        (date(2025, 12, 31), 4000, 8000, 2000, 10000),
        (date(2026, 1, 1), 6000, 12000, 3000, 15000),
        (date(2027, 1, 1), 6000, 12000, 3000, 15000),
    ],
)
def test_wealth_exemption(on, single, couple, child, ceiling):
    found = parameter("wealth_exemption", on)
    parts = [found.whole(part) for part in ("single", "couple", "child", "ceiling")]
    assert parts == [single, couple, child, ceiling]
    assert found.confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    "name",
    ["rent_ceilings", "earnings_allowance", "reduced_allowance", "sanction_rate", "incentive_supplement", "vehicle"],
)
def test_what_is_not_known_for_valais_has_no_value(name):
    found = parameter(name, date(2026, 11, 20))
    assert not found.known
    assert found.confidence is Confidence.UNVERIFIED


def test_ranges_are_stated_where_only_they_are_known():
    on = date(2026, 11, 20)
    assert parameter("earnings_allowance", on).between == (0, 700)
    assert parameter("rent_ceilings", on).between is None


@pytest.mark.parametrize(
    ("name", "on", "value"),
    [
        ("emergency_child", date(2024, 9, 30), None),
        ("emergency_child", date(2024, 10, 1), 6),
        ("child_allowance", date(2024, 12, 31), None),
        ("child_allowance", date(2025, 1, 1), 327),
        ("permit_b_c_renewal", date(2024, 9, 30), "ordinary_aid"),
        ("permit_b_c_renewal", date(2024, 10, 1), "ordinary_aid_once_renewal_request_is_complete"),
        ("centre_mandate", date(2026, 12, 31), "annexe_ii"),
        ("centre_mandate", date(2027, 1, 1), None),
    ],
)
def test_what_changes_by_date(name, on, value):
    assert parameter(name, on).value == value


def test_the_old_regulation_alone_makes_nothing_certain():
    """RELIAS was repealed on 1.7.2021: its wording is orientation, never law in force."""
    checked = 0
    for found in definitions():
        for value in found.values:
            if re.fullmatch(r"RELIAS art\. [^;]*", value.source):
                checked += 1
                assert value.confidence is not Confidence.CERTAIN, found.name
    assert checked > 30
