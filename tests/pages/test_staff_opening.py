"""One household at a time at the desk: the band, the page that asks for a new opening, «next person»."""

from __future__ import annotations

import re

import pytest

from tests.pages.browser import Browser, Page
from tests.pages.test_staff_filing import record
from tests.pages.world import JANE, VISP, Announced, World

NAME = JANE.name or ""


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def announced(world: World) -> Announced:
    return world.announce()


@pytest.fixture
def desk(world: World) -> Browser:
    """A caseworker who is asked, and presses no button that this file does not press."""
    browser = world.desk("sierre")
    browser.opens = False
    return browser


def open_it(desk: Browser, announced: Announced) -> Page:
    """From the board, by the name of the person."""
    board = desk.open("/staff/")
    (button,) = [one for one in board.root.iter("button") if one.get("value") == str(announced.id)]
    return board.form("/staff/open").press(button)


def band(page: Page) -> str:
    """What the band says."""
    (one,) = page.classed("helping")
    return " ".join("".join(one.itertext()).split())


def shows(page: Page, announced: Announced) -> bool:
    """Whether anything of the person stands on the page."""
    return any(word in page.body.decode() for word in (NAME, announced.reference))


def test_a_name_on_the_board_opens_the_file_and_the_band_names_it_everywhere(
    desk: Browser, announced: Announced
) -> None:
    assert "Aucun dossier n’est ouvert." in band(desk.open("/staff/"))
    page = open_it(desk, announced)
    assert page.path == f"/staff/demands/{announced.id}"
    for path in (page.path, "/staff/", "/staff/messages", "/staff/call-list", "/staff/failures", "/staff/demands/new"):
        words = band(desk.open(path))
        assert NAME in words, path
        assert announced.reference in words.replace("\u2011", "-"), path
        assert re.search(r"Depuis \d\d:\d\d", words), path
        assert "Personne suivante" in words, path


def test_an_address_of_a_closed_file_shows_nobody_and_leads_on_to_itself(desk: Browser, announced: Announced) -> None:
    address = f"/staff/demands/{announced.id}/receipt.pdf?language=de"
    page = desk.open(address)
    assert (page.status, page.h1) == (409, "Ce dossier n’est pas ouvert")
    assert not shows(page, announced)
    answer = page.form("/staff/open").submit(follow=False)
    assert answer.headers["Location"] == address
    assert desk.open(address).body.startswith(b"%PDF")


def test_what_was_typed_for_a_closed_file_is_kept_and_not_saved(
    world: World, desk: Browser, announced: Announced
) -> None:
    form = open_it(desk, announced).form("/correct")
    form.fill(contact_day="2", contact_month="11", contact_year="2026", channel="phone", reason="Un appel noté")
    other = world.announce()
    open_it(desk, other)
    before = world.row("SELECT filing_date FROM demand WHERE id = %s", announced.id)
    page = form.submit()
    assert (page.status, page.h1) == (409, "Ce dossier n’est pas ouvert")
    assert "Le dossier ouvert maintenant se ferme alors." in page.text
    again = page.form("/correct")
    assert again.values["reason"] == "Un appel noté"
    assert again.submit().status == 409
    assert world.row("SELECT filing_date FROM demand WHERE id = %s", announced.id) == before
    assert page.form("/staff/open").submit().path == f"/staff/demands/{announced.id}"
    assert again.submit().status == 200
    assert world.row("SELECT filing_date FROM demand WHERE id = %s", announced.id) != before


def test_next_person_forgets_everything(world: World, desk: Browser, announced: Announced) -> None:
    page = open_it(desk, announced)
    old = page.form("/pass-on").fill(region="martigny", reason="Domicile")
    code = page.form("/code").fill(identity_seen=True).submit()
    assert code.path.endswith("/code")
    secret = desk.cookie("staff")
    answer = code.form("/staff/next").submit(follow=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/staff/search")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert desk.cookie("staff") not in (None, secret)
    assert desk.cookie("staff-code") is None
    assert "Aucun dossier n’est ouvert." in band(desk.open("/staff/"))
    for path in (code.path, page.path, f"{page.path}/slip.pdf", f"{page.path}/checklist"):
        closed = desk.open(path)
        assert closed.status == 409
        assert not shows(closed, announced)
    sent = old.submit()  # a page that lay open in another tab
    assert sent.status == 400
    assert world.row("SELECT region FROM demand") == ("sierre",)
    thief = Browser(world.staff_app)
    thief.set_cookie("staff", secret or "")
    assert thief.open("/staff/", follow=False).headers["Location"] == "/staff/sign-in"


def test_next_person_keeps_the_language(world: World, announced: Announced) -> None:
    desk = world.desk(language="de")
    assert desk.open("/staff/").form("/staff/next").submit().lang == "de"


def test_what_was_passed_on_is_not_said_to_the_next_person(desk: Browser, announced: Announced) -> None:
    page = open_it(desk, announced)
    page.form("/pass-on").fill(region="martigny", reason="Domicile").submit(follow=False)
    assert desk.open(f"/staff/demands/{announced.id}").status == 404  # open here still, and not of the scope
    again = desk.open("/staff/messages")
    assert not shows(again, announced)
    board = again.form("/staff/next").submit()
    assert not shows(board, announced)


def test_a_demand_recorded_at_the_desk_is_the_open_one(world: World, desk: Browser, announced: Announced) -> None:
    open_it(desk, announced)
    page = record(desk)
    assert page.path == "/staff/demands/filed"
    assert not shows(page, announced)
    assert world.row("SELECT open_demand_id <> %s FROM staff_session", announced.id) == (True,)
    assert page.form("/staff/next").submit().path == "/staff/search"
    assert desk.open("/staff/demands/filed").path == "/staff/"
    assert desk.open("/staff/demands/filed/receipt.pdf").status == 404


def test_another_file_forgets_what_was_made_for_the_one_before(desk: Browser, announced: Announced) -> None:
    record(desk)
    assert desk.cookie("staff-filed") is not None
    open_it(desk, announced)
    assert desk.cookie("staff-filed") is None


@pytest.mark.parametrize(
    "to",
    [
        "https://example.ch/staff/",
        "//example.ch",
        "/staff/",
        "/fr/dossier",
        "/staff/demands/x",
        "/staff/..//x",
        "/staff/\\x",
    ],
)
def test_it_leads_nowhere_else(desk: Browser, announced: Announced, to: str) -> None:
    form = desk.open(f"/staff/demands/{announced.id}").form("/staff/open").force(to=to)
    assert form.submit(follow=False).status == 404


def test_another_centre_opens_nothing(world: World, announced: Announced) -> None:
    desk = world.desk("oberwallis")
    world.announce(commune=VISP)
    desk.opens = False
    page = desk.open(f"/staff/demands/{announced.id}")
    assert page.status == 409
    assert page.form("/staff/open").submit().status == 404
    assert world.row("SELECT open_dossier_id FROM staff_session") == (None,)


def test_on_the_form_of_the_person_the_band_says_with_whom_and_ends_it(desk: Browser, announced: Announced) -> None:
    page = desk.open(f"{open_it(desk, announced).path}/adults")
    form = page.form("/help").fill(present=True).submit()
    assert form.path == "/staff/form/fr/dossier/situation"
    words = band(form)
    assert "Vous remplissez avec" in words
    assert "Dossier ouvert depuis" in words
    board = form.form("/staff/next").submit()
    assert "Aucun dossier n’est ouvert." in band(board)
    assert desk.open(form.path).path == "/staff/"
