"""The situation's pages as a person walks them, in tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal.services.actor import Actor
from portal.services.citizen import enter_after_filing
from portal.services.situations import open_situation
from tests.pages.browser import Browser, Form, Page
from tests.pages.world import Announced, World

ROOT = "/fr/dossier/situation"
IBAN = "CH9300762011623852957"
WRONG_IBAN = "CH9300762011623852958"


def place(name: str, language: str = "fr") -> str:
    """Where `home` or `birth@a` stands."""
    return f"/{language}/dossier/situation/{name.replace('@', '/')}"


def form_on(page: Page) -> Form:
    """The form of a page of the situation."""
    return next(form for form in page.forms() if form.element.get("id") == "situation-form")


def opened(browser: Browser, name: str, language: str = "fr") -> Form:
    """A page as it is opened."""
    page = browser.open(place(name, language))
    assert page.status == 200, page.text
    return form_on(page)


def answer(browser: Browser, name: str, language: str = "fr", /, **values: Any) -> Page:
    """Fill a page in and go on; `__` in a name stands for a hyphen."""
    form = opened(browser, name, language)
    return form.fill(**{one.replace("__", "-"): value for one, value in values.items()}).submit()


def add(browser: Browser, relation: str) -> Page:
    """Somebody more in the home."""
    return opened(browser, "persons").fill(relation=relation).submit(("_add", "1"))


def draft(world: World, announced: Announced) -> Any:
    """What is stored, as its person sees it."""
    return open_situation(world.citizen, world.adult(announced)).draft


def visit_as(world: World, announced: Announced, adult: Actor) -> Browser:
    """The browser of another adult of a dossier."""
    browser = Browser(world.citizen_app)
    assert adult.id is not None
    view = replace(announced.view, adult_id=adult.id)
    browser.set_cookie("citizen", enter_after_filing(world.citizen, view, "test"))
    assert browser.open("/fr/dossier/situation").status == 200
    return browser
