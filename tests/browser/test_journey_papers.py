"""Real files through the upload page in a real browser: from choosing them to pages that the centre sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.domain.document import FileState
from portal.services.documents import shelf, uploads
from portal.services.documents.terms import Target
from tests.browser.conftest import OpenPage
from tests.browser.dossier_cases import me
from tests.browser.papers_cases import worker
from tests.browser.world import Known, World
from tests.operations.waiting import until
from tests.pages.sent_papers import KEY, check, page
from tests.servers import PortalServer

ONE = f"/fr/dossier/papers/{KEY}"


SHAPE = """() => {
  const one = document.querySelector(".thumb img");
  return !one || !one.naturalWidth ? "" : one.naturalWidth > one.naturalHeight ? "wide" : "high";
}"""
"""How the first page stands on the screen."""


@pytest.fixture
def known(world: World) -> Known:
    return world.file(world.somebody("fr"))


@pytest.fixture
def phone(world: World, known: Known, open_page: OpenPage, live_server: PortalServer) -> Page:
    """The page of one item, on a phone, signed in."""
    page = open_page(viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": "citizen", "value": world.visit(known), "url": live_server.base_url}])
    page.goto(ONE)
    return page


def on_disk(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def files(world: World, known: Known) -> list[shelf.FileView]:
    return [file for one in shelf.documents_of(world.kit, me(known)) for file in one.files]


def test_photos_begin_at_once_and_appear_as_pages(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    names = ["1 Lohnausweis.jpg", "ورقة.jpg"]
    paths = [on_disk(tmp_path, name, page(1300 + number, 1700)) for number, name in enumerate(names)]
    phone.locator("#files").set_input_files(paths)
    listed = phone.locator("[data-state] [data-file]:visible")
    expect(listed).to_have_count(2)
    expect(phone.locator(".send")).to_have_count(0)
    found = files(world, known)
    assert sorted(file.name for file in found) == sorted(names)
    assert all(len(file.fingerprint or "") == 64 for file in found)
    for file in found:
        check(worker(world), file.id)
    # Nobody touches the page: within two seconds and the way there, the pages stand on it.
    expect(phone.locator(".thumb img")).to_have_count(2, timeout=6000)
    expect(phone.locator("[data-state-said]")).to_have_text("Pages prêtes : 2.")
    phone.locator(".thumb img").first.scroll_into_view_if_needed()
    until(lambda: phone.evaluate(SHAPE) == "high", "the first page stands")
    phone.get_by_role("button", name="Tourner : page 1").click()
    until(lambda: phone.evaluate(SHAPE) == "wide", "it lies")


def test_a_lost_connection_goes_on_by_itself(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "gross.jpg", page(1300, 1700) + b"\0" * 3_000_000)
    away = {"now": True}
    pieces: list[str | None] = []

    def piece(route: object) -> None:
        request = route.request  # type: ignore[attr-defined]
        if request.method == "PATCH":
            pieces.append(request.headers.get("upload-offset"))
        if away["now"] and request.method == "PATCH" and request.headers.get("upload-offset") != "0":
            route.abort("connectionfailed")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    phone.route(re.compile("/dossier/uploads/"), piece)
    phone.locator("#photo").set_input_files(path)
    expect(phone.locator("[data-says]")).to_have_text("Connexion perdue, cela continue tout seul.")
    (half,) = files(world, known)
    assert (half.state, half.received) == (FileState.RECEIVING, 1024 * 1024)
    away["now"] = False
    expect(phone.locator("[data-state] [data-file]:visible .tag")).to_have_text("Bien reçu", timeout=15_000)
    assert pieces.count("0") == 1, "nothing was sent twice"


def test_leaving_and_choosing_the_same_file_goes_on(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "gross.jpg", page(1300, 1700) + b"\0" * 3_000_000)
    offsets: list[str] = []
    phone.route(
        re.compile("/dossier/uploads/"),
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
    phone.goto(ONE)
    expect(phone.locator("[data-fingerprint]")).to_contain_text("Choisissez encore une fois le même fichier")
    phone.on("request", lambda one: offsets.append(one.headers["upload-offset"]) if one.method == "PATCH" else None)
    kept = files(world, known)[0].received
    phone.locator("#files").set_input_files(path)
    expect(phone.locator("[data-state] [data-file]:visible .tag")).to_have_text("Bien reçu", timeout=15_000)
    assert kept >= 1024 * 1024
    assert offsets[0] == str(kept)
    assert len(files(world, known)) == 1
    assert phone.evaluate("localStorage.length") == 0


def test_pause_continue_cancel(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "gross.jpg", page(1300, 1700) + b"\0" * 3_000_000)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    phone.context.new_cdp_session(phone).send("Network.emulateNetworkConditions", slow)
    phone.locator("#photo").set_input_files(path)
    expect(phone.locator("[data-says]")).to_contain_text("sur 3,")
    phone.get_by_role("button", name="Pause").click()
    expect(phone.locator("[data-says]")).to_contain_text("En pause")
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.locator("[data-says]")).to_contain_text("sur 3,")
    phone.get_by_role("button", name="Annuler").click()
    expect(phone.locator(".send")).to_have_count(0)
    until(lambda: not files(world, known), "nothing of it is left")


def test_hints_come_at_once_and_block_nothing(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    wanted = {
        "dunkel.png": (page(light=0.2, kind="PNG"), "Cette page est sombre"),
        "unscharf.png": (page(blur=6, kind="PNG"), "Cette page est floue"),
        "klein.png": (page(600, 800, kind="PNG"), "Cette image est petite"),
        "gut.png": (page(kind="PNG"), ""),
        "leer.jpg": (b"", "Ce fichier est vide"),
    }
    phone.route(re.compile("/dossier/uploads"), lambda route: route.abort())  # the rows stay to be looked at
    for name, (content, words) in wanted.items():
        phone.locator("#files").set_input_files(on_disk(tmp_path, name, content))
        row = phone.locator(".send").filter(has_text=name)
        if words:
            expect(row).to_contain_text(words)
        else:
            phone.wait_for_timeout(800)
            expect(row.locator("[data-hint]")).to_be_hidden()


def test_the_server_says_which_limit(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    for _number in range(30):
        uploads.begin(world.kit, me(known), Target(key=KEY), 10, name="x")
    phone.locator("#files").set_input_files(on_disk(tmp_path, "31.jpg", page(900, 1200)))
    expect(phone.locator(".send [data-says]")).to_contain_text("30")


def test_a_paper_of_its_own_title(world: World, known: Known, phone: Page, tmp_path: Path) -> None:
    phone.goto("/fr/dossier/papers")
    phone.get_by_label("Quel papier est-ce ?").fill("Lettre de l’assurance")
    phone.locator("#files").set_input_files([on_disk(tmp_path, f"{n}.jpg", page(900 + n, 1200)) for n in range(2)])
    until(lambda: len(files(world, known)) == 2, "both have come")
    expect(phone.locator(".card", has_text="Lettre de l’assurance")).to_have_count(1)
    (one,) = shelf.documents_of(world.kit, me(known))
    assert (one.title, len(one.files)) == ("Lettre de l’assurance", 2)
