"""A caseworker of Sierre tries everything on a dossier of Monthey; then opens it for a reason, and all who should see it do."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from portal.domain.demand import Announcement, Person
from portal.domain.role import Role
from portal.services.staff import enrol
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.launch import DESK, PHONE
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer

MONTHEY, NAME, LEAD = 6153, "Amina Haddad", "lead-of-monthey"
PAGES = ("", "/checklist", "/summary", "/file", "/interview", "/decisions", "/adults", "/bundle", "/rights", "/log")
REASON = "Au guichet, sans papiers"


def nothing_of(page: Page, reference: str) -> None:
    source = f"{page.content()} {page.title()} {page.url}"
    assert NAME not in source
    assert reference not in source


def test_everything_from_sierre_on_a_dossier_of_monthey(
    open_page: OpenPage, world: World, live_server: PortalServer
) -> None:
    known = world.file(Announcement(Person(NAME, phone="+41 79 555 44 55"), "ar", MONTHEY))
    reference, demand = known.demand.reference, known.demand.id
    page = open_page(**DESK)
    me = Hands(page, "fr")
    at_the_desk(BrowserVisit(world, page, live_server.base_url))

    # Every address that one could guess, and one of nobody: the same answer, and no button opens it.
    for ending in PAGES:
        answers = []
        for id_ in (demand, uuid.uuid4()):
            answer = page.goto(f"/staff/demands/{id_}{ending}")
            assert answer is not None
            nothing_of(page, reference)
            answers.append(answer.status)
        assert answers[0] == answers[1]
    page.goto(f"/staff/demands/{demand}")
    page.locator("main form[action$='/staff/open'] button").click()
    nothing_of(page, reference)
    expect(page.locator("h1")).not_to_have_text(NAME)

    # The board and the search know nothing of it, by name or by reference.
    page.goto("/staff/")
    nothing_of(page, reference)
    for typed in (NAME, reference):
        page.goto("/staff/search")
        page.locator("[name=looked_for]").fill(typed)
        me.button("Chercher").click()
        me.says("Aucun dossier trouvé")
    me.link("Ouvrir un dossier d’une autre région, avec une raison").click()

    # Without a reason nothing opens; with one there is one page, which changes nothing.
    page.locator("[name=reference]").fill(reference)
    me.button("Ouvrir ce dossier").click()
    me.says("Choisissez une raison de la liste.")
    me.choice("La personne est à notre guichet ou au téléphone").click()
    page.locator("[name=glance_words]").fill(REASON)
    me.button("Ouvrir ce dossier").click()
    expect(page.locator("h1")).to_contain_text(NAME)
    expect(page.locator("main")).to_contain_text("+41 79 555 44 55")
    expect(page.locator("main form")).to_have_count(0)
    assert reference not in f"{page.url} {page.title()}"
    page.goto(f"/staff/demands/{demand}")
    nothing_of(page, reference)

    # «Next person» ends it for good.
    page.goto("/staff/elsewhere/file")
    expect(page.locator("h1")).to_contain_text(NAME)
    page.locator(".helping").get_by_role("button", name=me.words("Personne suivante")).click()
    page.goto("/staff/elsewhere/file")
    me.heading("Ouvrir un dossier d’une autre région")
    nothing_of(page, reference)

    # Both leads read who, when and why.
    owner = world.owner()
    enrol(owner, world.stack.oidc.issuer, LEAD, "Lea Lead", "bas-valais", (Role.TEAM_LEAD,))
    owner.close()
    for subject in ("luc.demo", LEAD):
        lead = open_page(**DESK)
        at_the_desk(BrowserVisit(world, lead, live_server.base_url), subject)
        lead.goto("/staff/log")
        card = lead.locator(".card", has_text="Dossiers ouverts hors de leur région")
        expect(card).to_contain_text("Claire Demo")
        expect(card).to_contain_text(REASON)
        expect(card).to_contain_text(reference)

    # The person reads it, in Arabic, without the name and without the words.
    own = open_page(**PHONE)
    BrowserVisit(world, own, live_server.base_url, "ar").cookie("citizen", world.visit(known))
    her = Hands(own, "ar")
    assert her.go("/dossier/access-log") == 200
    her.says("Un centre hors de votre région a ouvert votre dossier : quelqu’un s’est adressé à lui")
    assert "Claire" not in own.content()
    assert REASON not in own.content()
