"""The monthly rhythm at the desk: who said what, the day for papers, a day that is none."""

from __future__ import annotations

from dataclasses import replace

from portal.services.monthly.paper_day import set_paper_day
from portal.services.reports.sending import withdraw_report
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.month_cases import paper_day, said, taken_back
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_report_cases import sent
from tests.browser.visits import Visit
from tests.browser.world import Known


def place(known: Known) -> str:
    return f"/staff/dossiers/{known.demand.dossier_id}/month"


@case("staff_month.show", "staff/month")
def staff_month(visit: Visit) -> None:
    known = couple(visit)
    said(visit, known)
    paper_day(visit, known)
    visit.get(place(known))


@case("staff_month.show", "staff/month")
def staff_month_with_reports(visit: Visit) -> None:
    """One that holds, one taken back; said by mistake, and said again beside the report that holds."""
    known = couple(visit)
    said(visit, known)
    taken_back(visit, known)
    withdraw_report(visit.world.kit, me(known), sent(visit, known).name, visit.world.kit.clock.now(), None)
    sent(visit, known)
    said(visit, known)
    visit.get(place(known))


@case("staff_month.show", "staff/month", look=False)
def staff_month_without_a_day(visit: Visit) -> None:
    known = couple(visit)
    paper_day(visit, known)
    set_paper_day(visit.world.kit, visit.world.caseworker(), known.demand.dossier_id, None)
    visit.get(place(known))


@case("staff_month.show", "staff/month", look=False)
def staff_month_of_somebody_without_a_name(visit: Visit) -> None:
    nameless = replace(visit.world.somebody(), person=replace(visit.world.somebody().person, name=None))
    known = visit.world.file(nameless)
    at_the_desk(visit)
    visit.get(place(known))


@case("staff_month.set_day", "staff/month", 422, look=False)
def staff_month_of_no_day(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), {"day": "31"})
