"""Pages at the desk: new on the list, with their item, one by itself, of no item, files that cannot be seen."""

from __future__ import annotations

from portal.domain.document import FileState
from portal.domain.document_request import Refusal, RequestState, other_key
from portal.services import document_requests
from portal.services.document_requests import Note
from portal.services.documents import arranging
from portal.services.documents.desk import page_at_desk
from portal.services.documents.terms import Target
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.own_checklist_cases import answered, caseworker
from tests.browser.papers_cases import no_store
from tests.browser.paperwork import sent
from tests.browser.people import REASON, RELATION
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.pages.paperwork import send
from tests.services.sending import photo

KEY, TITLE = "lease", RELATION


def root(known: Known) -> str:
    """Where the papers of a demand stand."""
    return f"/staff/demands/{known.demand.id}"


def looked_at(visit: Visit, known: Known, pages: int = 1) -> None:
    """A paper that the centre has looked at."""
    document = sent(visit, known, KEY, pages)
    page_at_desk(visit.world.kit, caseworker(visit), known.demand, document.pages[0].id, thumb=False)


@case("staff_papers.show", "staff/papers", look=False)
def staff_papers_before_any_answer(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    sent(visit, known, "identity_paper@a")
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist")


@case("staff_papers.show", "staff/papers", look=False)
def staff_papers_of_a_demand_that_nobody_took(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET region = NULL WHERE id = %s", [known.demand.id])
        connection.execute("UPDATE demand SET candidate_regions = ARRAY['sierre'] WHERE id = %s", [known.demand.id])
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_new_papers(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    sent(visit, known, "identity_paper@a")
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_papers.show", "staff/papers")
def staff_papers_with_new_pages(visit: Visit) -> None:
    known = answered(visit)
    kit, actor = visit.world.kit, me(known)
    sent(visit, known, KEY, 2)
    sent(visit, known, "payslips@a")
    other = sent(visit, known, None, title=TITLE)
    note = Note(RequestState.REFUSED, refusal=Refusal.OTHER, words=REASON)
    document_requests.note_at_desk(kit, caseworker(visit), known.demand.dossier_id, other_key(other.id), note)
    send(kit, actor, photo("LATER"), Target(key=KEY))
    bad, _paper = send(kit, actor, b"no picture", Target(key=KEY), "1")
    with visit.world.database.connect("postgres") as connection:
        connection.execute("UPDATE document_file SET state = %s WHERE id = %s", [FileState.REFUSED.value, bad])
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist")


@case("staff_papers.note", "staff/paper")
def staff_paper_with_pages(visit: Visit) -> None:
    known = answered(visit)
    looked_at(visit, known)
    arranging.turn_page(visit.world.kit, me(known), sent(visit, known, KEY, 2).pages[1].id)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/{KEY}")


@case("staff_papers.note", "staff/paper", look=False)
def staff_paper_with_one_paper(visit: Visit) -> None:
    known = answered(visit)
    sent(visit, known, KEY)
    at_the_desk(visit)
    visit.get(f"{root(known)}/checklist/{KEY}")


@case("staff_documents.page", "staff/documents_page")
def staff_page_by_itself(visit: Visit) -> None:
    known = answered(visit)
    document = sent(visit, known, KEY, 3)
    at_the_desk(visit)
    visit.get(f"{root(known)}/pages/{document.pages[1].id}")


@case("", "errors/store", 503, without=no_store, look=False)
def staff_page_while_the_store_is_away(visit: Visit) -> None:
    visit.world.stack.s3.start()
    known = answered(visit)
    document = sent(visit, known, KEY)
    at_the_desk(visit)
    visit.world.stack.s3.stop()
    visit.get(f"{root(known)}/pages/{document.pages[0].id}.jpg")


@case("staff_documents.other", "staff/documents_other")
def staff_paper_of_no_item(visit: Visit) -> None:
    known = answered(visit)
    document = sent(visit, known, None)
    note = Note(RequestState.SEEN, words=REASON)
    document_requests.note_at_desk(
        visit.world.kit, caseworker(visit), known.demand.dossier_id, other_key(document.id), note
    )
    at_the_desk(visit)
    visit.get(f"{root(known)}/documents/{document.id}")


@case("staff_documents.other", "staff/documents_other", 422, look=False)
def staff_paper_of_no_item_refused_without_a_reason(visit: Visit) -> None:
    known = answered(visit)
    document = sent(visit, known, None, title=TITLE)
    at_the_desk(visit)
    visit.get(f"{root(known)}/documents/{document.id}")
    visit.post(f"{root(known)}/documents/{document.id}", {"state": "refused", "refusal": "other"})
