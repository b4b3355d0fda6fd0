"""A look into the file of another region: the form, its faults, the one page, and what a team lead reads of it."""

from __future__ import annotations

from typing import Final

from portal.domain.case_request import RequestKind
from portal.domain.demand import Announcement, Person
from portal.domain.glance import MOST_TRIES, Reason
from portal.services import limits
from portal.services.at_desk import DeskPlace
from tests.browser.cases import case
from tests.browser.message_cases import asked
from tests.browser.people import LATIN, REASON, TIGRINYA
from tests.browser.staff_adult_cases import COUPLE
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_household_cases import closed, reference_of
from tests.browser.staff_log_cases import LEAD
from tests.browser.staff_paper_file_cases import opened
from tests.browser.visits import Visit
from tests.browser.world import VISP, Known

FORM: Final = "/staff/elsewhere"
NOBODYS: Final = "VS-1234-5678-89"


def elsewhere(visit: Visit) -> Known:
    """A demand of the Upper Valais; a caseworker of Sierre is at the desk."""
    known = visit.world.file(visit.world.somebody(visit.language, commune=VISP, urgent=True), situation=COUPLE)
    at_the_desk(visit)
    return known


def said(reference: str, reason: Reason = Reason.AT_DESK) -> dict[str, str]:
    return {"reference": reference, "why": reason.value, "glance_words": REASON}


def looked(visit: Visit, reference: str, reason: Reason = Reason.AT_DESK) -> None:
    visit.get(FORM)
    visit.post(FORM, said(reference, reason))


@case("staff_glances.ask", "staff/glance")
def staff_glance(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(FORM)


@case("staff_glances.ask", "staff/glance", 422)
def staff_glance_with_nothing(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(FORM)
    visit.post(FORM, {})


@case("staff_glances.ask", "staff/glance", 422, look=False)
def staff_glance_of_nobody(visit: Visit) -> None:
    at_the_desk(visit)
    looked(visit, NOBODYS)


@case("staff_glances.ask", "staff/glance", 422, look=False)
def staff_glance_of_ones_own(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody("fr"))
    at_the_desk(visit)
    looked(visit, known.demand.reference)


@case("staff_glances.ask", "staff/glance", 422, look=False)
def staff_glance_too_often(visit: Visit) -> None:
    at_the_desk(visit)
    for _ in range(MOST_TRIES):
        limits.count(visit.world.kit, "glance", str(visit.world.caseworker_id()))
    looked(visit, NOBODYS)


@case("staff_glances.show", "staff/glance_file")
def staff_glance_file(visit: Visit) -> None:
    looked(visit, elsewhere(visit).demand.reference)


@case("staff_glances.show", "staff/glance_file", look=False)
def staff_glance_file_beside_an_open_one(visit: Visit) -> None:
    """Urgent help was asked for in a message since; a file of the own region is open meanwhile."""
    known = visit.world.file(visit.world.somebody(visit.language, commune=VISP))
    own = visit.world.file(visit.world.somebody("fr"))
    asked(visit, known, RequestKind.URGENT)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{own.demand.id}")
    looked(visit, known.demand.reference, Reason.DANGER)


@case("staff_glances.show", "staff/glance_file", look=False)
def staff_glance_file_of_few_words(visit: Visit) -> None:
    """Who said no name and has no way to be reached; nothing was answered."""
    person = Person(TIGRINYA, LATIN, unreachable=True, interview_language="ti", interpreter=True)
    known = visit.world.file(Announcement(person, visit.language, VISP))
    at_the_desk(visit)
    looked(visit, known.demand.reference, Reason.DANGER)


@case("staff_glances.show", "staff/glance_file", look=False)
def staff_glance_file_on_paper(visit: Visit) -> None:
    file = opened(visit)
    closed(visit, DeskPlace(dossier_id=file))
    at_the_desk(visit, "anna.demo")
    looked(visit, reference_of(visit, file), Reason.STANDS_IN)


@case("staff_glances.ask", "staff/glance", look=False)
def staff_glance_while_one_is_open(visit: Visit) -> None:
    looked(visit, elsewhere(visit).demand.reference)
    visit.get(FORM)


@case("staff_log.centre", "staff/log")
def staff_log_with_glances(visit: Visit) -> None:
    """Of a file of the own region, and by one of the own people."""
    visit.world.enrol()
    own = visit.world.file(visit.world.somebody("fr"))
    looked(visit, elsewhere(visit).demand.reference)
    at_the_desk(visit, "anna.demo")
    looked(visit, own.demand.reference, Reason.MOVES_HERE)
    at_the_desk(visit, LEAD)
    visit.get("/staff/log")
