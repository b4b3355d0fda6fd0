"""Several files at once, the same file once more, a page that nobody touches: what the pages of papers make of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from portal.domain.document import FileState
from portal.services.documents import shelf
from tests.browser.conftest import OpenPage
from tests.browser.dossier_cases import me
from tests.browser.own_checklist_cases import answered
from tests.browser.papers_cases import marked, worker
from tests.browser.test_journey_papers import ONE, files, on_disk
from tests.browser.visits import BrowserVisit
from tests.browser.world import Known, World
from tests.pages.sent_papers import check, page, send
from tests.servers import PortalServer

ALREADY = "Ce fichier est déjà là."
RECEIVED = "[data-state] [data-file]:visible .tag"


@pytest.fixture
def visit(world: World, open_page: OpenPage, live_server: PortalServer) -> BrowserVisit:
    return BrowserVisit(world, open_page(viewport={"width": 360, "height": 740}), live_server.base_url)


@pytest.fixture
def known(world: World) -> Known:
    return world.file(world.somebody("fr"))


@pytest.fixture
def phone(visit: BrowserVisit, known: Known) -> Page:
    """The page of one item, on a phone, signed in."""
    visit.page.context.add_cookies([{"name": "citizen", "value": visit.world.visit(known), "url": visit.base_url}])
    visit.page.goto(ONE)
    return visit.page


def test_pages_stand_in_the_order_of_choosing(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    names = ["c.jpg", "a.jpg", "b.jpg"]
    heavy = [3_000_000, 1_200_000, 0]  # the first takes longest: sent side by side, it would come last
    paths = [on_disk(tmp_path, n, page(900, 1200) + b"\0" * h) for n, h in zip(names, heavy, strict=True)]
    phone.locator("#files").set_input_files(paths)
    expect(phone.locator(RECEIVED)).to_have_count(3, timeout=15_000)
    found = files(world, known)
    assert [file.name for file in found] == names, "announced in this order"
    arrived = sorted(found, key=lambda file: str(file.received_at))
    assert [file.name for file in arrived] == names
    for file in arrived:
        check(worker(world), file.id)
    expect(phone.locator(".thumb img")).to_have_count(3, timeout=6000)
    (paper,) = shelf.documents_of(world.kit, me(known))
    by_id = {file.id: file.name for file in found}
    assert [by_id[one.file] for one in paper.pages] == names
    shown = [image.get_attribute("src") or "" for image in phone.locator(".thumb img").all()]
    assert [str(one.id) in src for one, src in zip(paper.pages, shown, strict=True)] == [True] * 3


def test_the_same_file_is_not_sent_twice(visit: BrowserVisit, known: Known, phone: Page, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "1.jpg", page(900, 1200))
    phone.locator("#files").set_input_files([path, path])
    expect(phone.locator(".send [data-says]", has_text=ALREADY)).to_have_count(1)
    expect(phone.locator(RECEIVED)).to_have_text("Bien reçu")
    phone.get_by_role("button", name="Enlever", exact=True).click()
    expect(phone.locator(".send")).to_have_count(0)
    phone.reload()
    phone.locator("#files").set_input_files(path)
    expect(phone.locator(".send [data-says]", has_text=ALREADY)).to_have_count(1)
    assert len(files(visit.world, known)) == 1, "and taking the row away took nothing else"
    marked(visit, "UPDATE document_file SET state = 'refused', fault = 'broken'")
    phone.reload()
    phone.locator("#files").set_input_files(path)
    expect(phone.locator("[data-state] [data-file]:visible")).to_have_count(2)
    assert {file.state for file in files(visit.world, known)} == {FileState.REFUSED, FileState.RECEIVED}


def test_another_paper_may_have_the_same_file(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "1.jpg", page(900, 1200))
    for number, title in enumerate(["Facture", "Lettre"], 1):
        phone.goto("/fr/dossier/papers")
        phone.get_by_label("Quel papier est-ce ?").fill(title)
        phone.locator("#files").set_input_files(path)
        expect(phone.locator(".card")).to_have_count(number)
    phone.goto("/fr/dossier/papers")
    phone.get_by_label("Quel papier est-ce ?").fill("Facture")
    phone.locator("#files").set_input_files(path)
    expect(phone.locator(".send [data-says]", has_text=ALREADY)).to_have_count(1)
    assert len(files(world, known)) == 2


def test_chosen_before_the_script_came(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    held: list[Route] = []
    phone.route(re.compile("/papers[.-][^/]*js"), lambda route: held.append(route))
    phone.goto(ONE, wait_until="commit")
    phone.locator("#files").set_input_files(on_disk(tmp_path, "a.jpg", page(900, 1200)))
    phone.wait_for_timeout(100)
    assert len(held) == 1, "the script is on its way"
    held[0].continue_()
    expect(phone.locator(RECEIVED)).to_have_count(1, timeout=15_000)
    assert [file.name for file in files(world, known)] == ["a.jpg"]


def test_a_row_that_was_never_sent(phone: Page) -> None:
    phone.set_input_files("#files", {"name": "a\u202egpj.exe", "mimeType": "image/jpeg", "buffer": b""})
    expect(phone.locator(".send [data-name]")).to_have_text("agpj.exe")
    assert phone.locator(".send [data-name]").text_content() == "agpj.exe"
    expect(phone.get_by_role("button", name="Annuler")).to_have_count(0)
    phone.get_by_role("button", name="Enlever", exact=True).click()
    expect(phone.locator(".send")).to_have_count(0)


def test_everything_that_was_sent_follows_by_itself(world: World, known: Known, phone: Page) -> None:
    sent = send(world.kit, me(known), page(900, 1200))
    phone.goto("/fr/dossier/papers")
    expect(phone.locator(".states")).to_have_text("Bien reçu")
    expect(phone.get_by_role("link", name="Actualiser")).to_be_hidden()
    check(worker(world), sent)
    expect(phone.locator(".states")).to_have_text("Pages : 1", timeout=6000)
    expect(phone.locator("main")).not_to_contain_text("en contrôle")


def test_another_device_goes_on_after_it_left(visit: BrowserVisit, tmp_path: Path) -> None:
    known, phone = answered(visit), visit.page
    phone.goto("/fr/dossier/papers/lease/link")
    phone.get_by_role("button", name="Faire le lien").click()
    link = re.search(r"/fr/add/[\w-]{32}", phone.locator("main").inner_text().replace("\n", ""))
    assert link is not None
    phone.context.clear_cookies()
    phone.goto(link[0])
    phone.get_by_role("button", name="Commencer").click()
    path = on_disk(tmp_path, "gross.jpg", page(900, 1200) + b"\0" * 3_000_000)
    phone.route(
        re.compile("/add/uploads/"),
        lambda route: (
            route.abort()
            if route.request.method == "PATCH" and route.request.headers["upload-offset"] != "0"
            else route.continue_()
        ),
    )
    phone.locator("#photo").set_input_files(path)
    expect(phone.locator("[data-says]")).to_contain_text("Connexion perdue")
    phone.unroute_all()
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto("/fr/add/")
    listed = phone.locator("[data-state] [data-file]:visible")
    expect(listed).to_contain_text("En route")
    expect(listed.locator(".tag circle"), "a clock, and no tick").to_have_count(1)
    phone.locator("#files").set_input_files(path)
    expect(phone.locator(RECEIVED)).to_have_text("Bien reçu", timeout=15_000)
    (file,) = files(visit.world, known)
    check(worker(visit.world), file.id)
    expect(phone.locator(RECEIVED)).not_to_have_text("Bien reçu", timeout=6000)  # nobody touched the page
    phone.locator("#files").set_input_files(path)
    expect(phone.locator(".send [data-says]", has_text=ALREADY)).to_have_count(1)
    assert len(files(visit.world, known)) == 1
