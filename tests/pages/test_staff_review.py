"""The review of papers at the desk: the queue, page by page, the next household, and what the person changed meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.demand import Person, filing_day
from portal.domain.document_request import RequestState, other_key
from portal.i18n.formats import short_date
from portal.services import snapshots
from portal.services.document_requests import Note, note_at_desk
from portal.services.documents import shelf
from portal.services.documents.reviewing import queue
from portal.services.documents.terms import Target
from tests.pages.browser import Browser, Page
from tests.pages.paperwork import sent
from tests.pages.sent_papers import laid
from tests.pages.test_own_checklist import save
from tests.pages.world import Announced, World
from tests.services.deciding import decided
from tests.services.threads import ask

LEASE = "lease"


@pytest.fixture
def world(clean_world: World, s3: object) -> World:
    return clean_world


def household(world: World, pages: int = 1, **more: object) -> Announced:
    """A demand whose list asks for the lease, which was sent."""
    announced = world.announce(**more)  # type: ignore[arg-type]
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    sent(world, world.adult(announced), LEASE, pages=pages)
    world.clock.forward(minutes=1)
    return announced


def begun(desk: Browser) -> Page:
    """The first paper of the first household of the queue."""
    return desk.open("/staff/papers").form("/staff/papers/next").submit()


def at(page: Page) -> str:
    """Which household and which paper a page is about."""
    assert page.path is not None
    found = re.search(r"/staff/demands/([^/]+)/review(?:/([^?]+))?", page.path)
    assert found is not None, page.path
    return "/".join(part for part in found.groups() if part)


def test_the_nearest_clock_comes_first_and_no_other_centre_sees_it(world: World) -> None:
    first, second = household(world), household(world)
    found = queue(world.staff, world.caseworker())
    assert [line.dossier_id for line in found.lines] == [first.view.dossier_id, second.view.dossier_id]
    assert [line.papers for line in found.lines] == [1, 1]
    assert not queue(world.staff, world.caseworker("oberwallis")).lines


def test_a_name_in_another_script_stands_in_latin_letters_too(world: World) -> None:
    household(world, person=Person("ሰላም ተስፋይ", latin_name="Selam Tesfay"))
    page = world.desk().open("/staff/papers").text
    assert "ሰላም ተስፋይ" in page
    assert "Selam Tesfay" in page


def test_the_nearest_open_clock_is_shown_of_whatever_it_is(world: World) -> None:
    """Also where the demand is decided: a re-examination and urgent help were asked for since."""
    first, second = household(world), household(world)
    me, staff = world.adult(second), (world.caseworker(), world.caseworker())
    today = filing_day(world.clock.now())
    decided(world.staff, staff, second.view.dossier_id)

    def days() -> list[tuple[object, object]]:
        return [(line.dossier_id, line.due) for line in queue(world.staff, staff[0]).lines]

    demand = (first.view.dossier_id, today + timedelta(30))
    assert days() == [demand, (second.view.dossier_id, None)]
    ask(world, me, RequestKind.REEXAMINATION)
    assert sorted(days(), key=str) == sorted([demand, (second.view.dossier_id, today + timedelta(30))], key=str)
    ask(world, me, RequestKind.URGENT)
    assert days() == [(second.view.dossier_id, today + timedelta(5)), demand]


def test_from_the_queue_through_two_households_to_the_end(world: World) -> None:
    first, second, desk = household(world, pages=2), household(world), world.desk()
    page = begun(desk)
    assert at(page) == f"{first.id}/{LEASE}"
    assert "Page 1 sur 2" in page.text
    (ahead,) = [link for link in page.links() if "page=2" in link and "turn" not in link]
    assert "Page 2 sur 2" in desk.open(ahead).text
    page = page.form(f"/review/{LEASE}").submit(("state", "accepted"))
    assert at(page) == str(first.id)
    assert "Ce dossier n’a plus de papier à contrôler" in page.text
    page = page.form("/staff/papers/next").submit()
    assert at(page) == f"{second.id}/{LEASE}"
    page = (
        page.form(f"/review/{LEASE}")
        .fill(refusal="cut_off", words="En bas", language="de")
        .submit(("state", "refused"))
    )
    assert at(page) == str(second.id)
    page = page.form("/staff/papers/next").submit()
    assert page.path == "/staff/papers"
    assert "Tous les papiers reçus sont contrôlés." in page.text
    assert "Aucun dossier n’est ouvert." in page.text
    own = world.visit(second).open(f"/fr/dossier/papers/{LEASE}")
    assert "Un bord est coupé. Reprenez la photo avec toute la page dans l’image." in own.text
    assert "Écrit par le centre en : Deutsch." in own.text
    assert [one.get("lang") for one in own.root.iter("bdi") if one.text == "En bas"] == ["de"]


def test_a_page_is_turned_for_this_look_only(world: World) -> None:
    announced, desk = household(world), world.desk()
    page = begun(desk)
    (turned,) = [link for link in page.links() if "turn=90" in link]
    shown = desk.open(turned)
    (image,) = [one for one in shown.root.iter("img") if "turn=90" in (one.get("src") or "")]
    assert desk.send("GET", image.get("src") or "").mimetype == "image/jpeg"
    assert int(image.get("width") or 0) != int(image.get("height") or 0)
    (again,) = [link for link in shown.links() if "turn=180" in link]
    assert "turn=270" in " ".join(desk.open(again).links())
    assert [page.turn for page in the_document(world, announced).pages] == [0]


def the_document(world: World, announced: Announced) -> shelf.DocumentView:
    (found,) = shelf.documents_of(world.citizen, world.adult(announced))
    return found


@pytest.mark.parametrize("what", ["more pages", "another paper"])
def test_an_answer_about_other_pages_is_refused_and_nothing_is_lost(world: World, what: str) -> None:
    announced, desk = household(world), world.desk()
    page = begun(desk)
    document = the_document(world, announced)
    target = Target(key=LEASE, document=document.id) if what == "more pages" else Target(key=LEASE)
    laid(world.citizen, world.worker, world.adult(announced), target=target)
    before = world.count("document_request_event")
    page = page.form(f"/review/{LEASE}").fill(refusal="unreadable", words="Trop pâle").submit(("state", "refused"))
    assert page.status == 409
    assert "La personne a changé ces pages entre-temps" in page.text
    assert "Page 1 sur 2" in page.text
    assert "Trop pâle" in page.text
    assert world.count("document_request_event") == before
    page = page.form(f"/review/{LEASE}").submit(("state", "refused"))
    assert at(page) == str(announced.id)
    assert not queue(world.staff, world.caseworker()).lines


def test_a_colleague_was_quicker(world: World) -> None:
    household(world)
    one, other = world.desk(), world.desk()
    first, second = begun(one), begun(other)
    world.clock.forward(minutes=1)
    first.form(f"/review/{LEASE}").submit(("state", "accepted"))
    page = second.form(f"/review/{LEASE}").fill(refusal="other", words="Il manque tout").submit(("state", "refused"))
    assert page.status == 409
    assert "Ce papier n’attend plus" in page.text
    assert "Il manque tout" in page.text


def test_a_refusal_wants_a_reason_and_passing_over_leaves_it_waiting(world: World) -> None:
    announced, desk = household(world), world.desk()
    page = begun(desk).form(f"/review/{LEASE}").submit(("state", "refused"))
    assert page.status == 422
    assert "refusal" in page.faulty()
    (over,) = [link for link in page.links() if "after=" in link]
    page = desk.open(over)
    assert "Papiers laissés de côté : 1." in page.text
    page = page.form("/staff/papers/next").submit()
    assert page.path == "/staff/papers", "nothing else waits"
    assert len(queue(world.staff, world.caseworker()).lines) == 1
    assert announced.reference in page.text


def test_a_paper_of_no_item_says_what_became_of_it_and_when(world: World) -> None:
    """On its own page once it is refused; in the review where it came with more pages after a first note."""
    announced, desk = household(world), world.desk()
    me = world.adult(announced)
    for title in ("Lettre", "Carte"):
        laid(world.citizen, world.worker, me, target=Target(title=title))
    letter, card = (one for one in shelf.documents_of(world.citizen, me) if one.key is None)
    begun(desk)
    root = f"/staff/demands/{announced.id}"
    page = desk.open(f"{root}/review/{other_key(letter.id)}")
    assert "La liste ne demande pas ce papier." in page.text
    assert "État actuel" not in page.text
    page.form(f"/review/{other_key(letter.id)}").fill(refusal="cut_off").submit(("state", "refused"))
    note_at_desk(
        world.staff, world.caseworker(), announced.view.dossier_id, other_key(card.id), Note(RequestState.SEEN)
    )
    day = short_date(filing_day(world.clock.now()), "fr")
    world.clock.forward(days=2)
    laid(world.citizen, world.worker, me, target=Target(document=card.id))
    desk = world.desk()
    begun(desk)
    refused = desk.open(f"{root}/documents/{letter.id}").text
    assert f"État actuel : Refusé, le {day}." in refused
    assert "Un bord est coupé" in refused
    assert f"État actuel : Vu au guichet, le {day}." in desk.open(f"{root}/review/{other_key(card.id)}").text


def test_before_any_answer_the_list_is_said_not_to_be_known(world: World) -> None:
    announced, desk = world.announce(), world.desk()
    me, root = world.adult(announced), f"/staff/demands/{announced.id}"
    sent(world, me, LEASE)
    sent(world, me, "identity_paper@a")
    known = "Le ménage n’a pas encore envoyé ses réponses : sa liste n’est pas connue."
    begun(desk)
    for document in shelf.documents_of(world.citizen, me):
        for path in (f"review/{document.key}", f"documents/{document.id}"):
            page = desk.open(f"{root}/{path}").text
            assert known in page
            assert "La liste ne demande pas ce papier." not in page
            assert ("La liste de départ" in page) is (document.key != LEASE)


def test_keys_are_switched_off_and_on_and_stay_so(world: World) -> None:
    household(world)
    desk = world.desk()
    page = begun(desk)
    assert [one.get("data-keys") for one in page.root.iter("div") if one.get("data-keys")] == ["on"]
    page = page.form("/staff/papers/keys").submit()
    assert [one.get("data-keys") for one in page.root.iter("div") if one.get("data-keys")] == ["off"]
    assert at(page).endswith(LEASE)
    page = page.form("/staff/papers/keys").submit()
    assert [one.get("data-keys") for one in page.root.iter("div") if one.get("data-keys")] == ["on"]
    token = page.form("/staff/papers/keys").values["csrf_token"]
    away = desk.send("POST", "/staff/papers/keys", data={"csrf_token": token, "keys": "off", "to": "//evil.example/"})
    assert away.headers["Location"] == "/staff/papers"


def test_what_the_person_takes_back_or_withdraws_waits_no_more(world: World) -> None:
    announced = household(world)
    with world.superuser() as connection:
        connection.execute("UPDATE demand SET withdrawn_at = now() WHERE id = %s", [announced.id])
    assert not queue(world.staff, world.caseworker()).lines


def test_what_is_missing_before_a_call(world: World) -> None:
    announced, desk = household(world), world.desk()
    page = desk.open(f"/staff/demands/{announced.id}/missing")
    assert "Ce qui manque, avant un appel" in page.h1
    assert "tel:" in " ".join(page.links())
    assert "Papiers demandés et pas encore là" in page.text
    assert "Papiers à contrôler" in page.text
    assert f"/staff/demands/{announced.id}/review" in page.links()
    begun(desk).form(f"/review/{LEASE}").fill(refusal="expired").submit(("state", "refused"))
    page = desk.open(f"/staff/demands/{announced.id}/missing")
    assert "Papiers à contrôler" not in page.text
    assert page.text.count("Il n’est plus valable. Apportez celui qui est valable maintenant.") == 1
    assert "Papiers refusés par le centre" not in page.text, "it stands in a place of its own"
    assert "Identité vue : 0 sur 1." in page.text


def test_what_is_known_of_whom_to_call_stands_before_a_call(world: World) -> None:
    """Who gave an e-mail alone, and said nothing of a language: what the portal speaks with them is named."""
    announced = world.announce(Person("Jane", email="jane@example.org"), language="pt")
    page = world.desk().open(f"/staff/demands/{announced.id}/missing").text
    for words in ("Pas de numéro connu", "jane@example.org", "Pas indiquée", "Langue de la personne", "portugais"):
        assert words in page, words
