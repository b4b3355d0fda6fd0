"""A demand in Arabic: read from right to left, with a name in Tigrinya, and an Arabic reader's papers."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, digits, overflow
from tests.browser.launch import PHONE
from tests.browser.people import LATIN, TIGRINYA


def test_a_demand_from_right_to_left(open_page: OpenPage) -> None:
    page = open_page(**{**PHONE, "locale": "ar"})
    me = Hands(page, "ar")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    looks_right_to_left(page)
    me.link("J’ai besoin d’aide : annoncer ma demande").tap()
    me.at_step("who")
    me.choice("Pour une autre personne").tap()
    page.locator("#helper_name").fill("سمير الحاج")
    me.forward()
    page.locator("#name").fill(TIGRINYA)
    page.locator("#birth_day").fill("٣")  # the digits of an Arabic keyboard
    page.locator("#birth_month").fill("٤")
    page.locator("#birth_year").fill("١٩٨٠")
    looks_right_to_left(page)
    me.forward()
    page.get_by_role("combobox").fill("brig")
    page.get_by_role("option").first.tap()
    me.forward(3)
    me.button("Vérifier mes réponses").tap()
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("3 أبريل 1980")
    page.locator("#latin_name").fill(LATIN)  # asked for only now
    looks_right_to_left(page)
    me.announce()
    filed = me.filed()
    looks_right_to_left(page)
    assert_left_to_right(page, ".code-value bdi")
    receipt = me.pdf_text(me.link("Télécharger le reçu (PDF)").tap)
    assert TIGRINYA in receipt
    assert filed.reference in receipt
    assert digits(filed.code) not in digits(receipt)
    me.button("J’ai noté le code : ouvrir ce dossier").tap()
    me.heading("Mon dossier")
    looks_right_to_left(page)


def looks_right_to_left(page: Page) -> None:
    """Nothing sticks out, text begins at the right, and every arrow points the way of reading."""
    assert overflow(page) == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") in ("start", "right")
    box = page.locator("h1").bounding_box()
    assert box is not None
    turned: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".icon-turns")].filter((icon) => icon.getClientRects().length)
                 .map((icon) => getComputedStyle(icon).transform)"""
    )
    assert turned, "a page without an arrow"
    assert set(turned) == {"matrix(-1, 0, 0, 1, 0, 0)"}


def assert_left_to_right(page: Page, selector: str) -> None:
    """References and codes are read from left to right everywhere."""
    for part in page.locator(selector).all():
        assert part.evaluate("element => getComputedStyle(element).direction") == "ltr"
        spans = [box["x"] for span in part.locator("span").all() if (box := span.bounding_box())]
        rows = [box["y"] for span in part.locator("span").all() if (box := span.bounding_box())]
        assert all(x < y or b > a for x, y, a, b in zip(spans, spans[1:], rows, rows[1:], strict=False))
