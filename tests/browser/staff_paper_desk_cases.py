"""Files that began on paper at the desk: answers, papers, rights, the form with the person; and the person's own lists."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Final

from portal.domain.document import FileState
from portal.domain.reminders import Due, Kind, To
from portal.domain.situation import Relation
from portal.services import at_desk, snapshots
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace
from portal.services.documents import shelf
from portal.services.documents.checking import check_document
from portal.services.documents.shelf import DocumentView
from portal.services.documents.terms import Target
from portal.services.reminders.due import list_call
from portal.services.situations import add_person
from tests.browser.cases import case
from tests.browser.people import RELATION
from tests.browser.staff_paper_file_cases import PLACE, at_home, opened
from tests.browser.visits import Visit
from tests.pages.paperwork import send
from tests.services.sending import QUICK, photo

LISTED: Final = "identity_paper@a"
FORM: Final = "/staff/form"


def person_of(visit: Visit, dossier: uuid.UUID) -> Actor:
    """The person of a file, as services know them."""
    head = at_desk.head(visit.world.kit, visit.world.caseworker(), DeskPlace(dossier_id=dossier))
    return Actor(ActorKind.CITIZEN, "test", head.adult_id, dossier, person="a")


def answered(visit: Visit) -> tuple[str, Actor]:
    """Where a file stands whose answers were sent, with its person; a caseworker is at the desk."""
    dossier = opened(visit)
    person = person_of(visit, dossier)
    add_person(visit.world.kit, person, Relation.CHILD)
    snapshots.send(visit.world.kit, person)
    return f"{PLACE}/{dossier}", person


def paper(visit: Visit, person: Actor, key: str | None = LISTED, title: str | None = None) -> DocumentView:
    """A paper of one page that can be looked at."""
    file_id, document = send(visit.world.kit, person, photo("PAGE 1"), Target(key=key, title=title), "1")
    assert check_document(visit.world.kit, QUICK, file_id) is FileState.READY
    return shelf.document_of(visit.world.kit, person, document)


@case("staff_paper_files.show", "staff/paper_file")
def staff_paper_file_with_answers_and_papers(visit: Visit) -> None:
    root, person = answered(visit)
    paper(visit, person)
    visit.get(root)


@case("staff_papers.show", "staff/papers")
def staff_paper_file_papers(visit: Visit) -> None:
    root, person = answered(visit)
    paper(visit, person)
    visit.get(f"{root}/checklist")


@case("staff_papers.note", "staff/paper", look=False)
def staff_paper_file_paper(visit: Visit) -> None:
    root, person = answered(visit)
    paper(visit, person)
    visit.get(f"{root}/checklist/{LISTED}")


@case("staff_documents.page", "staff/documents_page", look=False)
def staff_paper_file_page(visit: Visit) -> None:
    root, person = answered(visit)
    visit.get(f"{root}/pages/{paper(visit, person).pages[0].id}")


@case("staff_documents.other", "staff/documents_other", look=False)
def staff_paper_file_other_paper(visit: Visit) -> None:
    root, person = answered(visit)
    visit.get(f"{root}/documents/{paper(visit, person, None, RELATION).id}")


@case("staff_summary.summary", "staff/summary")
def staff_paper_file_summary(visit: Visit) -> None:
    root, _person = answered(visit)
    visit.get(f"{root}/summary")


@case("staff_adults.show", "staff/adults")
def staff_paper_file_adults(visit: Visit) -> None:
    root, _person = answered(visit)
    visit.get(f"{root}/adults")


@case("staff_notices.show", "staff/rights", look=False)
def staff_paper_file_rights(visit: Visit) -> None:
    root, _person = answered(visit)
    visit.get(f"{root}/rights")


@case("staff_calls.show", "staff/calls", look=False)
def staff_call_list_with_a_paper_file(visit: Visit) -> None:
    person = person_of(visit, opened(visit))
    assert person.dossier_id is not None
    day = date(2026, 11, 20)
    due = Due(f"{Kind.PAPERS_WEEK}/{person.dossier_id}", Kind.PAPERS_WEEK, To.PERSON, person.dossier_id, person.id, day)
    list_call(visit.world.kit, due, "no-mail")
    visit.get("/staff/call-list")


def helped(visit: Visit) -> None:
    """A caseworker fills in the form with the person of a file whose answers were sent."""
    root, person = answered(visit)
    visit.get(f"{root}/adults")
    visit.post(f"{root}/adults/{person.id}/help", {"present": "y"})


@case("staff_form.situation.tasks", "situation/tasks")
def staff_form_of_a_paper_file(visit: Visit) -> None:
    helped(visit)
    visit.get(f"{FORM}/{visit.language}/dossier/situation")


@case("staff_form.situation_check.sent", "situation/sent", look=False)
def staff_form_of_a_paper_file_sent(visit: Visit) -> None:
    helped(visit)
    visit.get(f"{FORM}/{visit.language}/dossier/situation/sent")


@case("staff_form.changes.show", "changes/list", look=False)
def staff_form_of_a_paper_file_changes(visit: Visit) -> None:
    helped(visit)
    visit.get(f"{FORM}/{visit.language}/dossier/changes")


@case("situation.tasks", "situation/tasks", look=False)
def situation_tasks_on_paper(visit: Visit) -> None:
    at_home(visit)
    visit.get(f"/{visit.language}/dossier/situation")


@case("dossier_checklist.show", "checklist/own")
def own_checklist_on_paper(visit: Visit) -> None:
    """Nothing is asked for."""
    at_home(visit)
    visit.get(f"/{visit.language}/dossier/checklist")


@case("situation_check.sent", "situation/sent", look=False)
def situation_sent_on_paper(visit: Visit) -> None:
    person = at_home(visit)
    snapshots.send(visit.world.kit, person)
    visit.get(f"/{visit.language}/dossier/situation/sent")
