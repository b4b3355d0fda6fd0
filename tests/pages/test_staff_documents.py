"""Pages at the desk: seen in the browser, decided, taken out with a stamp; another region does not even find them."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from portal.checklists import rules
from portal.domain.document_request import OTHER_PAPERS
from portal.services import document_requests, snapshots
from portal.services.documents import arranging, shelf
from portal.services.documents.removing import LookedAtError
from portal.services.documents.terms import Target
from tests.devstack.database import Database
from tests.pages.browser import Browser, Page
from tests.pages.paperwork import send, sent
from tests.pages.test_own_checklist import save
from tests.pages.world import Announced, World
from tests.services.sending import photo

LEASE = "lease"


@pytest.fixture
def announced(clean_world: World, s3: object) -> Announced:
    """A demand whose list asks for the lease, sent to the centre of Sierre."""
    announced = clean_world.announce()
    save(clean_world, announced, "home", home="rented")
    snapshots.send(clean_world.citizen, clean_world.adult(announced))
    return announced


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk()


def root(announced: Announced) -> str:
    return f"/staff/demands/{announced.id}"


def acts(database: Database) -> list[str]:
    """What the audit log says was done, oldest first."""
    with database.connect("postgres") as connection:
        return [row[0] for row in connection.execute("SELECT action FROM audit_event ORDER BY sequence").fetchall()]


def pictures(page: Page) -> list[str]:
    return [image.get("src") or "" for image in page.root.iter("img")]


def test_a_caseworker_sees_all_pages_in_order_and_the_first_look_is_dated(
    world: World, database: Database, announced: Announced, desk: Browser
) -> None:
    document = sent(world, world.adult(announced), LEASE, pages=3)
    listed = desk.open(f"{root(announced)}/checklist")
    assert "Nouvelles pages à regarder" in listed.text
    assert "Pages : 3." in listed.text
    assert "Nouveau" in listed.text
    (small,) = pictures(listed)
    assert desk.send("GET", small).mimetype == "image/jpeg"
    assert shelf.document_of(world.citizen, world.adult(announced), document.id).changeable, (
        "a small picture is no look"
    )
    page = desk.open(f"{root(announced)}/checklist/{LEASE}")
    assert pictures(page) == [f"{root(announced)}/pages/{one.id}.jpg" for one in document.pages]
    before = acts(database)
    answer = desk.send("GET", pictures(page)[0])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(answer.data)).format == "JPEG"
    assert acts(database)[len(before) :] == ["document:open"]
    assert not shelf.document_of(world.citizen, world.adult(announced), document.id).changeable
    again = desk.open(f"{root(announced)}/checklist")
    assert "Nouveau" not in again.text
    assert "Nouvelles pages" not in again.text
    assert "Regardé la première fois" in desk.open(f"{root(announced)}/checklist/{LEASE}").text


def test_one_page_by_itself_leads_to_the_ones_beside_it(world: World, announced: Announced, desk: Browser) -> None:
    first, second, third = sent(world, world.adult(announced), LEASE, pages=3).pages
    ways = f"{root(announced)}/pages"
    page = desk.open(f"{ways}/{second.id}")
    assert page.h1 == "Page 2 sur 3"
    links = {link.get("rel"): link.get("href") for link in page.root.iter("a") if link.get("rel")}
    assert links == {"prev": f"{ways}/{first.id}", "next": f"{ways}/{third.id}"}
    assert f"{root(announced)}/checklist/{LEASE}#page-{second.id}" in page.links()
    assert not [link for link in desk.open(f"{ways}/{first.id}").root.iter("a") if link.get("rel") == "prev"]
    assert not [link for link in desk.open(f"{ways}/{third.id}").root.iter("a") if link.get("rel") == "next"]


def test_a_turned_page_stands_upright(world: World, announced: Announced, desk: Browser) -> None:
    document = sent(world, world.adult(announced), LEASE)
    arranging.turn_page(world.citizen, world.adult(announced), document.pages[0].id)
    page = desk.open(f"{root(announced)}/checklist/{LEASE}")
    (image,) = page.root.iter("img")
    turned = Image.open(io.BytesIO(desk.send("GET", image.get("src") or "").data))
    assert turned.getexif()[0x0112] == 6
    assert (int(image.get("width") or 0), int(image.get("height") or 0)) == (turned.height, turned.width)


def test_another_region_finds_nothing(world: World, announced: Announced) -> None:
    document = sent(world, world.adult(announced), LEASE)
    loose = sent(world, world.adult(announced), None, title="Lettre")
    page = document.pages[0]
    paths = [
        f"pages/{page.id}", f"pages/{page.id}.jpg", f"pages/{page.id}/thumb.jpg", f"documents/{document.id}.pdf",
        f"documents/{loose.id}", f"documents/{loose.id}.pdf", f"checklist/{LEASE}",
    ]  # fmt: skip
    own, foreign = world.desk(), world.desk("oberwallis")
    for path in paths:
        assert foreign.send("GET", f"{root(announced)}/{path}").status_code == 404, path
        assert own.send("GET", f"{root(announced)}/{path}").status_code == 200, path
    # Under the address of another demand of the same region it is not found either.
    other = world.announce()
    for path in paths:
        assert own.send("GET", f"{root(other)}/{path}").status_code == 404, path


def test_what_no_region_took_shows_no_page(world: World, announced: Announced, desk: Browser) -> None:
    document = sent(world, world.adult(announced), LEASE)
    with world.superuser() as connection:
        connection.execute(
            "UPDATE demand SET region = NULL, candidate_regions = '{sierre,martigny}' WHERE id = %s", [announced.id]
        )
    assert desk.send("GET", f"{root(announced)}/checklist").status_code == 200
    for path in (f"pages/{document.pages[0].id}.jpg", f"documents/{document.id}.pdf"):
        assert desk.send("GET", f"{root(announced)}/{path}").status_code == 404


def test_the_copy_carries_centre_name_and_time(
    world: World, database: Database, announced: Announced, desk: Browser
) -> None:
    document = sent(world, world.adult(announced), LEASE, pages=2)
    answer = desk.send("GET", f"{root(announced)}/documents/{document.id}.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lease.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 2
    for page in pages:
        said = page.extract_text()
        assert "Name of worker-" in said
        assert announced.reference in said
        assert "10:00" in said
        assert "Sierre" in said
    assert "document:take" in acts(database)


def test_files_that_cannot_be_looked_at_are_counted(world: World, announced: Announced, desk: Browser) -> None:
    actor = world.adult(announced)
    send(world.citizen, actor, photo(), Target(key=LEASE))
    bad, _document = send(world.citizen, actor, b"no picture at all", Target(key=LEASE), "a.jpg")
    with world.superuser() as connection:
        connection.execute("UPDATE document_file SET state = 'refused' WHERE id = %s", [bad])
    page = desk.open(f"{root(announced)}/checklist")
    assert "Fichiers reçus, pas encore contrôlés : 1." in page.text
    assert "Fichiers inutilisables : 1." in page.text
    assert not pictures(page)


def test_refused_the_person_reads_why_and_sends_new_pages_to_a_new_paper(
    world: World, announced: Announced, desk: Browser
) -> None:
    actor = world.adult(announced)
    first = sent(world, actor, LEASE)
    page = desk.open(f"{root(announced)}/checklist/{LEASE}")
    form = page.form(f"/checklist/{LEASE}").fill(state="refused", refusal="incomplete")
    assert form.submit().path == f"{root(announced)}/checklist"
    # No picture was fetched here: the decision itself closes the paper.
    with pytest.raises(LookedAtError):
        arranging.remove_document(world.citizen, actor, first.id)
    german = world.visit(announced).open("/de/dossier/checklist")
    assert "Abgelehnt" in german.text
    assert "Es fehlen Seiten." in german.text
    second = sent(world, actor, LEASE)
    assert second.id != first.id
    assert shelf.document_of(world.citizen, actor, first.id).pages
    listed = desk.open(f"{root(announced)}/checklist")
    assert "Nouvelles pages à regarder" in listed.text
    both = desk.open(f"{root(announced)}/checklist/{LEASE}")
    assert "Envoi 2 sur 2" in both.text
    assert len(pictures(both)) == 2


def test_a_decision_leaves_open_what_came_after_the_page_was_made(
    world: World, announced: Announced, desk: Browser
) -> None:
    actor = world.adult(announced)
    page = desk.open(f"{root(announced)}/checklist/{LEASE}")
    world.clock.forward(minutes=1)
    document = sent(world, actor, LEASE)
    # The new pages changed the state: the note of the old page is not written over it.
    answer = page.form(f"/checklist/{LEASE}").fill(state="refused", refusal="unreadable").submit()
    assert answer.status == 409
    assert shelf.document_of(world.citizen, actor, document.id).changeable


def test_another_reason_needs_words(world: World, announced: Announced, desk: Browser) -> None:
    page = desk.open(f"{root(announced)}/checklist/{LEASE}")
    wrong = page.form(f"/checklist/{LEASE}").fill(state="refused", refusal="other").submit()
    assert (wrong.status, wrong.faulty()) == (422, {"refusal"})
    wrong.form(f"/checklist/{LEASE}").fill(words="Il faut le contrat entier.").submit()
    text = world.visit(announced).open("/fr/dossier/checklist").text
    assert "Raison" in text
    assert "Il faut le contrat entier." in text


def test_a_paper_that_no_item_asks_for_is_shown_and_noted(world: World, announced: Announced, desk: Browser) -> None:
    actor = world.adult(announced)
    document = sent(world, actor, None, title="Lettre du bailleur")
    listed = desk.open(f"{root(announced)}/checklist")
    assert "Papiers que la liste ne demande pas" in listed.text
    assert "Lettre du bailleur" in listed.text
    page = desk.open(f"{root(announced)}/documents/{document.id}")
    assert page.h1 == "Lettre du bailleur"
    done = page.form(f"/documents/{document.id}").fill(state="refused", refusal="other_person").submit()
    assert "Refusé" in done.text
    (mark,) = document_requests.own_checklist(world.citizen, actor, "fr").others
    assert mark.document == document.id
    assert mark.reason == "Il concerne une autre personne. Apportez celui de la bonne personne."
    stale = page.form(f"/documents/{document.id}").fill(state="accepted").submit()
    assert stale.status == 409
    world.visit(announced).open("/fr/dossier/checklist")  # and the person's own list stands
    world.visit(announced).open("/fr/dossier")


def test_no_rule_is_called_as_the_other_papers_are() -> None:
    assert OTHER_PAPERS not in {rule.id for rule in rules()}


def test_a_paper_whose_item_went_is_still_there(world: World, announced: Announced, desk: Browser) -> None:
    document = sent(world, world.adult(announced), LEASE)
    save(world, announced, "home", home="none")
    snapshots.send(world.citizen, world.adult(announced))
    listed = desk.open(f"{root(announced)}/checklist")
    assert f"{root(announced)}/documents/{document.id}" in listed.links()
    back = f"{root(announced)}/documents/{document.id}#page-{document.pages[0].id}"
    assert back in desk.open(f"{root(announced)}/pages/{document.pages[0].id}").links()


@pytest.fixture
def unanswered(clean_world: World, s3: object) -> Announced:
    """A demand of which the centre has no answers yet."""
    return clean_world.announce()


IDENTITY = "identity_paper@a"


def test_papers_are_there_before_any_answer(world: World, unanswered: Announced) -> None:
    sent(world, world.adult(unanswered), IDENTITY)
    demand = world.desk().open(root(unanswered))
    assert "Papiers avec de nouvelles pages à regarder : 1." in demand.text
    listed = world.desk().open(f"{root(unanswered)}/checklist")
    assert "n’a pas encore envoyé ses réponses" in listed.text
    assert "Papiers envoyés" in listed.text


@pytest.mark.parametrize("key", [IDENTITY, None])
def test_what_the_desk_refuses_there_reaches_the_person(world: World, unanswered: Announced, key: str | None) -> None:
    document = sent(world, world.adult(unanswered), key, title="Facture")
    desk = world.desk()
    page = desk.open(f"{root(unanswered)}/documents/{document.id}")
    form = page.form(f"/documents/{document.id}")
    assert form.fill(state="refused", refusal="unreadable", words="Le bas manque").submit().status == 200
    mine = world.visit(unanswered)
    for path in (f"/fr/dossier/documents/{document.id}", *(["/fr/dossier/checklist"] if key else [])):
        assert "Le bas manque" in mine.open(path).text, path
    assert "à regarder : 1" not in desk.open(root(unanswered)).text
