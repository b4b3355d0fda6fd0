"""Signing in with reference and code, as a person does."""

from __future__ import annotations

from tests.pages.browser import Browser, Page


def sign_in(browser: Browser, reference: str, code: str) -> Page:
    """Type both and press the button."""
    return browser.open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code).submit()


def is_in(page: Page) -> bool:
    """Whether this is the dossier."""
    return page.path == "/fr/dossier" and page.status == 200
