"""The form of a letter to defend oneself, as tests fill it in, and what it leads to."""

from __future__ import annotations

from tests.pages.browser import Browser, Form, Page

NAME = "Zénaïde Introuvable"
TODAY = "2026-11-21 14:03"


def form_of(browser: Browser, event: str, lang: str = "fr") -> Form:
    return browser.open(f"/{lang}/defend/{event}").form(f"/defend/{event}")


def day(name: str, text: str) -> dict[str, str]:
    a_day, month, year = text.split(".")
    return {f"{name}_day": a_day, f"{name}_month": month, f"{name}_year": year}


def result_form(page: Page) -> Form:
    return next(form for form in page.forms() if any(one.get("value") == "result" for one in form.named("_page")))


def download(browser: Browser, page: Page, ending: str) -> bytes:
    fields: list[tuple[str, str]] = [
        (one.get("name") or "", one.get("value") or "")
        for one in result_form(page).controls()
        if one.get("type") == "hidden"
    ]
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    answer = browser.send("POST", f"{result_form(page).action}/letter.{ending}", data=data)
    assert answer.status_code == 200
    return answer.data
