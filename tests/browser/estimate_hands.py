"""What a person does on the estimate's pages, and what they see there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.operations.waiting import until

RANGE = re.compile("de CHF.1’297 à CHF.1’961")
"""Of the first worked example in docs/situation.md."""


def home(me: Hands) -> None:
    """The first page, answered by somebody alone."""
    page = me.page
    me.go("/estimate")
    me.heading("Chez vous")
    if page.locator(".combo").count():
        page.locator("#commune").fill("sierre")
        page.get_by_role("option").first.tap()
    else:
        page.locator("#commune").select_option("6248")
    page.locator("#age").fill("40")
    page.locator("#children").fill("0")


def go_on(me: Hands, words: str = "Continuer") -> None:
    me.button(words).filter(visible=True).first.tap()


def to_the_result(me: Hands, *, script: bool = True) -> None:
    """The whole path of docs/situation.md's first example, on a phone."""
    page = me.page
    home(me)
    go_on(me)
    me.heading("Permis et travail")
    page.locator("#a-permit").select_option("swiss")
    me.choice("Travail à plein temps").tap()
    go_on(me)
    me.heading("Ce qui rentre par mois")
    page.locator("#a-wage").fill("600")
    go_on(me)
    me.heading("Le logement et l’argent")
    me.choice("Je paie un loyer").tap()
    page.locator("#rent").fill("900")
    go_on(me, "Voir l’estimation")
    me.heading("Votre estimation")
    if script:
        until_kept(page, "result")


def until_kept(page: Page, step: str) -> None:
    """Wait until the script has kept the answers of this step; `wait_for_function` would need `unsafe-eval`."""
    until(lambda: page.evaluate("history.state?.trail") == step, f"the answers of {step} are kept")


def figure(page: Page) -> str:
    """The range on top of the result."""
    return page.locator(".panel .big").first.inner_text().replace("\xa0", " ")


def kept(page: Page) -> str | None:
    """What the tab keeps of the estimate."""
    found: str | None = page.evaluate("sessionStorage.getItem('estimate')")
    return found


def in_path(page: Page, name: str) -> None:
    """The page of that step is open."""
    expect(page.locator("#estimate-form input[name=_page]")).to_have_value(name)
