"""Reports of a change when something goes wrong, and what others see of them: nothing is lost, nothing is told."""

from __future__ import annotations

from datetime import date

import pytest

from portal.services.actor import Actor
from portal.services.citizen import enter_after_filing
from portal.services.reports.reading import situation_of
from tests.pages.browser import Browser, Form
from tests.pages.changes import COUPLE, ROOT, day, details, fill, form_of, report
from tests.pages.situations import visit_as
from tests.pages.world import Announced, World
from tests.services.breakage import broken_insert
from tests.services.households import second_adult

ONE_DAY = date(2026, 11, 9)
WHY = "Parce que Paul ne doit pas le savoir"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.fixture
def paul(world: World, announced: Announced) -> Actor:
    return second_adult(world, announced)


def last_page(browser: Browser) -> Form:
    """The page whose button sends."""
    values = {"moved-rent": "900", "why": WHY}
    return form_of(fill(details(browser, "moved"), **day("moved-since", "2026-11-03"), **values))


def test_another_adult_sees_the_new_rent_and_nothing_of_the_report(
    world: World, announced: Announced, browser: Browser, paul: Actor
) -> None:
    form = form_of(details(browser, "moved", "asked_benefit"))
    form.fill(**day("moved-since", "2026-11-03"), **day("asked_benefit-since", "2026-11-03"), why=WHY)
    form.fill(**{"moved-rent": "900", "asked_benefit-who": "a", "asked_benefit-benefits": ["disability"]})
    mine = form_of(form.submit()).submit(("_send", "1"))
    other = visit_as(world, announced, paul)
    assert "Rien encore" in other.open(ROOT).text
    for path in ("", "/withdraw", "/correct", "/receipt.pdf"):
        assert other.open(mine.path + path).status == 404
    seen, own = (situation_of(world.citizen, one, ONE_DAY) for one in (paul, world.adult(announced)))
    assert seen.rent.known(ONE_DAY) == own.rent.known(ONE_DAY) == 90_000
    assert own.persons[0].asked_for.known(ONE_DAY)
    assert not seen.persons[0].asked_for.known(ONE_DAY)
    asked = fill(details(other, "moved"), **day("moved-since", "2026-11-03"), **{"moved-rent": "800"})
    assert "le dossier dit" in asked.text  # the value, without who said it or why
    assert WHY not in asked.text


def test_a_session_that_ended_loses_nothing(world: World, announced: Announced, browser: Browser) -> None:
    form = last_page(browser)
    world.clock.forward(hours=9)
    page = form.submit(("_send", "1"))
    assert page.status == 401
    again = page.form("/changes/new")
    browser.set_cookie("citizen", enter_after_filing(world.citizen, announced.view, "test"))
    assert "Votre annonce est reçue" in again.submit().text
    assert world.count("change_report") == 1


def test_a_page_that_was_too_old_loses_nothing(world: World, browser: Browser) -> None:
    form = last_page(browser)
    page = browser.post(form.action, {**form.values.to_dict(), "_send": "1", "csrf_token": "x"})
    assert page.status == 400
    assert "Votre annonce est reçue" in page.form("/changes/new").submit().text
    assert world.count("change_report") == 1


def test_while_nothing_can_be_stored_there_is_a_proof_and_all_answers(world: World, browser: Browser) -> None:
    form = last_page(browser)
    world.stack.postgres.stop()
    try:
        page = form.submit(("_send", "1"))
        assert page.status == 503
        assert "Preuve de votre essai" in page.text
        again = page.form("/changes/new").submit()
        assert again.status == 503
        assert again.form("/changes/new").values["proof"] == page.form("/changes/new").values["proof"]
    finally:
        world.stack.postgres.start()
    page = again.form("/changes/new").submit()
    assert "Votre annonce est reçue" in page.text
    assert WHY in page.text
    assert world.count("change_report") == 1


def test_a_report_is_whole_or_not_at_all(world: World, browser: Browser) -> None:
    form = last_page(browser)
    with broken_insert(world.database, "filing_register"):
        assert form.submit(("_send", "1")).status >= 500
    assert world.count("change_report") == 0
    assert "Votre annonce est reçue" in form.submit(("_send", "1")).text


def test_answers_that_cannot_be_opened_are_asked_again(world: World, browser: Browser) -> None:
    form = form_of(details(browser, "moved")).fill(**day("moved-since", "2026-11-03"), **{"moved-rent": "900"})
    page = form.force(answers="x" * 40).submit()
    assert page.status == 400
    assert "ne peuvent plus être lues" in page.text
    assert world.count("change_report") == 0


def test_a_page_of_another_dossier_changes_nothing(world: World, browser: Browser) -> None:
    form = last_page(browser)
    other = world.visit(world.announce(situation=COUPLE))
    token = form_of(other.open(form.action)).values["csrf_token"]
    page = other.post(form.action, {**form.values.to_dict(), "_send": "1", "csrf_token": token})
    assert page.status == 409
    assert world.count("change_report") == 0


def test_the_papers_of_a_report_lead_to_their_own_page(world: World, browser: Browser) -> None:
    page = report(browser, "new_job", "2026-11-03", who="b", amount="2100")
    links = [link for link in page.links() if "/dossier/papers/" in link]
    assert any(f"~{page.path.rpartition('/')[2]}" in link for link in links), links
    shown = browser.open(links[0])
    assert shown.status == 200
    assert shown.form("/link").values["reference"]


def test_the_receipt_is_a_pdf_whose_name_tells_nothing(browser: Browser) -> None:
    page = report(browser, "new_job", "2026-11-03", who="b", amount="2100")
    receipt = browser.open(f"{page.path}/receipt.pdf")
    assert receipt.body.startswith(b"%PDF")
    assert "job" not in receipt.headers["Content-Disposition"]


def test_at_the_desk_a_report_is_made_with_the_person(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    adults = desk.open(f"/staff/demands/{announced.id}/adults")
    adults.form(f"/{announced.view.adult_id}/help").fill(present=True).submit()
    root = f"/staff/form{ROOT}"
    page = fill(details(desk, "moved", root=f"{root}/new"), **day("moved-since", "2026-11-03"), **{"moved-rent": "900"})
    page = form_of(page).submit(("_send", "1"))
    assert page.path.startswith(f"{root}/")
    assert "Votre annonce est reçue" in page.text
    assert not [link for link in page.links() if link.endswith(".pdf")]
    assert world.row("SELECT channel, recorded_by IS NOT NULL FROM change_report") == ("walk-in", True)
    mine = world.visit(announced).open(page.path.removeprefix("/staff/form"))
    assert "Votre annonce est reçue" in mine.text
