"""What a person does with their pages, until the centre has looked; and what nobody else can do with them."""

from __future__ import annotations

import uuid

import pytest

from devstack.s3 import S3
from portal.domain.demand import Person
from portal.services.actor import Actor
from portal.services.documents import shelf
from portal.services.documents.shelf import DocumentView
from portal.services.documents.terms import Target
from tests.pages.browser import Browser, Page
from tests.pages.sent_papers import KEY, page, post_files, send, sent_and_checked, the_paper
from tests.pages.world import Announced, World

ROOT = "/fr/dossier"
ONE = f"{ROOT}/papers/{KEY}"


@pytest.fixture
def announced(clean_world: World, s3: S3) -> Announced:
    """A demand; the object store runs."""
    assert s3.running
    return clean_world.announce()


@pytest.fixture
def me(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.fixture
def paper(world: World, me: Actor) -> DocumentView:
    """Three pages of three photos."""
    for number in range(3):
        sent_and_checked(world.citizen, world.worker, me, page(700 + number, 1100), f"{number}.jpg")
    return the_paper(world.citizen, me)


def act(shown: Page, ending: str, act: str, *, button: tuple[str, str] = ("", ""), **fields: str) -> Page:
    """Press the button of a page's form that leads to this act."""
    form = shown.form(ending)
    data = form.values.copy()
    if button[0]:
        data.add(*button)
    for name, value in fields.items():
        data[name] = value
    return shown.browser.post(f"{ROOT}/{act}", data, follow=False)


def order(world: World, me: Actor) -> list[uuid.UUID]:
    return [one.id for one in the_paper(world.citizen, me).pages]


def test_earlier_later_turned(browser: Browser, world: World, me: Actor, paper: DocumentView) -> None:
    first, second, third = (one.id for one in paper.pages)
    shown = browser.open(ONE)
    assert [one.get("id") for one in shown.classed("thumb")] == [f"page-{one.id}" for one in paper.pages]
    moved = act(shown, f"{first}/turn", f"pages/{first}/move", button=("to", "2"))
    assert (moved.status, moved.headers["Location"]) == (303, f"{ONE}#sent")
    assert order(world, me) == [second, first, third]
    act(shown, f"{third}/turn", f"pages/{third}/move", button=("to", "1"))
    assert order(world, me) == [third, second, first]
    act(shown, f"{third}/turn", f"pages/{third}/turn")
    assert [one.turn for one in the_paper(world.citizen, me).pages] == [90, 0, 0]


def test_a_double_click_does_it_once(browser: Browser, world: World, me: Actor, paper: DocumentView) -> None:
    one, two, _three = (page.id for page in paper.pages)
    shown = browser.open(ONE)
    for _again in range(2):
        assert act(shown, f"{one}/turn", f"pages/{one}/turn").status == 303
        assert act(shown, f"{two}/turn", f"pages/{two}/move", button=("to", "1")).status == 303
    assert [page.turn for page in the_paper(world.citizen, me).pages] == [0, 90, 0]
    assert order(world, me)[0] == two
    for _again in range(2):
        gone = act(shown, f"{one}/turn", f"pages/{one}/remove")
        assert (gone.status, gone.headers["Location"]) == (303, f"{ONE}#sent")
    assert len(the_paper(world.citizen, me).pages) == 2
    last = the_paper(world.citizen, me).files[0].id
    for _again in range(2):
        assert act(shown, f"files/{last}/remove", f"files/{last}/remove").status == 303
    assert len(the_paper(world.citizen, me).files) == 1
    for _again in range(2):
        gone = act(shown, f"{paper.id}/remove", f"documents/{paper.id}/remove")
        assert (gone.status, gone.headers["Location"]) == (303, f"{ROOT}/papers")
    assert shelf.documents_of(world.citizen, me) == ()


def test_removing_asks_first_without_javascript(browser: Browser, paper: DocumentView) -> None:
    """Each way to take something away stands in a part that is opened first, with what it means."""
    shown = browser.open(ONE)
    closed = {id(inner): outer for outer in shown.root.iter("details") for inner in outer.iter("button")}
    dangerous = [one for one in shown.root.iter("button") if "button-danger" in (one.get("class") or "")]
    assert len(dangerous) == 2 * len(paper.pages) + 1
    for one in dangerous:
        assert closed[id(one)].get("open") is None
    assert shown.text.count("effacée pour toujours") == len(paper.pages)


def test_to_the_right_item_and_out_of_the_list(browser: Browser, world: World, me: Actor, paper: DocumentView) -> None:
    shown = browser.open(ONE)
    form = shown.form(f"{paper.id}/assign").fill(key="identity_paper@a")
    moved = form.submit(follow=False)
    assert moved.headers["Location"] == f"{ROOT}/papers/identity_paper@a#sent"
    assert len(browser.open(f"{ROOT}/papers/identity_paper@a").classed("thumb")) == 3
    assert browser.open(ONE).classed("thumb") == []
    browser.open(f"{ROOT}/papers/identity_paper@a").form(f"{paper.id}/assign").fill(key="").submit()
    alone = the_paper(world.citizen, me)
    assert (alone.key, alone.title) == (None, "Carte d’identité ou passeport")
    assert browser.open(f"{ROOT}/documents/{paper.id}").h1 == "Carte d’identité ou passeport"


def test_an_item_of_nobodys_list_moves_nothing(browser: Browser, world: World, me: Actor, paper: DocumentView) -> None:
    browser.open(ONE).form(f"{paper.id}/assign").force(key="pregnancy@b").submit()
    assert the_paper(world.citizen, me).key == KEY


def test_once_the_centre_looked_it_stays_and_a_new_one_can_be_added(
    browser: Browser, world: World, me: Actor, paper: DocumentView
) -> None:
    shown = browser.open(ONE)
    with world.superuser() as connection:
        connection.execute("UPDATE document SET looked_at = now() WHERE id = %s", [paper.id])
    first = paper.pages[0].id
    for what in ("turn", "move", "remove"):
        refused = act(shown, f"{first}/turn", f"pages/{first}/{what}")
        assert refused.status == 409
        assert "Le centre a déjà regardé ce papier" in refused.text
        assert "rien n’est perdu" in refused.text
        assert f"{ROOT}/papers" in refused.links()
    for ending in (f"files/{paper.files[0].id}/remove", f"documents/{paper.id}/remove", f"documents/{paper.id}/assign"):
        assert act(shown, ending, ending, key="identity_paper@a").status == 409
    again = browser.open(ONE)
    assert "Le centre l’a regardé le" in again.text
    assert "button-danger" not in again.body.decode()
    send(world.citizen, me, page(801, 1100), "neu.jpg")
    assert [(one.changeable, len(one.files)) for one in shelf.documents_of(world.citizen, me)] in (
        [(False, 3), (True, 1)],
        [(True, 1), (False, 3)],
    )


def test_a_paper_outside_the_list_that_was_looked_at_takes_no_more(browser: Browser, world: World, me: Actor) -> None:
    sent_and_checked(world.citizen, world.worker, me, page(), target=Target(title="Lettre"))
    paper = the_paper(world.citizen, me)
    with world.superuser() as connection:
        connection.execute("UPDATE document SET looked_at = now()")
    shown = browser.open(f"{ROOT}/documents/{paper.id}")
    assert shown.status == 200
    assert [one for one in shown.root.iter("input") if one.get("type") == "file"] == []
    assert f"{ROOT}/papers" in shown.links()


def test_for_another_adult_nothing_of_it_exists(world: World, me: Actor, paper: DocumentView) -> None:
    other = world.visit(world.announce(Person("Jemand Anders")))
    shown, fields = other.open(ONE), {"document": str(paper.id), "key": "", "turn": "0", "to": "1"}
    one, file = paper.pages[0].id, paper.files[0].id
    for path in (
        f"pages/{one}.jpg",
        f"pages/{one}/thumb.jpg",
        f"files/{file}",
        f"documents/{paper.id}",
        f"documents/{paper.id}/state",
    ):
        assert other.open(f"{ROOT}/{path}").status == 404, path
    data = {**shown.form(KEY).values, **fields}
    for path in (
        *(f"pages/{one}/{what}" for what in ("turn", "move", "remove")),
        *(f"documents/{paper.id}/{what}" for what in ("remove", "assign")),
        f"files/{file}/remove",
        f"documents/{paper.id}",
    ):
        assert other.post(f"{ROOT}/{path}", data).status == 404, path
    assert the_paper(world.citizen, me) == paper
    assert str(paper.id) not in shown.body.decode()


def test_a_form_of_another_dossier_changes_nothing(
    browser: Browser, world: World, me: Actor, paper: DocumentView
) -> None:
    shown, first = browser.open(ONE), paper.pages[0].id
    for ending in (
        f"pages/{first}/turn",
        f"files/{paper.files[0].id}/remove",
        f"documents/{paper.id}/remove",
        f"documents/{paper.id}/assign",
    ):
        assert act(shown, ending, ending, reference="VS-0000-0000-97").status == 409, ending
    for what in ("move", "remove"):
        assert act(shown, f"{first}/turn", f"pages/{first}/{what}", reference="").status == 409
    assert browser.post(ONE, {**shown.form(KEY).values, "reference": "VS-0000-0000-97"}).status == 409
    assert browser.post(f"{ROOT}/papers", {**shown.form(KEY).values, "reference": ""}).status == 409
    assert the_paper(world.citizen, me) == paper


def test_the_store_is_away_while_looking_and_while_sending(
    browser: Browser, world: World, me: Actor, paper: DocumentView, s3: S3
) -> None:
    shown, first = browser.open(ONE), paper.pages[0].id
    s3.stop()
    try:
        looked = browser.open(f"{ROOT}/pages/{first}.jpg")
        assert (looked.status, looked.headers["Retry-After"]) == (503, "60")
        assert "Ce qui était marqué « Bien reçu » reste gardé." in looked.text.replace("\u00a0", " ")
        assert "vous envoyiez" not in looked.text
        assert browser.open(f"{ROOT}/files/{paper.files[0].id}").status == 503
        # The page itself and everything about order need rows only.
        assert browser.open(ONE).status == 200
        assert act(shown, f"{first}/turn", f"pages/{first}/turn").status == 303
        sent = post_files(browser.open(ONE), KEY, ("jetzt.jpg", page(811, 1100)))
        assert sent.status == 422
        assert "jetzt.jpg" in sent.text
    finally:
        s3.start()
    assert browser.send("GET", f"{ROOT}/pages/{first}.jpg").status_code == 200
    assert len(the_paper(world.citizen, me).files) == 3
    assert the_paper(world.citizen, me).pages[0].turn == 90


def test_a_damaged_object_is_never_shown(browser: Browser, world: World, paper: DocumentView) -> None:
    with world.superuser() as connection:
        connection.execute("UPDATE document_object SET digest = decode(repeat('00', 32), 'hex')")
    shown = browser.open(f"{ROOT}/pages/{paper.pages[0].id}.jpg")
    assert shown.status == 503
    assert "Ce papier ne peut pas être ouvert en ce moment" in shown.text
