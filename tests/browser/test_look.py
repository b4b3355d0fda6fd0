"""Dark, with forced colours, on paper: the page stays a page. And axe on what only a hand can open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.world import World

LUMINANCE = """(selector) => {
  const [r, g, b] = getComputedStyle(document.querySelector(selector)).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


def test_dark_is_dark_and_light_is_light(open_page: OpenPage) -> None:
    for scheme, low, high in (("light", 0.85, 1.0), ("dark", 0.0, 0.2)):
        page = open_page(**PHONE, color_scheme=scheme)
        for path in ("/fr/", "/fr/demand/new", "/fr/estimate", "/fr/urgent", "/staff/sign-in"):
            page.goto(path)
            for part in ("body", ".card, .step", ".top"):
                assert low <= page.evaluate(LUMINANCE, part) <= high, f"{scheme}: {path}: {part}"


def test_forced_colours_keep_edges_and_choices(open_page: OpenPage) -> None:
    """Without the page's own colours, buttons, boxes and the chosen answer are still told apart by lines."""
    page = open_page(**PHONE, forced_colors="active")
    me = Hands(page, "fr")
    for path in ("/", "/demand/new", "/estimate", "/sign-in", "/urgent"):
        me.go(path)
        bare: list[str] = page.evaluate(
            """() => [...document.querySelectorAll("main .button, main input, main select, main .card, main .callout")]
                     .filter((element) => element.getClientRects().length)
                     .filter((element) => !element.matches("[type=radio], [type=checkbox]"))
                     .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) < 1)
                     .map((element) => element.outerHTML.slice(0, 120))"""
        )
        assert not bare, f"{path}: no edge: {bare}"
    me.go("/demand/new")
    border = "element => getComputedStyle(element).borderTopWidth"
    chosen, other = me.choice("Pour moi"), me.choice("Pour une autre personne")
    assert float(chosen.evaluate(border)[:-2]) > float(other.evaluate(border)[:-2])


def test_paper_holds_the_receipt_and_no_button(open_page: OpenPage, world: World) -> None:
    known = world.file(world.somebody())
    page = open_page()
    page.goto("/fr/")
    page.context.add_cookies([{"name": "filed", "value": known.token, "url": page.url}])
    page.goto("/fr/demand/filed")
    page.emulate_media(media="print")
    for hidden in (".quick", ".top", ".foot", "main .button"):
        assert page.locator(hidden).filter(visible=True).count() == 0, hidden
    for shown in (".code-value", ".qr svg", ".facts"):
        assert page.locator(shown).filter(visible=True).count() > 0, shown


def test_print_of_one_part_leaves_out_the_rest(open_page: OpenPage, world: World) -> None:
    """«Print the receipt» must not print the access code beside it."""
    known = world.file(world.somebody())
    page = open_page()
    page.goto("/fr/")
    page.context.add_cookies([{"name": "filed", "value": known.token, "url": page.url}])
    page.add_init_script(
        """window.print = () => { window.printed = [...document.querySelectorAll("[data-print-hide]")].length; };"""
    )
    page.goto("/fr/demand/filed")
    page.emulate_media(media="print")
    button = page.locator("[data-print=receipt]")
    button.evaluate("button => button.click()")  # on paper it does not show
    assert page.evaluate("window.printed") > 3
    assert page.locator("#receipt").is_visible()
    assert page.locator("#slip").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".facts").is_visible()
    assert page.locator("#slip").is_hidden()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_opens_by_hand(open_page: OpenPage, language: str) -> None:
    """Each part of the stepper, the open list of communes, the open menus, the explanations."""
    page = open_page(**PHONE)
    me = Hands(page, language)
    found: list[str] = []
    for step in ("who", "name", "place", "reach", "talk", "urgent"):
        me.go(f"/demand/new?{step}#step-{step}")
        me.at_step(step)
        for choice in page.locator("[data-step]:not([hidden]) .choice label").all():
            if choice.is_visible():
                choice.tap()
        for why in page.locator("[data-step]:not([hidden]) .why summary").all():
            why.tap()
        found += inspect(page, step)
    me.go("/demand/new?open#step-place")
    page.get_by_role("combobox").fill("saint")
    found += inspect(page, "list of communes")
    page.keyboard.press("ArrowDown")
    found += inspect(page, "a commune pointed at")
    for menu in ("nav-menu", "lang"):
        me.go("/demand/new?menu")
        page.locator(f".{menu} summary").tap()
        found += inspect(page, menu)
    assert not found, "\n".join(found)


def inspect(page: Page, what: str) -> list[str]:
    """axe in both schemes, and what sticks out."""
    page.evaluate("scrollTo(0, 0)")
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += [f"{what}, {scheme}: {fault}" for fault in violations(page)]
    page.emulate_media(color_scheme="light")
    return faults + [f"{what}: {fault}" for fault in overflow(page)]
