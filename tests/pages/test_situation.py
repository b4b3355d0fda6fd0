"""The guided intake: from the task list through every page to what was sent, and back again."""

from __future__ import annotations

import pytest

from portal.domain.situation.questions import QUESTIONS
from portal.services.situations import open_situation
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World

ROOT = "/fr/dossier/situation"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026."""
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def said(world: World, announced: Announced):  # type: ignore[no-untyped-def]
    return open_situation(world.citizen, world.adult(announced)).draft


def answer(page: Page, **values: object) -> Page:
    """Fill the page's form and go on."""
    form = page.form(page.path.split("?")[0].removeprefix("/fr"))
    return form.fill(**values).submit()


def test_the_whole_way_for_somebody_alone(world: World, announced: Announced, browser: Browser) -> None:
    page = browser.open(ROOT)
    assert "Encore environ" in page.text
    seen = []
    page = browser.open(next(link for link in page.links() if f"{ROOT}/" in link))
    for _ in range(40):
        if page.path.endswith("/check"):
            break
        seen.append(page.path.removeprefix(f"{ROOT}/"))
        page = answer(page)
    assert page.path.endswith("/check")
    assert len(seen) == len(set(seen)) > 15
    assert "persons" in seen
    assert "account" in seen
    page = page.form("/check").submit()
    assert page.path.endswith("/sent")
    assert world.row("SELECT count(*), max(number) FROM situation_snapshot") == (1, 1)


def test_every_question_has_a_page_somewhere() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
