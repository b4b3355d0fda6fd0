"""What a person does on the pages of the guided intake, and what they see there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Locator, Page, expect

from portal.services import snapshots
from tests.browser.hands import Filed, Hands, overflow
from tests.browser.world import Known, World

Texts = Mapping[str, str | list[str]]
ROOT: Final = "/dossier/situation"
PLACE: Final = re.compile(r"/(?:fr|de|en|pt|ar)/dossier/situation/([a-z-]+(?:/[a-z0-9]+)?)(?:[?#]|$)")
FORM: Final = "#situation-form"
LOUD: Final = re.compile("is-loud")


def place(page: Page) -> str:
    """Where in the intake one is: `rent`, `permit/a`, `check`; empty on the task list."""
    found = PLACE.search(page.url)
    return found[1] if found else ""


def at(page: Page, where: str) -> None:
    """That page of the intake is open."""
    expect(page).to_have_url(re.compile(rf"{ROOT}/{where}(?:[?#]|$)"))
    page.wait_for_load_state()


def box(page: Page, name: str) -> Locator:
    """The one field of that name."""
    return page.locator(f"{FORM} [name='{name}']")


def give(page: Page, answers: Texts) -> None:
    """Answer the open page: field → what is typed, or the values that are chosen."""
    for name, given in answers.items():
        field = box(page, name)
        kind = field.first.evaluate("field => field.localName === 'select' ? 'select' : field.type")
        values = [given] if isinstance(given, str) else given
        if kind in ("radio", "checkbox"):
            for value in values:
                chosen = page.locator(f"{FORM} [name='{name}'][value='{value}']")
                page.locator(f"label[for='{chosen.get_attribute('id')}']").click()
                expect(chosen).to_be_checked()
        elif kind == "select" and field.first.is_visible():
            field.first.select_option(values[0])
        elif kind == "select":  # behind the box with a list
            page.get_by_role("combobox").fill(values[0])
            page.get_by_role("option").first.click()
        else:
            field.first.fill(values[0])


def holds(page: Page, **texts: str) -> None:
    """The fields of the open page hold these texts."""
    for name, text in texts.items():
        expect(box(page, name.replace("_", "-", name.count("born_")))).to_have_value(text)


def go_on(me: Hands, words: str = "Continuer") -> None:
    """On to the next page; the same one, with its faults, does not count."""
    page = me.page
    before = page.url
    me.button(words).last.click()
    expect(page).not_to_have_url(before)
    page.wait_for_load_state()


def announced_minutes(page: Page) -> int:
    """The number in «encore environ N minutes» of the open page; 1 where it says «une minute»."""
    words = " ".join(page.locator(".time-left, .eyebrow").all_inner_texts())
    found = re.search(r"\d+", words)
    return int(found[0]) if found else 1


def walk(me: Hands, answers: Mapping[str, Texts], *, until: str = "check", narrow: bool = False) -> list[str]:
    """Answer page after page until one; the pages gone through. `narrow`: none of them is scrolled sideways."""
    page, gone = me.page, []
    while (here := place(page)) != until:
        assert here not in gone, f"{here} comes twice, after {gone}"
        gone.append(here)
        if here in answers:
            give(page, answers[here])
        if narrow:
            assert overflow(page) == [], here
        go_on(me, "C’est tout le monde : continuer" if here == "persons" else "Continuer")
    return gone


def file_and_open(me: Hands, name: str) -> Filed:
    """From the filing form to the own dossier."""
    me.shortest_filing(name)
    me.announce()
    filed = me.filed()
    me.button("J’ai noté mon code : ouvrir mon dossier").click()
    me.heading("Mon dossier")
    return filed


def begin(me: Hands, words: str = "Commencer") -> int:
    """From the own dossier to the first question; the minutes that the task list announced."""
    page = me.page
    page.locator(f"main a[href$='{ROOT}']").first.click()
    me.heading("Préparer votre dossier")
    minutes = announced_minutes(page)
    me.link(words).click()
    expect(page).to_have_url(PLACE)
    page.wait_for_load_state()
    return minutes


def add_person(me: Hands, relation: str, answers: Texts) -> None:
    """From the list of persons: one more, with name and day of birth, and back to the list."""
    page = me.page
    give(page, {"relation": relation})
    me.button("Ajouter").click()
    expect(page).to_have_url(re.compile(rf"{ROOT}/birth/"))
    page.wait_for_load_state()
    give(page, answers)
    go_on(me)
    if place(page) != "persons":
        me.go(f"{ROOT}/persons")


def signed_in(world: World, page: Page, known: Known, path: str, language: str = "fr") -> Hands:
    """Somebody with a visit of their own, on that page of the intake."""
    page.goto(f"/{language}/")
    whole = page.url.removesuffix(f"/{language}/")
    page.context.add_cookies([{"name": "citizen", "value": world.visit(known), "url": whole}])
    me = Hands(page, language)
    me.go(f"{ROOT}{path and '/'}{path}")
    return me


def sign_in(me: Hands, filed: Filed) -> None:
    """With reference and code, on any device."""
    me.go("/sign-in")
    me.page.locator("#reference").fill(filed.reference)
    me.page.locator("#code").fill(filed.code)
    me.button("Ouvrir mon dossier").click()
    me.heading("Mon dossier")


def kept_aloud(page: Page, name: str, text: str) -> None:
    """Type into a field, and wait until the page says that it is kept."""
    box(page, name).fill(text)
    saved(page)


def saved(page: Page) -> None:
    """The page says when it has kept what was typed."""
    words = page.locator(FORM).get_attribute("data-saved") or ""
    start, _, end = words.partition("{time}")
    state = page.locator("[data-save-state]")
    expect(state).to_have_text(re.compile(rf"^{re.escape(start)}\d.*{re.escape(end)}$"), timeout=20_000)


def switch(page: Page, language: str) -> None:
    """Another language, by the menu, in the middle of a page."""
    page.locator(".lang summary").click()
    page.locator(f"[name=_switch][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.wait_for_load_state()


def sendings(world: World) -> int:
    """How many snapshots were sent, of anybody."""
    with world.database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM situation_snapshot").fetchone()
    assert row is not None
    return int(row[0])


def sent_situation(world: World) -> dict[str, object]:
    """What the newest snapshot of the only dossier says."""
    with world.database.connect() as connection:
        row = connection.execute("SELECT DISTINCT dossier_id FROM situation_snapshot").fetchone()
    assert row is not None
    with world.kit.database.transaction() as session:
        return dict(snapshots.snapshots_of(session, world.kit, row[0])[0].said)
