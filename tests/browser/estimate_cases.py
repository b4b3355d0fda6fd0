"""The pages of the estimate: each step, each kind of result, and where its answers go on."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.forms.estimate import situation_json
from portal.services.estimates import seal_answers
from tests.browser.cases import case, no_database
from tests.browser.people import SHORT
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Fields, Visit, hidden
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
INTERVIEWED: dict[str, Any] = {
    "version": 1,
    "persons": [
        {
            "id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "part_time", "pregnant": True,
            "civil_status": "separated", "asked_for": ["unemployment"],
            "incomes": [
                {"kind": "wage", "amount": 900, "irregular": True},
                *({"kind": kind, "amount": 150} for kind in ("gift", "family_fund", "sipe", "refund", "transitional")),
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


@case("estimate.estimate", "estimate/step")
def estimate_first_step(visit: Visit) -> None:
    visit.get(f"/{visit.language}/estimate")


@case("estimate.estimate", "estimate/step")
def estimate_people(visit: Visit) -> None:
    show(visit, EVERYBODY, "people")


@case("estimate.estimate", "estimate/step")
def estimate_work(visit: Visit) -> None:
    show(visit, EVERYBODY, "work")


@case("estimate.estimate", "estimate/step", script=False)
def estimate_work_without_script(visit: Visit) -> None:
    """With every follow-up question open."""
    show(visit, EVERYBODY, "work")


@case("estimate.estimate", "estimate/step")
def estimate_income(visit: Visit) -> None:
    show(visit, EVERYBODY, "income")


@case("estimate.estimate", "estimate/step")
def estimate_money(visit: Visit) -> None:
    show(visit, EVERYBODY, "money")


@case("estimate.estimate", "estimate/step")
def estimate_step_to_change(visit: Visit) -> None:
    """One answer is changed; then straight back to the result."""
    send(visit, EVERYBODY, {"_page": "result", "_edit": "money"})


def wrong(visit: Visit, page: str) -> int:
    """A page with something wrong on it."""
    return send(visit, EVERYBODY, {**EVERYBODY, **WRONG, "_page": page})


@case("estimate.estimate", "estimate/step", 422)
def estimate_home_wrong(visit: Visit) -> None:
    wrong(visit, "home")


@case("estimate.estimate", "estimate/step", 422)
def estimate_people_wrong(visit: Visit) -> None:
    wrong(visit, "people")


@case("estimate.estimate", "estimate/step", 422)
def estimate_work_wrong(visit: Visit) -> None:
    wrong(visit, "work")


@case("estimate.estimate", "estimate/step", 422)
def estimate_income_wrong(visit: Visit) -> None:
    wrong(visit, "income")


@case("estimate.estimate", "estimate/step", 422)
def estimate_money_wrong(visit: Visit) -> None:
    wrong(visit, "money")


@case("estimate.estimate", "estimate/step", 400)
def estimate_step_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/estimate")
    visit.post(f"/{visit.language}/estimate", {"_page": "home", "age": "40"}, token=False)


@case("estimate.estimate", "estimate/result", 400)
def estimate_result_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/estimate")
    fields = {"answers": sealed(visit, SINGLE), "_page": "result"}
    visit.post(f"/{visit.language}/estimate", fields, token=False)


@case("estimate.estimate", "estimate/result")
def estimate_range(visit: Visit) -> None:
    show(visit, SINGLE)


@case("estimate.estimate", "estimate/result")
def estimate_two_budgets(visit: Visit) -> None:
    """With each kind of line, an open end, and remarks of all sorts."""
    show(visit, EVERYBODY)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_an_older_couple(visit: Visit) -> None:
    show(visit, OLDER)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_young_adult(visit: Visit) -> None:
    show(visit, YOUNG)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_somebody_housed_free(visit: Visit) -> None:
    show(visit, HOSTED)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_young_couple(visit: Visit) -> None:
    show(visit, TOGETHER)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_without_a_home(visit: Visit) -> None:
    show(visit, {**SINGLE, "home": "none"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_in_an_institution(visit: Visit) -> None:
    show(visit, {**SINGLE, "home": "institution"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_with_parents(visit: Visit) -> None:
    show(visit, {**SINGLE, "age": "20", "others": "1", "who": "parent", "a-activity": "training"})


@case("estimate.estimate", "estimate/result")
def estimate_of_nothing_said(visit: Visit) -> None:
    """Every answer left empty: the path ends in an open range all the same."""
    send(visit, {}, {"_page": "money"})


@case("estimate.estimate", "estimate/result")
def estimate_of_zero(visit: Visit) -> None:
    show(visit, {**SINGLE, "a-wage": "6000"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_perhaps_zero(visit: Visit) -> None:
    show(visit, {**SINGLE, "a-wage": "2200"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_with_savings(visit: Visit) -> None:
    show(visit, {**SINGLE, "accounts": "5000"})


@case("estimate.estimate", "estimate/result")
def estimate_without_an_amount(visit: Visit) -> None:
    show(visit, {**SINGLE, **PERMITS["asylum"]})


def _of_permit(name: str, given: Given) -> None:
    def opened(visit: Visit) -> None:
        show(visit, {**SINGLE, **given})

    opened.__name__ = f"estimate_route_{name}"
    case("estimate.estimate", "estimate/result", look=False)(opened)


for _name, _given in PERMITS.items():
    _of_permit(_name, _given)


@case("estimate.estimate", "estimate/result")
def estimate_what_if(visit: Visit) -> None:
    imagine(visit, EVERYBODY, rent="1500", wage="2000", partner_wage="", children="0", others="0")


@case("estimate.estimate", "estimate/result", 422)
def estimate_what_if_wrong(visit: Visit) -> None:
    imagine(visit, EVERYBODY, rent="-1", wage="x", partner_wage="1000000000", children="99", others="x")


def begin(visit: Visit, given: Given = EVERYBODY) -> int:
    """The filing form with an estimate's answers."""
    visit.get(f"/{visit.language}/estimate")
    fields = {"_page": "estimate", "estimate": sealed(visit, given)}
    return visit.post(f"/{visit.language}/demand/new", fields)


