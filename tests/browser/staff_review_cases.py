"""The review of papers at the desk: the queue, a paper page by page, the end of a household; what is missing before a call."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from portal.domain.case_request import RequestKind
from portal.domain.demand import Announcement, Person, filing_day
from portal.domain.document_request import Refusal, RequestState, centre_key, other_key
from portal.services import document_requests
from portal.services.document_requests import Note
from portal.services.documents.shelf import DocumentView
from tests.browser.cases import case
from tests.browser.dossier_cases import signed_in
from tests.browser.message_cases import asked
from tests.browser.own_checklist_cases import answered, caseworker
from tests.browser.paperwork import sent
from tests.browser.people import HELPER, REASON
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_document_cases import KEY, TITLE, root
from tests.browser.staff_paper_desk_cases import answered as on_paper
from tests.browser.staff_paper_desk_cases import paper
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, Known


def waiting(visit: Visit, pages: int = 1) -> Known:
    """A household of the list whose lease waits; a caseworker is at the desk."""
    known = answered(visit)
    sent(visit, known, KEY, pages)
    at_the_desk(visit)
    return known


def noted(visit: Visit, known: Known, key: str, note: Note) -> None:
    """A caseworker who has the list before them notes something of a paper."""
    kit, dossier = visit.world.kit, known.demand.dossier_id
    with kit.database.reading() as session:
        mark = document_requests.marks_in(session, kit, dossier, "fr").get(key)
    document_requests.note_at_desk(kit, caseworker(visit), dossier, key, note, seen=mark.at if mark else None)


@case("staff_review.queue", "staff/review_queue")
def staff_review_queue(visit: Visit) -> None:
    """One whose clock is past, one whose clock runs, one of a file without a demand."""
    late = visit.world.file(Announcement(Person(HELPER), "fr", SIERRE), ago=timedelta(days=40))
    sent(visit, late, "identity_paper@a")
    _root, person = on_paper(visit)
    paper(visit, person)
    waiting(visit)
    visit.get("/staff/papers")


@case("staff_review.queue", "staff/review_queue", look=False)
def staff_review_queue_empty(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/papers")


@case("staff_review.paper", "staff/review")
def staff_review_of_a_paper(visit: Visit) -> None:
    known = waiting(visit, 3)
    visit.get(f"{root(known)}/review/{KEY}?page=2")


@case("staff_review.paper", "staff/review")
def staff_review_without_keys(visit: Visit) -> None:
    known = waiting(visit)
    visit.cookie("desk-keys", "off")
    visit.get(f"{root(known)}/review/{KEY}")


@case("staff_review.paper", "staff/review", script=False, look=False)
def staff_review_without_script(visit: Visit) -> None:
    """Of a household that has sent no answers yet."""
    known, key = visit.world.file(visit.world.somebody()), "identity_paper@a"
    sent(visit, known, key, 2)
    at_the_desk(visit)
    visit.get(f"{root(known)}/review/{key}?page=2&turn=90")


@case("staff_review.paper", "staff/review", look=False)
def staff_review_of_a_paper_of_no_item(visit: Visit) -> None:
    known = answered(visit)
    document = sent(visit, known, None, title=TITLE)
    at_the_desk(visit)
    visit.get(f"{root(known)}/review/other@{document.id}")


@case("", "staff/review", 422)
def staff_review_refused_without_a_reason(visit: Visit) -> None:
    known = waiting(visit)
    visit.get(f"{root(known)}/review/{KEY}")
    visit.post(f"{root(known)}/review/{KEY}", {"state": "refused", "refusal": ""})


@case("", "staff/review", 409)
def staff_review_of_other_pages(visit: Visit) -> None:
    known = waiting(visit)
    visit.get(f"{root(known)}/review/{KEY}")
    visit.post(f"{root(known)}/review/{KEY}", {"state": "refused", "refusal": "unreadable", "words": REASON})


@case("", "staff/paper", 409, look=False)
def staff_paper_noted_of_other_pages(visit: Visit) -> None:
    known = waiting(visit)
    visit.get(f"{root(known)}/checklist/{KEY}")
    visit.post(f"{root(known)}/checklist/{KEY}", {"state": "accepted"})


@case("", "staff/review_gone", 409)
def staff_review_of_a_paper_that_waits_no_more(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist")
    noted(visit, known, KEY, Note(RequestState.SEEN))
    visit.get(f"{root(known)}/checklist/{KEY}")
    visit.post(f"{root(known)}/review/{KEY}", {"state": "refused", "refusal": "other", "words": REASON})


@case("staff_review.start", "staff/review_done")
def staff_review_done(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/review")


@case("staff_review.start", "staff/review_done", look=False)
def staff_review_done_with_some_left(visit: Visit) -> None:
    known = waiting(visit)
    visit.get(f"{root(known)}/review?after={KEY}")


@case("staff_asking_papers.ask", "staff/paper_ask")
def staff_ask_for_a_paper(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/ask")


@case("", "staff/paper_ask", 422)
def staff_ask_for_a_paper_wrongly(visit: Visit) -> None:
    """A paper that is somebody's own, and nobody named; no day."""
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/ask")
    visit.post(f"{root(known)}/checklist/ask", {"paper": "payslips", "person": ""})


