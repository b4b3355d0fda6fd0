"""Two demands in one browser, each in its tab: no page acts on, or shows, the other's."""

from __future__ import annotations

import re

import pytest

from portal.domain.demand import Person
from tests.pages.browser import Browser, Page
from tests.pages.masks import statements
from tests.pages.pdf import words
from tests.pages.test_filing_once import check_page, code, reference
from tests.pages.world import Announced, World


def acts(world: World) -> list[tuple[str, str]]:
    """What the register holds beyond filings."""
    query = "SELECT reference, kind FROM filing_register WHERE kind <> 'filing' ORDER BY sequence"
    with world.superuser() as connection:
        return [(one, kind) for one, kind in connection.execute(query).fetchall()]


@pytest.fixture
def two(clean_world: World) -> tuple[Announced, Announced]:
    """Two people's demands."""
    return clean_world.announce(Person("Ana Rey")), clean_world.announce(Person("Béa Fux"))


def signed_in(browser: Browser, announced: Announced) -> None:
    """Open a dossier in this browser, whatever was open before, as another tab does."""
    browser.drop_cookie("citizen")
    form = browser.open("/fr/sign-in").form("/sign-in")
    assert form.fill(reference=announced.reference, code=announced.code).submit().path == "/fr/dossier"


@pytest.mark.parametrize(
    ("path", "action", "kind"),
    [("/fr/dossier/withdraw", "/dossier/withdraw", "withdrawal"), ("/fr/dossier", "/dossier/urgent", "urgent-request")],
)
def test_a_page_acts_on_its_own_demand_or_on_none(
    world: World, two: tuple[Announced, Announced], path: str, action: str, kind: str
) -> None:
    a, b = two
    browser = world.browser()
    signed_in(browser, a)
    first_tab = browser.open(path)
    assert a.reference in first_tab.text
    assert "Ana Rey" in first_tab.text
    signed_in(browser, b)  # in the second tab
    page = first_tab.form(action).submit()
    assert page.status == 409
    assert acts(world) == []
    assert a.reference in page.text or page.form("/sign-in").values["reference"] == a.reference
    assert b.reference in page.text
    assert "Ana Rey" not in page.body.decode()
    # With the code of the one that was meant, it goes on there.
    again = page.form("/sign-in").fill(code=a.code).submit()
    assert again.path == path
    again.form(action).submit()
    assert acts(world) == [(a.reference, kind)]


