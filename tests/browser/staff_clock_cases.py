"""The desk: the board of clocks in each of its states, lines given to somebody, absences, and a call."""

from __future__ import annotations

import os
import uuid
from datetime import date, timedelta
from typing import Final

from portal.domain.case_request import RequestKind
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import Announcement, Person, filing_day
from portal.domain.document_request import RequestState
from portal.services import absences
from portal.services.at_desk import DeskPlace
from portal.services.clock_board import Hold, assign, clock_board
from portal.services.clock_lines import Wanted
from portal.services.document_requests import Note, note_at_desk
from portal.services.reports.sending import Sending, send_report
from portal.services.thread.asking import ask
from portal.services.thread.rows import Sent
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.people import FOUND, LATIN, NOWHERE, TIGRINYA, WHOLE, WRONG
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import HUNDRED_MORE, at_the_desk
from tests.browser.staff_household_cases import ELSEWHERE, HERE, moved
from tests.browser.staff_paper_file_cases import opened
from tests.browser.staff_report_cases import sent
from tests.browser.staff_search_cases import BIRTH, BORN, somebody
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, VERNAYAZ, Known

PLACE: Final = "/staff/clocks"
CALL: Final = "/staff/call"
COLLEAGUE: Final = "nadia.demo"


def today(visit: Visit) -> date:
    return filing_day(visit.world.kit.clock.now())


def everything(visit: Visit) -> Known:
    """Late, today, soon, later and without a day; of every kind; seen and not seen; taken and not taken."""
    world = visit.world
    world.enrol()
    for days in (40, 30, 28, 3):
        world.file(world.somebody("fr", urgent=days == 3), ago=timedelta(days=days))
    world.file(Announcement(Person(TIGRINYA, LATIN, unreachable=True), "en", VERNAYAZ))
    world.file(Announcement(Person(), "fr"))
    known = world.file(world.somebody("ar"))
    for kind in RequestKind:
        ask(world.kit, me(known), kind, Sent("", f"token-{kind}", "fr"), world.kit.clock.now())
    note = Note(RequestState.TO_BRING, wanted_by=today(visit) + timedelta(days=1))
    note_at_desk(world.kit, world.caseworker(), known.demand.dossier_id, "lease", note)
    return known


def given(visit: Visit, whom: uuid.UUID, first: int, last: int) -> None:
    """Some lines of the board are somebody's."""
    actor = visit.world.caseworker()
    found = clock_board(visit.world.kit, actor, Wanted()).lines[first:last]
    assign(visit.world.kit, actor, [Hold(one.hand, one.hand_id, one.given) for one in found], whom)


def away(visit: Visit, subject: str, days: int = 5) -> None:
    """Somebody is away, as they said themselves."""
    world = visit.world
    actor = world.caseworker()
    own = type(actor)(actor.kind, actor.request_id, world.caseworker_id(subject), region="sierre")
    absences.note(world.kit, own, world.caseworker_id(subject), today(visit) + timedelta(days=days))


@case("staff_clocks.show", "staff/clocks")
def staff_clocks(visit: Visit) -> None:
    everything(visit)
    given(visit, visit.world.caseworker_id(), 0, 2)
    given(visit, visit.world.caseworker_id(COLLEAGUE), 3, 5)
    away(visit, COLLEAGUE)
    at_the_desk(visit)
    visit.get(PLACE)


