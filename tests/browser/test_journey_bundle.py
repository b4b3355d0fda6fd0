"""A caseworker takes the file for the commune, and somebody there opens it and checks every hash."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pikepdf
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.paperwork import sent
from tests.browser.staff_bundle_cases import household
from tests.browser.staff_summary_cases import ALONE
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer


def test_taken_opened_and_its_hashes_checked(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page()
    visit = BrowserVisit(world, page, live_server.base_url)
    known = household(visit, ALONE)
    sent(visit, known, "identity_paper@a", 2)
    page.goto(f"/staff/demands/{known.demand.id}")
    page.get_by_role("button", name="Ouvrir ce dossier").click()
    page.get_by_role("link", name="Transmettre à la commune").click()
    expect(page.get_by_role("heading", name="Ce qui manque ou n’est pas sûr")).to_be_visible()
    page.get_by_label("Apporté à la commune").check()
    page.get_by_role("button", name="Télécharger le paquet").click()
    expect(page.get_by_role("alert")).to_contain_text("Lisez ce qui manque")
    page.get_by_label("J’ai vu ce qui manque").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger le paquet").click()
    assert waiting.value.suggested_filename.startswith("dossier-")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        manifest = archive.read("manifest.json")
        for one in json.loads(manifest)["files"]:
            assert hashlib.sha256(archive.read(one["path"])).hexdigest() == one["sha256"]
        with pikepdf.open(io.BytesIO(archive.read("papers.pdf"))) as papers:
            assert len(papers.pages) == 2
    page.goto(f"/staff/demands/{known.demand.id}/transmit")
    made = page.locator("#made")
    expect(made).to_contain_text("Apporté à la commune")
    made.get_by_text("Empreinte du contenu").click()
    expect(made).to_contain_text(hashlib.sha256(manifest).hexdigest())
