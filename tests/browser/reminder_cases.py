"""Reminders: what there is now, e-mails wished and ended, the link of a mail, no decision noted here."""

from __future__ import annotations

import os
from datetime import timedelta

from sqlalchemy import select

from portal.domain.case_request import RequestKind
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.models import ChangeReport
from portal.services import citizen
from portal.services.document_requests import Note, note_at_desk
from portal.services.reminders import wishes
from portal.services.reports import desk, drafting
from portal.services.reports.reading import own_reports
from portal.services.reports.sending import Sending, send_report
from portal.services.thread import asking
from portal.services.thread.rows import Sent
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.notice_cases import COUPLE, form
from tests.browser.people import REASON
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known

ADDRESS = "o.rey@example.ch"


def wished(visit: Visit, known: Known) -> str:
    """The link of the mails that this person wished for."""
    kit = visit.world.kit
    wishes.wish(kit, me(known), ADDRESS, visit.language)
    found, _ = wishes.own_wish(kit, me(known))
    assert found is not None
    return wishes.token_of(kit, found.id)


@case("reminders.show", "reminders/own")
def reminders_of_day_25(visit: Visit) -> None:
    """The clock, the answers, and papers that the centre wants."""
    known = signed_in(visit, ago=timedelta(days=25), situation=COUPLE)
    wanted = filing_day(visit.world.kit.clock.now()) + timedelta(days=5)
    note = Note(RequestState.TO_BRING, wanted_by=wanted)
    note_at_desk(visit.world.kit, visit.world.caseworker(), known.demand.dossier_id, "lease", note)
    visit.get(f"/{visit.language}/dossier/reminders")


@case("reminders.show", "reminders/own", look=False)
def reminders_of_day_30(visit: Visit) -> None:
    signed_in(visit, ago=timedelta(days=30))
    visit.get(f"/{visit.language}/dossier/reminders")


@case("reminders.show", "reminders/own")
def reminders_of_day_31_by_mail(visit: Visit) -> None:
    known = signed_in(visit, ago=timedelta(days=31))
    wished(visit, known)
    visit.get(f"/{visit.language}/dossier/reminders")


def asked(visit: Visit, days: int) -> Known:
    """A new decision was asked for so many days ago, after a rent that changed; the demand itself is of long before."""
    known = signed_in(visit, ago=timedelta(days=days + 45), situation=COUPLE)
    at = visit.world.kit.clock.now() - timedelta(days=days)
    change = Change(ChangeKind.MOVED, filing_day(at), None, {"rent": "1300.00"})
    send_report(visit.world.kit, me(known), Sending((change,), os.urandom(32), asks_decision=True), at)
    return known


@case("reminders.show", "reminders/own")
def reminders_of_a_new_decision(visit: Visit) -> None:
    """Before its last day; and a report that was kept a week ago and not sent."""
    known = asked(visit, 26)
    drafting.keep_draft(visit.world.kit, me(known), {"kinds": ["moved"]})
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE report_draft SET saved_at = saved_at - interval '8 days'")
    visit.get(f"/{visit.language}/dossier/reminders")


@case("reminders.show", "reminders/own", look=False)
def reminders_of_a_new_decision_on_its_day(visit: Visit) -> None:
    asked(visit, 30)
    visit.get(f"/{visit.language}/dossier/reminders")


@case("reminders.show", "reminders/own")
def reminders_of_a_new_decision_after_its_day(visit: Visit) -> None:
    asked(visit, 31)
    visit.get(f"/{visit.language}/dossier/reminders")


@case("dossier.show", "dossier/show")
def dossier_with_new_decisions_asked(visit: Visit) -> None:
    """By a report, whose last day has passed, and by a request of today: two clocks."""
    known = asked(visit, 31)
    kit = visit.world.kit
    asking.ask(
        kit, me(known), RequestKind.REEXAMINATION, Sent("", os.urandom(9).hex(), visit.language), kit.clock.now()
    )
    visit.get(f"/{visit.language}/dossier")


def asked_back(visit: Visit, details: dict[str, str]) -> str:
    """The centre asks about a report; its ten letters."""
    known, kit = asked(visit, 1), visit.world.kit
    (report,) = own_reports(kit, me(known))
    worker = visit.world.caseworker()
    desk.read_at_desk(kit, worker, report.dossier_id, report.name)
    desk.note_at_desk(kit, worker, report.dossier_id, report.name, EventKind.ASKED_BACK, details, seen=1)
    return report.name


@case("reminders.show", "reminders/own", look=False)
def reminders_of_a_question_of_the_centre(visit: Visit) -> None:
    asked_back(visit, {"words": REASON})
    visit.get(f"/{visit.language}/dossier/reminders")


