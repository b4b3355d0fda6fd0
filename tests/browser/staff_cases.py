"""The pages of the staff desk."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import requests

from portal.domain.demand import Announcement, Channel, Person
from portal.services import citizen
from portal.services.filing import Attempt
from tests.browser.cases import case, no_provider
from tests.browser.citizen_cases import HELPER, NAME, TIGRINYA, URGENT, WHOLE, me
from tests.browser.visits import ClientVisit, Visit, hidden
from tests.browser.world import SIERRE, VERNAYAZ, Known

LATIN = "Yohannes Tesfay"
DEMAND = re.compile(r"/staff/demands/[0-9a-f]{8}-[0-9a-f-]{27}")

HUNDRED_MORE = """
    INSERT INTO demand SELECT more.* FROM demand AS one, generate_series(1, 100) AS number, jsonb_populate_record(one,
    jsonb_build_object('id', gen_random_uuid(), 'token_hash', sha256((random() + number)::text::bytea))) AS more
    WHERE one.id = (SELECT id FROM demand LIMIT 1)
"""


def at_the_desk(visit: Visit, subject: str = "claire.demo") -> None:
    """Sign a caseworker in."""
    visit.cookie("staff", visit.world.staff_visit(subject, visit.language))


def full(visit: Visit) -> Known:
    """A demand of the Upper Valais with everything that staff may have to know, and a possible match."""
    world = visit.world
    world.file(URGENT, channel=Channel.PHONE)
    proven = Attempt(world.kit.clock.now() - timedelta(hours=2), matches=False)
    return world.file(URGENT, ago=timedelta(minutes=5), attempt=proven)


@case("staff_sign_in.sign_in")
def staff_sign_in(visit: Visit) -> None:
    visit.get("/staff/")


@case("staff_sign_in.callback", 403)
def staff_sign_in_not_valid(visit: Visit) -> None:
    visit.get("/staff/callback?code=x&state=x")


@case("staff_sign_in.callback", 403, here=True)
def staff_sign_in_of_a_stranger(visit: Visit) -> None:
    """The provider knows the person, the portal does not; the way through the provider is walked by hand."""
    assert isinstance(visit, ClientVisit)
    visit.get("/staff/sign-in")
    token = visit.source().split('name="csrf_token" value="')[1].split('"')[0]
    start = visit.client.post("/staff/sign-in", data={"csrf_token": token})
    answer = requests.post(start.headers["Location"], data={"sub": "stranger"}, allow_redirects=False, timeout=10)
    visit.get("/staff/callback?" + answer.headers["Location"].partition("?")[2])


@case("", 503, here=True, without=no_provider)
def staff_without_provider(visit: Visit) -> None:
    visit.world.app.extensions["oauth"].staff.server_metadata.clear()  # as a process that has just started
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {})


@case("staff_board.board")
def staff_board(visit: Visit) -> None:
    world = visit.world
    for days in (0, 31, 3):
        world.file(world.somebody("fr", urgent=days == 3), ago=timedelta(days=days))
    known = world.file(world.somebody("ar"), attempt=Attempt(world.kit.clock.now(), matches=True))
    world.correct(known, world.kit.clock.now() - timedelta(days=2))
    world.file(Announcement(Person(TIGRINYA, LATIN, interpreter=True), "en", None))
    world.file(Announcement(Person(), "fr", VERNAYAZ, urgent=True))
    with world.database.connect() as connection:
        connection.execute("UPDATE demand SET flooded = true WHERE filing_date = current_date")
    at_the_desk(visit)
    visit.get("/staff/")


@case("staff_board.board")
def staff_board_withdrawn(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    at_the_desk(visit)
    visit.get("/staff/?withdrawn=1")


@case("staff_board.board")
def staff_board_empty(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/")


@case("staff_board.board")
def staff_board_of_three_pages(visit: Visit) -> None:
    visit.world.file(visit.world.somebody())
    with visit.world.database.connect() as connection:
        connection.execute(HUNDRED_MORE)
    at_the_desk(visit)
    visit.get("/staff/?page=2")


@case("staff_demands.show")
def staff_demand(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show")
def staff_demand_with_everything(visit: Visit) -> None:
    known = full(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET flooded = true, region = NULL WHERE id = %s", [known.demand.id])
    at_the_desk(visit, "anna.demo")
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show")
def staff_demand_with_a_history(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.world.correct(known, visit.world.kit.clock.now() - timedelta(days=2))
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), "Found work")
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show")
def staff_demand_that_cannot_be_read(visit: Visit) -> None:
    known = full(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET answers = %s WHERE id = %s", [os.urandom(64), known.demand.id])
    at_the_desk(visit, "anna.demo")
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", 422)
def staff_correction_wrong(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/correct", {"contact_day": "32", "channel": "x"})


@case("staff_demands.show", 422)
def staff_correction_not_earlier(visit: Visit) -> None:
    staff_demand(visit)
    today = visit.world.kit.clock.now()
    day = {"contact_day": str(today.day), "contact_month": str(today.month), "contact_year": str(today.year)}
    visit.post(f"{_here(visit)}/correct", {**day, "channel": "phone", "reason": "Note"})


@case("staff_demands.show", 422)
def staff_passing_on_wrong(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/pass-on", {"region": "", "reason": ""})


@case("staff_demands.show", 422)
def staff_code_without_identity(visit: Visit) -> None:
    staff_demand(visit)
    visit.post(f"{_here(visit)}/code", {})


@case("staff_filing.new")
def staff_new(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get("/staff/demands/new")


@case("staff_filing.new", 422)
def staff_new_wrong(visit: Visit) -> None:
    staff_new(visit)
    visit.post("/staff/demands/new", {"contact_day": "1", "contact_month": "1", "contact_year": "2999"})


@case("staff_filing.new", 422)
def staff_new_without_reason(visit: Visit) -> None:
    staff_new(visit)
    day = {"contact_day": "1", "contact_month": "1", "contact_year": "2026", "channel": "x"}
    visit.post("/staff/demands/new", {**day, "language": "x", "name": NAME, "helper_name": HELPER})


@case("staff_filing.filed")
def staff_filed(visit: Visit) -> None:
    staff_new(visit)
    sent = {**WHOLE, **hidden(visit), "channel": "walk-in", "language": "ar", "commune": str(SIERRE)}
    visit.post("/staff/demands/new", sent)


@case("staff_filing.filed")
def staff_filed_an_hour_ago(visit: Visit) -> None:
    at_the_desk(visit)
    world = visit.world
    known = world.file(world.somebody(), ago=timedelta(minutes=61), actor=world.caseworker())
    with world.database.connect() as connection:
        by = "UPDATE demand SET recorded_by = (SELECT id FROM caseworker WHERE subject = 'claire.demo') WHERE id = %s"
        connection.execute(by, [known.demand.id])
    visit.cookie("staff-filed", known.token)
    visit.get("/staff/demands/filed")


@case("", 404)
def staff_outside_the_scope(visit: Visit) -> None:
    known = visit.world.file(URGENT)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


def _here(visit: Visit) -> str:
    """The address of the demand that is open."""
    found = DEMAND.search(visit.source())
    assert found
    return found[0]
