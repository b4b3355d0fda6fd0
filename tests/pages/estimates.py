"""The estimate's path as a person walks it: answers by the names of their fields, each on the page where it is asked."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from portal.services.estimates import open_answers, seal_answers
from tests.pages.browser import Browser, Form, Page
from tests.pages.checks import text_of
from tests.pages.world import SIERRE, World

Given = dict[str, str]

TITLES: Final = {
    "home": "Chez vous",
    "people": "Les personnes",
    "work": "Permis et travail",
    "income": "Ce qui rentre par mois",
    "money": "Le logement et l’argent",
}
RESULT: Final = "Votre estimation"
SINGLE: Final[Given] = {
    "commune": str(SIERRE), "age": "40", "couple": "no", "children": "0", "others": "0", "a-permit": "swiss",
    "a-activity": "employed", "a-wage": "600", "home": "rented", "rent": "900", "own_property": "no", "debts": "no",
}  # fmt: skip
"""The first worked example of docs/situation.md: from 1'297 to 1'961 a month."""
FAMILY: Final[Given] = {
    "commune": str(SIERRE), "age": "38", "couple": "spouse", "children": "2", "others": "1", "b-age": "36",
    "c1-age": "9", "c2-age": "17", "who": "other", "meals": "no", "a-permit": "b", "a-state": "valid",
    "b-permit": "c", "b-state": "valid", "a-activity": "seeking", "b-activity": "caring", "a-unemployment": "1250.50",
    "c2-wage": "700", "home": "rented", "rent": "1400", "charges": "150", "accounts": "3000", "own_property": "no",
    "debts": "no",
}  # fmt: skip
EVERYBODY: Final[Given] = {
    **FAMILY, "couple": "partner", "b-together": "1", "b-common": "no", "c2-age": "19",
    "c2-training": "training", "b-permit": "f", "b-years": "3",
}  # fmt: skip
"""A household on whose pages every question of the path is asked."""


def start(browser: Browser, language: str = "fr") -> Page:
    """The first page of the path."""
    return browser.open(f"/{language}/estimate")


def form_of(page: Page) -> Form:
    """The form of a step."""
    return next(form for form in page.forms() if form.element.get("id") == "estimate-form")


def step_of(page: Page) -> str:
    """The step that the page shows; `result` for the result."""
    return form_of(page).values["_page"]


def asked(page: Page) -> list[str]:
    """The names of all questions of a page, in order."""
    hidden = ("csrf_token", "_page", "answers", "_return", "_switch", "_back", "_edit", None, "")
    return list(
        dict.fromkeys(one.get("name") or "" for one in form_of(page).controls() if one.get("name") not in hidden)
    )


def answer(page: Page, given: Given) -> Form:
    """The form of a step with all that is asked there and was given."""
    form = form_of(page)
    for name in asked(page):
        if name in given:
            form.fill(**{name: given[name]})
    return form


def walk(page: Page, given: Given, until: str = "result") -> tuple[Page, list[Page]]:
    """From a page of the path on to another; what came on the way stands beside it."""
    way = []
    while step_of(page) != until:
        assert page.status == 200, page.text
        way.append(page)
        assert len(way) < 10, "the path goes round in circles"
        page = answer(page, given).submit()
    return page, way


def estimated(browser: Browser, given: Given, language: str = "fr") -> Page:
    """The result of these answers, by the whole path."""
    page, _ = walk(start(browser, language), given)
    assert page.status == 200
    return page


def sealed(world: World, given: Given) -> str:
    """The answers as the pages carry them."""
    return seal_answers(world.citizen, given)


def carried(world: World, page: Page) -> Given:
    """The answers that a page carries."""
    found = open_answers(world.citizen, form_of(page).values["answers"])
    assert found is not None
    return found


def send(browser: Browser, fields: dict[str, str], language: str = "fr") -> Page:
    """A POST with a token and whatever else."""
    token = form_of(start(browser, language)).values["csrf_token"]
    return browser.post(f"/{language}/estimate", {"csrf_token": token, **fields})


def shown(
    world: World, given: Given, page: str = "result", browser: Browser | None = None, language: str = "fr"
) -> Page:
    """A page of the path at once, with these answers behind it."""
    fields = {"answers": sealed(world, given), "_show": page}
    return send(browser or world.browser(language), fields, language)


def lines(page: Page) -> list[Element]:
    """The lines of the budgets."""
    return [one for one in page.classed("line") if one.get("data-line")]


def line(page: Page, code: str) -> str:
    """The words of the one line of that code."""
    found = [one for one in lines(page) if one.get("data-line") == code]
    assert len(found) == 1, [one.get("data-line") for one in lines(page)]
    return text_of(found[0])
