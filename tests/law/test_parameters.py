"""Every parameter file has its shape, its sources and its dates; and a value is looked up by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from portal import law
from portal.law.loader import LawDataError
from portal.law.parameters import (
    FIRST_DAY,
    BeforeTheLawError,
    Confidence,
    WrongKindError,
    definition,
    definitions,
    is_stale,
    parameter,
)
from portal.law.parameters.reading import parameter_files, read_definition

TODAY = date(2026, 11, 20)

GOOD = """
label: Un délai
description: A clock
unit: days
values:
  2025-01-01:
    value: 30
    source: Book, p. 1
    confidence: certain
    confirmed_until: 2025-12-31
    checked_on: 2026-11-20
  2021-07-01:
    value: unknown
    missing: the book
    source: Book, p. 2
    confidence: unverified
    checked_on: 2026-11-20
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "topic" / "example.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_file_is_read_and_its_name_is_unique():
    assert len(definitions()) == len(list(parameter_files())) == len({found.name for found in definitions()})


@pytest.mark.parametrize("found", definitions(), ids=lambda found: found.name)
def test_history_of_one_parameter(found):
    """Without gap or overlap from the first day of the law on, newest first, each value with its proof."""
    assert found.label
    assert found.description
    until = None
    for value in found.values:
        assert value.until == until
        assert value.source
        assert value.confidence in set(Confidence)
        assert value.checked_on <= TODAY
        assert (value.value is None) == (value.missing is not None)
        until = value.since - timedelta(days=1)
        assert parameter(found.name, value.since).value == value.value
    assert found.values[-1].since == FIRST_DAY


@pytest.mark.parametrize("found", definitions(), ids=lambda found: found.name)
def test_a_value_is_never_used_before_its_start(found):
    for newer, older in zip(found.values, found.values[1:], strict=False):
        assert parameter(found.name, newer.since - timedelta(days=1)).since == older.since
    with pytest.raises(BeforeTheLawError):
        parameter(found.name, FIRST_DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "value", "confidence"),
    [
        ("decision_clock", 30, "certain"),
        ("urgent_clock", 5, "certain"),
        ("appeal_period", 30, "certain"),
        ("reexamination_clock", 30, "probable"),
        ("deemed_notified", 7, "certain"),
    ],
)
def test_the_clocks(name, value, confidence):
    found = law.parameter(name, TODAY)
    assert (found.whole(), found.confidence.value, found.unit) == (value, confidence, "days")


def test_start_of_aid_is_certain_for_2021_and_probable_today():
    assert parameter("start_of_aid", FIRST_DAY).confidence is Confidence.CERTAIN
    today = parameter("start_of_aid", TODAY)
    assert today.confidence is Confidence.PROBABLE
    assert today.carried_on
    assert not today.certain
    assert today.text() == "first_day_of_month_of_first_contact"


def test_what_is_unknown_says_what_is_missing_and_gives_no_value():
    found = parameter("online_filing", TODAY)
    assert not found.known
    assert found.missing
    with pytest.raises(WrongKindError, match="not known for Valais"):
        found.text()


def test_a_value_is_not_taken_for_another_kind():
    with pytest.raises(WrongKindError):
        parameter("decision_clock", TODAY).text()
    with pytest.raises(WrongKindError):
        parameter("decision_clock", TODAY).texts()
    with pytest.raises(WrongKindError):
        parameter("start_of_aid", TODAY).whole()
    with pytest.raises(WrongKindError, match="no part"):
        parameter("spm_notice", TODAY).text("whom")
    assert parameter("decision_clock", TODAY).amount() == Decimal(30)
    assert parameter("spm_notice", TODAY).text("to") == "spm"
    assert parameter("announcement_form", TODAY).texts("forms") == ("oral", "written")


@pytest.mark.parametrize(
    ("checked", "on", "stale"),
    [
        (date(2026, 11, 20), date(2027, 11, 20), False),
        (date(2026, 11, 20), date(2027, 11, 21), True),
        (date(2028, 2, 29), date(2029, 2, 28), False),
        (date(2028, 2, 29), date(2029, 3, 1), True),
        (date(2026, 11, 20), date(2021, 7, 1), False),
    ],
)
def test_stale_after_twelve_months(checked, on, stale):
    assert is_stale(checked, on) is stale


def test_unknown_name():
    with pytest.raises(KeyError):
        definition("no_such_value")


def test_a_good_file(tmp_path):
    found = read_definition(_write(tmp_path, GOOD))
    assert (found.topic, found.name) == ("topic", "example")
    newest, oldest = found.values
    assert (newest.value, newest.until, oldest.value, oldest.until) == (30, None, None, date(2024, 12, 31))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("  2021-07-01:", "  2022-01-01:", "oldest value must start"),
        ("  2021-07-01:", "  2025-06-01:", "newest first"),
        ("  2021-07-01:", "  2025-01-01:", "stands twice"),
        ("  2021-07-01:", "  last summer:", "not a start date"),
        ("    source: Book, p. 1\n", "", "source is missing"),
        ("source: Book, p. 1", "source: ' '", "source is empty"),
        ("confidence: certain", "confidence: sure", "certain, probable or unverified"),
        ("confidence: unverified", "confidence: probable", "what is unknown cannot be probable"),
        ("    missing: the book\n", "", "`missing` goes with"),
        ("value: 30", "value: null", "written `unknown`"),
        ("value: 30", "value: {a: null}", "cannot be a value"),
        ("value: 30", "value: {a: unknown}", "a parameter of its own"),
        ("value: 30", "value: {1: 2}", "need names"),
        ("value: 30", "valeu: 30", "value is missing"),
        ("value: 30", "value: 30\n    between: [5, 1]", "the lower first"),
        ("checked_on: 2026-11-20", "checked_on: recently", "checked_on must be date"),
        ("confirmed_until: 2025-12-31", "confirmed_until: 2024-12-31", "inside the time"),
        ("unit: days", "unit: fortnights", "unknown unit"),
        ("unit: days", "unit: days\nunits: days", "unknown field units"),
        ("label: Un délai\n", "", "label is missing"),
        (GOOD, "- a\n- b\n", "must be a mapping"),
        (GOOD, "a: [", "example.yaml"),
    ],
)
def test_a_fault_in_a_file_is_refused_and_named(tmp_path, before, after, message):
    assert before in GOOD
    with pytest.raises(LawDataError, match=message):
        read_definition(_write(tmp_path, GOOD.replace(before, after, 1)))


def test_amounts_with_centimes_stay_exact_and_values_cannot_be_changed(tmp_path):
    found = read_definition(_write(tmp_path, GOOD.replace("value: 30", "value: {rate: 689.65, ages: [18, 25]}")))
    value = found.values[0].value
    assert value == {"rate": Decimal("689.65"), "ages": (18, 25)}
    with pytest.raises(TypeError):
        value["rate"] = 1  # type: ignore[index, call-overload]
