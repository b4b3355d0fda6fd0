"""Somebody who reads only Arabic comes to the desk of a caseworker who reads French: from «next person» to the slip in hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import CODE, REFERENCE, Hands, digits, overflow
from tests.browser.launch import DESK, PHONE
from tests.browser.people import ARABIC
from tests.browser.staff_adult_cases import FORM
from tests.browser.test_journey_staff import sign_in
from tests.browser.world import SIERRE, World

HOME = f"{FORM}/ar/dossier/situation/home"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_next_person_to_the_slip(open_page: OpenPage, world: World, script: bool) -> None:
    page = open_page(**{**DESK, "locale": "fr-CH"}, java_script_enabled=script)
    me = Hands(page, "fr")
    sign_in(page)
    recorded(me, script=script)
    together(page)
    code = handed_over(me)

    # At home, on their own phone: the file is theirs, and says who wrote what.
    phone = open_page(**{**PHONE, "locale": "ar"}, java_script_enabled=script)
    theirs = Hands(phone, "ar")
    phone.goto("/ar/sign-in")
    phone.locator("[name=reference]").fill(reference(world))
    phone.locator("[name=code]").fill(code)
    phone.locator("main form").get_by_role("button").first.click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    theirs.says(theirs.words("Votre référence"))
    phone.goto("/ar/dossier/situation/check")
    expect(phone.locator(".noted")).to_have_count(1)
    assert overflow(phone) == []


def recorded(me: Hands, *, script: bool) -> None:
    """Nobody of that name is known; what was typed is taken along, and the demand is recorded."""
    page = me.page
    page.get_by_role("button", name="Personne suivante").click()
    me.heading("Chercher un dossier")
    page.locator("[name=looked_for]").fill(ARABIC)
    page.locator("#search-form").get_by_role("button").click()
    me.says("Aucun dossier trouvé")
    page.get_by_role("button", name="Saisir une demande").click()
    expect(page.locator("[name=name]")).to_have_value(ARABIC)
    me.choice("Au guichet").click()
    page.locator("[name=language]").select_option("ar")
    if script:
        page.get_by_role("combobox", name="Commune").fill("sierr")
        page.get_by_role("listbox").get_by_role("option").first.click()
    else:
        page.locator("select[name=commune]").select_option(str(SIERRE))
    me.button("Enregistrer la demande").click()
    me.heading("Demande enregistrée")
    page.get_by_role("link", name="Ouvrir la demande").click()
    expect(page.locator(".helping")).to_contain_text(ARABIC)


def together(page: Page) -> None:
    """One question in both languages, said orally."""
    page.get_by_role("link", name="Avec la personne").first.click()
    page.locator("label[for=present-0]").click()
    page.locator("form[action$='/help']").get_by_role("button").click()
    page.goto(HOME)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1 .beside-other")).to_have_attribute("lang", "fr")
    page.locator("label[for=how-orally]").click()
    page.locator("label[for^=home]").first.click()
    page.locator("#situation-form .button-full").click()
    page.locator("form[action='/staff/form/end'] button").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def handed_over(me: Hands) -> str:
    """A new code on the slip; the caseworker never sees it. The code."""
    page = me.page
    tool = page.locator("details.tool", has_text="Donner un nouveau code d’accès")
    tool.locator("summary").click()
    tool.locator(".choice label").first.click()
    tool.get_by_role("button", name="Faire un nouveau code").click()
    slip = me.pdf_text(me.link("Feuille « Pour vous seulement » (PDF)").click)
    found = CODE.search(slip)
    assert found
    assert REFERENCE.search(slip)
    expect(page.get_by_text(found[0])).to_have_count(0)
    return digits(found[0])


def reference(world: World) -> str:
    """Of the only dossier."""
    with world.database.connect() as connection:
        row = connection.execute("SELECT reference FROM dossier").fetchone()
    assert row is not None
    return str(row[0])
