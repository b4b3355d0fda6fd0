"""The own thread with the centre: empty, with answers and requests in every state; each request's page."""

from __future__ import annotations

import secrets
from datetime import timedelta

from portal.domain.case_request import LONGEST, RequestKind
from portal.services import limits
from portal.services.thread import asking, desk, writing
from portal.services.thread.rows import Sent
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.notice_cases import form
from tests.browser.people import REASON, RELATION
from tests.browser.visits import Visit
from tests.browser.world import Known


def sent(words: str, language: str = "fr") -> Sent:
    """A form of its own."""
    return Sent(words, secrets.token_urlsafe(), language)


def said(visit: Visit, known: Known, words: str = REASON, ago: timedelta = timedelta()) -> None:
    """The person wrote this."""
    kit = visit.world.kit
    writing.write(kit, me(known), sent(words, visit.language), kit.clock.now() - ago)


def asked(visit: Visit, known: Known, kind: RequestKind, words: str = "", ago: timedelta = timedelta()) -> None:
    """The person asked for this."""
    kit = visit.world.kit
    asking.ask(kit, me(known), kind, sent(words, visit.language), kit.clock.now() - ago)


def answered(visit: Visit, known: Known, words: str = REASON, *, settled: bool = False) -> None:
    """The centre looked, and answered; or noted that it does not have to."""
    kit, actor = visit.world.kit, visit.world.caseworker()
    found = desk.look_at_threads(kit, actor, known.demand.dossier_id)
    where = (kit, actor, known.demand.dossier_id, known.demand.adult_id)
    seen = next(one.thread.total for one in found.adults if one.adult_id == known.demand.adult_id)
    if settled:
        desk.settle(*where, sent(""), seen)
    else:
        desk.answer(*where, sent(words), seen)


def place(visit: Visit, end: str = "messages") -> str:
    """A page of the thread."""
    return f"/{visit.language}/dossier/{end}"


@case("messages.show", "messages/thread")
def messages_none(visit: Visit) -> None:
    signed_in(visit)
    visit.get(place(visit))


@case("messages.show", "messages/thread")
def messages(visit: Visit) -> None:
    known = signed_in(visit)
    said(visit, known, ago=timedelta(days=3))
    answered(visit, known)
    for kind in RequestKind:
        asked(visit, known, kind, REASON if kind is RequestKind.URGENT else "", ago=timedelta(hours=2))
    visit.get(place(visit))


@case("messages.show", "messages/thread", look=False)
def messages_answered_and_settled(visit: Visit) -> None:
    known = signed_in(visit)
    said(visit, known, ago=timedelta(days=2))
    answered(visit, known, settled=True)
    asked(visit, known, RequestKind.URGENT, ago=timedelta(days=1))
    answered(visit, known)
    asked(visit, known, RequestKind.FILE)
    desk.look_at_threads(visit.world.kit, visit.world.caseworker(), known.demand.dossier_id)
    visit.get(place(visit))


@case("messages.show", "messages/thread", look=False)
def messages_of_two_pages(visit: Visit) -> None:
    known = signed_in(visit)
    for _ in range(52):
        answered(visit, known)
    visit.get(place(visit) + "?page=2")
    visit.get(place(visit))


@case("messages.show", "messages/thread", look=False)
def messages_older(visit: Visit) -> None:
    known = signed_in(visit)
    for _ in range(52):
        answered(visit, known)
    visit.get(place(visit) + "?page=2")


@case("messages.show", "messages/thread", look=False)
def messages_unreadable(visit: Visit) -> None:
    known = signed_in(visit)
    said(visit, known)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE thread_message SET details = 'x'")
    visit.get(place(visit))


@case("messages.show", "messages/thread", 422)
def message_empty(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(place(visit))
    visit.post(place(visit), {**form(known), "words": " "})


@case("messages.show", "messages/thread", 422, look=False)
def message_too_long(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(place(visit))
    visit.post(place(visit), {**form(known), "words": "x" * (LONGEST + 1)})


@case("messages.show", "messages/thread", 429, look=False)
def message_of_a_flood(visit: Visit) -> None:
    known = signed_in(visit)
    for _ in range(writing.MOST):
        limits.count(visit.world.kit, "thread-write", str(known.demand.adult_id))
    visit.get(place(visit))
    visit.post(place(visit), {**form(known), "words": RELATION})


@case("messages.ask", "messages/request")
def request_urgent(visit: Visit) -> None:
    signed_in(visit)
    visit.get(place(visit, "requests/urgent"))


@case("messages.ask", "messages/request", look=False)
def request_reexamination(visit: Visit) -> None:
    signed_in(visit)
    visit.get(place(visit, "requests/reexamination"))


@case("messages.ask", "messages/request", look=False)
def request_decision(visit: Visit) -> None:
    signed_in(visit)
    visit.get(place(visit, "requests/decision"))


@case("messages.ask", "messages/request", look=False)
def request_file(visit: Visit) -> None:
    signed_in(visit)
    visit.get(place(visit, "requests/file"))


@case("messages.ask", "messages/request", 409)
def request_that_stands(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(place(visit, "requests/urgent"))
    asked(visit, known, RequestKind.URGENT)
    visit.post(place(visit, "requests/urgent"), {**form(known), "words": REASON})


@case("messages.ask", "messages/request", 422, look=False)
def request_too_long(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(place(visit, "requests/file"))
    visit.post(place(visit, "requests/file"), {**form(known), "words": "x" * (LONGEST + 1)})
