"""The log of a centre and of a household, as its lead reads them; with nothing in it, and with more than a page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from portal.i18n.access_log import BY_CENTRE, LEFT_OUT, OWN
from portal.services import centre_log, desk
from portal.services.actor import Actor, ActorKind
from portal.services.centre_log import PAGE
from portal.services.writing import audit
from tests.browser.cases import case
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit

LEAD = "luc.demo"


def done(visit: Visit, actor: Actor, *actions: str, dossier: uuid.UUID | None = None, outcome: str = "done") -> None:
    """As if all this had been done."""
    with visit.world.kit.database.transaction() as session:
        for action in actions:
            audit(session, actor, action, visit.world.kit.clock.now(), dossier, outcome)


@case("staff_log.centre", "staff/log")
def staff_log(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.world.enrol()
    desk.open_demand(visit.world.kit, visit.world.caseworker(), known.demand.id)
    at_the_desk(visit, LEAD)
    visit.get("/staff/log")


@case("staff_log.centre", "staff/log", look=False)
def staff_log_of_a_busy_day(visit: Visit) -> None:
    """What names no dossier, in the log's own words; some acts have none of their own."""
    visit.world.enrol()
    done(visit, visit.world.caseworker(), *sorted(LEFT_OUT))
    at_the_desk(visit, LEAD)
    visit.get("/staff/log")


@case("staff_log.centre", "staff/log", look=False)
def staff_log_of_one(visit: Visit) -> None:
    visit.world.enrol()
    at_the_desk(visit, LEAD)
    visit.get(f"/staff/log?member={visit.world.caseworker_id('nadia.demo')}")


@case("staff_log.centre", "staff/log", look=False)
def staff_log_of_one_whose_sessions_ended(visit: Visit) -> None:
    visit.world.enrol()
    at_the_desk(visit, LEAD)
    member = visit.world.caseworker_id("nadia.demo")
    visit.get(f"/staff/log?member={member}")
    visit.post("/staff/log/sessions", {"member": str(member)})


@case("staff_log.centre", "staff/log", look=False)
def staff_log_with_more(visit: Visit) -> None:
    visit.world.enrol()
    for _ in range(PAGE + 1):
        centre_log.centre_log(visit.world.kit, visit.world.caseworker())
    at_the_desk(visit, LEAD)
    visit.get("/staff/log")


@case("staff_log.household", "staff/household_log")
def staff_household_log(visit: Visit) -> None:
    """By somebody of the centre, by the person, and by the portal itself; more than a page."""
    known = visit.world.file(visit.world.somebody())
    visit.world.enrol()
    visit.world.visit(known)
    for _ in range(PAGE):
        desk.open_demand(visit.world.kit, visit.world.caseworker(), known.demand.id)
    whose, device = known.demand.dossier_id, Actor(ActorKind.VISITOR, "test")
    done(visit, Actor(ActorKind.WORKER, "test"), "document:ready", dossier=whose)
    done(visit, Actor(ActorKind.CITIZEN, "test", known.demand.adult_id), "citizen:sign-in", dossier=whose)
    done(visit, device, "citizen:sign-in", dossier=whose, outcome="refused")
    done(visit, Actor(ActorKind.CITIZEN, "test", known.demand.adult_id), "thread:write", dossier=whose)
    at_the_desk(visit, LEAD)
    visit.get(f"/staff/demands/{known.demand.id}/log")


def of_a_dossier(visit: Visit, actions: Sequence[str]) -> None:
    """The log of one household, in which the centre did all this."""
    known = visit.world.file(visit.world.somebody())
    done(visit, visit.world.caseworker(), *actions, dossier=known.demand.dossier_id)
    person = Actor(ActorKind.CITIZEN, "test", known.demand.adult_id)
    done(visit, person, *sorted(OWN), dossier=known.demand.dossier_id)
    at_the_desk(visit, LEAD)
    visit.get(f"/staff/demands/{known.demand.id}/log")


@case("staff_log.household", "staff/household_log", look=False)
def staff_household_log_of_many_acts(visit: Visit) -> None:
    of_a_dossier(visit, sorted(BY_CENTRE)[: PAGE - 10])


@case("staff_log.household", "staff/household_log", look=False)
def staff_household_log_of_the_other_acts(visit: Visit) -> None:
    of_a_dossier(visit, sorted(BY_CENTRE)[PAGE - 10 :])


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_of_a_lead(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit, LEAD)
    visit.get(f"/staff/demands/{known.demand.id}")
