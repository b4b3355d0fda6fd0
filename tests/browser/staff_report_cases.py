"""Reports at the desk: every state, every note, what can no longer be noted; and two files that belong apart."""

from __future__ import annotations

import os
from typing import Any, Final

from portal.domain.case_request import RequestKind
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.decision import Answers
from portal.domain.demand import Need, filing_day
from portal.domain.reminders import Kind
from portal.services import apart
from portal.services.reports import desk
from portal.services.reports.rows import note_in
from portal.services.reports.sending import Sending, send_report, withdraw_report
from portal.services.reports.stored import ReportView
from tests.browser.cases import case
from tests.browser.deciding import decided
from tests.browser.dossier_cases import me, signed_in
from tests.browser.message_cases import asked
from tests.browser.people import NAME, REASON
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_call_cases import line
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, Known

NOTES: Final[tuple[tuple[EventKind, dict[str, str]], ...]] = (
    (EventKind.ASKED_BACK, {"words": REASON, "wanted_by": "2027-01-15"}),
    (EventKind.COUNTED, {"month": "2026-12-01"}),
)


def sent(visit: Visit, known: Known, **more: Any) -> ReportView:
    """A job and a new rent, with words of the person's own."""
    kit = visit.world.kit
    today = filing_day(kit.clock.now())
    changes = (
        Change(ChangeKind.NEW_JOB, today, "a", {"amount": "2100.00", "percent": 60}),
        Change(ChangeKind.MOVED, today, None, {"rent": "1300.00", "commune": SIERRE}),
    )
    wish = Sending(changes, os.urandom(32), why=REASON, words=REASON, asks_decision=True, **more)
    return send_report(kit, me(known), wish, kit.clock.now())


def place(known: Known, report: ReportView | None = None) -> str:
    end = f"/{report.name}" if report else ""
    return f"/staff/dossiers/{known.demand.dossier_id}/changes{end}"


@case("staff_reports.show", "staff/reports")
def staff_reports(visit: Visit) -> None:
    known = couple(visit)
    withdraw_report(visit.world.kit, me(known), sent(visit, known).name, visit.world.kit.clock.now(), None)
    sent(visit, known)
    visit.get(place(known))


@case("staff_reports.show", "staff/reports", look=False)
def staff_reports_none(visit: Visit) -> None:
    visit.get(place(couple(visit)))


@case("staff_reports.show", "staff/reports", look=False)
def staff_reports_of_every_state(visit: Visit) -> None:
    known = couple(visit)
    for number in range(4):
        report = sent(visit, known, settled=everything(visit, known))
        worker, kit = visit.world.caseworker(), visit.world.kit
        if number:
            desk.read_at_desk(kit, worker, report.dossier_id, report.name)
        for seen, (kind, details) in enumerate(NOTES[:number]):
            desk.note_at_desk(kit, worker, report.dossier_id, report.name, kind, details, seen=seen + 1)
        visit.get(place(known))
        if number < 3:
            withdraw_report(kit, me(known), report.name, kit.clock.now(), REASON)
    first = sent(visit, known, settled=everything(visit, known))
    sent(visit, known, corrects=first.id, settled=everything(visit, known))
    visit.get(place(known, first))
    visit.get(place(known))


def everything(visit: Visit, known: Known) -> frozenset[tuple[str, int]]:
    """Every step of every report: the person was asked about all of it."""
    found = desk.reports_at_desk(visit.world.kit, visit.world.caseworker(), known.demand.dossier_id)
    return frozenset((one.report.name, number) for one in found.reports for number in range(20))


@case("staff_reports.one", "staff/report")
def staff_report(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known, sent(visit, known)))


@case("staff_reports.one", "staff/report")
def staff_report_with_every_note(visit: Visit) -> None:
    known = couple(visit)
    report, worker = sent(visit, known), visit.world.caseworker()
    desk.read_at_desk(visit.world.kit, worker, report.dossier_id, report.name)
    for seen, (kind, details) in enumerate(NOTES):
        desk.note_at_desk(visit.world.kit, worker, report.dossier_id, report.name, kind, details, seen=seen + 1)
    visit.get(place(known, report))


def decided_alone(visit: Visit, known: Known) -> ReportView:
    """With the note of one person alone, of the time before two noted a decision: it is read, and nobody writes it any more."""
    kit, report = visit.world.kit, sent(visit, known)
    now = kit.clock.now()
    with kit.database.transaction() as session:
        day = {"day": filing_day(now).isoformat()}
        note_in(session, kit, visit.world.caseworker(), report.id, EventKind.DECIDED, now, day)
    return report


