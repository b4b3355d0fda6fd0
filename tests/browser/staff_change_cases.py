"""The pages of a report at the desk, as a caseworker opens them with the person: the same pages, behind the other door."""

from __future__ import annotations

from portal.services.reports.stored import ReportView
from tests.browser.cases import case
from tests.browser.staff_adult_cases import FORM, helped
from tests.browser.staff_report_cases import sent
from tests.browser.visits import Visit


def page(visit: Visit, end: str = "") -> None:
    """A page of the reports on the form that is open."""
    visit.get(f"{FORM}/{visit.language}/dossier/changes{end}")


def reported(visit: Visit) -> ReportView:
    """A form with a report that was sent before."""
    return sent(visit, helped(visit))


@case("staff_form.changes.show", "changes/list", look=False)
def staff_changes(visit: Visit) -> None:
    reported(visit)
    page(visit)


@case("staff_form.changes.new", "changes/what", look=False)
def staff_change_new(visit: Visit) -> None:
    helped(visit)
    page(visit, "/new")


@case("staff_form.changes.what_if", "changes/what", look=False)
def staff_change_what_if(visit: Visit) -> None:
    helped(visit)
    page(visit, "/what-if")


@case("staff_form.changes.one", "changes/one", look=False)
def staff_change_one(visit: Visit) -> None:
    page(visit, f"/{reported(visit).name}")


@case("staff_form.changes.withdraw", "changes/withdraw", look=False)
def staff_change_withdraw(visit: Visit) -> None:
    page(visit, f"/{reported(visit).name}/withdraw")


@case("staff_form.changes.correct", "changes/details", look=False)
def staff_change_correct(visit: Visit) -> None:
    page(visit, f"/{reported(visit).name}/correct")
