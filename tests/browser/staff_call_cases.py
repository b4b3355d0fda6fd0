"""The desk: reminders to print or to call about, and what gave up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.domain.reminders import DECISION, REEXAMINATION, Due, Kind, To
from portal.services.reminders import calling
from portal.services.reminders.answer_words import ANSWER_CLOSED, WHY_CLOSED
from portal.services.reminders.due import list_call
from tests.browser.cases import case
from tests.browser.people import URGENT
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known

DAY = date(2026, 11, 20)


def line(visit: Visit, known: Known, kind: str, why: str = "no-mail", region: str | None = None) -> None:
    """A line of the desk's list."""
    demand = known.demand
    to, adult = (To.CENTRE, None) if region else (To.PERSON, demand.adult_id)
    list_call(visit.world.kit, Due(f"{kind}/{demand.id}/{DAY}", kind, to, demand.dossier_id, adult, DAY, region), why)


@case("staff_calls.show", "staff/calls")
def staff_call_list(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    for kind in (*DECISION, *REEXAMINATION, Kind.PAPERS_WEEK):
        line(visit, known, kind)
    line(visit, known, Kind.SITUATION_WEEK, "refused")
    line(visit, known, ANSWER_CLOSED, WHY_CLOSED)
    for kind in (Kind.NOT_OPENED, Kind.NOT_READ, Kind.WORDS_NOT_READ):
        line(visit, known, kind, region="sierre")
    line(visit, known, "of-another-part")
    actor = visit.world.caseworker()
    done = calling.call_list(visit.world.kit, actor).lines[0]
    calling.mark_done(visit.world.kit, actor, done.id)
    at_the_desk(visit)
    visit.get("/staff/call-list")


@case("staff_calls.show", "staff/calls", look=False)
def staff_call_list_with_an_interpreter(visit: Visit) -> None:
    known = visit.world.file(URGENT)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET region = 'sierre' WHERE id = %s", [known.demand.id])
        connection.execute("UPDATE adult SET name = NULL WHERE id = %s", [known.demand.adult_id])
    line(visit, known, Kind.DECISION_PASSED)
    at_the_desk(visit)
    visit.get("/staff/call-list")


@case("staff_calls.show", "staff/calls", look=False)
def staff_call_list_of_somebody_without_a_phone(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    with visit.world.database.connect() as connection:
        connection.execute(
            "UPDATE adult SET phone = NULL, postal_address = NULL WHERE id = %s", [known.demand.adult_id]
        )
    line(visit, known, Kind.DECISION_PASSED)
    at_the_desk(visit)
    visit.get("/staff/call-list")


@case("staff_calls.show", "staff/calls", look=False)
def staff_call_list_of_somebody_with_an_e_mail_address(visit: Visit) -> None:
    reached = replace(visit.world.somebody().person, phone=None, email="odette.rey@example.ch")
    known = visit.world.file(replace(visit.world.somebody(), person=reached))
    line(visit, known, Kind.DECISION_PASSED)
    at_the_desk(visit)
    visit.get("/staff/call-list")


@case("staff_calls.show", "staff/calls", look=False)
def staff_call_list_of_many(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    for number in range(2 * calling.PAGE + 1):
        line(visit, known, f"{Kind.PAPERS_WEEK}-{number}")
    at_the_desk(visit)
    visit.get("/staff/call-list?page=2")


@case("staff_calls.show", "staff/calls")
def staff_call_list_empty(visit: Visit) -> None:
    with visit.world.database.connect() as connection:
        connection.execute("DELETE FROM call_list")
    at_the_desk(visit)
    visit.get("/staff/call-list")


@case("staff_calls.failures", "staff/failures")
def staff_failures(visit: Visit) -> None:
    failed(visit)
    at_the_desk(visit)
    visit.get("/staff/failures")


@case("staff_calls.failures", "staff/failures", look=False)
def staff_no_failures(visit: Visit) -> None:
    with visit.world.database.connect() as connection:
        connection.execute("SET LOCAL search_path = public, jobs")
        connection.execute("DELETE FROM jobs.procrastinate_jobs WHERE status = 'failed'")
        connection.execute("DELETE FROM sent_mail WHERE refused_at IS NOT NULL OR tries > 1")
    at_the_desk(visit)
    visit.get("/staff/failures")


def failed(visit: Visit) -> None:
    """A job that gave up, and a mail that was refused."""
    with visit.world.database.connect() as connection:
        connection.execute("SET LOCAL search_path = public, jobs")
        for task in (
            *("tell_filing", "alert_duty", "sweep_due", "publish_head", "check_document", "tidy", "of_another"),
            *("tell_answer", "tell_report", "tell_invitation", "make_figures"),
        ):
            connection.execute(
                "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, status, attempts)"
                " VALUES ('default', %s, 'failed', 2000)",
                [task],
            )
        for kind in ("decision-25", "filed", "urgent", "answer", "report", "invitation"):
            connection.execute(
                "INSERT INTO sent_mail (name, message_id, created_at, refused_at, tries)"
                " VALUES (%s, '<refused@example.ch>', now(), now(), 1) ON CONFLICT DO NOTHING",
                [f"{kind}/refused/2026-11-20"],
            )
