"""A paper photographed with another device: the QR code on the first screen, the pages there within two seconds."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.own_checklist_cases import answered
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer
from tests.services.sending import photo

SOON = 2.0 + 1.5
"""Seconds: the first screen asks every two seconds; the rest is this machine, which does other things as well."""
LINK = "/fr/dossier/papers/lease/link"


def test_photos_of_the_phone_appear_on_the_first_screen(
    open_page: OpenPage, world: World, live_server: PortalServer
) -> None:
    screen, phone = open_page(), open_page(viewport={"width": 360, "height": 740})
    answered(BrowserVisit(world, screen, live_server.base_url))
    screen.goto(LINK)
    screen.get_by_role("button", name="Faire le lien").click()
    expect(screen.locator(".qr svg")).to_be_visible()
    link = re.search(r"/fr/add/[\w-]{32}", screen.locator("main").inner_text().replace("\n", ""))
    assert link is not None
    phone.goto(link[0])
    phone.get_by_role("button", name="Commencer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bail de votre logement")
    phone.set_input_files("#files", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(phone.locator("main")).to_contain_text("Bien reçu", timeout=10_000)
    begun = time.monotonic()
    expect(screen.locator("[data-state]")).to_contain_text("IMG_1.jpg", timeout=10_000)
    assert time.monotonic() - begun < SOON
    phone.get_by_role("button", name="J’ai fini").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ce lien est terminé")
    phone.goto("/fr/add/")
    assert phone.url.endswith("/fr/add/over")


def test_the_same_without_scripts(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    screen, phone = open_page(java_script_enabled=False), open_page(java_script_enabled=False)
    answered(BrowserVisit(world, screen, live_server.base_url))
    screen.goto(LINK)
    screen.get_by_role("button", name="Faire le lien").click()
    link = re.search(r"/fr/add/[\w-]{32}", screen.locator("main").inner_text().replace("\n", ""))
    assert link is not None
    phone.goto(link[0])
    phone.get_by_role("button", name="Commencer").click()
    phone.set_input_files("#photo", {"name": "IMG_2.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator("main")).to_contain_text("IMG_2.jpg")
    screen.get_by_role("link", name="Voir les pages arrivées").click()
    expect(screen.locator("main")).to_contain_text("IMG_2.jpg")
