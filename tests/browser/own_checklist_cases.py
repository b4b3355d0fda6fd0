"""The papers of a dossier, for the person and at the desk: every state, «I cannot get this», and what a caseworker notes."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.domain.document_request import Asker, Obstacle, Refusal, RequestState
from portal.domain.situation import Relation
from portal.domain.situation.questions import pages
from portal.services import document_requests, situations, snapshots
from portal.services.actor import Actor, ActorKind
from portal.services.document_requests import Note
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.people import REASON
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit, hidden
from tests.browser.world import Known

ANSWERS: dict[str, dict[str, Any]] = {
    "home": {"home": "rented"},
    "rent": {"rent": "900.00"},
    "activity@a": {"activity": "employed"},
    "permit@a": {"permit": "b", "permit_state": "valid"},
    "accounts": {"accounts": "200.00"},
    "vehicles": {"vehicles": "0.00"},
}
STATES: tuple[tuple[str, Note], ...] = (
    ("identity_paper@a", Note(RequestState.SEEN)),
    ("avs_number@a", Note(RequestState.ACCEPTED)),
    ("account_iban@a", Note(RequestState.REFUSED, refusal=Refusal.UNREADABLE, wanted_by=date(2026, 12, 20))),
    ("residence_permit@a", Note(RequestState.REFUSED, refusal=Refusal.INCOMPLETE)),
    ("health_policies", Note(RequestState.REFUSED, refusal=Refusal.OTHER_MONTHS)),
    ("premium_reduction_decision", Note(RequestState.REFUSED, refusal=Refusal.OUT_OF_DATE)),
    ("payslips@a", Note(RequestState.REFUSED, refusal=Refusal.OTHER_PERSON)),
    ("work_contract@a", Note(RequestState.REFUSED, refusal=Refusal.OTHER_PAPER)),
    ("tax_ruling", Note(RequestState.REFUSED, refusal=Refusal.NOT_SIGNED)),
    ("lease", Note(RequestState.REFUSED, refusal=Refusal.OTHER, words=REASON)),
    ("rent_notice", Note(RequestState.REFUSED, refusal=Refusal.CUT_OFF, words=REASON, language="de")),
    ("account_statements", Note(RequestState.REFUSED, refusal=Refusal.EXPIRED)),
)
CANNOT: tuple[tuple[str, Obstacle, Asker], ...] = (
    ("lease", Obstacle.LOST, Asker.SELF),
    ("rent_notice", Obstacle.COSTS, Asker.CENTRE),
    ("account_statements", Obstacle.THIRD_PARTY, Asker.UNDECIDED),
    ("health_policies", Obstacle.ABROAD, Asker.SELF),
    ("premium_reduction_decision", Obstacle.AFRAID, Asker.SELF),
    ("tax_ruling", Obstacle.OTHER, Asker.SELF),
)


def answered(visit: Visit) -> Known:
    """A dossier with some answers, sent."""
    known = visit.world.file(visit.world.somebody(visit.language))
    give(visit, known, ANSWERS)
    snapshots.send(visit.world.kit, me(known))
    visit.cookie("citizen", visit.world.visit(known))
    return known


def give(visit: Visit, known: Known, answers: dict[str, dict[str, Any]]) -> None:
    """Save answers as the person's own pages do."""
    kit, actor = visit.world.kit, me(known)
    for key, said in answers.items():
        opened = situations.open_situation(kit, actor)
        on = opened.filing_date
        page = next(page for page in pages(opened.draft.situation(on), on) if page.key == key)
        seen = situations.mark_of(kit, opened.draft, page)
        situations.save_page(kit, actor, page, said, seen=seen)


def caseworker(visit: Visit) -> Actor:
    """Somebody of the centre."""
    caseworker_id = visit.world.caseworker_id()
    return Actor(ActorKind.STAFF, "test", caseworker_id, region="sierre")


def noted(visit: Visit) -> Known:
    """The same, with every state that a caseworker can note."""
    known = answered(visit)
    kit, dossier = visit.world.kit, known.demand.dossier_id
    seen = {item.key: item.noted_at for item in document_requests.own_checklist(kit, me(known), "fr").items}
    for key, note in STATES:
        document_requests.note_at_desk(kit, caseworker(visit), dossier, key, note, seen=seen[key])
    return known