@case("demand.new", "demand/new")
def form_with_an_estimate(visit: Visit) -> None:
    begin(visit)


@case("demand.new", "demand/new", script=False, look=False)
def form_with_an_estimate_whole(visit: Visit) -> None:
    begin(visit)


def check(visit: Visit, **more: str) -> int:
    """The check page of a demand that began with an estimate."""
    begin(visit)
    fields = {**hidden(visit), **SHORT, "_page": "form", "estimate": sealed(visit, EVERYBODY), **more}
    return visit.post(f"/{visit.language}/demand/new", fields)


@case("demand.new", "demand/check")
def check_with_an_estimate(visit: Visit) -> None:
    check(visit)


@case("demand.new", "demand/check", look=False)
def check_without_the_estimate(visit: Visit) -> None:
    check(visit, without_estimate="y")


@case("demand.new", "demand/attempt", 503, without=no_database, look=False)
def attempt_with_an_estimate(visit: Visit) -> None:
    begin(visit)
    fields = {**hidden(visit), **SHORT, "_page": "check", "estimate": sealed(visit, EVERYBODY)}
    visit.post(f"/{visit.language}/demand/new", fields)


def file(visit: Visit, situation: dict[str, Any]) -> str:
    """A demand with that situation; where the desk has it."""
    known = visit.world.file(visit.world.somebody(visit.language), situation=situation)
    visit.cookie("citizen", visit.world.visit(known))
    return f"/staff/demands/{known.demand.id}"


@case("dossier.show", "dossier/show")
def dossier_with_an_estimate(visit: Visit) -> None:
    file(visit, situation_json(SINGLE, DAY))
    visit.get(f"/{visit.language}/dossier")


@case("staff_demands.show", "staff/demand")
def staff_demand_with_an_estimate(visit: Visit) -> None:
    place = file(visit, situation_json(EVERYBODY, DAY))
    at_the_desk(visit)
    visit.get(place)


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_estimate_without_an_amount(visit: Visit) -> None:
    place = file(visit, situation_json({**SINGLE, **PERMITS["no_permit"]}, DAY))
    at_the_desk(visit)
    visit.get(place)


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_a_situation_told_at_the_desk(visit: Visit) -> None:
    place = file(visit, INTERVIEWED)
    at_the_desk(visit)
    visit.get(place)
