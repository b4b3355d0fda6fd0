"""«Nothing else changed» beside a report of the same month; and taking back what was said by mistake."""

from __future__ import annotations

import pytest

from portal.domain.changes.kinds import ChangeKind
from portal.services.actor import Actor
from portal.services.monthly.rhythm import own_months, take_back
from portal.services.reports.sending import withdraw_report
from tests.pages.browser import Browser, Page
from tests.pages.test_own_month import MONTH, card
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.notices import COUPLE
from tests.services.reporting import changed, report

MOVED = changed(ChangeKind.MOVED, "2026-11-03", None, rent="900.00")
LATER = changed(ChangeKind.MOVED, "2026-12-03", None, rent="950.00")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def me(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def person(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def at_desk(world: World, announced: Announced) -> Page:
    return world.desk("sierre").open(f"/staff/dossiers/{announced.view.dossier_id}/month")


def test_where_a_change_was_reported_nothing_else_changed(
    world: World, announced: Announced, me: Actor, person: Browser
) -> None:
    sent = report(world, me, MOVED)
    assert "Rien d’autre n’a changé en novembre 2026" in card(person.open(MONTH), "2026-11")
    world.clock.forward(minutes=5)
    said = card(person.open(MONTH).form(MONTH).submit(), "2026-11")
    assert "Rien d’autre n’a changé" in said
    assert "Rien n’a changé" not in said
    page = at_desk(world, announced)
    for words in ("Rien d’autre n’a changéDit le 10.11.2026", "Déménagement ou loyerAnnoncé le 10.11.2026 à 10:00."):
        assert words in page.text, words
    assert f"/staff/dossiers/{announced.view.dossier_id}/changes/{sent.name}" in page.links()


def test_what_was_said_before_the_report_is_not_rewritten(
    world: World, announced: Announced, me: Actor, person: Browser
) -> None:
    person.open(MONTH).form(MONTH).submit()
    world.clock.forward(minutes=5)
    report(world, me, MOVED)
    said = card(person.open(MONTH), "2026-11")
    assert "Rien n’a changé" in said
    assert "Déménagement" in said
    assert "Rien n’a changéDit le 10.11.2026 à 10:00." in at_desk(world, announced).text


def test_a_report_stands_in_every_month_that_it_is_about(world: World, me: Actor, person: Browser) -> None:
    report(world, me, MOVED, LATER)
    page = person.open(MONTH)
    assert "Déménagement" in card(page, "2026-11")
    assert "Déménagement" in card(page, "2026-12")


def test_a_report_that_was_taken_back_is_still_named(world: World, me: Actor, person: Browser) -> None:
    sent = report(world, me, MOVED)
    withdraw_report(world.citizen, me, sent.name, world.clock.now(), None)
    said = card(person.open(MONTH), "2026-11")
    assert "Déménagement ou loyer Le mardi, 10 novembre 2026 à 10:00. Retirée" in said
    assert "Rien n’a changé en novembre 2026" in said  # it holds no more
    assert "Aucun envoi noté" not in said


def test_the_report_of_another_adult_changes_nothing_for_me(
    world: World, announced: Announced, person: Browser
) -> None:
    report(world, second_adult(world, announced), MOVED)
    assert "Rien n’a changé en novembre 2026" in card(person.open(MONTH), "2026-11")


def test_said_by_mistake_is_taken_back_in_one_tap_and_stays_dated(
    world: World, announced: Announced, me: Actor, person: Browser
) -> None:
    page = person.open(MONTH).form(MONTH).submit()
    world.clock.forward(minutes=20)
    back = page.form(MONTH)
    assert "Je l’ai dit par erreur" in page.text
    for _ in range(2):  # a double click
        page = back.submit()
        said = card(page, "2026-11")
        assert "Vous l’avez dit le mardi, 10 novembre 2026 à 10:00. Par erreur : vous l’avez repris" in said
        assert "à 10:20" in said
    assert world.count("month_note_event") == 1
    desk = at_desk(world, announced).text
    assert "Dit le 10.11.2026 à 10:00. Repris par la personne le 10.11.2026 à 10:20 : dit par erreur." in desk
    world.clock.forward(minutes=5)
    again = card(page.form(MONTH).submit(), "2026-11")
    assert "à 10:25." in again
    assert "Par erreur" in again
    found = own_months(world.citizen, me, "fr", world.clock.now().date()).months[0].sayings
    assert [one.back_at is None for one in found] == [False, True]
    assert world.count("month_note") == 1  # as it was written first
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'month:take-back'") == (1,)


def test_what_was_never_said_cannot_be_taken_back(world: World, me: Actor, person: Browser) -> None:
    assert not take_back(world.citizen, me, world.clock.now().date().replace(day=1), world.clock.now())
    assert person.open(MONTH).form(MONTH).force(back="1").submit().status == 200
    assert world.count("month_note_event") == world.count("month_note") == 0
