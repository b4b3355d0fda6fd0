"""Transmit to the commune: nothing sent, something missing, done before, and why there is no bundle now."""

from __future__ import annotations

from datetime import timedelta

from portal import content
from portal.domain.bundle import Way
from portal.domain.case_request import RequestKind
from portal.domain.document_request import Obstacle, Refusal, RequestState
from portal.domain.identity import IdentityPaper
from portal.domain.interview import Step
from portal.domain.notice import RIGHTS
from portal.services import document_requests, identity, limits
from portal.services.at_desk import DeskPlace
from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.making import look, make_bundle
from portal.services.document_requests import Note
from portal.services.documents.terms import Target
from portal.services.notices.desk import acknowledge_at_desk
from portal.services.thread import asking
from portal.views.staff.bundle import MOST
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.interview_cases import past
from tests.browser.message_cases import asked
from tests.browser.message_cases import sent as words
from tests.browser.own_checklist_cases import answered
from tests.browser.own_data_cases import another_export
from tests.browser.papers_cases import no_store
from tests.browser.paperwork import sent
from tests.browser.people import REASON, RELATION
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_paper_desk_cases import answered as answered_on_paper
from tests.browser.staff_paper_file_cases import PLACE, opened
from tests.browser.staff_report_cases import sent as reported
from tests.browser.staff_summary_cases import ALONE, LARGE
from tests.browser.visits import Visit
from tests.browser.world import Known
from tests.pages.paperwork import send
from tests.services.sending import photo


def place(known: Known) -> str:
    return f"/staff/demands/{known.demand.id}/transmit"


def household(visit: Visit, situation: dict[str, object]) -> Known:
    """A household with these answers; a caseworker is at the desk."""
    known = visit.world.file(visit.world.somebody(), situation=situation)
    at_the_desk(visit)
    return known


def made(visit: Visit, known: Known, way: Way = Way.CARRIED, language: str = "fr") -> None:
    kit, actor = visit.world.kit, visit.world.caseworker()
    assert b"".join(make_bundle(kit, actor, DeskPlace(known.demand.id), language, way, seen=True))


def post(visit: Visit, known: Known, **more: str) -> None:
    visit.get(place(known))
    visit.post(f"{place(known)}/bundle.zip", {"language": "fr", "way": "post", "seen": "y"} | more)


