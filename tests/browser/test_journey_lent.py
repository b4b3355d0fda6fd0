"""Somebody who reads only Arabic and a caseworker who reads French, one screen: read together, handed over, taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import overflow
from tests.browser.launch import DESK, PHONE
from tests.browser.staff_adult_cases import COUPLE, FORM
from tests.browser.test_journey_staff import sign_in
from tests.browser.world import World

ROOT = f"{FORM}/ar/dossier/situation"
STAFF_NAME = "Claire Demo"


def helped(page: Page) -> None:
    """Open the file of the only demand, and the form of who made it."""
    page.get_by_role("button", name="Odette Rey").click()
    page.get_by_role("link", name="Avec la personne").first.click()
    page.locator("label[for=present-0]").click()
    page.locator("form[action$='/help']").get_by_role("button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def back_to_the_centre(page: Page) -> None:
    """The quiet button of the band, and the provider."""
    page.locator(".lent button").click()
    page.get_by_role("button", name="claire.demo").click()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_one_screen_for_two(open_page: OpenPage, world: World, screen: dict[str, object], script: bool) -> None:
    known = world.file(world.somebody("ar"), situation=COUPLE)
    page = open_page(**{**screen, "locale": "fr-CH"}, java_script_enabled=script)
    sign_in(page)
    helped(page)

    # Together: each text in both, the answer noted as it was given.
    page.goto(f"{ROOT}/debts")
    assert overflow(page) == []
    expect(page.locator("h1 .beside-other")).to_have_attribute("lang", "fr")
    for how in ("orally", "document"):
        page.locator(f"label[for=how-{how}]").click()
    page.locator("[name=debts]").fill("700")
    page.locator("#situation-form .button-full").click()
    expect(page.locator("#how-orally")).to_be_checked()
    expect(page.locator("#how-document")).not_to_be_checked()

    # Handed over: one language, no name, and no page of the desk by any way.
    page.locator("form[action='/staff/form/lend'] button").click()
    expect(page.locator(".lent")).to_be_visible()
    expect(page.locator(".beside-other")).to_have_count(0)
    assert overflow(page) == []
    assert STAFF_NAME not in page.content()
    page.go_back()
    assert STAFF_NAME not in page.content()
    expect(page.locator(".helping")).to_have_count(0)
    tab = page.context.new_page()
    for path in ("/staff/", f"/staff/demands/{known.demand.id}", "/staff/sign-in", f"{FORM}/fr/dossier/situation"):
        answer = tab.goto(path)
        assert answer is not None
        assert answer.status == 403
        expect(tab.locator("html")).to_have_attribute("lang", "ar")
        assert STAFF_NAME not in tab.content()
    tab.close()
    page.goto(f"{ROOT}/activity/a")
    page.locator("label[for^=activity]").first.click()
    page.locator("#situation-form .button-full").click()
    page.goto(f"{ROOT}/check")
    expect(page.locator(".noted")).to_have_count(2)

    # Back: only through the provider.
    back_to_the_centre(page)
    expect(page.locator(".helping")).to_contain_text(known.demand.reference)
    expect(page.locator(".lent")).to_have_count(0)
    page.goto("/staff/")
    expect(page.locator("h1")).to_contain_text("Sierre")
    with world.database.connect() as connection:
        living = connection.execute("SELECT count(*), count(lent_at) FROM staff_session WHERE ended_at IS NULL")
        assert living.fetchone() == (1, 0)
