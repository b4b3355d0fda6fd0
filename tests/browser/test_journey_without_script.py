"""A demand in German with JavaScript switched off: one page, a plain list, and a language menu that keeps what was typed."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.launch import PHONE


def test_a_demand_without_javascript(open_page: OpenPage) -> None:
    page = open_page(**{**PHONE, "locale": "de-CH", "java_script_enabled": False})
    german, french = Hands(page, "de"), Hands(page, "fr")
    page.goto("/")
    german.link("J’ai besoin d’aide : annoncer ma demande").tap()
    expect(page.locator("[data-step]").filter(visible=True)).to_have_count(6)
    for selector in ("[data-copy]", "[data-print]", ".combo"):
        expect(page.locator(selector).filter(visible=True)).to_have_count(0)

    page.locator("#name").fill("Jörg Zenhäusern")
    page.locator("#commune").select_option(label="Visp / Viège")
    page.locator("#postal_address").fill("Bahnhofstrasse 1\n3930 Visp")
    german.choice("Oui, c’est urgent").tap()
    german.choice("De quoi manger").tap()

    page.locator(".lang summary").tap()  # in mid-form: the menu sends the form along
    page.get_by_role("button", name="Français").tap()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    keeps_what_was_typed(french)
    page.locator(".lang summary").tap()
    page.get_by_role("button", name="Deutsch").tap()
    keeps_what_was_typed(german)

    page.locator("#name").fill("")
    german.button("Vérifier mes réponses").tap()
    summary = page.locator("#error-summary")
    expect(summary).to_be_visible()
    summary.get_by_role("link").tap()
    expect(page.locator("#name")).to_be_in_viewport()
    page.locator("#name").fill("Jörg Zenhäusern")
    page.locator("#name").press("Enter")  # Enter goes on; it never switches the language

    german.heading("Vérifiez, puis annoncez")
    page.locator(".lang summary").tap()
    page.get_by_role("button", name="Português").tap()  # on the check page too
    portuguese = Hands(page, "pt")
    portuguese.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Jörg Zenhäusern")
    page.locator(".lang summary").tap()
    page.get_by_role("button", name="Deutsch").tap()
    german.announce()
    filed = german.filed()
    german.says("Votre demande d’aide urgente est partie")
    slip = german.pdf_text(german.link("Télécharger la feuille (PDF)").tap)
    assert filed.code in slip
    german.button("J’ai noté mon code : ouvrir mon dossier").tap()
    german.heading("Mon dossier")
    page.locator(".lang summary").tap()
    page.get_by_role("link", name="Français").tap()
    french.heading("Mon dossier")  # the same page in the other language


def keeps_what_was_typed(me: Hands) -> None:
    page = me.page
    me.heading("Annoncer ma demande")
    expect(page.locator("#name")).to_have_value("Jörg Zenhäusern")
    expect(page.locator("#commune")).to_have_value("6297")
    expect(page.locator("#postal_address")).to_have_value("Bahnhofstrasse 1\n3930 Visp")
    expect(page.locator("input[name=urgent][value=yes]")).to_be_checked()
    expect(page.locator("input[name=needs][value=food]")).to_be_checked()
    expect(page.locator("#error-summary")).to_have_count(0)  # switching is no sending
