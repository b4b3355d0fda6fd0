"""The staff desk: one demand, and a person at the counter."""

from __future__ import annotations

import os
import re
import uuid
from datetime import timedelta

from portal.domain.demand import Channel
from portal.services import citizen, desk
from portal.services.filing import Attempt, Contact
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.hands import REFERENCE
from tests.browser.people import HELPER, NAME, REASON, SHORT, URGENT, WHOLE
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit, hidden
from tests.browser.world import SIERRE, VISP, Known

DEMAND = re.compile(r"/staff/demands/[0-9a-f]{8}-[0-9a-f-]{27}")


def full(visit: Visit) -> Known:
    """A demand of the Upper Valais with everything that staff may have to know, and a possible match."""
    world = visit.world
    world.file(URGENT, contact=Contact(Channel.PHONE, world.kit.clock.now()))
    proven = Attempt(world.kit.clock.now() - timedelta(hours=2), matches=False)
    return world.file(URGENT, ago=timedelta(minutes=5), attempt=proven)


@case("staff_demands.show", "staff/demand")
def staff_demand(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand")
def staff_demand_with_everything(visit: Visit) -> None:
    known = full(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET flooded = true, region = NULL WHERE id = %s", [known.demand.id])
        refused = "INSERT INTO sent_mail (name, message_id, created_at, refused_at) VALUES (%s, %s, now(), now())"
        connection.execute(refused, [f"filed/{known.demand.id}", "<1@example.ch>"])
    at_the_desk(visit, "anna.demo")
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand")
def staff_demand_with_a_history(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=2))
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), "Found work")
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_of_an_earlier_contact(visit: Visit) -> None:
    world = visit.world
    now = world.kit.clock.now()
    contact = Contact(Channel.PHONE, now - timedelta(days=1), reason=REASON)
    known = world.file(world.somebody(), contact=contact, attempt=Attempt(now - timedelta(days=1), matches=True))
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_recorded_at_the_desk(visit: Visit) -> None:
    visit.world.enrol()
    call = Contact(Channel.PHONE, visit.world.kit.clock.now())
    known = visit.world.file(visit.world.somebody(), contact=call, actor=visit.world.caseworker())
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand")
def staff_demand_that_cannot_be_read(visit: Visit) -> None:
    known = full(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET answers = %s WHERE id = %s", [os.urandom(64), known.demand.id])
    at_the_desk(visit, "anna.demo")
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", 422)
def staff_correction_wrong(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/correct", {"contact_day": "32", "channel": "x"})


@case("staff_demands.show", "staff/demand", 422)
def staff_correction_not_earlier(visit: Visit) -> None:
    staff_demand(visit)
    today = visit.world.kit.clock.now()
    day = {"contact_day": str(today.day), "contact_month": str(today.month), "contact_year": str(today.year)}
    visit.post(f"{_here(visit)}/correct", {**day, "channel": "phone", "reason": "Note"})


@case("staff_demands.show", "staff/demand", 422, look=False)
def staff_correction_to_no_day(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/correct", {"contact_day": "31", "contact_month": "2", "channel": "phone"})


@case("staff_demands.show", "staff/demand", 422, look=False)
def staff_correction_in_words(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/correct", {"contact_day": "?", "channel": "phone"})


@case("staff_demands.show", "staff/demand", 422, look=False)
def staff_correction_in_half_a_year(visit: Visit) -> None:
    staff_demand(visit)
    day = {"contact_day": "1", "contact_month": "1", "contact_year": "99"}
    visit.post(f"{_here(visit)}/correct", {**day, "channel": "phone"})


@case("staff_demands.show", "staff/demand", 422, look=False)
def staff_correction_of_nothing(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/correct", {"channel": "phone"})


@case("staff_demands.show", "staff/demand", 422)
def staff_passing_on_wrong(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/pass-on", {"region": "", "reason": ""})


@case("staff_board.board", "staff/board")
def staff_passed_on(visit: Visit) -> None:
    staff_demand(visit)
    reference = REFERENCE.search(visit.source())
    assert reference
    visit.post(f"{_here(visit)}/pass-on", {"region": "martigny", "reason": REASON, "reference": reference[0]})


@case("staff_demands.show", "staff/demand", 422)
def staff_code_without_identity(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/code", {})


@case("staff_demands.code_made", "staff/code")
def staff_code_made(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/code", {"identity_seen": "y"})


@case("staff_demands.code_made", "staff/code")
def staff_code_gone(visit: Visit) -> None:
    """The colleague made another code since."""
    staff_code_made(visit)
    here = _here(visit)
    desk.issue_code(visit.world.kit, visit.world.caseworker(), uuid.UUID(here.rpartition("/")[2]))
    visit.get(f"{here}/code")


@case("staff_filing.new", "staff/new")
def staff_new(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get("/staff/demands/new")


@case("staff_filing.new", "staff/new", 422)
def staff_new_wrong(visit: Visit) -> None:
    staff_new(visit)
    visit.post("/staff/demands/new", {"contact_day": "1", "contact_month": "1", "contact_year": "2999"})


@case("staff_filing.new", "staff/new", 422, look=False)
def staff_new_before_the_law(visit: Visit) -> None:
    staff_new(visit)
    day = {"contact_day": "30", "contact_month": "6", "contact_year": "2021"}
    visit.post("/staff/demands/new", {**day, **SHORT, "channel": "phone"})


@case("staff_filing.new", "staff/new", 422, look=False)
def staff_new_at_no_hour(visit: Visit) -> None:
    staff_new(visit)
    visit.post("/staff/demands/new", {**SHORT, "channel": "phone", "contact_time": "noon"})


@case("staff_filing.new", "staff/new", 422)
def staff_new_without_reason(visit: Visit) -> None:
    staff_new(visit)
    day = {"contact_day": "1", "contact_month": "1", "contact_year": "2026", "channel": "x"}
    both = {"name_at_desk": "y", "phone": "079 555 12 12", "unreachable": "y"}
    visit.post("/staff/demands/new", {**day, **both, "language": "x", "name": NAME, "helper_name": HELPER})


@case("staff_filing.filed", "staff/filed")
def staff_filed(visit: Visit) -> None:
    staff_new(visit)
    sent = {**WHOLE, **hidden(visit), "channel": "walk-in", "language": "ar", "commune": str(SIERRE)}
    visit.post("/staff/demands/new", sent)


@case("staff_filing.filed", "staff/filed", look=False)
def staff_filed_for_another_centre(visit: Visit) -> None:
    staff_new(visit)
    sent = {**SHORT, **hidden(visit), "channel": "phone", "language": "de", "commune": str(VISP)}
    visit.post("/staff/demands/new", sent)


@case("staff_filing.filed", "staff/filed")
def staff_filed_an_hour_ago(visit: Visit) -> None:
    at_the_desk(visit)
    world = visit.world
    known = world.file(world.somebody(), ago=timedelta(minutes=61), actor=world.caseworker())
    with world.database.connect() as connection:
        by = "UPDATE demand SET recorded_by = (SELECT id FROM caseworker WHERE subject = 'claire.demo') WHERE id = %s"
        connection.execute(by, [known.demand.id])
    visit.cookie("staff-filed", known.token)
    visit.get("/staff/demands/filed")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_just_recorded(visit: Visit) -> None:
    staff_filed(visit)
    visit.get(_here(visit))


@case("", "errors/not-found", 404)
def staff_outside_the_scope(visit: Visit) -> None:
    known = visit.world.file(URGENT)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


def _here(visit: Visit) -> str:
    """The address of the demand that is open."""
    found = DEMAND.search(visit.source())
    assert found
    return found[0]