@case("dossier_checklist.show", "checklist/own")
def own_papers_before_any_answer(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/checklist")


@case("dossier_checklist.show", "checklist/own", look=False)
def own_papers_not_sent(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    give(visit, known, {"home": {"home": "rented"}})
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/checklist")


@case("dossier_checklist.show", "checklist/own")
def own_papers_seen_accepted_refused(visit: Visit) -> None:
    noted(visit)
    visit.get(f"/{visit.language}/dossier/checklist")


@case("dossier_checklist.show", "checklist/own")
def own_papers_that_cannot_be_had(visit: Visit) -> None:
    known = answered(visit)
    for key, obstacle, asker in CANNOT:
        note = Note(RequestState.CANNOT, obstacle, asker, words=REASON)
        document_requests.note_own(visit.world.kit, me(known), key, note)
    visit.get(f"/{visit.language}/dossier/checklist")


@case("dossier_checklist.show", "checklist/own", look=False)
def own_papers_no_longer_needed(visit: Visit) -> None:
    known = answered(visit)
    give(visit, known, {"home": {"home": "none"}})
    visit.get(f"/{visit.language}/dossier/checklist")


@case("dossier_checklist.cannot", "checklist/cannot")
def cannot_get_it(visit: Visit) -> None:
    answered(visit)
    visit.get(f"/{visit.language}/dossier/checklist/lease")


@case("dossier_checklist.cannot", "checklist/cannot", 422)
def cannot_get_it_without_a_reason(visit: Visit) -> None:
    known = answered(visit)
    visit.get(f"/{visit.language}/dossier/checklist/lease")
    visit.post(
        f"/{visit.language}/dossier/checklist/lease",
        {"reference": known.demand.reference, "whose": "a", "words": REASON},
    )


@case("dossier_checklist.cannot", "checklist/cannot", look=False)
def cannot_get_it_said_before(visit: Visit) -> None:
    known = answered(visit)
    document_requests.note_own(
        visit.world.kit, me(known), "lease", Note(RequestState.CANNOT, Obstacle.LOST, Asker.SELF)
    )
    visit.get(f"/{visit.language}/dossier/checklist/lease")


@case("staff_papers.show", "staff/papers")
def staff_papers_before_anything_was_sent(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody("fr"))
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist")


@case("staff_papers.show", "staff/papers")
def staff_papers(visit: Visit) -> None:
    known = noted(visit)
    document_requests.note_own(
        visit.world.kit, me(known), "lease", Note(RequestState.CANNOT, Obstacle.LOST, Asker.SELF)
    )
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist")


@case("staff_demands.show", "staff/demand")
def staff_demand_with_what_was_sent(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_papers.note", "staff/paper")
def staff_paper(visit: Visit) -> None:
    known = noted(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist/payslips@a")


@case("staff_papers.note", "staff/paper", 409, look=False)
def staff_paper_noted_meanwhile(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist/lease")
    visit.post(f"/staff/demands/{known.demand.id}/checklist/lease", {"state": "accepted", "seen": ""})


@case("staff_papers.note", "staff/paper", 422, look=False)
def staff_paper_refused_without_a_reason(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist/lease")
    past = {"wanted_by-day": "1", "wanted_by-month": "1", "wanted_by-year": "2026"}
    visit.post(f"/staff/demands/{known.demand.id}/checklist/lease", {"state": "refused", **past})


@case("staff_papers.note", "staff/paper", 422, look=False)
def staff_paper_without_a_state(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/checklist/lease")
    visit.post(f"/staff/demands/{known.demand.id}/checklist/lease", {"wanted_by-day": "1"})


@case("", "errors/unreadable", 503)
def answers_that_cannot_be_opened(visit: Visit) -> None:
    known = answered(visit)
    visit.get(f"/{visit.language}/dossier/situation/debts")
    fields = {**hidden(visit), "debts": "1234"}
    with visit.world.database.connect() as connection:
        connection.execute(
            "UPDATE situation_draft SET content = set_byte(content, 70, get_byte(content, 70) # 1) WHERE dossier_id = %s",
            (known.demand.dossier_id,),
        )
    visit.post(f"/{visit.language}/dossier/situation/debts", fields)


@case("situation.question", "situation/gone", 409)
def question_no_longer_asked(visit: Visit) -> None:
    known = answered(visit)
    person = situations.add_person(visit.world.kit, me(known), Relation.CHILD)
    visit.get(f"/{visit.language}/dossier/situation/birth/{person}")
    fields = {"name": REASON, "reference": known.demand.reference, "whose": "a"}
    situations.remove_person(visit.world.kit, me(known), person)
    visit.post(f"/{visit.language}/dossier/situation/birth/{person}", fields)


@case("dossier.show", "dossier/show", look=False)
def dossier_with_refused_papers(visit: Visit) -> None:
    known = noted(visit)
    give(visit, known, {"home": {"home": "owned"}})
    visit.get(f"/{visit.language}/dossier")


@case("dossier_checklist.show", "checklist/own", look=False)
def own_papers_changed_since(visit: Visit) -> None:
    known = answered(visit)
    give(visit, known, {"home": {"home": "owned"}})
    visit.get(f"/{visit.language}/dossier/checklist")
