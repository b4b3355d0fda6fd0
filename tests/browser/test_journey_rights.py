"""A couple acknowledges rights and duties: one reads Portuguese on the own phone, one Arabic on another by a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal import content
from portal.domain.notice import RIGHTS
from portal.i18n.text import translator
from tests.browser.conftest import OpenPage
from tests.browser.dossier_cases import signed_in
from tests.browser.hands import overflow
from tests.browser.notice_cases import COUPLE
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.servers import PortalServer

NARROW = {"width": 360, "height": 740}


def words(language: str, message: str) -> str:
    return translator(language).gettext(message)


def confirm(page: Page, language: str) -> None:
    """Tick the box at the end of the text, and press the one button."""
    page.get_by_label(words(language, "J’ai lu ce texte, et je le comprends")).check()
    page.get_by_role("button", name=words(language, "Confirmer"), exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_couple_in_two_languages(open_page: OpenPage, world: World, live_server: PortalServer, script: bool) -> None:
    mine, other = (open_page(viewport=NARROW, java_script_enabled=script) for _ in range(2))
    signed_in(BrowserVisit(world, mine, live_server.base_url, "pt"), situation=COUPLE)
    mine.goto("/pt/dossier")
    mine.locator("main").get_by_role("link", name=words("pt", "Droits et devoirs"), exact=True).click()
    mine.get_by_role("link", name=words("pt", "Lire et confirmer")).click()
    expect(mine.locator("main")).to_contain_text(
        content.words(RIGHTS, content.current(RIGHTS).version, "pt").plain("appeal-6")
    )
    confirm(mine, "pt")
    expect(mine.locator("#person-a")).to_contain_text(words("pt", "Confirmé"))
    expect(mine.locator("#person-b")).to_contain_text(words("pt", "Pas encore confirmé"))
    mine.get_by_role("link", name=words("pt", "Envoyer un lien")).click()
    mine.get_by_label(words("pt", "Langue de la personne")).select_option("ar")
    mine.get_by_role("button", name=words("pt", "Faire le lien")).click()
    expect(mine.locator(".qr svg")).to_be_visible()
    link = re.search(r"/ar/notice/[\w-]{32}", mine.locator("main").inner_text().replace("\n", ""))
    assert link is not None

    other.goto(link[0])
    expect(other.locator("html")).to_have_attribute("dir", "rtl")
    expect(other.locator("main")).to_contain_text(
        content.words(RIGHTS, content.current(RIGHTS).version, "ar").plain("appeal-6")
    )
    assert "Meret" not in other.content()
    assert overflow(other) == []
    other.reload()  # looking uses nothing up
    other.get_by_role("button", name=words("ar", "Confirmer"), exact=True).click()
    expect(other.locator(".error-summary")).to_be_visible()
    confirm(other, "ar")
    expect(other.get_by_role("heading", level=1)).to_have_text(words("ar", "Merci, c’est noté"))
    other.goto(link[0])
    expect(other.get_by_role("heading", level=1)).to_have_text(words("ar", "Merci, c’est noté"))

    mine.goto("/pt/dossier/rights")
    expect(mine.locator("#person-b")).to_contain_text(words("pt", "Par un lien personnel"))
    expect(mine.locator("#person-b")).to_contain_text("العربية")
    expect(mine.locator("main")).to_contain_text(words("pt", "Tous les adultes ont confirmé"))


def test_a_double_click_acknowledges_once(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    page = open_page(viewport=NARROW)
    known = signed_in(BrowserVisit(world, page, live_server.base_url), situation=COUPLE)
    page.goto("/fr/dossier/rights/sign/a")
    page.get_by_label("J’ai lu ce texte, et je le comprends").check()
    page.get_by_role("button", name="Confirmer", exact=True).dblclick()
    expect(page.locator("#person-a")).to_contain_text("Confirmé")
    with world.database.connect() as connection:
        rows = connection.execute(
            "SELECT count(*) FROM acknowledgement WHERE dossier_id = %s", [known.demand.dossier_id]
        ).fetchone()
    assert rows == (1,)


def test_the_chapter_is_read_aloud_by_the_device_alone(open_page: OpenPage) -> None:
    """The button shows where the device has a voice of its own for the language, and nowhere else."""
    voices = "[{lang: 'fr-CH', localService: true, name: 'own'}, {lang: 'de-CH', localService: false, name: 'cloud'}]"
    page = open_page()
    page.add_init_script(
        f"""const said = []; window.said = said;
        Object.defineProperty(window, "speechSynthesis", {{ value: {{
          getVoices: () => {voices}, cancel() {{}}, addEventListener() {{}}, speak: (words) => said.push(words.text) }} }});
        window.SpeechSynthesisUtterance = function (text) {{ this.text = text; }};"""
    )
    page.goto("/de/rights/appeal")
    expect(page.locator("[data-listen]")).to_be_hidden()
    page.goto("/fr/rights/appeal?beside=de")
    page.get_by_role("button", name="Écouter ce chapitre").click()
    said = page.evaluate("window.said")
    chapter = content.current(RIGHTS).chapter("appeal")
    assert chapter is not None
    told = content.words(RIGHTS, content.current(RIGHTS).version, "fr")
    assert [text for text in said if text not in ("Un exemple", "Ce qui n’est pas sûr")] == [
        told.plain(block.id) for block in chapter.blocks
    ]
