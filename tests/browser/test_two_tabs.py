"""Two demands in one browser, and what is printed: as people meet them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, digits
from tests.browser.launch import PHONE
from tests.browser.world import World


def announced(me: Hands, name: str) -> None:
    """File with a name alone."""
    me.shortest_filing(name)
    me.announce()
    me.filed()


def test_two_filings_in_two_tabs(open_page: OpenPage, world: World) -> None:
    first_page = open_page()
    first = Hands(first_page, "fr")
    announced(first, "Odette Rey")
    a = first.filed()
    second = Hands(first_page.context.new_page(), "fr")
    announced(second, "Alain Fux")
    b = second.filed()
    first_page.reload()
    assert first.filed() == a
    slip = first.pdf_text(first.link("Télécharger la feuille (PDF)").click)
    assert digits(a.code) in digits(slip)
    assert digits(b.code) not in digits(slip)
    first.button("J’ai noté mon code : ouvrir mon dossier").click()
    first.heading("Mon dossier")
    first.says(a.reference)
    first.link("Retirer ma demande").click()
    first.heading("Retirer ma demande")
    second.button("J’ai noté mon code : ouvrir mon dossier").click()
    second.heading("Mon dossier")
    first.button("Retirer ma demande").click()
    first.heading("Un autre dossier est ouvert ici")
    first_page.get_by_label("Code d’accès").fill(a.code)
    first.button("Ouvrir mon dossier").click()
    first.heading("Retirer ma demande")
    first.button("Retirer ma demande").click()
    first.says("Vous avez retiré votre demande")
    with world.database.connect() as connection:
        query = "SELECT reference FROM filing_register WHERE kind = 'withdrawal'"
        assert connection.execute(query).fetchall() == [(a.reference,)]


def test_back_after_filing_says_that_it_was_sent(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    announced(me, "Odette Rey")
    before = me.filed()
    page.go_back()
    me.heading("Annoncer ma demande")
    me.says("Une annonce est déjà partie de cet appareil")
    me.link("Revoir cette annonce").tap()
    assert me.filed() == before


def test_the_code_is_printed_by_its_own_button_only(open_page: OpenPage, world: World) -> None:
    page = open_page()
    me = Hands(page, "fr")
    announced(me, "Odette Rey")
    slip, receipt = page.locator("#slip"), page.locator("#receipt")
    page.emulate_media(media="print")
    expect(receipt).to_be_visible()
    expect(slip).to_be_hidden()  # as Ctrl-P prints it
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => {}")
    me.button("Imprimer le code").click()
    page.emulate_media(media="print")
    expect(slip).to_be_visible()
    expect(slip.locator(".code-secret")).to_be_visible()
    expect(receipt).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(slip).to_be_hidden()
    expect(receipt).to_be_visible()
    page.emulate_media(media="screen")
    me.button("Imprimer le reçu").click()
    page.emulate_media(media="print")
    expect(receipt).to_be_visible()
    expect(slip).to_be_hidden()
