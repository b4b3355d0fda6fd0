"""The households of the intake's pages, and what is wrong on them: together they show every question and every fault."""

from __future__ import annotations

from typing import Any, Final

from tests.browser.people import HELPER, NAME
from tests.browser.visits import Fields
from tests.browser.world import SIERRE

Given = dict[str, Any]


IBAN: Final = "CH9300762011623852957"
INSURER: Final = "Mutuel 99"
EVERYBODY: Given = {
    "version": 1,
    "commune": SIERRE,
    "persons": [
        {
            "id": "a", "relation": "applicant", "name": NAME, "born": "1984-03-02", "permit": "b",
            "permit_state": "renewal_incomplete", "activity": "seeking", "dismissed": True, "pregnant": True,
            "insurer": INSURER, "premium": 310, "asked_for": ["unemployment", "bursary"], "civil_status": "separated",
            "incomes": [{"kind": "wage", "amount": 600, "payday": "month_end", "irregular": True},
                        {"kind": "other", "amount": "unknown"}],
        },
        {"id": "b", "relation": "partner", "name": HELPER, "born": "1980-05-06", "together_since": "2025-01-05",
         "common_child": False, "permit": "f", "asylum_years": 3, "activity": "unable", "unable_percent": 60},
        {"id": "c1", "relation": "child", "born": "2017-09-01"},
        {"id": "c2", "relation": "child", "age": 19, "training_completed": False},
        {"id": "o1", "relation": "parent"},
        {"id": "o2", "relation": "other"},
    ],
    "home": "rented", "rent": 1400, "charges": "at_interview", "eviction_threat": True, "accounts": 200, "debts": 0,
    "account_number": IBAN,
}  # fmt: skip
"""A household that is asked every question."""
NOT_SAID: Given = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant", "civil_status": "unknown", "pregnant": "at_interview"}],
    "home": "at_interview", "accounts": "unknown", "account_number": "at_interview",
}  # fmt: skip

ABOUT: Final = {
    **dict.fromkeys(("birth", "permit"), "b"),
    **dict.fromkeys(("civil-status", "identity", "activity", "dismissal", "incomes", "wage", "insurance"), "a"),
    **dict.fromkeys(("special", "benefits"), "a"),
    "couple": "b",
    "training": "c2",
}
"""The person by whom each question about a person is shown."""
WRONG: dict[str, list[Fields]] = {
    "birth": [
        {"name": "x" * 201, "born-day": "31", "born-month": "2", "born-year": "1984"},
        {"born-day": "x"},
        {"born-day": "3"},
        {"born-day": "3", "born-month": "3", "born-year": "2999"},
        {"born-day": "3", "born-month": "3", "born-year": "85"},
        {"name": NAME, "born-day": "3", "born-month": "3", "born-year": "1985", "unknown": "y"},
    ],
    "commune": [{"commune": "1"}],
    "rent": [{"rent": "-5", "charges": "x"}],
    "activity": [{"activity": "employed", "work_percent": "101"}],
    "incomes": [{"wage": "x", "bursary": "1000000000"}],
    "other-wealth": [{"insurances": "x", "claims": "-1", "moral_damages": "1000000000"}],
    "debts": [{"debts": "1", "at_interview": "y"}],
    "insurance": [{"insurer": "x" * 101, "premium": "x"}],
    "special": [{"ticks": ["pregnant", "none"]}],
    "children-elsewhere": [{"children_elsewhere": "x"}],
    "permit": [{"permit": "f", "asylum_years": "3", "asylum_since-day": "1", "asylum_since-month": "1",
                "asylum_since-year": "2020"}],
    "account": [{"account_number": "DE12"}, {"account_number": "CH9300762011623852958"}],
}  # fmt: skip
"""What cannot be taken, question by question; the first of each is looked at, all of them are read."""