@case("own_calendar.show", "month/calendar", look=False)
def calendar_with_a_question_of_the_centre(visit: Visit) -> None:
    asked_back(visit, {"words": REASON, "wanted_by": "2099-01-15"})
    visit.get(f"/{visit.language}/dossier/calendar")


@case("changes.one", "changes/one", look=False)
def change_with_a_question_of_the_centre(visit: Visit) -> None:
    visit.get(f"/{visit.language}/dossier/changes/{asked_back(visit, {'words': REASON, 'wanted_by': '2099-01-15'})}")


@case("changes.one", "changes/one", look=False)
def change_of_which_a_question_is_settled(visit: Visit) -> None:
    name = asked_back(visit, {"words": REASON})
    kit, worker = visit.world.kit, visit.world.caseworker()
    with kit.database.reading() as session:
        dossier = session.scalars(select(ChangeReport.dossier_id)).one()
    desk.note_at_desk(kit, worker, dossier, name, EventKind.ASKED_BACK, {"settled": "1"}, seen=2)
    visit.get(f"/{visit.language}/dossier/changes/{name}")


@case("staff_board.board", "staff/board", look=False)
def staff_board_urgent_once_more(visit: Visit) -> None:
    """Filed as urgent, and asked for again in the thread two days later."""
    world = visit.world
    known = world.file(world.somebody("fr", urgent=True), ago=timedelta(days=2))
    sent = Sent("", os.urandom(9).hex(), visit.language)
    asking.ask(world.kit, me(known), RequestKind.URGENT, sent, world.kit.clock.now())
    at_the_desk(visit)
    visit.get("/staff/")


@case("changes.correct", "changes/details", look=False)
def change_corrected_with_its_clock(visit: Visit) -> None:
    name = asked_back(visit, {"words": REASON})
    visit.get(f"/{visit.language}/dossier/changes/{name}/correct")


@case("dossier.show", "dossier/show")
def dossier_with_a_question_of_the_centre(visit: Visit) -> None:
    asked_back(visit, {"words": REASON, "wanted_by": "2099-01-15"})
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_with_urgent_help_of_the_thread(visit: Visit) -> None:
    known, kit = signed_in(visit), visit.world.kit
    asking.ask(kit, me(known), RequestKind.URGENT, Sent("", os.urandom(9).hex(), visit.language), kit.clock.now())
    visit.get(f"/{visit.language}/dossier")


@case("reminders.show", "reminders/own")
def reminders_with_the_mails_that_were_sent(visit: Visit) -> None:
    """One of each word; one that was refused, one that has not left."""
    known = signed_in(visit)
    row = (
        "INSERT INTO sent_mail (name, message_id, created_at, sent_at, refused_at, adult_id)"
        " VALUES (%s, 'x', now(), %s, %s, %s)"
    )
    now, adult = visit.world.kit.clock.now(), known.demand.adult_id
    with visit.world.database.connect() as connection:
        for kind, sent, refused in (
            ("filed", now, None), ("answer", now, None), ("decision-25", now, None), ("papers-2", None, now),
            ("situation-7", None, None),
        ):  # fmt: skip
            connection.execute(row, [f"{kind}/{os.urandom(9).hex()}", sent, refused, adult])
    visit.get(f"/{visit.language}/dossier/reminders")


@case("reminders.show", "reminders/own")
def reminders_none(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/reminders")


@case("", "reminders/own", 422)
def reminders_without_an_address(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/reminders")
    visit.post(f"/{visit.language}/dossier/reminders", {**form(known), "email": ""})


@case("reminders.no_decision", "reminders/no_decision")
def no_decision_is_noted(visit: Visit) -> None:
    signed_in(visit, ago=timedelta(days=33))
    visit.get(f"/{visit.language}/dossier/no-decision")


@case("reminders.no_decision", "reminders/no_decision", look=False)
def no_decision_yet(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/no-decision")


@case("reminders.no_decision", "reminders/no_decision", look=False)
def no_decision_of_a_withdrawn_demand(visit: Visit) -> None:
    known = signed_in(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(f"/{visit.language}/dossier/no-decision")


@case("reminder_link.show", "reminders/link")
def link_of_a_reminder(visit: Visit) -> None:
    visit.get(f"/{visit.language}/reminders/{wished(visit, signed_in(visit))}")


@case("reminder_link.show", "reminders/link")
def link_of_a_reminder_ended(visit: Visit) -> None:
    token = wished(visit, signed_in(visit))
    wishes.end_by_link(visit.world.kit, token, "test")
    visit.get(f"/{visit.language}/reminders/{token}")


@case("reminder_link.show", "reminders/unknown", 404)
def link_of_a_reminder_unknown(visit: Visit) -> None:
    visit.get(f"/{visit.language}/reminders/{'x' * 43}")
