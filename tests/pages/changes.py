"""Reports of a change as a person makes them, in tests."""

from __future__ import annotations

from typing import Any

from tests.pages.browser import Browser, Form, Page, Values

ROOT = "/fr/dossier/changes"
COUPLE: dict[str, Any] = {
    "version": 1,
    "commune": 6248,
    "home": "rented",
    "rent": "1200.00",
    "persons": [
        {
            "id": "a",
            "relation": "applicant",
            "age": 40,
            "permit": "swiss",
            "activity": "part_time",
            "incomes": [{"kind": "wage", "amount": "1500.00", "payday": "during"}],
        },
        {"id": "b", "relation": "spouse", "age": 41, "activity": "seeking"},
        {"id": "c1", "relation": "child", "age": 17, "name": "Nina"},
    ],
}
"""A couple with a child of working age; one wage, of the one who made the demand."""


def form_of(page: Page, name: str = "change-form") -> Form:
    """The form of a page of a report."""
    return next(form for form in page.forms() if form.element.get("id") == name)


def day(name: str, text: str) -> dict[str, str]:
    """`2026-11-01` as the three boxes of a field."""
    year, month, number = (str(int(part)) for part in text.split("-"))
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def details(browser: Browser, *kinds: str, root: str = f"{ROOT}/new") -> Page:
    """The second page, for these kinds."""
    page = form_of(browser.open(root)).fill(kind=list(kinds)).submit()
    assert page.status == 200, page.text
    return page


def fill(page: Page, **values: Values) -> Page:
    """Fill the second page in and go on; names as they are sent."""
    return form_of(page).fill(**values).submit()


def send(page: Page) -> Page:
    """Send what the last page shows."""
    return form_of(page).submit(("_send", "1"))


def report(browser: Browser, kind: str, since: str, **values: Values) -> Page:
    """The whole way for one change."""
    named: dict[str, Any] = {f"{kind}-{name}": value for name, value in values.items()}
    return send(fill(details(browser, kind), **day(f"{kind}-since", since), **named))
