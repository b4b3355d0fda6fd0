"""A report kept for later: never replaced without a word, «what if» stays «what if», and a new report says that it is there."""

from __future__ import annotations

import pytest

from portal.services.reports import drafting
from tests.pages.browser import Browser, Page
from tests.pages.changes import COUPLE, ROOT, day, details, form_of, send
from tests.pages.world import Announced, World

WHAT_IF = f"{ROOT}/what-if"
KEEP = ("_keep", "1")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def kept(browser: Browser, kind: str = "sick", root: str = f"{ROOT}/new") -> Page:
    return form_of(details(browser, kind, root=root)).submit(KEEP)


def kinds(world: World, announced: Announced) -> list[str]:
    found = drafting.kept_draft(world.citizen, world.adult(announced))
    return list(found.typed["kind"]) if found else []


def asked(page: Page) -> str:
    assert page.status == 409, page.text
    return page.text


def button(page: Page, name: str) -> Page:
    form = form_of(page, "keep-form")
    return form.press(next(one for one in form.buttons() if one.get("name") == name))


def test_another_one_is_asked_about_and_stays_until_the_answer(
    world: World, announced: Announced, browser: Browser
) -> None:
    kept(browser)
    form = form_of(details(browser, "gift", root=WHAT_IF)).fill(
        **day("gift-since", "2027-01-20"), **{"gift-sum": "888"}
    )
    page = form.submit(KEEP)
    assert "Vous avez déjà gardé : Maladie ou accident. La remplacer ?" in asked(page)
    assert kinds(world, announced) == ["sick"]
    back = button(page, "_show")
    assert form_of(back).values["gift-sum"] == "888"  # nothing typed is lost on the way back
    assert kinds(world, announced) == ["sick"]
    listed = button(form_of(back).submit(KEEP), "_replace")
    assert (listed.status, listed.path) == (200, ROOT)
    assert kinds(world, announced) == ["gift"]
    assert "Et si… ? Cadeau" in listed.text
    again = browser.open(f"{ROOT}/new?kept=1")
    assert again.path == f"{WHAT_IF}?kept=1"
    assert form_of(again).values["gift-sum"] == "888"
    assert world.count("change_report") == 0


def test_the_question_holds_for_what_it_was_about(world: World, announced: Announced, browser: Browser) -> None:
    """Between the question and the answer another tab kept a third one."""
    kept(browser)
    page = kept(browser, "gift")
    world.clock.forward(minutes=1)
    drafting.forget_draft(world.citizen, world.adult(announced))
    kept(browser, "moved")
    assert "Vous avez déjà gardé : Déménagement ou loyer." in asked(button(page, "_replace"))
    assert kinds(world, announced) == ["moved"]


def test_the_same_again_and_what_was_opened_need_no_question(
    world: World, announced: Announced, browser: Browser
) -> None:
    form = form_of(details(browser, "moved")).fill(**{"moved-rent": "900"})
    assert form.submit(KEEP).path == ROOT
    assert form.submit(KEEP).path == ROOT  # a double click
    opened = form_of(browser.open(f"{ROOT}/new?kept=1")).fill(**{"moved-rent": "950"})
    world.clock.forward(minutes=1)
    assert opened.submit(KEEP).path == ROOT
    found = drafting.kept_draft(world.citizen, world.adult(announced))
    assert found is not None
    assert (found.typed["moved-rent"], found.what_if) == (["950"], False)
    assert world.count("report_draft") == 1


def test_a_kept_what_if_that_came_true_is_sent_and_goes(world: World, browser: Browser) -> None:
    form_of(details(browser, "moved", root=WHAT_IF)).fill(**day("moved-since", "2026-11-03")).submit(KEEP)
    imagined = form_of(form_of(browser.open(f"{WHAT_IF}?kept=1")).submit())
    true = imagined.press(next(one for one in imagined.buttons() if one.get("formaction") == f"{ROOT}/new"))
    assert "reçue" in send(form_of(true).submit()).text
    assert (world.count("change_report"), world.count("report_draft")) == (1, 0)


def test_sending_takes_only_what_it_was_opened_from(world: World, announced: Announced, browser: Browser) -> None:
    form_of(details(browser, "moved")).fill(**day("moved-since", "2026-11-03")).submit(KEEP)
    opened = form_of(browser.open(f"{ROOT}/new?kept=1")).submit()
    world.clock.forward(minutes=1)
    drafting.forget_draft(world.citizen, world.adult(announced))
    kept(browser)
    send(opened)
    assert kinds(world, announced) == ["sick"]


def test_a_new_report_says_what_is_kept_and_leads_there(browser: Browser) -> None:
    assert "Gardé pour plus tard" not in browser.open(f"{ROOT}/new").text
    kept(browser, root=WHAT_IF)
    page = browser.open(f"{ROOT}/new")
    assert "Gardé pour plus tard" in page.text
    assert "Maladie" in page.text
    assert f"{WHAT_IF}?kept=1" in page.links()


def test_the_question_in_another_language_asks_again(world: World, announced: Announced, browser: Browser) -> None:
    kept(browser)
    page = form_of(kept(browser, "gift"), "keep-form").switch("de")
    assert (page.status, page.lang) == (409, "de")
    assert kinds(world, announced) == ["sick"]


def test_what_cannot_be_opened_is_not_replaced_either(world: World, announced: Announced, browser: Browser) -> None:
    kept(browser)
    with world.superuser() as connection:
        connection.execute("UPDATE report_draft SET content = %s", [b"x" * 80])
    page = kept(browser, "gift")
    assert "Vous avez déjà gardé : Un changement." in asked(page)
    assert button(page, "_replace").path == ROOT
    assert kinds(world, announced) == ["gift"]
