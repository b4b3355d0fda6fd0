"""Day 31, no answer, an old phone in Arabic: the letter in French, with JavaScript and without."""

from __future__ import annotations

from datetime import timedelta

import docx
import pytest
from playwright.sync_api import Page, expect

from portal.domain.demand import filing_day
from portal.i18n.formats import long_date
from portal.i18n.letters import letter_date
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.people import TIGRINYA
from tests.browser.test_interruptions import WEATHER
from tests.browser.world import World

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_day_31_in_arabic(open_page: OpenPage, world: World, script: bool) -> None:
    today = filing_day(world.kit.clock.now())
    filed = today - timedelta(days=31)
    page = open_page(**{**PHONE, "locale": "ar", "java_script_enabled": script})
    me = Hands(page, "ar")
    me.go("/urgent")
    me.link("Pas de réponse, ou pas d’accord : se défendre").tap()
    me.heading("Se défendre")
    fits(page)
    me.link("Pas de réponse").tap()
    me.heading("Pas de réponse")
    for name, value in (("day", filed.day), ("month", filed.month), ("year", filed.year)):
        page.locator(f"#filed_{name}").fill(str(value).translate(EASTERN))
    page.locator("#name").fill(TIGRINYA)
    me.choice("Je ne peux pas payer logement, nourriture ou soins").tap()
    me.choice("En français").tap()
    fits(page)
    me.button("Voir le délai et ma lettre").tap()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".clock-date")).to_have_text(long_date(filed + timedelta(days=30), "ar"))
    me.says("La décision est en retard")
    letter = page.locator(".letter")
    expect(letter.locator("[lang=fr]").first).to_have_attribute("dir", "ltr")
    expect(letter).to_contain_text(f"J’ai demandé l’aide sociale le {letter_date(filed, 'fr')}.")
    expect(letter).to_contain_text(me.words("Vous dites que le délai de la commune est passé."))
    fits(page)

    button = me.button("Télécharger la lettre (PDF)")
    text = me.pdf_text(button.tap)
    assert "Plus de 30 jours ont passé." in text
    assert "Sans cette aide, je ne peux pas payer" in text
    assert TIGRINYA in text
    assert me.pdf_text(button.tap) == text  # a second press does no harm
    with page.expect_download() as waiting:
        me.button("Télécharger pour Word (.docx)").tap()
    assert waiting.value.suggested_filename.endswith(".docx")
    lines = [one.text for one in docx.Document(str(waiting.value.path())).paragraphs]
    assert TIGRINYA in lines
    assert "Plus de 30 jours ont passé. Je n’ai pas reçu de décision écrite." in lines

    page.locator(".lang summary").tap()
    page.get_by_role("button", name="Français").tap()  # the letter stays, its meaning is now in French
    french = Hands(page, "fr")
    french.says("Vous dites que le délai de la commune est passé.")
    french.button("Changer mes réponses").tap()
    keeps(page, filed.day)
    french.button("Voir le délai et ma lettre").tap()
    french.says("La décision est en retard")


def test_back_brings_what_was_typed(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    me.go("/defend/cut")
    page.locator("#name").fill(TIGRINYA)
    page.locator("#words").fill("Une\nDeux")
    me.choice("Mon loyer est mal compté").tap()
    me.button("Voir le délai et ma lettre").tap()
    me.says("Il manque le jour où la décision est arrivée")
    page.go_back()
    expect(page.locator("#name")).to_have_value(TIGRINYA)
    expect(page.locator("#words")).to_have_value("Une\nDeux")
    expect(page.locator("input[name=reasons][value=rent]")).to_be_checked()
    me.go("/defend/cut")  # opened anew, perhaps by somebody else: nothing stands there
    expect(page.locator("#name")).to_have_value("")


def test_leaving_quickly_forgets_what_was_typed(open_page: OpenPage, world: World) -> None:
    page = open_page(**PHONE, outside=(WEATHER,))
    page.route(f"https://{WEATHER}/**", lambda route: route.fulfill(body="<h1>Sun</h1>", content_type="text/html"))
    Hands(page, "fr").go("/defend/cut")
    address = page.url.partition("/fr/")[0]
    page.locator("#name").fill(TIGRINYA)
    assert page.evaluate("sessionStorage.getItem('defend')") is not None
    page.get_by_role("button", name="Quitter vite").tap()
    page.wait_for_url(f"https://{WEATHER}/")
    page.goto(f"{address}/fr/urgent")
    assert page.evaluate("sessionStorage.getItem('defend')") is None
    page.goto(f"{address}/fr/defend/cut")
    page.reload()
    expect(page.locator("#name")).to_have_value("")


def fits(page: Page) -> None:
    """Nothing sticks out sideways on this phone."""
    assert overflow(page) == []


def keeps(page: Page, day: int) -> None:
    """The form as it was."""
    expect(page.locator("#name")).to_have_value(TIGRINYA)
    assert page.locator("#filed_day").input_value() in (str(day), str(day).translate(EASTERN))
    expect(page.locator("input[name=reasons][value=need]")).to_be_checked()
    expect(page.locator("input[name=language][value=fr]")).to_be_checked()