@case("staff_bundle.show", "staff/bundle")
def staff_bundle_of_nothing(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle")
def staff_bundle_with_everything_that_can_be_missing(visit: Visit) -> None:
    known = household(visit, LARGE)
    kit, actor, dossier = visit.world.kit, visit.world.caseworker(), known.demand.dossier_id
    sent(visit, known, "lease", 2)
    sent(visit, known, None, title=RELATION)
    for key, note in (
        ("identity_paper@a", Note(RequestState.REFUSED, refusal=Refusal.OTHER, words=REASON)),
        ("avs_number@a", Note(RequestState.SEEN)),
        ("health_policy@a", Note(RequestState.CANNOT, obstacle=Obstacle.LOST)),
    ):
        document_requests.note_at_desk(kit, actor, dossier, key, note)
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle", look=False)
def staff_bundle_with_files_that_are_not_ready(visit: Visit) -> None:
    known = household(visit, ALONE)
    sent(visit, known, "lease")
    send(visit.world.kit, me(known), photo("LATER"), Target(key="lease"))
    bad, _paper = send(visit.world.kit, me(known), b"no picture", Target(key="lease"), "1")
    with visit.world.database.connect("postgres") as connection:
        connection.execute("UPDATE document_file SET state = 'refused' WHERE id = %s", [bad])
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle", look=False)
def staff_bundle_with_a_report_that_nobody_read(visit: Visit) -> None:
    known = household(visit, ALONE)
    reported(visit, known)
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle")
def staff_bundle_that_was_made_before(visit: Visit) -> None:
    known = household(visit, ALONE)
    for kind in (RequestKind.URGENT, RequestKind.REEXAMINATION):
        asked(visit, known, kind, REASON)
    for way, language in ((Way.CARRIED, "fr"), (Way.POST, "de"), (Way.SECURE_MAIL, "fr")):
        made(visit, known, way, language)
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle", look=False)
def staff_bundle_of_a_withdrawn_demand(visit: Visit) -> None:
    known = answered(visit)
    at_the_desk(visit)
    with visit.world.database.connect("postgres") as connection:
        connection.execute(
            "UPDATE demand SET withdrawn_at = instant, commune_bfs = NULL WHERE id = %s", [known.demand.id]
        )
    made(visit, known)
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle")
def staff_bundle_with_nothing_missing(visit: Visit) -> None:
    """Whatever was asked for is noted as not needed, the rights are acknowledged, the interview was held, identity seen."""
    known = household(visit, ALONE)
    kit, actor, place_ = visit.world.kit, visit.world.caseworker(), DeskPlace(known.demand.id)
    found = look(kit, actor, place_, "fr")
    assert found.checklist is not None
    for item in found.checklist.items:
        note = Note(RequestState.NOT_NEEDED)
        document_requests.note_at_desk(kit, actor, known.demand.dossier_id, item.key, note)
    for one in found.rights.standings:
        acknowledge_at_desk(kit, actor, found.head, one.signer.person, content.current(RIGHTS).version, "fr")
    past(visit, known, Step.HELD)
    identity.note_seen(kit, actor, place_, known.demand.adult_id, IdentityPaper.CARD)
    assert gaps_of(look(kit, actor, place_, "fr")) == ()
    visit.get(place(known))


@case("staff_bundle.show", "staff/bundle", look=False)
def staff_bundle_of_a_file_on_paper(visit: Visit) -> None:
    root, person = answered_on_paper(visit)
    kit, actor, place_ = visit.world.kit, visit.world.caseworker(), DeskPlace(dossier_id=person.dossier_id)
    assert b"".join(make_bundle(kit, actor, place_, "fr", Way.POST, seen=True))
    asking.ask(kit, person, RequestKind.URGENT, words(REASON), kit.clock.now())
    assert b"".join(make_bundle(kit, actor, place_, "fr", Way.POST, seen=True))
    visit.get(f"{root}/transmit")


@case("staff_bundle.show", "staff/bundle", look=False)
def staff_bundle_of_a_file_on_paper_without_answers(visit: Visit) -> None:
    visit.get(f"{PLACE}/{opened(visit)}/transmit")


@case("staff_bundle.make", "staff/bundle", 422)
def staff_bundle_without_a_word(visit: Visit) -> None:
    post(visit, household(visit, ALONE), language="x", way="x", seen="")


@case("staff_bundle.make", "staff/bundle", 503, here=True, without=another_export)
def staff_bundle_while_another_runs(visit: Visit) -> None:
    post(visit, household(visit, ALONE))


@case("staff_bundle.make", "staff/bundle", 429, look=False)
def staff_bundle_too_often(visit: Visit) -> None:
    known = household(visit, ALONE)
    with visit.world.database.connect() as connection:
        for (caseworker,) in connection.execute("SELECT id FROM caseworker").fetchall():
            for _ in range(MOST):
                limits.count(visit.world.kit, "bundle", str(caseworker), timedelta(hours=1))
    post(visit, known)


@case("staff_bundle.make", "staff/bundle", 503, look=False, without=no_store)
def staff_bundle_while_the_store_is_away(visit: Visit) -> None:
    visit.world.stack.s3.start()
    known = household(visit, ALONE)
    sent(visit, known, "lease")
    visit.world.stack.s3.stop()
    post(visit, known)


@case("staff_bundle.make", "staff/bundle", 500, look=False)
def staff_bundle_with_a_paper_that_cannot_be_opened(visit: Visit) -> None:
    known = household(visit, ALONE)
    document = sent(visit, known, "lease")
    with visit.world.database.connect("postgres") as connection:
        connection.execute("UPDATE document_object SET digest = sha256('x') WHERE file_id = %s", [document.files[0].id])
    post(visit, known)


@case("dossier.show", "dossier/show")
def dossier_that_was_transmitted(visit: Visit) -> None:
    known = signed_in(visit)
    made(visit, known)
    visit.get(f"/{visit.language}/dossier")
