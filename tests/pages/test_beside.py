"""«Show French beside»: on and off from every page, by a link or with what was typed, and kept in a cookie."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import escape

from portal.i18n import formats
from portal.i18n.text import translator
from portal.i18n.words import BETWEEN, CLOSE, OPEN, beside, joined
from portal.views.pairing import paired
from tests.pages.answers import FULL
from tests.pages.browser import Form, Page
from tests.pages.test_language_switch import menu, typed
from tests.pages.world import World

HALF: dict[str, Any] = FULL | {"phone": "07", "birth_year": "19", "name": "Léa"}


def offered(page: Page) -> list[str]:
    """Where the menu's entries for a second language lead."""
    found = []
    for choice in page.classed("lang")[0].iter():
        target = choice.get("href") or choice.get("formaction") or ""
        if "beside=" in target:
            found.append(target)
    return found


def seconds(page: Page) -> set[str]:
    """The languages that stand beside."""
    return {one.get("lang") or "" for one in page.classed("beside-other")}


def push(form: Form, target: str) -> Page:
    """Press the menu's entry for a second language in a page with a form."""
    button = next(one for one in form.buttons() if one.get("formaction") == target)
    assert button.get("name") == "_switch"
    return form.press(button)


@pytest.mark.parametrize(
    ("own", "choices"),
    [("fr", ["de"]), ("de", ["fr"]), ("en", ["fr", "de"]), ("pt", ["fr", "de"]), ("ar", ["fr", "de"])],
)
def test_each_reader_is_offered_what_is_official(world: World, own: str, choices: list[str]) -> None:
    browser = world.browser()
    page = browser.open(f"/{own}/urgent")
    assert offered(page) == [f"/{own}/urgent?beside={code}" for code in choices]
    assert not seconds(page)
    for code in choices:
        shown = browser.open(f"/{own}/urgent?beside={code}")
        assert seconds(shown) == {code}
        assert f"/{own}/urgent?beside=off" in offered(shown)
        assert seconds(browser.open(f"/{own}/")) == {code}, "the next page remembers"
    off = browser.open(f"/{own}/?beside=off")
    assert not seconds(off)
    assert not seconds(browser.open(f"/{own}/urgent"))


def test_nothing_stands_beside_itself(world: World) -> None:
    """Who reads with French beside and turns to French has German beside; other words choose nothing."""
    browser = world.browser()
    assert seconds(browser.open("/de/?beside=fr")) == {"fr"}
    assert seconds(browser.open("/fr/")) == {"de"}
    assert seconds(browser.open("/ar/")) == {"fr"}
    for nonsense in ("ar", "xx", "", "fr'"):
        assert not seconds(world.browser().open("/en/urgent", query_string={"beside": nonsense}))


def test_the_cookie_is_a_plain_preference(world: World) -> None:
    browser = world.browser()
    page = browser.open("/en/?beside=de")
    [given] = [one for one in page.headers.getlist("Set-Cookie") if "beside" in one.partition("=")[0]]
    assert given.partition(";")[0].endswith("beside=de")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"} <= set(given.split("; "))
    again = browser.open("/en/?beside=de")
    assert not [one for one in again.headers.getlist("Set-Cookie") if "beside" in one]


def test_half_a_filing_survives_both_ways(world: World) -> None:
    form = world.browser().open("/ar/demand/new").form("/demand/new").fill(**HALF).force(_step="reach")
    before = typed(form)
    for code, shown in (("fr", {"fr"}), ("de", {"de"}), ("off", set())):
        page = push(form, f"/ar/demand/new?beside={code}")
        assert (page.status, page.lang) == (200, "ar")
        assert page.summary() == []
        assert seconds(page) == shown
        form = page.form("/demand/new")
        assert typed(form) == before


def test_an_answer_with_errors_has_both_languages_and_goes_on(clean_world: World) -> None:
    browser = clean_world.browser()
    browser.open("/de/?beside=fr")
    page = browser.open("/de/demand/new").form("/demand/new").fill(**HALF).submit()
    assert page.status == 422
    assert seconds(page) == {"fr"}
    check = page.form("/demand/new").fill(phone="", email="", birth_year="1990").submit()
    assert seconds(check) == {"fr"}


