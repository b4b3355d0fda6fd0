"""The monthly rhythm and the calendar as pages: one tap, what it says, refused months, the file that is taken."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.document_request import RequestState
from portal.services.actor import Actor
from portal.services.citizen import withdraw
from portal.services.document_requests import Note, note_at_desk
from portal.services.monthly.paper_day import set_paper_day
from tests.adapters.test_calendar import events
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.sent_papers import KEY
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.notices import COUPLE

MONTH, CALENDAR = "/fr/dossier/month", "/fr/dossier/calendar"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def person(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.caseworker("sierre")


def card(page: Page, month: str) -> str:
    found = page.find(f"month-{month}")
    assert found is not None
    return " ".join(" ".join(found.itertext()).split())


# One tap


def test_one_tap_says_it_and_the_page_says_when(world: World, person: Browser) -> None:
    page = person.open(MONTH)
    assert "Rien n’a changé en novembre 2026" in card(page, "2026-11")
    page = page.form(MONTH).submit()
    assert (page.status, page.path) == (200, MONTH)
    assert "Vous l’avez dit le mardi, 10 novembre 2026 à 10:00." in card(page, "2026-11")
    (left,) = [form for form in page.forms() if form.action == MONTH]
    assert left.values["back"] == "1"  # the only thing that can still be said of it
    assert world.row("SELECT month FROM month_note") == (date(2026, 11, 1),)


def test_a_second_tap_from_an_older_page_changes_nothing(world: World, person: Browser) -> None:
    form = person.open(MONTH).form(MONTH)
    form.submit()
    world.clock.forward(minutes=20)
    page = form.submit()
    assert page.status == 200
    assert "à 10:00" in card(page, "2026-11")
    assert world.count("month_note") == 1


def test_this_month_and_the_last(world: World, announced: Announced) -> None:
    world.clock.set("2026-12-01 00:00:05")
    page = world.visit(announced).open(MONTH)
    assert [form.values["month"] for form in page.forms() if form.action == MONTH] == ["2026-12", "2026-11"]
    world.clock.set("2027-02-01 08:00")
    page = world.visit(announced).open(MONTH)
    assert [form.values["month"] for form in page.forms() if form.action == MONTH] == ["2027-02", "2027-01"]
    assert "Aucun envoi noté" in card(page, "2026-11")


@pytest.mark.parametrize("month", ["2026-12", "2026-10", "2025-11", "2026-13", "", "2026-1", "x" * 500, "9999-12"])
def test_another_month_is_refused_in_plain_words(world: World, person: Browser, month: str) -> None:
    page = person.open(MONTH).form(MONTH).force(month=month).submit()
    assert page.status == 422
    assert "Rien n’est enregistré" in page.text
    assert "pour ce mois et pour le mois dernier" in page.text
    assert world.count("month_note") == 0


def test_a_page_that_was_open_over_the_end_of_the_month(world: World, announced: Announced) -> None:
    world.clock.set("2026-11-30 23:59:50")
    form = world.visit(announced).open(MONTH).form(MONTH)
    world.clock.set("2026-12-01 00:00:03")
    assert form.submit().status == 200  # the last month is still open
    assert world.row("SELECT month, instant FROM month_note") == (date(2026, 11, 1), local("2026-12-01 00:00:03"))


def test_what_it_says_and_what_it_does_not(person: Browser) -> None:
    text = person.open(MONTH).text
    for words in (
        "Votre centre lit que vous l’avez dit, avec le jour et l’heure.",
        "Ce n’est pas une preuve.",
        "Si vous ne le dites pas, rien ne se passe ici.",
        "annoncez le changement",
    ):
        assert words in text, words
    for verdict in ("en retard", "à temps", "accepté", "obligatoire", "devez"):
        assert verdict not in text, verdict


def test_a_page_of_another_dossier_says_nothing(world: World, person: Browser) -> None:
    other = world.announce()
    page = person.open(MONTH).form(MONTH).force(reference=other.reference).submit()
    assert page.status == 409
    assert world.count("month_note") == 0


def test_after_the_end_of_the_visit_the_tap_can_be_sent_again(world: World, person: Browser) -> None:
    form = person.open(MONTH).form(MONTH)
    world.clock.forward(hours=9)
    page = form.submit()
    assert page.status == 401
    assert page.form(MONTH).values["month"] == "2026-11"
    assert world.count("month_note") == 0


def test_another_adult_sees_none_of_it(world: World, announced: Announced, person: Browser) -> None:
    paul = second_adult(world, announced)
    person.open(MONTH).form(MONTH).submit()
    assert "Vous l’avez dit" in person.open(MONTH).text
    with world.superuser() as connection:
        connection.execute("UPDATE month_note SET adult_id = %s", [paul.id])
    assert "Vous l’avez dit" not in person.open(MONTH).text


# What the centre wants


def test_the_day_for_papers_is_said_only_where_it_is_set(
    world: World, announced: Announced, person: Browser, worker: Actor
) -> None:
    assert "Votre centre veut les papiers" not in person.open(MONTH).text
    set_paper_day(world.staff, worker, announced.view.dossier_id, 5)
    note = Note(RequestState.REFUSED, words="Flou", wanted_by=date(2026, 11, 24))
    note_at_desk(world.staff, worker, announced.view.dossier_id, KEY, note)
    text = person.open(MONTH).text
    assert "Votre centre veut les papiers jusqu’au 5 de chaque mois." in text
    assert "Prochaine date : samedi, 5 décembre 2026." in text
    assert "À remettre au plus tard : mardi, 24 novembre 2026." in text


# The calendar


def test_the_page_names_the_dates_and_what_it_means_to_take_them(
    world: World, announced: Announced, person: Browser, worker: Actor
) -> None:
    set_paper_day(world.staff, worker, announced.view.dossier_id, 5)
    page = person.open(CALENDAR)
    for words in ("jeudi, 10 décembre 2026", "samedi, 5 décembre 2026", "12 dates en tout", "appareil partagé"):
        assert words in page.text, words
    assert "Date à surveiller · Papiers à donner." in page.text
    assert f"{CALENDAR}.ics" in page.links()


@pytest.mark.parametrize("language", ["fr", "de", "ar"])
def test_the_file_is_taken_in_the_language_of_the_page(person: Browser, language: str) -> None:
    answer = person.send("GET", f"/{language}/dossier/calendar.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dates.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = events(answer.data)
    assert event["DTSTART;VALUE=DATE"] == "20261210"
    assert f"/{language}/dossier" in event["DESCRIPTION"]


def test_without_a_date_there_is_no_file_and_the_page_says_so(
    world: World, announced: Announced, person: Browser
) -> None:
    withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    page = person.open(CALENDAR)
    assert "Aucune date pour le moment" in page.text
    assert f"{CALENDAR}.ics" not in page.links()
    answer = person.send("GET", f"{CALENDAR}.ics")
    assert (answer.status_code, answer.headers["Location"]) == (303, CALENDAR)
