"""Urgent help of the thread, the centre's question and its day, the day of a decision, a correction: on their pages."""

from __future__ import annotations

import pytest

from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import Need
from portal.services.reports.stored import ReportView
from tests.pages.world import Announced, World
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import ask

URGENT = "Décision sur l’aide urgente, au plus tard"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    clean_world.clock.set("2026-11-02 09:10")
    return clean_world.announce(situation=HOUSEHOLD)


def sent_by(world: World, announced: Announced) -> ReportView:
    change = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")
    return report(world, world.adult(announced), change, asks_decision=True)


def test_urgent_help_of_the_thread_on_every_page(clean_world: World, announced: Announced) -> None:
    world, browser, staff = clean_world, clean_world.visit(announced), clean_world.desk("sierre")
    assert "C’est devenu urgent ?" in browser.open("/fr/dossier").text
    assert "Pas demandée" in staff.open(f"/staff/demands/{announced.id}").text
    ask(world, world.adult(announced))
    page = browser.open("/fr/dossier").text
    assert URGENT in page
    assert "7 novembre 2026" in page
    assert "C’est devenu urgent ?" not in page
    page = staff.open("/staff/").text
    assert "Urgent : 07.11.2026" in page
    assert "à nouveau" not in page
    page = staff.open(f"/staff/demands/{announced.id}").text
    assert URGENT in page
    assert "7 novembre 2026" in page
    assert "Pas demandée" not in page


def test_again_only_where_it_was_asked_before(clean_world: World) -> None:
    world = clean_world
    world.clock.set("2026-11-02 09:10")
    announced = world.announce(urgent=True, needs=(Need.LODGING,))
    staff = world.desk("sierre")
    staff.open(f"/staff/demands/{announced.id}")
    world.clock.set("2026-11-04 09:10")
    ask(world, world.adult(announced))
    page = world.desk("sierre").open("/staff/").text
    assert "Urgent : 07.11.2026" in page
    assert "Urgent, à nouveau : 09.11.2026" in page


def test_of_a_file_on_paper(clean_world: World) -> None:
    world = clean_world
    world.clock.set("2026-11-02 09:10")
    rosa = on_paper(world)
    ask(world, rosa.actor)
    for page in (
        rosa.browser(world).open("/fr/dossier"),
        world.desk("sierre").open(f"/staff/dossiers/{rosa.dossier_id}"),
    ):
        assert URGENT in page.text
        assert "7 novembre 2026" in page.text
        assert "aucun délai ne court" not in page.text


def test_the_day_that_the_centre_set_stays_and_can_be_settled(clean_world: World, announced: Announced) -> None:
    world, browser, staff = clean_world, clean_world.visit(announced), clean_world.desk("sierre")
    sent = sent_by(world, announced)
    place = f"/staff/dossiers/{announced.view.dossier_id}/changes/{sent.name}"
    form = staff.open(place).form("/asked-back")
    form.fill(words="Le bail ?", **{"wanted_by-day": "10", "wanted_by-month": "12", "wanted_by-year": "2026"}).submit()
    staff.open(place).form("/counted").fill(month="2026-12-01").submit()
    for path in ("/fr/dossier", "/fr/dossier/reminders", "/fr/dossier/calendar", f"/fr/dossier/changes/{sent.name}"):
        assert "10 décembre 2026" in browser.open(path).text, path
    page = browser.open(f"/fr/dossier/changes/{sent.name}")
    assert "Répondre au centre" in page.text
    assert "/fr/dossier/messages" in page.links()
    assert b"20261210" in browser.send("GET", "/fr/dossier/calendar.ics").data
    forms = [one for one in staff.open(place).forms() if "settled" in one.values]
    assert "c’est réglé" in forms[0].submit().text
    assert "10 décembre 2026" not in browser.open("/fr/dossier").text
    page = browser.open(f"/fr/dossier/changes/{sent.name}")
    assert "Répondre au centre" not in page.text
    assert "Le centre note : c’est réglé, plus rien à répondre" in page.text


def test_a_correction_says_what_becomes_of_the_days(clean_world: World, announced: Announced) -> None:
    world, browser = clean_world, clean_world.visit(announced)
    sent = sent_by(world, announced)
    world.clock.set("2026-11-02 09:20")
    page = browser.open(f"/fr/dossier/changes/{sent.name}/correct").text
    assert "Le délai reste celui de votre première demande, du lundi, 2 novembre 2026." in page
    change = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")
    other = report(world, world.adult(announced), change, corrects=sent.id)
    assert "Le délai reste" not in browser.open(f"/fr/dossier/changes/{other.name}/correct").text