def test_what_was_meant_is_never_looked_up(
    world: World, two: tuple[Announced, Announced], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser()
    signed_in(browser, two[0])
    form = browser.open("/fr/dossier/withdraw").form("/dossier/withdraw")
    answers = []
    for meant in (two[1].reference, "VS-0000-0000-98"):
        with statements(monkeypatch) as seen:
            page = form.force(reference=meant).submit()
        body = page.body.replace(meant.encode(), b"MEANT")
        answers.append((page.status, re.sub(rb"VS-[\d-]+|[\w.-]{80,}", b"", body), seen))
    assert answers[0] == answers[1]
    assert answers[0][0] == 409


@pytest.mark.parametrize("sent", ["", "x", "<b>", "VS-1111-1111-11"])
def test_a_page_that_names_nobody_does_nothing(world: World, two: tuple[Announced, Announced], sent: str) -> None:
    browser = world.browser()
    signed_in(browser, two[0])
    for path, action in (("/fr/dossier/withdraw", "/dossier/withdraw"), ("/fr/dossier", "/dossier/urgent")):
        assert browser.open(path).form(action).force(reference=sent).submit().status == 409
    assert acts(world) == []


def test_another_language_on_that_page_still_does_nothing(world: World, two: tuple[Announced, Announced]) -> None:
    a, b = two
    browser = world.browser()
    for path, action in (("/fr/dossier/withdraw", "/dossier/withdraw"), ("/fr/dossier", "/dossier/urgent")):
        signed_in(browser, a)
        form = browser.open(path).form(action)
        if action.endswith("withdraw"):
            form.fill(reason="Déménagé hier")
        signed_in(browser, b)
        page = form.submit()
        german = page.form("/sign-in").switch("de")
        assert (german.status, german.lang) == (409, "de")
        assert ("Déménagé hier" in german.text) is action.endswith("withdraw")
        signed_in(browser, a)  # meanwhile, elsewhere: the language alone asks for nothing
        assert german.form("/sign-in").switch("fr").status == 200
    assert acts(world) == []


def filed(browser: Browser, name: str) -> Page:
    """File for somebody."""
    page = check_page(browser, name=name).form("/demand/new").submit()
    assert name in page.text
    return page


def links(page: Page, name: str) -> str:
    """The link of a filed page to one of its papers."""
    return next(link for link in page.links() if f"/demand/filed/{name}.pdf" in link)


def test_two_filings_in_one_browser_stay_apart(clean_world: World) -> None:
    browser = clean_world.browser()
    a, b = filed(browser, "Ana Rey"), filed(browser, "Béa Fux")
    for page, other in ((a, b), (b, a)):
        again = browser.open(page.address)  # reload
        assert (reference(again), code(again)) == (reference(page), code(page))
        assert reference(browser.open(page.address.replace("/fr/", "/de/"))) == reference(page)
        assert reference(page) in words(browser.open(links(page, "receipt")).body)
        slip = words(browser.open(links(page, "slip")).body).replace(" ", "")
        assert (code(page) or "-").replace(" ", "") in slip
        assert (code(other) or "-").replace(" ", "") not in slip
        assert reference(page) in page.form("/demand/filed/dossier").submit().text
        assert reference(other) not in browser.open("/fr/dossier").text
    assert reference(browser.open("/fr/demand/filed")) == reference(b)  # without a handle: the newest


def test_the_menu_keeps_the_filing(clean_world: World) -> None:
    browser = clean_world.browser()
    a = filed(browser, "Ana Rey")
    filed(browser, "Béa Fux")
    german = next(link for link in a.links() if link.startswith("/de/demand/filed"))
    assert reference(browser.open(german)) == reference(a)


def test_the_same_form_again_is_the_same_page(clean_world: World) -> None:
    browser = clean_world.browser()
    check = check_page(browser, name="Ana Rey")
    first = check.form("/demand/new").submit()
    filed(browser, "Béa Fux")
    assert check.form("/demand/new").submit().address == first.address


def test_five_filings_and_an_hour_each(clean_world: World) -> None:
    browser = clean_world.browser()
    pages = []
    for number in range(6):
        pages.append(filed(browser, f"Ana {'abcdef'[number]}"))
        clean_world.clock.forward(minutes=11)
    assert len(browser.cookie("filed") or "") <= 512  # longer, and it would not be read
    assert browser.open(pages[0].address).path == "/fr/sign-in"  # the sixth pushed it out
    assert code(browser.open(pages[1].address))  # 55 minutes
    clean_world.clock.forward(minutes=6)
    before = browser.open(pages[1].address)
    assert code(before) is None
    assert reference(pages[1]) not in before.text
    assert code(browser.open(pages[5].address))


@pytest.mark.parametrize("of", ["", "00000000", "x", "ffffffff"])
def test_a_handle_of_nobody_leads_to_the_sign_in(clean_world: World, of: str) -> None:
    browser = clean_world.browser()
    page = filed(browser, "Ana Rey")
    assert browser.open(f"/fr/demand/filed?of={of}").path == "/fr/sign-in"
    assert browser.open(f"/fr/demand/filed/slip.pdf?of={of}").status == 404
    assert page.form("/demand/filed/dossier").force(of=of).submit().path == "/fr/sign-in"
    # The handle alone is worth nothing in another browser.
    assert clean_world.browser().open(page.address).path == "/fr/sign-in"


def test_erasing_the_page_erases_them_all(clean_world: World) -> None:
    browser = clean_world.browser()
    a, b = filed(browser, "Ana Rey"), filed(browser, "Béa Fux")
    a.form("/sign-out").submit()
    for page in (a, b):
        assert browser.open(page.address).path == "/fr/sign-in"


def test_a_new_form_says_that_one_was_sent(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = clean_world.browser()
    said = "Une annonce est déjà partie de cet appareil"
    assert said not in browser.open("/fr/demand/new").text
    page = filed(browser, "Ana Rey")
    with statements(monkeypatch) as seen:
        form = browser.open("/fr/demand/new")
    assert seen == []
    assert said in form.text
    assert "Ana Rey" not in form.text
    assert page.address in form.links()
