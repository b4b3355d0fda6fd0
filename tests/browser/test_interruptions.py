"""Double clicks, lost connections, the back button, a session that ended: nothing is lost, nothing is filed twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.world import World
from tests.devstack.database import Database

WEATHER = "www.meteosuisse.admin.ch"


def filings(database: Database) -> int:
    """How many filings the register holds."""
    with database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM filing_register WHERE kind = 'filing'").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_double_click_files_once(open_page: OpenPage, world: World, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    me = Hands(page, "fr")
    if script:
        me.shortest_filing()
    else:
        me.go("/demand/new")
        page.locator("#name").fill("Odette Rey")
        me.button("Vérifier mes réponses").click()
    me.button("Annoncer ma demande maintenant").dblclick()
    me.filed()
    assert filings(world.database) == 1


def test_back_after_filing_and_again(open_page: OpenPage, world: World) -> None:
    """Without script: the same page sent again shows the same reference and code; a changed one says that it had left."""
    page = open_page(**PHONE, java_script_enabled=False)
    me = Hands(page, "fr")
    me.go("/demand/new")
    page.locator("#name").fill("Odette Rey")
    me.button("Vérifier mes réponses").click()
    me.announce()
    first = me.filed()
    back_to_the_check_page(page)
    me.announce()
    assert me.filed() == first
    back_to_the_check_page(page)
    page.get_by_role("button", name=re.compile(r"^Modifier\b.*\bNom$")).click()
    page.locator("#name").fill("Odile Rey")
    me.button("Vérifier mes réponses").click()
    me.announce()
    assert me.filed() == first
    me.says("Ce formulaire était déjà parti")
    assert filings(world.database) == 1


def back_to_the_check_page(page: Page) -> None:
    """The back button; the browser asks before it sends the answers of the check page once more."""
    try:
        page.go_back()
    except BrowserError as error:
        assert "ERR_CACHE_MISS" in str(error)  # noqa: PT017 - which error it is decides what a person does next
        page.wait_for_url("chrome-error://chromewebdata/")
        page.reload()
    expect(page.locator("h1")).to_have_text("Vérifiez, puis annoncez")


def test_no_connection_at_the_last_step(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.shortest_filing()
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        me.announce()
    page.wait_for_url("chrome-error://chromewebdata/")
    assert filings(world.database) == 0
    page.context.set_offline(False)
    page.reload()  # what the browser's own error page offers
    me.filed()
    assert filings(world.database) == 1


def test_the_answer_was_lost(open_page: OpenPage, world: World) -> None:
    """The portal filed, but the person never saw it: they try again and get what was filed."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.shortest_filing()

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/demand/new", lose)
    with page.expect_event("requestfailed"):
        me.announce()
    page.wait_for_url("chrome-error://chromewebdata/")
    assert filings(world.database) == 1
    page.unroute("**/demand/new")
    page.reload()
    me.filed()
    assert filings(world.database) == 1


def test_the_database_is_away_at_the_last_step(open_page: OpenPage, world: World) -> None:
    """The page keeps all that was typed and a proof; the same button files as soon as it can."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.shortest_filing()
    world.stack.postgres.stop()
    me.announce()
    proof = page.locator("#proof")
    expect(proof.locator(".qr svg")).to_be_visible()
    assert overflow(page) == []
    me.button("Essayer encore une fois").click()
    expect(proof).to_be_visible()  # still away
    world.stack.postgres.start()
    page.locator(".lang summary").click()
    page.get_by_role("button", name="Deutsch").click()  # in the other language nothing is lost either
    german = Hands(page, "de")
    expect(proof).to_be_visible()
    german.button("Essayer encore une fois").click()
    german.filed()
    with world.database.connect() as connection:
        row = connection.execute("SELECT attempted_at < recorded_at, attempt_matches FROM demand").fetchone()
    assert row == (True, True)


@pytest.mark.parametrize("how", ["button", "shift three times", "without JavaScript"])
def test_leave_quickly(open_page: OpenPage, world: World, how: str) -> None:
    """The page is gone, the visit has ended, and the browser keeps no cookie of it."""
    known = world.file(world.somebody())
    page = open_page(**PHONE, outside=(WEATHER,), java_script_enabled=how != "without JavaScript")
    page.route(f"https://{WEATHER}/**", lambda route: route.fulfill(body="<h1>Sun</h1>", content_type="text/html"))
    page.goto("/fr/")
    address = page.url.partition("/fr/")[0]
    page.context.add_cookies(
        [
            {"name": "citizen", "value": world.visit(known), "url": address},
            {"name": "filed", "value": known.token, "url": address},
        ]
    )
    page.goto("/fr/dossier")
    expect(page.locator("h1")).to_have_text("Mon dossier")
    if how == "shift three times":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("button", name="Quitter vite").click()
    page.wait_for_url(f"https://{WEATHER}/")
    assert [cookie for cookie in page.context.cookies(address) if cookie["name"] in ("citizen", "filed", "visit")] == []
    with world.database.connect() as connection:
        living = connection.execute("SELECT count(*) FROM citizen_session WHERE ended_at IS NULL").fetchone()
    assert living == (0,)
    page.goto(f"{address}/fr/dossier")
    expect(page.locator("h1")).to_have_text("Suivre ma demande")


def test_capitals_do_not_leave(open_page: OpenPage) -> None:
    """Shift is also for capitals: typing with it must not throw anybody out."""
    page = open_page()
    page.goto("/fr/sign-in")
    page.locator("#reference").focus()
    for letter in ("V", "S", "A", "B"):
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    expect(page.locator("#reference")).to_have_value("VSAB")
    expect(page.locator("body")).to_be_visible()


def test_the_visit_ended_meanwhile(open_page: OpenPage, world: World) -> None:
    """In the middle of a withdrawal the session is gone: what was typed waits until one has signed in again."""
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.shortest_filing()
    me.announce()
    filed = me.filed()
    me.button("J’ai noté mon code : ouvrir mon dossier").click()
    me.link("Retirer ma demande").click()
    me.heading("Retirer ma demande")
    page.locator("#reason").fill("J’ai trouvé du travail.")
    with world.database.connect() as connection:
        connection.execute("DELETE FROM citizen_session")
    me.button("Retirer ma demande").click()
    me.heading("Vous n’êtes plus connecté")
    assert withdrawn(world) == 0
    with page.context.expect_page() as opening:
        me.link("Se connecter dans un nouvel onglet").click()
    tab = Hands(opening.value, "fr")
    tab.heading("Suivre ma demande")
    tab.says("Entrez votre référence et votre code pour continuer. Rien n’est perdu.")
    tab.page.get_by_label("Référence").fill(filed.reference)
    tab.page.get_by_label("Code d’accès").fill("0000 0000 0000 0000")
    tab.button("Ouvrir mon dossier").click()
    expect(tab.page.locator("#error-summary")).to_be_focused()
    expect(tab.page.get_by_label("Référence")).to_have_value(filed.reference)
    tab.page.get_by_label("Code d’accès").fill(filed.code)
    tab.button("Ouvrir mon dossier").click()
    tab.heading("Retirer ma demande")  # signing in alone withdraws nothing
    assert withdrawn(world) == 0
    me.button("Envoyer encore une fois").click()
    me.heading("Mon dossier")
    me.says("Vous avez retiré votre demande")
    assert withdrawn(world) == 1


def withdrawn(world: World) -> int:
    """How many demands are withdrawn."""
    with world.database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM demand WHERE withdrawn_at IS NOT NULL").fetchone()
    assert row is not None
    return int(row[0])
