"""Another device adds pages to one paper: by a link that is used up by a POST, once, and shows nothing of the dossier."""

from __future__ import annotations

import io
import re

import pytest
from werkzeug.datastructures import MultiDict

from portal.domain.document import HANDOFF_MINUTES
from portal.domain.document_request import RequestState
from portal.services import document_requests, snapshots
from portal.services.actor import Actor, NotYoursError
from portal.services.documents import handoffs, shelf, uploads
from portal.services.documents.checking import check_document
from portal.services.documents.terms import Target
from portal.views.add import MOST_MISSES
from portal.views.paper_links import MOST_LINKS
from tests.pages.browser import Browser, Page
from tests.pages.paperwork import send, sent
from tests.pages.test_own_checklist import save
from tests.pages.world import JANE, Announced, World
from tests.services.sending import CHECKER, photo

LEASE = "/fr/dossier/papers/lease/link"


@pytest.fixture
def announced(clean_world: World, s3: object) -> Announced:
    """A demand whose list asks for the lease."""
    announced = clean_world.announce()
    save(clean_world, announced, "home", home="rented")
    return announced


@pytest.fixture
def person(world: World, announced: Announced) -> Browser:
    """The first screen."""
    return world.visit(announced)


@pytest.fixture
def phone(world: World) -> Browser:
    """Another device."""
    return world.browser()


def made(person: Browser, path: str = LEASE) -> str:
    """Make a link on the first screen; its address."""
    page = person.open(path).form("/link").submit()
    assert page.status == 200
    assert page.classed("qr")
    found = re.search(r"http://[^\s]+(/fr/add/[\w-]{32})", page.text)
    assert found is not None, page.text
    return found[1]


def used(phone: Browser, link: str) -> Page:
    """Press the button of the link."""
    page = phone.open(link).form(link).submit()
    assert page.path == "/fr/add/"
    return page


def give(phone: Browser, *files: tuple[bytes, str]) -> Page:
    """Send files by the plain form of the device's page."""
    form = phone.open("/fr/add/").form("/fr/add/")
    data: MultiDict[str, object] = MultiDict([("csrf_token", form.values["csrf_token"])])
    for content, name in files:
        data.add("files", (io.BytesIO(content), name))
    return phone.post("/fr/add/", data)  # type: ignore[arg-type]


def device_of(world: World, phone: Browser) -> Actor:
    """The device as services know it."""
    here = handoffs.visit(world.citizen, phone.cookie("handoff") or "")
    assert here is not None
    return here.actor("test")