@case("", "staff/paper_ask", 422, look=False)
def staff_ask_for_no_paper(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/ask")
    visit.post(f"{root(known)}/checklist/ask", {"paper": ""})


@case("", "staff/paper_ask", 422, look=False)
def staff_ask_for_a_paper_without_words(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/ask")
    visit.post(f"{root(known)}/checklist/ask", {"paper": "own"})


@case("staff_papers.show", "staff/papers")
def staff_paper_asked_for_before_any_answer(visit: Visit) -> None:
    """A paper of its own title was refused with a day; then one is asked for in words, and the list says so once."""
    known = visit.world.file(visit.world.somebody())
    refused_with_a_day(visit, known)
    at_the_desk(visit)
    place = f"{root(known)}/checklist/ask"
    visit.get(place)
    year = str(filing_day(visit.world.kit.clock.now()).year + 1)
    day = {"wanted_by-day": "1", "wanted_by-month": "2", "wanted_by-year": year}
    visit.post(place, {"paper": "own", "words": REASON, "language": "fr", **day})


def refused_with_a_day(visit: Visit, known: Known) -> DocumentView:
    """The centre refuses a paper of its own title, and wants a better one by a day."""
    document = sent(visit, known, None, title=TITLE)
    note = Note(RequestState.REFUSED, refusal=Refusal.CUT_OFF, wanted_by=date(2026, 12, 20))
    noted(visit, known, other_key(document.id), note)
    return document


@case("staff_documents.other", "staff/documents_other", look=False)
def staff_paper_of_no_item_refused_with_a_day(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    document = refused_with_a_day(visit, known)
    at_the_desk(visit)
    visit.get(f"{root(known)}/documents/{document.id}")


@case("staff_missing.show", "staff/missing", look=False)
def staff_missing_of_papers_before_any_answer(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    refused_with_a_day(visit, known)
    asked_for(visit, known)
    at_the_desk(visit)
    visit.get(f"{root(known)}/missing")


@case("papers.document", "papers/paper", look=False)
def own_paper_of_no_item_refused_with_a_day(visit: Visit) -> None:
    document = refused_with_a_day(visit, signed_in(visit))
    visit.get(f"/{visit.language}/dossier/documents/{document.id}")


@case("papers.show_all", "papers/all", look=False)
def own_papers_sent_and_refused(visit: Visit) -> None:
    refused_with_a_day(visit, signed_in(visit))
    visit.get(f"/{visit.language}/dossier/papers")


@case("dossier.show", "dossier/show")
def dossier_with_papers_asked_for_and_refused(visit: Visit) -> None:
    known = signed_in(visit)
    refused_with_a_day(visit, known)
    asked_for(visit, known)
    visit.get(f"/{visit.language}/dossier")


@case("own_month.show", "month/own", look=False)
def own_month_with_papers_asked_for(visit: Visit) -> None:
    known = signed_in(visit)
    asked_for(visit, known)
    visit.get(f"/{visit.language}/dossier/month")


def asked_for(visit: Visit, known: Known) -> None:
    """The centre asks for a paper of the catalogue, and for one in its own words."""
    months = (date(2026, 9, 1), date(2026, 10, 1))
    for key in ("separation_ruling", centre_key(uuid.UUID(int=7))):
        note = Note(RequestState.TO_BRING, words=REASON, language="de", wanted_by=date(2026, 12, 20), asks=months)
        document_requests.ask_at_desk(visit.world.kit, caseworker(visit), known.demand.dossier_id, key, note)


@case("dossier_checklist.show", "checklist/own")
def own_checklist_with_what_the_centre_asks_for(visit: Visit) -> None:
    asked_for(visit, answered(visit))
    visit.get(f"/{visit.language}/dossier/checklist")


@case("papers.show", "papers/paper", look=False)
def own_paper_that_the_centre_asks_for(visit: Visit) -> None:
    asked_for(visit, answered(visit))
    visit.get(f"/{visit.language}/dossier/papers/{centre_key(uuid.UUID(int=7))}")


@case("staff_missing.show", "staff/missing")
def staff_missing(visit: Visit) -> None:
    known = answered(visit)
    for key, note in (
        ("identity_paper@a", Note(RequestState.TO_BRING, wanted_by=date(2026, 12, 20))),
        (KEY, Note(RequestState.REFUSED, refusal=Refusal.CUT_OFF, words=REASON, language="de")),
    ):
        noted(visit, known, key, note)
    asked(visit, known, RequestKind.FILE)
    at_the_desk(visit)
    visit.get(f"{root(known)}/missing")


@case("staff_missing.show", "staff/missing", look=False)
def staff_missing_without_answers_and_number(visit: Visit) -> None:
    known = visit.world.file(Announcement(Person(HELPER), "fr", SIERRE))
    at_the_desk(visit)
    visit.get(f"{root(known)}/missing")
