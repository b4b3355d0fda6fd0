"""What to do this hour, and how to be gone in one press: both must work when nothing else does."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.factory import create_app
from portal.i18n.languages import CODES
from portal.views.leave import ELSEWHERE
from tests.pages.browser import Browser, Page
from tests.pages.world import World

ENDED = "SELECT count(*) FROM citizen_session WHERE ended_at IS NOT NULL"
PUBLIC = [
    "/fr/",
    "/fr/demand/new",
    "/fr/sign-in",
    "/fr/signed-out",
    "/fr/verify",
    "/fr/urgent",
    "/fr/nowhere",
    "/fr/verify?q=x",
]


@pytest.fixture
def cut_off(world: World) -> Flask:
    """The citizens' portal while its database cannot be reached."""
    settings = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    return create_app(settings, world.clock)


def leave(page: Page) -> Page:
    return page.form("/leave").submit()


@pytest.mark.parametrize("language", CODES)
def test_the_urgent_page_names_the_numbers_first(world: World, language: str) -> None:
    page = world.browser().open(f"/{language}/urgent")
    links = [link.get("href") or "" for link in page.main.iter("a")]
    assert links[:2] == ["tel:117", "tel:144"]
    after = [link for link in links if not link.startswith("tel:")]
    assert links.index(after[0]) == len(links) - len(after) == 4
    assert f"/{language}/demand/new" in after


def test_the_urgent_page_promises_no_more_than_was_read(world: World) -> None:
    page = world.browser().open("/fr/urgent")
    assert "C’est une demande expresse d’aide urgente. La commune décide alors en 5 jours." in page.text
    assert "nous n’avons lu aucun texte qui dise si une demande en ligne suffit" in page.text
    assert {"urgent_clock", "online_filing", "competence"} <= {one.get("data-source") for one in page.main.iter()}
    assert "même si vos papiers sont déposés dans une autre commune" in page.text
    assert "sans papiers" not in page.text, "that would be read as «without a permit»"


def test_wherever_urgent_help_is_asked_for_online_the_doubt_is_said(clean_world: World) -> None:
    asked = clean_world.browser().open("/fr/demand/new")
    dossier = clean_world.visit(clean_world.announce()).open("/fr/dossier")
    for page in (asked, dossier):
        assert "La commune décide alors en 5 jours." in page.text
        assert "nous n’avons lu aucun texte qui dise si une demande en ligne suffit" in page.text
        assert "online_filing" in {one.get("data-source") for one in page.main.iter()}


def test_the_urgent_page_leads_a_signed_in_person_to_the_own_dossier(clean_world: World) -> None:
    browser = clean_world.visit(clean_world.announce())
    assert "/fr/dossier" in browser.open("/fr/urgent").links()
    main = browser.open("/fr/urgent").main
    assert "/fr/demand/new" not in [link.get("href") for link in main.iter("a")]


def test_the_urgent_page_needs_no_database_not_even_for_a_cookie(cut_off: Flask) -> None:
    browser = Browser(cut_off)
    assert browser.open("/fr/urgent").status == 200
    browser.set_cookie("citizen", "A" * 43)
    assert browser.open("/fr/urgent").status == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_can_be_left_and_leads_to_urgent_help(world: World, path: str) -> None:
    page = world.browser().open(path)
    assert "/fr/urgent" in page.links()
    assert page.form("/leave").element.get("data-leave") == ELSEWHERE


def test_the_dossier_and_the_filed_page_can_be_left_too(clean_world: World) -> None:
    browser = clean_world.visit(clean_world.announce())
    for path in ("/fr/dossier", "/fr/dossier/withdraw"):
        assert browser.open(path).form("/leave")
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Ana Sousa")
    check = form.submit()
    assert check.form("/leave")
    assert check.form("/demand/new").submit().form("/leave")


def test_leaving_ends_the_visit_and_shows_something_else(clean_world: World) -> None:
    announced = clean_world.announce()
    browser = clean_world.visit(announced)
    secret = browser.cookie("citizen") or ""
    page = leave(browser.open("/fr/dossier"))
    assert page.headers["Refresh"] == f"0; url={ELSEWHERE}"
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert page.headers["Cache-Control"] == "no-store"
    assert browser.cookie("citizen") is None
    assert clean_world.row(ENDED) == (1,)
    browser.set_cookie("citizen", secret)  # somebody kept the cookie
    assert browser.open("/fr/dossier").path.startswith("/fr/sign-in")


def test_the_page_on_the_way_out_tells_nothing(clean_world: World) -> None:
    announced = clean_world.announce()
    page = leave(clean_world.visit(announced).open("/fr/dossier"))
    text = page.body.decode().casefold()
    assert page.title == "MeteoSuisse"
    assert [
        word for word in ("aide", "sociale", "social", "valais", "dossier", announced.reference) if word in text
    ] == []
    assert not [element for element in page.root.iter() if element.tag in ("link", "script", "img")]


def test_leaving_after_filing_forgets_the_filed_page(clean_world: World) -> None:
    browser = clean_world.browser()
    form = browser.open("/fr/demand/new").form("/demand/new").fill(name="Ana Sousa")
    filed = form.submit().form("/demand/new").submit()
    assert filed.path == "/fr/demand/filed"
    leave(filed)
    assert browser.cookie("filed") is None
    assert browser.open("/fr/demand/filed").path == "/fr/sign-in"
    assert clean_world.count("demand") == 1, "what is filed stays filed"


def test_leaving_ends_nobody_else_s_visit(clean_world: World) -> None:
    announced = clean_world.announce()
    browser, at_home = clean_world.visit(announced), clean_world.visit(announced)
    leave(browser.open("/fr/dossier"))
    assert at_home.open("/fr/dossier").path == "/fr/dossier"
    assert clean_world.row(ENDED) == (1,)


def test_one_can_leave_without_a_visit_and_without_a_database(world: World, cut_off: Flask) -> None:
    assert leave(world.browser().open("/fr/verify")).status == 200
    browser = Browser(cut_off)
    page = browser.open("/fr/urgent")
    browser.set_cookie("citizen", "A" * 43)
    gone = leave(page)
    assert (gone.status, gone.title) == (200, "MeteoSuisse")
    assert browser.cookie("citizen") is None


def test_a_get_request_leaves_nothing(clean_world: World) -> None:
    """A link on another page must not be able to end a visit."""
    browser = clean_world.visit(clean_world.announce())
    assert browser.open("/fr/leave").status == 405
    assert browser.open("/fr/dossier").path == "/fr/dossier"


def test_the_desk_has_no_quick_exit(clean_world: World) -> None:
    assert not [form for form in clean_world.desk().open("/staff/").forms() if form.action.endswith("/leave")]