@case("staff_reports.one", "staff/report", look=False)
def staff_report_decided_by_one_alone(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known, decided_alone(visit, known)))


@case("changes.one", "changes/one", look=False)
def own_report_decided_by_one_alone(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/changes/{decided_alone(visit, known).name}")


@case("staff_reports.one", "staff/report", look=False)
def staff_report_withdrawn(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    withdraw_report(visit.world.kit, me(known), report.name, visit.world.kit.clock.now(), REASON)
    visit.get(place(known, report))


@case("staff_reports.one", "staff/report", look=False)
def staff_report_unreadable(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE change_report SET content = '\\x00' WHERE id = %s", [report.id])
    visit.get(place(known, report))


@case("staff_reports.ask_back", "staff/report", 422)
def staff_report_empty_question(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    visit.get(place(known, report))
    visit.post(f"{place(known, report)}/asked-back", {"seen": "1", "words": ""})


@case("staff_reports.count", "staff/report", 422, look=False)
def staff_report_no_month(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    visit.get(place(known, report))
    visit.post(f"{place(known, report)}/counted", {"seen": "1"})


@case("staff_reports.one", "staff/report", look=False)
def staff_report_decided(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    decided(visit, known.demand.dossier_id, Answers.REPORT, report.id)
    visit.get(place(known, report))


@case("staff_reports.one", "staff/report", look=False)
def staff_report_settled(visit: Visit) -> None:
    known = couple(visit)
    report, worker = sent(visit, known), visit.world.caseworker()
    desk.read_at_desk(visit.world.kit, worker, report.dossier_id, report.name)
    for seen, details in enumerate(({"words": REASON}, {"settled": "1"})):
        desk.note_at_desk(
            visit.world.kit, worker, report.dossier_id, report.name, EventKind.ASKED_BACK, details, seen=seen + 1
        )
    visit.get(place(known, report))


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_urgent_help_of_the_thread(visit: Visit) -> None:
    known = couple(visit)
    asked(visit, known, RequestKind.URGENT)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_reports.ask_back", "staff/report", 409)
def staff_report_noted_meanwhile(visit: Visit) -> None:
    known = couple(visit)
    report = sent(visit, known)
    visit.get(place(known, report))
    visit.post(f"{place(known, report)}/asked-back", {"seen": "0", "words": REASON})


@case("staff_board.board", "staff/board", look=False)
def staff_board_with_reports(visit: Visit) -> None:
    known = couple(visit)
    sent(visit, known)
    asked(visit, known, RequestKind.URGENT)
    line(visit, known, Kind.PAPERS_WEEK)
    visit.get("/staff/")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_reports(visit: Visit) -> None:
    known = couple(visit)
    sent(visit, known)
    visit.get(f"/staff/demands/{known.demand.id}")


def parted(visit: Visit) -> Known:
    """Somebody of this file has one of their own."""
    known = visit.world.file(visit.world.somebody(visit.language))
    wish = apart.Wish("+41 79 555 00 09", None, None, SIERRE, (Need.LODGING,), code_is_mine=True)
    kit = visit.world.kit
    apart.part(kit, me(known), wish, os.urandom(32), kit.clock.now(), None, visit.language)
    return known


@case("staff_demands.show", "staff/demand")
def staff_demand_left(visit: Visit) -> None:
    known = parted(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_apart(visit: Visit) -> None:
    known = parted(visit)
    at_the_desk(visit)
    with visit.world.database.connect() as connection:
        row = connection.execute(
            "SELECT d.id FROM demand d JOIN apart a ON a.new_dossier_id = d.dossier_id WHERE a.old_dossier_id = %s",
            [known.demand.dossier_id],
        ).fetchone()
    assert row is not None
    visit.get(f"/staff/demands/{row[0]}")


@case("apart.not_safe", "apart/not_safe")
def not_safe(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/not-safe")


@case("apart.not_safe", "apart/not_safe", 422)
def not_safe_without_an_answer(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/not-safe")
    visit.post(
        f"/{visit.language}/dossier/not-safe",
        {"reference": known.demand.reference, "email": NAME, "needs": ["food"], "commune": str(SIERRE)},
    )