@case("staff_clocks.show", "staff/clocks", look=False)
def staff_clocks_with_reports(visit: Visit) -> None:
    world = visit.world
    known = couple(visit)
    sent(visit, known)
    wish = Sending((Change(ChangeKind.ABROAD, today(visit), "a"),), os.urandom(32))
    send_report(world.kit, me(known), wish, world.kit.clock.now())
    at_the_desk(visit)
    visit.get(PLACE)


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_in_the_hands_of_somebody_away(visit: Visit) -> None:
    known = everything(visit)
    given(visit, visit.world.caseworker_id(COLLEAGUE), 0, 20)
    away(visit, COLLEAGUE)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_with_a_moved_file(visit: Visit) -> None:
    place = DeskPlace(dossier_id=opened(visit))
    moved(visit, place)
    moved(visit, place, ELSEWHERE, HERE)
    visit.get(PLACE)


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_limited(visit: Visit) -> None:
    everything(visit)
    at_the_desk(visit)
    visit.get(f"{PLACE}?clock=decision&state=late&hand=nobody")


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_without_a_match(visit: Visit) -> None:
    everything(visit)
    at_the_desk(visit)
    visit.get(f"{PLACE}?hand=away")


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_empty(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get(PLACE)


@case("staff_clocks.show", "staff/clocks", look=False)
def staff_clocks_of_many_pages(visit: Visit) -> None:
    visit.world.file(visit.world.somebody())
    with visit.world.database.connect() as connection:
        connection.execute(HUNDRED_MORE)
    at_the_desk(visit)
    visit.get(f"{PLACE}?page=2")


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_given(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.world.enrol()
    at_the_desk(visit)
    visit.get(PLACE)
    visit.post(PLACE, {"items": [f"demand:{known.demand.id}:"], "assignee": str(visit.world.caseworker_id())})


@case("staff_clocks.show", "staff/clocks")
def staff_clocks_given_meanwhile(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.world.enrol()
    at_the_desk(visit)
    visit.get(PLACE)
    given(visit, visit.world.caseworker_id(COLLEAGUE), 0, 20)
    visit.post(PLACE, {"items": [f"demand:{known.demand.id}:"], "assignee": str(visit.world.caseworker_id())})


@case("staff_clocks.assign", "staff/clocks", 422)
def staff_clocks_nothing_chosen(visit: Visit) -> None:
    visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(PLACE)
    visit.post(PLACE, {"assignee": ""})


@case("staff_absences.show", "staff/absences")
def staff_absences(visit: Visit) -> None:
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/absences")


@case("staff_absences.show", "staff/absences")
def staff_absences_of_two(visit: Visit) -> None:
    visit.world.enrol()
    away(visit, "claire.demo")
    away(visit, COLLEAGUE, 20)
    at_the_desk(visit)
    visit.get("/staff/absences")


@case("staff_absences.note", "staff/absences", 422)
def staff_absences_without_a_day(visit: Visit) -> None:
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/absences")
    visit.post("/staff/absences", {"whose": "x"})


@case("staff_absences.note", "staff/absences", 422, look=False)
def staff_absences_for_too_long(visit: Visit) -> None:
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/absences")
    whose = str(visit.world.caseworker_id())
    year = str(today(visit).year + 3)
    visit.post("/staff/absences", {"whose": whose, "until-day": "1", "until-month": "2", "until-year": year})


@case("staff_phone.call", "staff/call")
def staff_call(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(CALL)


@case("staff_phone.call", "staff/call", script=False)
def staff_call_without_script(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(CALL)


@case("staff_phone.call", "staff/call")
def staff_call_of_somebody_known(visit: Visit) -> None:
    somebody(visit, FOUND)
    somebody(visit, FOUND, None)
    somebody(visit, TIGRINYA, BORN, latin_name=FOUND)
    at_the_desk(visit)
    visit.get(CALL)
    visit.post(CALL, {"name": FOUND, "language": "fr", "commune": str(SIERRE), "_look": "1", **BIRTH})


@case("staff_phone.call", "staff/call")
def staff_call_of_somebody_new(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(CALL)
    visit.post(CALL, {"name": NOWHERE, "language": "fr", "_look": "1"})


@case("staff_phone.call", "staff/call", 422)
def staff_call_wrong(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(CALL)
    visit.post(CALL, {**WRONG, "language": "x", "contact_day": "31", "contact_month": "2", "contact_time": "25:00"})


@case("staff_filing.filed", "staff/filed")
def staff_call_filed(visit: Visit) -> None:
    visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(CALL)
    token = visit.source().split('name="filing_token" value="')[1].split('"')[0]
    visit.post(CALL, {**WHOLE, "language": "fr", "filing_token": token})
