"""The pages of «which papers will I need?»: the path with its own words, and lists short and long."""

from __future__ import annotations

from tests.browser.cases import case
from tests.browser.estimate_people import EVERYBODY, FAMILY, HOSTED, OLDER, SINGLE, TOGETHER, YOUNG, Given, sealed
from tests.browser.visits import Fields, Visit

OWNER: Given = {
    **SINGLE, "couple": "spouse", "b-age": "41", "b-activity": "training", "children": "2", "c1-age": "4", "home": "owned",
    "a-activity": "self_employed", "a-permit": "c", "a-state": "expired", "a-wage": "", "accounts": "100",
    "vehicles": "4000", "insurances": "100", "claims": "100", "own_property": "yes", "debts": "yes",
}  # fmt: skip
"""Many papers of one person, for the long list."""


def send(visit: Visit, given: Given, fields: Fields) -> int:
    """Go on from the first page with these answers behind it."""
    visit.get(f"/{visit.language}/checklist")
    return visit.post(f"/{visit.language}/checklist", {"answers": sealed(visit, given), **fields})


def show(visit: Visit, given: Given) -> int:
    """The list of these answers."""
    return send(visit, given, {"_show": "result"})


@case("checklist.checklist", "estimate/step")
def checklist_first_step(visit: Visit) -> None:
    visit.get(f"/{visit.language}/checklist")


@case("checklist.checklist", "estimate/step", look=False)
def checklist_last_step(visit: Visit) -> None:
    send(visit, SINGLE, {"_show": "money"})


@case("checklist.checklist", "estimate/step", 422, look=False)
def checklist_step_wrong(visit: Visit) -> None:
    send(visit, SINGLE, {**SINGLE, "rent": "-5", "_page": "money"})


@case("checklist.checklist", "estimate/step", 400, look=False)
def checklist_step_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/checklist")
    visit.post(f"/{visit.language}/checklist", {"_page": "home", "age": "40"}, token=False)


@case("checklist.checklist", "checklist/show")
def checklist_of_one_person(visit: Visit) -> None:
    show(visit, SINGLE)


@case("checklist.checklist", "checklist/show")
def checklist_of_a_large_household(visit: Visit) -> None:
    show(visit, EVERYBODY)


@case("checklist.checklist", "checklist/show", script=False)
def checklist_of_an_owner(visit: Visit) -> None:
    show(visit, OWNER)


@case("checklist.checklist", "checklist/show", 400, look=False)
def checklist_too_old(visit: Visit) -> None:
    """The list comes again, with a word about it."""
    visit.get(f"/{visit.language}/checklist")
    fields = {"answers": sealed(visit, SINGLE), "_page": "result"}
    visit.post(f"/{visit.language}/checklist", fields, token=False)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_of_a_family(visit: Visit) -> None:
    show(visit, FAMILY)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_of_an_older_couple(visit: Visit) -> None:
    show(visit, OLDER)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_of_a_flat_share(visit: Visit) -> None:
    show(visit, YOUNG)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_of_somebody_hosted(visit: Visit) -> None:
    show(visit, HOSTED)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_of_a_new_couple(visit: Visit) -> None:
    show(visit, TOGETHER)


@case("checklist.checklist", "checklist/show", look=False)
def checklist_where_nothing_was_answered(visit: Visit) -> None:
    send(visit, {"age": "40"}, {"_page": "money"})
