"""Every page, light and dark, narrow and wide: axe finds nothing, and nothing sticks out sideways.

`make accessibility` looks at each page in every language and writes down what it found; a page that it did not see fails
a test. `make test` looks at each page in Arabic and in one more language, which the pages take in turns.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from zlib import crc32

import pytest
from playwright.sync_api import Page, expect

from portal.i18n.formats import long_date
from tests.browser import filing_cases, looked_at
from tests.browser.accessibility import violations
from tests.browser.all_cases import CASES, Case
from tests.browser.conftest import OpenPage
from tests.browser.hands import overflow
from tests.browser.looked_at import note
from tests.browser.visits import BrowserVisit, ClientVisit
from tests.browser.world import World, last_day
from tests.servers import PortalServer

# Answers to GET that are no page: nobody looks at them.
NOT_PAGES = {
    "health.healthz": "JSON for the operator",
    "health.readyz": "JSON for the operator",
    "home.root": "leads on to a language",
    "staff_language.switch": "leads back to the page it came from",
    "filed.receipt": "a PDF",
    "filed.slip": "a PDF",
    "dossier.receipt": "a PDF",
    "changes_receipt.receipt": "a PDF",
    "own_calendar.take": "a calendar file",
    "dossier_checklist.paper": "a PDF",
    "notice_papers.rights": "a PDF",
    "notice_papers.form": "a PDF",
    "papers.state": "a part of a page that is open",
    "papers.document_state": "a part of a page that is open",
    "papers.files.picture": "a picture",
    "papers.files.thumb": "a picture",
    "papers.files.take": "a download",
    "own_data.download": "a download; the bare address leads to its page",
    "staff_demands.receipt": "a PDF",
    "staff_demands.slip": "a PDF",
    "staff_adults.slip": "a PDF",
    "staff_notice_papers.form": "a PDF",
    "staff_documents.picture": "a picture",
    "staff_documents.thumb": "a picture",
    "staff_documents.copy": "a PDF",
    "staff_calls.letter": "a PDF",
    "staff_figures.table": "a table for a spreadsheet",
    "staff_filing.receipt": "a PDF",
    "staff_filing.slip": "a PDF",
    "staff_paper_files.letter_paper": "a PDF",
}


def test_no_page_is_forgotten(world: World) -> None:
    """The list follows the route map: a new page without an entry fails here."""
    pages = {rule.endpoint for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    listed = {case.endpoint for case in CASES if case.endpoint}
    assert pages - listed - NOT_PAGES.keys() == set()
    assert NOT_PAGES.keys() <= pages
    looked_at = {case.template for case in CASES if case.look}
    folder = world.templates()
    names = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html")}
    parts = {
        "layout",
        "errors/base",
        "staff/layout",
        "demand/questions",
        "dossier/whose",
        "dossier/cards",
        "dossier/more",
        "dossier/asked_clocks",
        "dossier/not_named",
        "dossier/course",
        "dossier/decisions",
    }
    parts |= {"defend/words", "defend/limits", "defend/rules", "defend/letter"}
    parts |= {"estimate/lines", "estimate/questions", "situation/parts", "papers/state", "changes/parts"}
    parts |= {"notices/text", "notices/acknowledge", "messages/words", "staff/ended"}
    assert {name for name in names if not name.startswith("components/")} - parts == looked_at


@pytest.mark.parametrize("case", [case for case in CASES if case.look], ids=lambda case: case.name)
def test_page(
    case: Case,
    open_page: OpenPage,
    world: World,
    live_server: PortalServer,
    record_property: Callable[[str, object], None],
    pytestconfig: pytest.Config,
) -> None:
    page = open_page(locale=None)
    whole = pytestconfig.pluginmanager.has_plugin(looked_at.__name__)
    if not case.script:
        page.route("**/*.js", lambda route: route.abort())
    found: list[str] = []
    with case.without(world) if case.without else nullcontext():
        for language in case.languages if whole else in_turn(case):
            page.context.clear_cookies()
            page.context.set_extra_http_headers({"Accept-Language": language})
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 360, "height": 740})
            status = show(case, page, world, live_server, language)
            seen = [] if status == case.status else [f"answered {status}, not {case.status}"]
            seen += faults(page, language)
            note(record_property, case.name, language, len(seen))
            found += [f"{language}: {fault}" for fault in seen]
    assert not found, "\n".join(found)


def in_turn(case: Case) -> tuple[str, ...]:
    """Arabic, where the page has it, and one of the others: by the page's name, so that it is the same one each time."""
    others = [language for language in case.languages if language != "ar"]
    turn = others[crc32(case.name.encode()) % len(others)]
    return (turn, "ar") if "ar" in case.languages else (turn,)


def test_every_language_has_its_turn() -> None:
    """No language is looked at on a few pages only."""
    turns = Counter(language for case in CASES if case.look for language in in_turn(case))
    pages = Counter(language for case in CASES if case.look for language in case.languages)
    assert turns.keys() == pages.keys()
    assert all(10 * turns[language] >= pages[language] for language in pages), turns


def test_the_last_day_of_a_month(
    make_world: Callable[..., World], open_page: OpenPage, live_server: PortalServer
) -> None:
    """The pages that say what announcing today may be worth; only an app with its own clock shows them."""
    page, world = open_page(locale=None), make_world(last_day())
    found: list[str] = []
    for way in (filing_cases.home, filing_cases.form_whole, filing_cases.check):
        case = Case(way.__name__, "", "", way, 200, staff=False, script=True, here=True, without=None)
        for language in case.languages:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 360, "height": 740})
            show(case, page, world, live_server, language)
            expect(page.locator("main")).to_contain_text(long_date(date(2026, 12, 1), language))
            found += [f"{way.__name__}, {language}: {fault}" for fault in faults(page, language)]
    assert not found, "\n".join(found)


def show(case: Case, page: Page, world: World, server: PortalServer, language: str) -> int:
    """Open the page of a case; the status of its answer."""
    if not case.here:
        visit = BrowserVisit(world, page, server.base_url, language)
        case.open(visit)
        return visit.last_status
    client = world.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    inside = ClientVisit(world, client, language)
    case.open(inside)
    address = f"{server.base_url}/made-here"
    page.route(address, lambda route: route.fulfill(body=inside.source(), content_type="text/html; charset=utf-8"))
    page.goto(address)
    page.unroute(address)
    return inside.last_status


def faults(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    html = page.locator("html")
    found = [] if html.get_attribute("lang") == language else [f"lang is {html.get_attribute('lang')}"]
    if html.get_attribute("dir") != ("rtl" if language == "ar" else "ltr"):
        found.append("dir is wrong")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    # An error summary takes the focus: what the fixed bar then hides further up is a matter of scrolling, not of size.
    page.evaluate("scrollTo(0, 0)")
    found += [f"light, 360: {fault}" for fault in violations(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    found += [f"dark, 1280: {fault}" for fault in violations(page)]
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    return found + [f"at 400 %: {fault}" for fault in overflow(page)]
