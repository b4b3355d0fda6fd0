"""Requests of a thread closed and opened again, at the desk and as the person reads it; a thread given to a colleague."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from portal.domain.case_request import RequestKind
from portal.domain.decision import Answers, Step
from portal.domain.request_closing import Because
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from portal.services.decisions.recording import end
from portal.services.thread import closing, desk
from portal.services.thread.closing import Request
from portal.services.thread.desk import AdultThread
from tests.browser.cases import case
from tests.browser.dossier_cases import signed_in
from tests.browser.message_cases import asked, place, said, sent
from tests.browser.own_checklist_cases import caseworker
from tests.browser.people import REASON
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.services.deciding import recorded


def looked(visit: Visit, known: Known) -> AdultThread:
    """The thread of the one who made the demand, as a caseworker who looks sees it."""
    found = desk.look_at_threads(visit.world.kit, caseworker(visit), known.demand.dossier_id)
    return next(one for one in found.adults if one.adult_id == known.demand.adult_id)


def named(visit: Visit, known: Known, nth: int = 0) -> Request:
    """The nth newest request."""
    return Request(known.demand.dossier_id, known.demand.adult_id, looked(visit, known).requests[nth].id)


def closed(visit: Visit, known: Known, because: Because, words: str = "", language: str = "fr") -> Request:
    """The newest request, closed."""
    request, thread = named(visit, known), looked(visit, known).thread
    closing.close(visit.world.kit, caseworker(visit), request, because, sent(words, language), thread.total)
    return request


def decided(visit: Visit, known: Known) -> None:
    """A decision on the newest request, recorded by one and confirmed by another."""
    kit, first = visit.world.kit, caseworker(visit)
    second = Actor(first.kind, "test", visit.world.caseworker_id("nadia.demo"), region=first.region)
    on = DeskPlace(known.demand.id)
    end(kit, second, on, recorded(kit, first, on, Answers.REQUEST, named(visit, known).id), Step.CONFIRMED)


def everything_closed(visit: Visit, known: Known) -> None:
    """A request closed for each of the reasons, and one opened again."""
    for because in (Because.HANDED, Because.TAKEN_BACK, Because.OTHER):
        asked(visit, known, RequestKind.FILE, ago=timedelta(days=5))
        closed(visit, known, because, REASON if because is Because.OTHER else "", "de")
    for _ in range(2):
        asked(visit, known, RequestKind.FILE, ago=timedelta(days=4 - _))
        looked(visit, known)
    closed(visit, known, Because.DOUBLE)
    asked(visit, known, RequestKind.REEXAMINATION, ago=timedelta(days=2))
    visit.world.enrol()
    decided(visit, known)
    request = closed(visit, known, Because.DECIDED)
    closing.reopen(visit.world.kit, caseworker(visit), request, sent(""), looked(visit, known).thread.total)
    asked(visit, known, RequestKind.DECISION, ago=timedelta(hours=2))
    closed(visit, known, Because.TAKEN_BACK, REASON, "fr")


def url(request: Request) -> str:
    return f"/staff/dossiers/{request.dossier_id}/messages/{request.adult_id}/requests/{request.id}"


def fields(visit: Visit, known: Known, **more: str) -> dict[str, str]:
    """What the page of a request sends."""
    seen = str(looked(visit, known).thread.total)
    return {"words": "", "language": "fr", "seen": seen, "made": secrets.token_urlsafe()} | more


@case("messages.show", "messages/thread")
def messages_with_requests_closed(visit: Visit) -> None:
    visit.world.enrol()
    known = signed_in(visit)
    everything_closed(visit, known)
    visit.get(place(visit))


@case("staff_messages.show", "staff/thread", look=False)
def staff_thread_with_requests_closed(visit: Visit) -> None:
    known = couple(visit)
    everything_closed(visit, known)
    visit.get(f"/staff/dossiers/{known.demand.dossier_id}/messages")


@case("staff_messages.show", "staff/thread")
def staff_thread_given_to_somebody(visit: Visit) -> None:
    known = couple(visit)
    said(visit, known)
    actor = caseworker(visit)
    where = (visit.world.kit, actor, known.demand.dossier_id, known.demand.adult_id)
    desk.assign(*where, actor.id, None)
    visit.get(f"/staff/dossiers/{known.demand.dossier_id}/messages")


def give(visit: Visit, known: Known, assignee: str, given: str = "") -> None:
    end_ = f"/staff/dossiers/{known.demand.dossier_id}/messages"
    visit.get(end_)
    visit.post(f"{end_}/{known.demand.adult_id}/assign", {"assignee": assignee, "given": given})


@case("", "staff/thread", 422, look=False)
def staff_thread_given_to_a_stranger(visit: Visit) -> None:
    give(visit, couple(visit), str(uuid.UUID(int=1)))


@case("", "staff/thread", 409)
def staff_thread_given_meanwhile(visit: Visit) -> None:
    known = couple(visit)
    actor = caseworker(visit)
    desk.assign(visit.world.kit, actor, known.demand.dossier_id, known.demand.adult_id, actor.id, None)
    give(visit, known, "nobody")


@case("staff_messages.waiting_list", "staff/messages", look=False)
def staff_messages_of_somebody(visit: Visit) -> None:
    known = couple(visit)
    said(visit, known)
    actor = caseworker(visit)
    desk.assign(visit.world.kit, actor, known.demand.dossier_id, known.demand.adult_id, actor.id, None)
    visit.get("/staff/messages?given=mine")


@case("staff_messages.waiting_list", "staff/messages", look=False)
def staff_messages_of_nobody_none(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/messages?given=nobody")


def requested(visit: Visit, kind: RequestKind) -> Known:
    """A household at the desk whose one adult asked for something."""
    known = couple(visit)
    asked(visit, known, kind, ago=timedelta(days=1))
    return known


@case("staff_requests.one", "staff/request")
def staff_request_for_a_decision(visit: Visit) -> None:
    visit.get(url(named(visit, requested(visit, RequestKind.REEXAMINATION))))


@case("staff_requests.one", "staff/request", look=False)
def staff_request_for_the_file(visit: Visit) -> None:
    visit.get(url(named(visit, requested(visit, RequestKind.FILE))))


@case("staff_requests.one", "staff/request")
def staff_request_closed(visit: Visit) -> None:
    visit.get(url(closed(visit, requested(visit, RequestKind.FILE), Because.HANDED)))


def refused(visit: Visit, kind: RequestKind, **more: str) -> None:
    """A request that cannot be closed so."""
    known = requested(visit, kind)
    request = named(visit, known)
    visit.get(url(request))
    visit.post(url(request), fields(visit, known, **more))


@case("", "staff/request", 422)
def staff_request_closed_without_a_reason(visit: Visit) -> None:
    refused(visit, RequestKind.FILE, because="", language="xx")


@case("", "staff/request", 422, look=False)
def staff_request_closed_without_words(visit: Visit) -> None:
    refused(visit, RequestKind.FILE, because="other")


@case("", "staff/request", 422, look=False)
def staff_request_closed_without_a_decision(visit: Visit) -> None:
    refused(visit, RequestKind.URGENT, because="decided")


@case("", "staff/request", 422, look=False)
def staff_request_closed_as_a_double_of_none(visit: Visit) -> None:
    refused(visit, RequestKind.FILE, because="double")


@case("", "staff/request", 409, look=False)
def staff_request_closed_meanwhile(visit: Visit) -> None:
    refused(visit, RequestKind.FILE, because="handed", seen="99", words=REASON)