def test_the_desk_has_it_too(clean_world: World) -> None:
    announced = clean_world.announce()
    desk = clean_world.desk("sierre")
    page = desk.open("/staff/?beside=de")
    assert (page.lang, seconds(page)) == ("fr", {"de"})
    assert offered(page) == ["/staff/?beside=off"]
    turned = desk.open(menu(page)["de"])
    assert (turned.lang, seconds(turned)) == ("de", {"fr"})
    assert seconds(desk.open(f"/staff/demands/{announced.id}")) == {"fr"}
    refused = desk.open(f"/staff/demands/{announced.id}").form("/pass-on").submit()
    assert refused.status == 422
    assert seconds(desk.open(offered(refused)[0])) == set()


def test_every_page_without_a_form_leads_back_to_itself(clean_world: World) -> None:
    person = clean_world.visit(clean_world.announce())
    for path in ("/en/", "/en/urgent", "/en/law", "/en/dossier", "/en/nowhere"):
        for target in offered(person.open(path)):
            page = person.open(target)
            assert page.status == 200, target
            assert page.path.partition("?")[0] in (path, "/en/"), target


def test_error_pages_have_it(world: World) -> None:
    browser = world.browser()
    browser.open("/pt/?beside=fr")
    assert seconds(browser.open("/pt/nowhere")) == {"fr"}
    assert seconds(browser.post("/pt/dossier/urgent", {})) == {"fr"}


def test_what_somebody_typed_is_never_read_as_ours(world: World) -> None:
    """Characters that mark our texts do nothing in somebody's name."""
    browser = world.browser()
    browser.open("/en/?beside=fr")
    for name in (f"{OPEN}A{BETWEEN}B", f"{CLOSE}A{OPEN}", f'{OPEN}"{BETWEEN}<b>{CLOSE}'):
        form = browser.open("/en/demand/new").form("/demand/new").fill(name=name)
        page = form.submit()
        assert page.status in (200, 422)
        assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (f"<p>a {CLOSE}b{OPEN}</p><p>c</p>", "<p>a b</p><p>c</p>"),
        (f"<a title='{OPEN}x{BETWEEN}y{CLOSE}{OPEN}'>z</a>", "<a title='x'>z</a>"),
        (f"<option>{OPEN}x{BETWEEN}y{CLOSE}</option>", "<option>x</option>"),
        (f"<p>1 {OPEN}<b>x</b>{BETWEEN}<b>x</b>{CLOSE}</p>", "<p>1 <b>x</b></p>"),
        (f"<li>{OPEN}x", "<li>x"),
    ],
)
def test_marks_that_are_alone_or_have_no_room(given: str, shown: str) -> None:
    assert paired(given, "fr") == shown


def test_a_sentence_with_a_strong_word_and_a_link_is_shown_whole() -> None:
    two = f"{OPEN}x{BETWEEN}y{CLOSE}"
    given = f'<p>{two} <strong id="i">{two}</strong>, <a href="/z">{two}</a>.</p>'
    assert paired(given, "fr") == (
        '<p><span class="beside"><span class="beside-own">x <strong id="i">x</strong>, <a href="/z">x</a>.</span> '
        '<span class="beside-other" lang="fr" dir="ltr">y <strong>y</strong>, <span>y</span>.</span></span></p>'
    )


def test_a_text_says_itself_whole_in_each_language() -> None:
    """Words in words, amounts and lists of them; nothing of it is fixed when it is made."""
    price = formats.money(1200, "en")
    inner = translator("en").gettext("à partir de %(low)s", low=price)
    whole = joined(" · ", (translator("en").gettext("Loyer"), inner))
    french = "Loyer · à partir de CHF\u00a01’200"
    assert whole.endswith("1,200")
    assert whole.within("fr") == french
    assert whole.__html__() == whole
    token = beside.set("fr")
    try:
        assert str(whole.__html__()) == f"{OPEN}{str.__str__(whole)}{BETWEEN}{french}{CLOSE}"
        assert paired(f"<p>{escape(price)}</p>", "fr") == "<p>CHF\u00a01,200</p>", "an amount alone stands once"
    finally:
        beside.reset(token)
    assert BETWEEN not in whole.__html__()
