"""Reading a situation: every fault is named with its field and what is allowed there, and all at once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.domain.situation import (
    Fact,
    IncomeKind,
    Missing,
    Situation,
    SituationError,
    always,
    read_situation,
    situation_schema,
    write_situation,
)
from portal.domain.situation.model import MOST_PERSONS

ON = date(2026, 11, 21)
FRANCS = "must be an amount in francs from 0 to 20000, with at most two decimals"


def _raw(person: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    applicant = {"id": "a", "relation": "applicant"} | (person or {})
    return {"version": 1, "persons": [applicant]} | more


def _faults(raw: object) -> tuple[str, ...]:
    with pytest.raises(SituationError) as refused:
        read_situation(raw, ON)
    return refused.value.faults


def _income(**income: Any) -> dict[str, Any]:
    return {"incomes": [{"kind": "wage"} | income]}


@pytest.mark.parametrize(
    ("person", "fault"),
    [
        ({"permit": "z"}, "permit: must be one of swiss, b, c, l, f, n, s, refugee_b, rejected, none, other"),
        ({"permit": ["swiss"]}, "permit: must be one of swiss"),
        ({"relation": "friend"}, "relation: must be one of applicant, spouse, partner, child, parent"),
        ({"born": "2026-11-22"}, "born: must be a day YYYY-MM-DD from 1900-01-01 to 2026-11-21 (not in the future)"),
        ({"born": "1899-12-31"}, "born: must be a day"),
        ({"born": "2026-02-30"}, "born: must be a day"),
        ({"born": "21.11.1990"}, "born: must be a day"),
        ({"born": "١٩٩٠-٠١-٠١"}, "born: must be a day"),
        ({"born": 1990}, "born: must be a day"),
        ({"age": -1}, "age: must be a whole number from 0 to 125"),
        ({"age": 126}, "age: must be a whole number from 0 to 125"),
        ({"age": True}, "age: must be a whole number"),
        ({"age": 40.0}, "age: must be a whole number"),
        ({"age": float("nan")}, "age: must be a whole number"),
        ({"age": 10**100}, "age: must be a whole number"),
        ({"born": "1990-01-01", "age": 36}, "age: give born or age, not both"),
        ({"id": "A"}, "id: must have the form [a-z0-9-]+"),
        ({"id": ""}, "id: must be a text of 1 to 20 printable characters"),
        ({"id": "x" * 21}, "id: must be a text of 1 to 20 printable characters"),
        ({"name": "x" * 201}, "name: must be a text of 1 to 200 printable characters"),
        ({"name": "   "}, "name: must be a text of 1 to 200"),
        ({"name": "Bobby\nTables"}, "name: must be a text of 1 to 200 printable"),
        ({"name": "a\x00b"}, "name: must be a text of 1 to 200 printable"),
        ({"name": "\ud800"}, "name: must be a text of 1 to 200 printable"),
        ({"name": {"first": "Ann"}}, "name: must be a text"),
        ({"lives_here": "yes"}, "lives_here: must be true or false"),
        ({"lives_here": 1}, "lives_here: must be true or false"),
        ({"asked_for": "alimony"}, "asked_for: must be a list"),
        ({"asked_for": ["a car"]}, "asked_for: must be one of unemployment"),
        ({"nose": "long"}, "nose: is not a field; known are id, relation, name"),
        ({"incomes": {}}, "incomes: must be a list of at most 30"),
        ({"incomes": [{"kind": "wage"}] * 31}, "incomes: must be a list of at most 30, not 31"),
        ({"incomes": ["wage"]}, "incomes[0]: must be an object"),
        ({"incomes": [{}]}, "incomes[0].kind: is missing"),
        (_income(amount=-0.5), "incomes[0].amount: must be an amount in francs from 0 to 100000"),
        (_income(every="week"), "incomes[0].every: must be one of month, year, once"),
        (_income(irregular="unknown"), "incomes[0].irregular: must be true or false"),
        (_income(since="2026-02-02", until="2026-02-01"), "incomes[0].until: must not lie before since"),
    ],
)
def test_of_a_person(person: dict[str, Any], fault: str) -> None:
    (found,) = _faults(_raw(person))
    assert found.startswith(f"persons[0].{fault}")


@pytest.mark.parametrize(
    "rent",
    [-1, "-1", 10**9, "1000000000", 20_000.01, 20_001, "1.005", Decimal("0.001"), 900.0, 900.25, float("nan"),
     float("inf"), float("-inf"), "NaN", "1e3", Decimal("1E+3"), "1'000", "1 000", "0x10", "", "+5", True, {}, [[]],
     "9" * 5000, "Unknown", "900 francs"],
)  # fmt: skip
def test_of_an_amount(rent: object) -> None:
    """A binary fraction is no exact amount; the commands read JSON without them."""
    assert _faults(_raw(rent=rent)) == (f"rent: {FRANCS}",)


@pytest.mark.parametrize(
    ("rent", "centimes"),
    [(0, 0), (900, 90_000), ("900", 90_000), ("900.5", 90_050), (Decimal("900.55"), 90_055), (20_000, 2_000_000),
     (" 900 ", 90_000), ("0.01", 1)],
)  # fmt: skip
def test_an_amount(rent: object, centimes: int) -> None:
    assert read_situation(_raw(rent=rent), ON).rent.known(ON) == centimes


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ([], "the situation must be an object"),
        (None, "the situation must be an object"),
        ("unknown", "the situation must be an object"),
        ({}, "version: must be 1"),
        ({"version": True, "persons": []}, "version: must be 1"),
        ({"version": "1", "persons": []}, "version: must be 1"),
        ({"version": 2, "persons": []}, "version: must be 1"),
        ({"version": 1}, "persons: exactly one must have the relation applicant"),
        ({"version": 1, "persons": []}, "persons: exactly one must have the relation applicant"),
        ({"version": 1, "persons": {}}, f"persons: must be a list of at most {MOST_PERSONS}"),
        ({"version": 1, "persons": [None]}, "persons[0]: must be an object"),
        ({"version": 1, "persons": [{"id": "a"}]}, "persons[0].relation: is missing"),
        (_raw(nose="long"), "nose: is not a field; known are commune, persons, shared_meals"),
        (_raw(commune=0), "commune: must be a whole number from 1 to 9999"),
        (_raw(commune="6266"), "commune: must be a whole number from 1 to 9999"),
        (_raw(home="a tent"), "home: must be one of rented, owned, hosted_by_relative"),
        (_raw(account_number="CH93 0076"), "account_number: must have the form"),
    ],
)
def test_of_the_whole(raw: object, fault: str) -> None:
    (found,) = _faults(raw)
    assert found.startswith(fault)


def test_forty_persons() -> None:
    persons = [{"id": f"p{number}", "relation": "other"} for number in range(40)]
    assert _faults({"version": 1, "persons": persons}) == (
        f"persons: must be a list of at most {MOST_PERSONS}, not 40",
    )


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({"id": "b", "relation": "applicant"}, "persons: exactly one must have the relation applicant"),
        ({"id": "a", "relation": "child"}, "persons: each id must be different"),
    ],
)
def test_of_two_persons(second: dict[str, Any], fault: str) -> None:
    assert _faults({"version": 1, "persons": [*_raw()["persons"], second]}) == (fault,)


@pytest.mark.parametrize(
    ("second", "field"),
    [
        ({"id": None, "relation": "child"}, "persons[1].id"),
        ({"id": "b", "relation": None}, "persons[1].relation"),
        ({"id": "b", "relation": "child", "incomes": [{"kind": None, "amount": 1}]}, "persons[1].incomes[0].kind"),
    ],
)
def test_what_gives_a_record_its_meaning_is_not_nothing(second: dict[str, Any], field: str) -> None:
    (found,) = _faults({"version": 1, "persons": [*_raw()["persons"], second]})
    assert found.startswith(f"{field}: ")


@pytest.mark.parametrize("couple", [("spouse", "spouse"), ("spouse", "partner"), ("partner", "partner")])
def test_of_two_partners(couple: tuple[str, str]) -> None:
    more = [{"id": f"p{number}", "relation": relation} for number, relation in enumerate(couple)]
    raw = {"version": 1, "persons": [*_raw()["persons"], *more]}
    assert _faults(raw) == ("persons: at most one can be spouse or partner",)


def test_all_faults_at_once() -> None:
    raw = _raw({"permit": "z", "born": "2030-01-01", **_income(amount=-1)}, rent=-1, home="a tent", nose="long")
    fields = [fault.partition(":")[0] for fault in _faults(raw)]
    expected = ["persons[0].permit", "persons[0].born", "persons[0].incomes[0].amount", "rent", "home", "nose"]
    assert sorted(fields) == sorted(expected)


def _dated(*entries: tuple[object, object]) -> list[dict[str, object]]:
    return [{"from": since, "value": value} for since, value in entries]


ORDER = "the dated values must stand oldest first, each day once"
PARTS = 'each dated value must have "from" and "value", and nothing else'


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (_dated(("2026-02-01", 1), ("2026-01-01", 2)), ORDER),
        (_dated(("2026-02-01", 1), ("2026-02-01", 2)), ORDER),
        (_dated(("2026-02-01", 1), (None, 2)), ORDER),
        (_dated((None, 1), (None, 2)), ORDER),
        (_dated(("2026-02-30", 1)), "must be a day YYYY-MM-DD"),
        (_dated(("unknown", 1)), "must be a day YYYY-MM-DD"),
        (_dated((None, -1)), FRANCS),
        (_dated((None, None)), FRANCS),
        (_dated((None, _dated((None, 1)))), FRANCS),
        ([{"from": None}], PARTS),
        ([{"value": 1}], PARTS),
        ([{"from": None, "value": 1, "until": None}], PARTS),
        ([{"from": None, "value": 1}, 900], PARTS),
        (_dated(*[(date.fromordinal(730_000 + day).isoformat(), 1) for day in range(121)]), "must have 1 to 120 dated"),
    ],
)
def test_of_a_history(history: object, fault: str) -> None:
    (found,) = _faults(_raw(rent=history))
    assert found.startswith(f"rent: {fault}")


@pytest.mark.parametrize("depth", [100, 990, 5000])
@pytest.mark.parametrize("field", ["rent", "home", "commune", "account_number", "nose"])
def test_deep_nesting_is_a_fault_like_any_other(depth: int, field: str) -> None:
    nested: list[Any] = []
    for _ in range(depth):
        nested = [nested]
    (found,) = _faults(_raw() | {field: nested})
    assert found.startswith(f"{field}: ")


@pytest.mark.parametrize(
    "name", ["Zoé Żółć-Ñandú", "محمد", "Ben 🙂", "O'Neill", "李小龍", "<b>Ann</b>", "'; DROP TABLE", "  Ann  "]
)
def test_a_name_is_taken_as_it_is(name: str) -> None:
    read = read_situation(json.loads(json.dumps(_raw({"name": name}))), ON)
    assert read.applicant.name == always(name.strip())


def test_an_empty_answer_is_no_answer() -> None:
    assert read_situation(_raw(rent=None), ON) == read_situation(_raw(), ON)
    assert not read_situation(_raw(), ON).rent


@pytest.mark.parametrize("open_answer", Missing)
@pytest.mark.parametrize("field", ["rent", "home", "commune", "shared_meals", "account_number"])
def test_any_answer_may_be_open(field: str, open_answer: Missing) -> None:
    fact: Fact[Any] = getattr(read_situation(_raw() | {field: open_answer.value}, ON), field)
    assert fact.on(ON) is open_answer
    assert fact.known(ON) is None
    assert fact


def _rent(*entries: tuple[object, object]) -> Situation:
    return read_situation(_raw(rent=_dated(*entries)), ON)


def test_what_holds_on_a_day() -> None:
    rent = _rent((None, 900), ("2026-12-01", "unknown"), ("2027-01-01", 950)).rent
    wanted: dict[date, tuple[object, int | None]] = {
        date(2021, 7, 1): (90_000, 90_000),
        date(2026, 11, 30): (90_000, 90_000),
        date(2026, 12, 1): (Missing.UNKNOWN, None),
        date(2026, 12, 31): (Missing.UNKNOWN, None),
        date(2027, 1, 1): (95_000, 95_000),
        date(2099, 1, 1): (95_000, 95_000),
    }
    assert {day: (rent.on(day), rent.known(day)) for day in wanted} == wanted
    assert list(rent.days()) == [date(2026, 12, 1), date(2027, 1, 1)]


def test_before_its_first_day_nothing_was_said() -> None:
    rent = _rent(("2026-12-01", 900)).rent
    assert rent.on(date(2026, 11, 30)) is None
    assert rent.known(date(2026, 11, 30)) is None
    assert rent.known(date(2026, 12, 1)) == 90_000


@pytest.mark.parametrize(
    ("income", "fault"),
    [
        ({"amount": 100_001}, "incomes[0].amount: must be at most 100000 francs where it does not come once"),
        ({"amount": 100_001, "every": "year"}, "incomes[0].amount: must be at most 100000 francs"),
        ({"amount": _dated((None, 900), ("2026-12-01", 250_000))}, "incomes[0].amount: must be at most 100000 francs"),
        ({"kind": "capital", "amount": 100_000_001, "every": "once"}, "incomes[0].amount: must be an amount in francs"),
        ({"amount": -1}, "incomes[0].amount: must be an amount in francs from 0"),
        ({"amount": 5, "key": "Wage 1"}, "incomes[0].key: must have the form [a-z0-9_-]+"),
        ({"amount": 5, "key": "w" * 31}, "incomes[0].key: must be a text of 1 to 30"),
    ],
)
def test_of_an_income_that_is_too_large(income: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in _faults(_raw(_income(**income))))


def test_a_sum_that_comes_once_may_be_large() -> None:
    inherited = {
        "kind": "capital",
        "amount": "250000.00",
        "every": "once",
        "paid_on": "2026-11-05",
        "key": "capital-x0",
    }
    situation = read_situation(_raw({"incomes": [inherited]}), ON)
    (income,) = situation.applicant.incomes
    assert (income.kind, income.amount.known(ON), income.key) == (IncomeKind.CAPITAL, 25_000_000, "capital-x0")
    assert read_situation(write_situation(situation), ON) == situation


def test_the_schema_knows_large_sums_and_names_of_incomes() -> None:
    income = situation_schema()["properties"]["persons"]["items"]["properties"]["incomes"]["items"]  # type: ignore[index]
    assert "capital" in income["properties"]["kind"]["enum"]
    assert income["properties"]["key"] == {
        "type": "string",
        "minLength": 1,
        "maxLength": 30,
        "pattern": "^[a-z0-9_-]+$",
    }
    assert income["properties"]["amount"]["anyOf"][0]["anyOf"][0]["maximum"] == 100_000_000
