"""Switching the language keeps the page, what was typed and the place, on every page with a form."""

from __future__ import annotations

from typing import Any

import pytest

from portal.i18n.languages import CODES, STAFF_CODES
from portal.services.receipts import receipt_qr_text
from tests.pages.answers import FULL
from tests.pages.browser import Browser, Form, Page
from tests.pages.world import Announced, World

HALF: dict[str, Any] = FULL | {"phone": "07", "birth_year": "19", "name": "Léa"}
"""Half typed: some of it is wrong as yet, and none of it may be lost or complained about."""


def typed(form: Form) -> dict[str, list[str]]:
    return {name: values for name, values in form.values.lists() if name not in ("csrf_token", "checked")}


def menu(page: Page) -> dict[str, str]:
    """Every language that the menu offers, with where it leads."""
    box = page.classed("lang")[0]
    found = {}
    for choice in box.iter():
        if choice.tag in ("a", "button") and choice.get("lang"):
            found[choice.get("lang") or ""] = choice.get("href") or choice.get("formaction") or ""
    return found


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand, for the pages behind the sign-in."""
    return clean_world.announce()


@pytest.mark.parametrize("start", CODES)
def test_half_a_filing_survives_a_walk_through_all_languages(world: World, start: str) -> None:
    form = world.browser().open(f"/{start}/demand/new").form("/demand/new").fill(**HALF).force(_step="reach")
    before = typed(form)
    for language in [code for code in CODES if code != start] + [start]:
        page = form.switch(language)
        assert (page.status, page.lang, page.path) == (200, language, f"/{language}/demand/new")
        assert page.summary() == []
        assert page.faulty() == set()
        form = page.form("/demand/new")
        assert typed(form) == before


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_check_page_stays_the_check_page(clean_world: World, language: str) -> None:
    check = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(**FULL).submit()
    before = typed(check.form("/demand/new"))
    other = check.form("/demand/new").switch(language)
    assert (other.status, other.lang) == (200, language)
    assert other.form("/demand/new").values["_page"] == "check"
    assert typed(other.form("/demand/new")) == before
    assert other.form("/demand/new").submit().path == f"/{language}/demand/filed"
    assert clean_world.row("SELECT language FROM adult") == (language,)
    assert clean_world.count("demand") == 1


def test_a_latin_spelling_that_was_typed_on_the_check_page_is_kept(clean_world: World) -> None:
    browser = clean_world.browser()
    check = browser.open("/fr/demand/new").form("/demand/new").fill(name="محمد").submit()
    other = check.form("/demand/new").fill(latin_name="Mohammed").switch("de")
    assert other.form("/demand/new").values["latin_name"] == "Mohammed"
    back = other.form("/demand/new").submit(("_edit", "name"))
    assert back.form("/demand/new").values["latin_name"] == "Mohammed"
    back.form("/demand/new").submit().form("/demand/new").submit()
    assert clean_world.row("SELECT name, latin_name FROM adult") == ("محمد", "Mohammed")


def test_enter_in_a_field_never_switches_the_language(world: World) -> None:
    """The first button of a form is the one that Enter presses: it must be the form's own next step."""
    for path, ending in (("/fr/demand/new", "/demand/new"), ("/fr/sign-in", "/sign-in"), ("/fr/verify", "/verify")):
        first = world.browser().open(path).form(ending).buttons()[0]
        assert first.get("name") is None, path
        assert first.get("formaction") is None, path


def test_sign_in_keeps_what_was_typed_and_where_one_was_going(world: World) -> None:
    page = world.browser().open("/fr/sign-in?next=dossier.withdraw")
    form = page.form("/sign-in").fill(reference="VS-1", code="12")
    other = form.switch("pt")
    assert (other.status, other.lang) == (200, "pt")
    assert typed(other.form("/sign-in")) == typed(form)
    assert other.summary() == []


def test_verify_keeps_what_was_typed(clean_world: World) -> None:
    form = clean_world.browser().open("/fr/verify").form("/verify").fill(reference="VS-1", check_code="12")
    other = form.switch("en")
    assert (other.status, other.lang) == (200, "en")
    assert typed(other.form("/verify")) == typed(form)
    assert clean_world.count("limit_counter") == 0  # looking at it in another language is no check


def test_the_withdrawal_page_keeps_the_reason_and_withdraws_nothing(world: World, announced: Announced) -> None:
    form = world.visit(announced).open("/fr/dossier/withdraw").form("/dossier/withdraw").fill(reason="Zwei\r\nZeilen")
    other = form.switch("de")
    assert (other.status, other.lang) == (200, "de")
    assert typed(other.form("/dossier/withdraw")) == {"reference": [announced.reference], "reason": ["Zwei\r\nZeilen"]}
    assert world.row("SELECT withdrawn_at FROM demand") == (None,)


