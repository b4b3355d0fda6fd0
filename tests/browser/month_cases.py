"""The monthly rhythm and the calendar: months with and without something sent, a day for papers, every kind of date."""

from __future__ import annotations

import os
from datetime import timedelta

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import filing_day
from portal.domain.months import first_of_month
from portal.services import citizen
from portal.services.documents.terms import Target
from portal.services.monthly.paper_day import set_paper_day
from portal.services.monthly.rhythm import nothing_changed, take_back
from portal.services.reports.sending import Sending, send_report, withdraw_report
from portal.services.reports.stored import ReportView
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.notice_cases import form
from tests.browser.own_checklist_cases import noted
from tests.browser.papers_cases import PHOTO, worker
from tests.browser.people import REASON
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.pages.sent_papers import laid


def month(visit: Visit) -> str:
    return f"/{visit.language}/dossier/month"


def calendar(visit: Visit) -> str:
    return f"/{visit.language}/dossier/calendar"


def said(visit: Visit, known: Known) -> None:
    """Nothing changed this month."""
    now = visit.world.kit.clock.now()
    nothing_changed(visit.world.kit, me(known), first_of_month(filing_day(now)), now)


def taken_back(visit: Visit, known: Known) -> None:
    """It was said by mistake."""
    now = visit.world.kit.clock.now()
    take_back(visit.world.kit, me(known), first_of_month(filing_day(now)), now)


def moved(visit: Visit, known: Known) -> ReportView:
    """A change of this month is reported."""
    kit = visit.world.kit
    change = Change(ChangeKind.MOVED, filing_day(kit.clock.now()), None, {"rent": "1300.00"})
    return send_report(kit, me(known), Sending((change,), os.urandom(32)), kit.clock.now())


def paper_day(visit: Visit, known: Known) -> None:
    """The centre wants papers by a day of each month."""
    set_paper_day(visit.world.kit, visit.world.caseworker(), known.demand.dossier_id, 5)


@case("own_month.show", "month/own")
def month_first(visit: Visit) -> None:
    signed_in(visit)
    visit.get(month(visit))


@case("own_month.show", "month/own")
def month_with_everything(visit: Visit) -> None:
    known = noted(visit)
    kit = visit.world.kit
    for target in (Target(key="account_statements"), Target(title=REASON), Target()):
        laid(kit, worker(visit.world), me(known), PHOTO, target=target)
    paper_day(visit, known)
    said(visit, known)
    visit.get(month(visit))


@case("own_month.show", "month/own")
def month_with_a_report(visit: Visit) -> None:
    """What was said by mistake stays with its dates; the button asks for what else changed."""
    known = signed_in(visit)
    said(visit, known)
    taken_back(visit, known)
    withdraw_report(visit.world.kit, me(known), moved(visit, known).name, visit.world.kit.clock.now(), None)
    moved(visit, known)
    visit.get(month(visit))


@case("own_month.show", "month/own", look=False)
def month_said_beside_a_report(visit: Visit) -> None:
    known = signed_in(visit)
    moved(visit, known)
    said(visit, known)
    visit.get(month(visit))


@case("own_month.show", "month/own", look=False)
def month_of_an_old_file(visit: Visit) -> None:
    signed_in(visit, ago=timedelta(days=500))
    visit.get(month(visit))


@case("own_month.say", "month/own", 422, look=False)
def month_far_away(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(month(visit))
    visit.post(month(visit), {**form(known), "month": "2020-01"})


@case("own_calendar.show", "month/calendar")
def calendar_with_everything(visit: Visit) -> None:
    known = noted(visit)
    paper_day(visit, known)
    citizen.request_urgent_help(visit.world.kit, me(known), visit.world.kit.clock.now())
    visit.get(calendar(visit))


@case("own_calendar.show", "month/calendar", look=False)
def calendar_without_a_date(visit: Visit) -> None:
    known = signed_in(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(calendar(visit))
