"""The households of the estimate's pages: together they show every rule that the path can lead to."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.services.estimates import seal_answers
from tests.browser.visits import Fields, Visit
from tests.browser.world import SIERRE

Given = dict[str, str]

SINGLE: Given = {
    "commune": str(SIERRE), "age": "40", "a-permit": "swiss", "a-activity": "employed", "a-wage": "600", "home": "rented",
    "rent": "900", "charges": "100", "own_property": "no", "debts": "no",
}  # fmt: skip
EVERYBODY: Given = {
    "commune": str(SIERRE), "age": "38", "couple": "partner", "children": "3", "others": "2", "b-age": "59",
    "b-together": "1", "b-common": "unknown", "c1-age": "9", "c2-age": "19", "c3-age": "20", "who": "parent",
    "meals": "yes", "a-permit": "b", "a-state": "valid", "b-permit": "f", "b-years": "9", "a-activity": "self_employed",
    "b-activity": "seeking", "c2-training": "training", "c2-away": "y", "c3-training": "unknown", "c2-wage": "700",
    "a-self_employment": "800", "a-one_off": "300", "a-alimony": "400", "b-unemployment": "900", "b-bursary": "50",
    "b-unknown": "y", "home": "rented", "rent_unknown": "y", "charges": "100", "accounts": "9000", "vehicles": "4000",
    "insurances": "2000", "claims": "1000", "own_property": "yes", "debts": "yes",
}  # fmt: skip
"""A household for which most of the rules have something to say."""
OLDER: Given = {
    "age": "62", "couple": "spouse", "b-age": "66", "others": "1", "who": "relative", "a-permit": "c",
    "a-state": "renewal_complete", "a-activity": "seeking", "b-permit": "b", "b-state": "expired",
    "b-activity": "retired", "b-old_age": "1500", "b-supplementary": "200", "b-occupational": "300",
    "a-daily_allowance": "100", "home": "owned", "rent": "700", "wealth_unknown": "y", "debts": "unknown",
}  # fmt: skip
YOUNG: Given = {"age": "20", "others": "1", "who": "other", "meals": "unknown", "a-permit": "swiss", "home": "rented"}
HOSTED: Given = {**SINGLE, "home": "hosted_by_relative", "rent": "", "charges": "", "a-activity": "unable"}
TOGETHER: Given = {
    **SINGLE, "couple": "partner", "b-together": "0", "b-common": "no", "b-wage": "3000", "b-permit": "swiss", "a-wage": "",
    "a-activity": "training", "children": "1", "c1-age": "22", "c1-training": "completed",
}  # fmt: skip
DAY = date(2026, 11, 10)
RARE = ("gift", "family_fund", "sipe", "refund", "transitional", "special_donation")
INTERVIEWED: dict[str, Any] = {
    "version": 1,
    "persons": [
        {
            "id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "part_time", "pregnant": True,
            "civil_status": "separated", "asked_for": ["unemployment"],
            "incomes": [
                {"kind": "wage", "amount": 900, "irregular": True},
                *({"kind": kind, "amount": 150} for kind in RARE),
            ],
        },
        {"id": "c", "relation": "child", "age": 9, "lives_here": False},
    ],
    "home": "rented", "rent": 900, "charges": "unknown", "moral_damages": "unknown", "alimony_paid": 300,
}  # fmt: skip
"""What no page of the path asks about, and the desk may read all the same."""
WRONG: Given = {
    "commune": "1", "age": "x", "children": "99", "b-age": "x", "c1-age": "-1", "b-years": "x", "a-wage": "-1",
    "a-other": "x", "b-wage": "1000000000", "c2-wage": "x", "rent": "-5", "accounts": "1000000000", "claims": "x",
}  # fmt: skip
"""Something wrong on each page."""
FAMILY: Given = {
    "age": "38", "couple": "spouse", "children": "2", "others": "0", "b-age": "36", "c1-age": "9", "c2-age": "17",
    "a-permit": "swiss", "b-permit": "swiss", "a-activity": "employed", "b-activity": "caring", "a-family_allowance": "610",
    "a-old_age": "10", "a-occupational": "10", "a-third_party": "10", "a-other": "10", "b-disability": "10", "home": "rented",
    "rent": "1400",
}  # fmt: skip
PERMITS: dict[str, Given] = {
    "renewal_complete": {"a-permit": "b", "a-state": "renewal_complete"},
    "renewal_incomplete": {"a-permit": "b", "a-state": "renewal_incomplete"},
    "renewal_unclear": {"a-permit": "c"},
    "revoked": {"a-permit": "b", "a-state": "revoked"},
    "permit_l": {"a-permit": "l", "a-state": "valid"},
    "permit_l_ended": {"a-permit": "l", "a-state": "expired"},
    "no_permit": {"a-permit": "none"},
    "asylum": {"a-permit": "n"},
    "asylum_or_centre": {"a-permit": "f"},
    "red_cross": {"a-permit": "refugee_b", "a-years": "9"},
    "not_said": {"a-permit": ""},
    "other": {"a-permit": "other"},
}


def sealed(visit: Visit, given: Given) -> str:
    """The answers as a form of the path carries them."""
    return seal_answers(visit.world.kit, given)


def send(visit: Visit, given: Given, fields: Fields) -> int:
    """Go on from the first page with these answers behind it."""
    visit.get(f"/{visit.language}/estimate")
    return visit.post(f"/{visit.language}/estimate", {"answers": sealed(visit, given), **fields})


def show(visit: Visit, given: Given, page: str = "result") -> int:
    """A page of the path as the tab would bring it back."""
    return send(visit, given, {"_show": page})


def imagine(visit: Visit, given: Given, **what: str) -> int:
    """The result with other figures tried out."""
    fields = {f"what-{name}": value for name, value in what.items()}
    return send(visit, given, {"_page": "result", **fields})