def test_pages_without_a_form_of_their_own_have_links(clean_world: World) -> None:
    world = clean_world
    announced = world.announce()
    person = world.visit(announced)
    for browser, path in (
        (world.browser(), "/fr/"),
        (world.browser(), "/fr/urgent"),
        (world.browser(), "/fr/signed-out"),
        (person, "/fr/dossier"),
        (world.browser(), "/fr/nowhere"),
    ):
        offered = menu(browser.open(path))
        assert set(offered) == set(CODES) - {"fr"}, path
        for language, target in offered.items():
            page = browser.open(target)
            assert page.lang == language
            assert page.status == 200
            if path != "/fr/nowhere":
                assert target == path.replace("/fr/", f"/{language}/")


def test_the_filed_page_stays_in_sight(clean_world: World) -> None:
    browser = clean_world.browser()
    filed = browser.open("/fr/demand/new").form("/demand/new").fill(name="Léa").submit().form("/demand/new").submit()
    reference = clean_world.row("SELECT reference FROM dossier")[0]
    for language, target in menu(filed).items():
        page = browser.open(target)
        assert (page.lang, reference in page.text) == (language, True)


def test_a_genuine_receipt_stays_in_sight(clean_world: World) -> None:
    announced = clean_world.announce()
    path = receipt_qr_text(clean_world.citizen, announced.view).removeprefix(clean_world.citizen.public_url)
    page = clean_world.browser().open(path)
    for language, target in menu(page).items():
        other = page.browser.open(target)
        assert (other.lang, other.status, announced.reference in other.text) == (language, 200, True)


def _menu_works(browser: Browser, page: Page, languages: set[str]) -> None:
    for language, target in menu(page).items():
        assert language in languages
        assert browser.open(target).status == 200, target


def test_after_an_error_the_menu_leads_to_a_page(clean_world: World) -> None:
    """An answer to a POST has no address of its own: the menu must not lead into nothing."""
    world = clean_world
    person = world.visit(world.announce())
    for path in ("/fr/dossier/urgent", "/fr/sign-out", "/fr/leave", "/fr/demand/filed/dossier"):
        page = person.post(path, {})  # without its token
        assert page.status == 400
        _menu_works(person, page, set(CODES))


@pytest.mark.parametrize("path", ["/staff/", "/staff/demands/new"])
def test_staff_switch_for_their_session(world: World, path: str) -> None:
    desk = world.desk("sierre")
    page = desk.open(path)
    assert page.lang == "fr"
    other = desk.open(menu(page)["de"]) if path == "/staff/" else _switch_desk(page, "de")
    assert (other.lang, other.path) == ("de", path)
    assert desk.open("/staff/").lang == "de"
    assert set(menu(desk.open("/staff/"))) == set(STAFF_CODES) - {"de"}


def _switch_desk(page: Page, language: str) -> Page:
    target = menu(page)[language]
    buttons = [b for form in page.forms() for b in form.buttons() if b.get("lang") == language]
    return page.form("/demands/new").switch(language) if buttons else page.browser.open(target)


def test_a_demand_that_is_being_recorded_keeps_what_was_typed(clean_world: World) -> None:
    page = clean_world.desk("sierre").open("/staff/demands/new")
    form = page.form("/demands/new").fill(name="Paul", contact_day="9", reason="Anruf", channel="phone", commune="6248")
    before = typed(form)
    other = form.switch("de")
    assert (other.status, other.lang) == (200, "de")
    assert typed(other.form("/demands/new")) == before
    assert clean_world.count("demand") == 0


def test_after_a_refused_act_at_the_desk_the_menu_leads_back(clean_world: World) -> None:
    announced = clean_world.announce()
    desk = clean_world.desk("sierre")
    page = desk.open(f"/staff/demands/{announced.id}").form("/pass-on").submit()
    assert page.status == 422
    _menu_works(desk, page, set(STAFF_CODES))


def test_staff_can_switch_before_they_sign_in(world: World) -> None:
    browser = Browser(world.staff_app)
    page = browser.open("/staff/sign-in")
    other = browser.open(menu(page)["de"])
    assert (other.lang, other.path) == ("de", "/staff/sign-in")


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/staff//evil", "/staff/\\evil", "/fr/", ""]
)
def test_the_switch_sends_nobody_elsewhere(world: World, back: str) -> None:
    page = world.desk().open("/staff/language/de", query_string={"back": back}, follow=False)
    assert page.headers["Location"] == "/staff/"