def test_looking_uses_nothing_up_and_pressing_does_once(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    link = made(person)
    for _ in range(3):  # previews of messages look
        assert world.browser().open(link).h1 == "Ajouter des pages"
        assert world.browser().send("HEAD", link).status_code == 200
    assert phone.cookie("handoff") is None
    assert used(phone, link).h1 == "Bail de votre logement"
    second = world.browser()
    assert second.open(link).path == "/fr/add/over"
    token = re.search(r'name="csrf_token" value="([^"]+)"', second.open("/fr/sign-in").body.decode())
    assert token is not None
    over = second.post(link, {"csrf_token": token[1]})
    assert (over.path, over.h1) == ("/fr/add/over", "Ce lien est terminé")
    assert second.cookie("handoff") is None
    assert phone.open(link).path == "/fr/add/", "scanned once more, the device comes back to its paper"


def test_pages_from_the_device_are_the_persons_own(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    used(phone, made(person))
    page = give(phone, (photo(), "IMG_1.jpg"), (photo("TWO"), "IMG_2.jpg"))
    assert page.path == "/fr/add/"
    assert "IMG_1.jpg" in page.text
    assert "IMG_2.jpg" in page.text
    assert "Bien reçu" in page.text
    (document,) = shelf.documents_of(world.citizen, world.adult(announced))
    assert (document.key, {file.name for file in document.files}) == ("lease", {"IMG_1.jpg", "IMG_2.jpg"})
    for file in document.files:
        check_document(world.worker, CHECKER, file.id)
    items = document_requests.own_checklist(world.citizen, world.adult(announced), "fr").items
    assert next(item for item in items if item.key == "lease").state is RequestState.ADDED


def test_a_file_that_cannot_be_taken_is_said_and_nothing_is_lost(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    used(phone, made(person))
    page = give(phone, (photo(), "good.jpg"), (b"", "empty.jpg"))
    assert page.status == 422
    assert "Tout n’est pas arrivé" in page.text
    assert "Ce fichier est vide" in page.text
    (document,) = shelf.documents_of(world.citizen, world.adult(announced))
    assert [file.name for file in document.files] == ["good.jpg"]


def test_the_device_sees_nothing_of_the_dossier(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    actor = world.adult(announced)
    sent(world, actor, None, title="Lettre secrète")
    sent(world, actor, "lease")
    link = made(person)
    shown = [
        phone.open(link).body.decode(),
        used(phone, link).body.decode(),
        give(phone, (photo(), "mine.jpg")).body.decode(),
    ]
    words = [
        "Jeanne",
        "Dupont",
        announced.reference,
        JANE.phone,
        JANE.email,
        "Lettre secrète",
        "photo.jpg",
        "CHF",
        "Pages :",
    ]
    for html in shown:
        assert [word for word in words if word and word in html] == []
    assert "mine.jpg" in shown[-1]
    document = shelf.documents_of(world.citizen, actor)[0]
    for path in (
        "/fr/dossier", "/fr/dossier/papers", "/fr/dossier/checklist", "/fr/dossier/situation", LEASE,
        f"/fr/dossier/pages/{document.pages[0].id}.jpg", f"/fr/dossier/files/{document.files[0].id}",
    ):  # fmt: skip
        answer = phone.send("GET", path)
        assert answer.status_code == 303, path
        assert "/sign-in" in answer.headers["Location"], path


def test_uploads_of_the_person_are_not_reachable(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    actor = world.adult(announced)
    own, _paper = send(world.citizen, actor, photo(), Target(key="lease"), "own.jpg")
    other, _paper = send(world.citizen, actor, photo(), Target(key="avs_number@a"), "other.jpg")
    used(phone, made(person))
    device = device_of(world, phone)
    head = {"Tus-Resumable": "1.0.0"}
    for upload_id in (own, other):
        with pytest.raises(NotYoursError):
            uploads.look(world.citizen, device, upload_id)
        with pytest.raises(NotYoursError):
            uploads.discard(world.citizen, device, upload_id)
        assert phone.send("HEAD", f"/fr/add/uploads/{upload_id}", headers=head).status_code == 404
        assert uploads.look(world.citizen, actor, upload_id).whole
    mine, paper = send(world.citizen, device, photo(), Target(key="lease"), "mine.jpg")
    assert phone.send("HEAD", f"/fr/add/uploads/{mine}", headers=head).status_code == 200
    # The person reaches everything, the device's as well.
    assert uploads.look(world.citizen, actor, mine).document == paper
    unfinished = uploads.begin(world.citizen, actor, Target(key="lease"), 10, name="begun.jpg")
    assert uploads.unfinished(world.citizen, device) == ()
    assert [one.id for one in uploads.unfinished(world.citizen, actor)] == [unfinished.id]


def test_after_fifteen_minutes_it_is_over(world: World, announced: Announced, person: Browser, phone: Browser) -> None:
    link = made(person)
    world.clock.forward(minutes=HANDOFF_MINUTES, seconds=-1)
    used(phone, link)
    late = phone.open("/fr/add/").form("/fr/add/")
    world.clock.forward(seconds=1)
    assert phone.open("/fr/add/").path == "/fr/add/over"
    data = MultiDict([("csrf_token", late.values["csrf_token"]), ("files", (io.BytesIO(photo()), "a.jpg"))])
    assert phone.post("/fr/add/", data).path == "/fr/add/over"  # type: ignore[arg-type]
    assert world.count("document_file") == 0
    assert phone.send("POST", "/fr/add/uploads", headers={"Tus-Resumable": "1.0.0"}).status_code in (401, 403)


def test_a_link_that_nobody_pressed_is_over_too(world: World, announced: Announced, person: Browser) -> None:
    link = made(person)
    world.clock.forward(minutes=HANDOFF_MINUTES)
    assert world.browser().open(link).path == "/fr/add/over"


def test_a_newer_link_ends_the_older(world: World, announced: Announced, person: Browser, phone: Browser) -> None:
    first = made(person)
    used(phone, first)
    second = made(person, "/fr/dossier/papers/avs_number@a/link")
    assert phone.open("/fr/add/").path == "/fr/add/over"
    assert phone.open(first).path == "/fr/add/over"
    assert used(world.browser(), second).h1 != "Bail de votre logement"


def test_done_ends_it_for_the_device(world: World, announced: Announced, person: Browser, phone: Browser) -> None:
    used(phone, made(person))
    cookie = phone.cookie("handoff") or ""
    assert phone.open("/fr/add/").form("/done").submit().path == "/fr/add/over"
    assert phone.cookie("handoff") is None
    phone.set_cookie("handoff", cookie)
    assert phone.open("/fr/add/").path == "/fr/add/over"


def test_leaving_quickly_ends_it_as_well(world: World, announced: Announced, person: Browser, phone: Browser) -> None:
    used(phone, made(person))
    cookie = phone.cookie("handoff") or ""
    phone.open("/fr/add/").form("/leave").submit(follow=False)
    assert handoffs.visit(world.citizen, cookie) is None


def test_the_cookie_is_short_and_not_for_scripts(announced: Announced, person: Browser, phone: Browser) -> None:
    link = made(person)
    answer = phone.open(link).form(link).submit(follow=False)
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("handoff=")]
    assert "HttpOnly" in cookie
    assert f"Max-Age={HANDOFF_MINUTES * 60}" in cookie


def test_the_secret_stands_in_no_table(world: World, announced: Announced, person: Browser, phone: Browser) -> None:
    link = made(person)
    used(phone, link)
    row = repr(world.row("SELECT * FROM handoff"))
    assert link.rpartition("/")[2] not in row
    assert (phone.cookie("handoff") or "-") not in row
    assert "lease" not in row


def test_a_link_for_a_paper_that_no_item_asks_for(
    world: World, announced: Announced, person: Browser, phone: Browser
) -> None:
    actor = world.adult(announced)
    document = sent(world, actor, None, title="Lettre")
    used(phone, made(person, f"/fr/dossier/documents/{document.id}/link"))
    page = give(phone, (photo("TWO"), "two.jpg"))
    assert page.h1 == "Autre papier"
    assert {file.name for file in shelf.document_of(world.citizen, actor, document.id).files} == {
        "photo.jpg",
        "two.jpg",
    }


def test_only_for_a_paper_of_the_own_list(world: World, announced: Announced, person: Browser) -> None:
    document = sent(world, world.adult(announced), None, title="Lettre")
    assert person.open("/fr/dossier/papers/nothing/link").status == 404
    stranger = world.visit(world.announce())
    assert stranger.open(f"/fr/dossier/documents/{document.id}/link").status == 404
    wrong = person.open(LEASE).form("/link").force(reference="VS-0000-0000-00").submit()
    assert wrong.status == 409
    assert world.count("handoff") == 0


def test_made_links_and_missed_ones_have_a_rate(world: World, announced: Announced, person: Browser) -> None:
    form = person.open(LEASE).form("/link")
    statuses = [form.submit().status for _ in range(MOST_LINKS + 1)]
    assert statuses == [200] * MOST_LINKS + [429]
    guesser = world.browser()
    tries = [guesser.send("GET", f"/fr/add/{'x' * 32}").status_code for _ in range(MOST_MISSES + 1)]
    assert tries == [303] * MOST_MISSES + [429]


def test_the_page_speaks_the_language_of_the_link(world: World, announced: Announced, person: Browser) -> None:
    snapshots.send(world.citizen, world.adult(announced))
    page = person.open("/de/dossier/papers/lease/link").form("/link").submit()
    found = re.search(r"(/de/add/[\w-]{32})", page.text)
    assert found is not None
    phone = world.browser()
    assert phone.open(found[1]).form(found[1]).submit().h1 == "Mietvertrag Ihrer Wohnung"
