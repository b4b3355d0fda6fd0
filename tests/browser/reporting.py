"""A report of a change as somebody makes it at a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def details(page: Page, *kinds: str, language: str = "fr") -> None:
    """Choose what happened: the questions about it are open."""
    page.goto(f"/{language}/dossier/changes/new")
    for kind in kinds:
        page.locator(f"label[for=kind-{kind}]").click()
    page.locator("main .actions button.button-primary").click()
    expect(page.locator(f"[name={kinds[0]}-since-day]")).to_be_visible()


def fill(page: Page, kind: str, day: tuple[str, str, str] = ("2", "11", "2026"), **answers: str) -> None:
    """Answer the questions about one change."""
    for part, text in zip(("day", "month", "year"), day, strict=True):
        page.locator(f"[name={kind}-since-{part}]").fill(text)
    for name, text in answers.items():
        field = page.locator(f"[name={kind}-{name}]")
        if field.first.get_attribute("type") == "radio":
            chosen = page.locator(f"[name={kind}-{name}][value={text}]").get_attribute("id")
            page.locator(f"label[for={chosen}]").click()
        elif field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def go_on(page: Page) -> None:
    """To the page that shows what it does."""
    page.locator("main .actions button.button-primary").click()


def report(page: Page, kind: str, language: str = "fr", **answers: str) -> None:
    """The whole way for one change; the receipt is open."""
    details(page, kind, language=language)
    fill(page, kind, **answers)
    go_on(page)
    page.locator("main button[name=_send]").first.click()
    expect(page).to_have_url(re.compile(r"/changes/[a-z]{10}(\?|$)"))
