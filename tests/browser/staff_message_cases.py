"""Threads at the desk: the list of what waits, a household's threads, answers that could not be taken."""

from __future__ import annotations

import secrets
from datetime import timedelta

from portal.domain.case_request import RequestKind
from portal.domain.demand import Announcement, Person
from portal.services.closing import close_account
from portal.services.thread.alerts import alert_request
from portal.services.thread.reading import own_thread
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.message_cases import answered, asked, said
from tests.browser.people import HELPER, REASON
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import SION, Refusing, at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, VERNAYAZ, VISP, Known


def place(known: Known, end: str = "") -> str:
    """The threads of a household."""
    return f"/staff/dossiers/{known.demand.dossier_id}/messages{end}"


def household(visit: Visit) -> Known:
    """A couple; the one wrote, was answered, and asks for urgent help."""
    known = couple(visit)
    said(visit, known, ago=timedelta(days=2))
    answered(visit, known)
    asked(visit, known, RequestKind.URGENT, REASON)
    return known


@case("staff_messages.waiting_list", "staff/messages")
def staff_messages(visit: Visit) -> None:
    """Urgent ones of this centre and others whose servers refuse, of one without address, of no centre; and the rest."""
    world = visit.world
    for commune in (SIERRE, VISP, SION, VERNAYAZ, None):
        known = world.file(Announcement(Person(HELPER), "fr", commune))
        asked(visit, known, RequestKind.URGENT)
        with world.database.connect() as connection:
            row = connection.execute(
                "SELECT id FROM case_request WHERE dossier_id = %s", [known.demand.dossier_id]
            ).fetchone()
        assert row is not None
        alert_request(world.kit, Refusing("smtp://127.0.0.1", "portal@example.ch"), row[0])
    asked(visit, world.file(Announcement(Person(), "pt", SIERRE)), RequestKind.FILE)
    said(visit, world.file(world.somebody("ar")))
    at_the_desk(visit)
    visit.get("/staff/messages")


@case("staff_messages.waiting_list", "staff/messages", look=False)
def staff_messages_none(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/messages")


@case("staff_messages.show", "staff/thread")
def staff_thread(visit: Visit) -> None:
    visit.get(place(household(visit)))


@case("staff_messages.show", "staff/thread", look=False)
def staff_thread_of_a_message(visit: Visit) -> None:
    known = couple(visit)
    answered(visit, known)
    own_thread(visit.world.kit, me(known))
    said(visit, known)
    visit.get(place(known))


@case("staff_messages.show", "staff/thread", look=False)
def staff_thread_with_a_closed_account(visit: Visit) -> None:
    known = household(visit)
    close_account(visit.world.kit, me(known))
    visit.get(place(known))


@case("staff_messages.show", "staff/thread", look=False)
def staff_thread_that_nobody_took(visit: Visit) -> None:
    known = household(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET region = NULL WHERE id = %s", [known.demand.id])
        connection.execute("UPDATE demand SET candidate_regions = ARRAY['sierre'] WHERE id = %s", [known.demand.id])
    visit.get(place(known))


@case("staff_messages.show", "staff/thread", look=False)
def staff_thread_of_another_centre(visit: Visit) -> None:
    known = household(visit)
    later = visit.world.file(Announcement(Person(HELPER), "fr", VISP))
    with visit.world.database.connect() as connection:
        connection.execute(
            "UPDATE demand SET dossier_id = %s WHERE id = %s", [known.demand.dossier_id, later.demand.id]
        )
        connection.execute("UPDATE demand SET instant = instant - interval '1 day' WHERE id = %s", [known.demand.id])
    visit.get(place(known))


@case("", "staff/thread", 422)
def staff_answer_empty(visit: Visit) -> None:
    known = household(visit)
    visit.get(place(known))
    visit.post(place(known, f"/{known.demand.adult_id}"), {"words": "", "language": "xx", "seen": "3"})


@case("", "staff/thread", 409, look=False)
def staff_answer_meanwhile(visit: Visit) -> None:
    known = household(visit)
    visit.get(place(known))
    answer = {"words": REASON, "language": "fr", "seen": "2", "made": secrets.token_urlsafe()}
    visit.post(place(known, f"/{known.demand.adult_id}"), answer)


@case("", "staff/thread", 409, look=False)
def staff_request_settled(visit: Visit) -> None:
    known = household(visit)
    visit.get(place(known))
    visit.post(place(known, f"/{known.demand.adult_id}"), {"words": "", "language": "fr", "seen": "3", "settle": "1"})


@case("", "staff/thread", 422, look=False)
def staff_settled_with_words(visit: Visit) -> None:
    known = household(visit)
    visit.get(place(known))
    words = {"words": REASON, "language": "fr", "seen": "3", "settle": "1"}
    visit.post(place(known, f"/{known.demand.adult_id}"), words)
