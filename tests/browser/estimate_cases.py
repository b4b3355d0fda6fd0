"""The pages of the estimate's path, and where its answers go on."""

from __future__ import annotations

from typing import Any

from portal.forms.estimate import situation_json
from tests.browser.cases import case, no_database
from tests.browser.estimate_people import DAY, EVERYBODY, INTERVIEWED, PERMITS, SINGLE, WRONG, sealed, send, show
from tests.browser.people import SHORT
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit, hidden


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


@case("estimate.estimate", "estimate/step", look=False)
def estimate_money_alone(visit: Visit) -> None:
    show(visit, SINGLE, "money")


@case("estimate.estimate", "estimate/step", look=False)
def estimate_with_answers_that_cannot_be_opened(visit: Visit) -> None:
    visit.get(f"/{visit.language}/estimate")
    visit.post(f"/{visit.language}/estimate", {"answers": "x" * 64, "_page": "result"})


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


def begin(visit: Visit) -> int:
    """The filing form with an estimate's answers."""
    visit.get(f"/{visit.language}/estimate")
    fields = {"_page": "estimate", "estimate": sealed(visit, EVERYBODY)}
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
def staff_demand_with_an_estimate_that_waits(visit: Visit) -> None:
    """No centre has taken it: nobody reads income and wealth yet."""
    known = visit.world.file(visit.world.somebody(visit.language, commune=None), situation=situation_json(SINGLE, DAY))
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_estimate_of_a_married_couple(visit: Visit) -> None:
    place = file(visit, situation_json({**SINGLE, "couple": "spouse", "b-age": "41"}, DAY))
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
