"""Decisions of the commune as pages show them: at the desk in each state, on the person's dossier once two have noted it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.domain.decision import Answers, Step
from portal.services.at_desk import DeskPlace
from portal.services.decisions.recording import end
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World
from tests.services.deciding import decided, recorded
from tests.services.on_paper import on_paper
from tests.services.test_reports import HOUSEHOLD


@pytest.fixture
def announced(clean_world: World) -> Announced:
    clean_world.clock.set("2026-11-02 09:10")
    found = clean_world.announce(situation=HOUSEHOLD)
    clean_world.clock.set("2026-11-11 10:00")
    return found


def filled(page: Page, decided_on: tuple[int, int, int], notified_on: tuple[int, int, int], **more: Any) -> Page:
    """The form, sent."""
    days = {
        f"{name}-{part}": str(value)
        for name, day in (("decided", decided_on), ("notified", notified_on))
        for part, value in zip(("day", "month", "year"), day, strict=True)
    }
    return page.form("/decisions").fill(kind="aid", **days, **more).submit()


def test_recorded_by_one_confirmed_by_another_seen_by_the_person(clean_world: World, announced: Announced) -> None:
    world = clean_world
    claire, marc, person = world.desk("sierre"), world.desk("sierre"), world.visit(announced)
    path = f"/staff/demands/{announced.id}/decisions"
    matter = f"demand:{announced.id}"
    page = filled(claire.open(path), (9, 11, 2026), (10, 11, 2026), matter=matter, note="Pour nous")
    assert page.status == 200
    assert "En attente d’une deuxième personne" in page.text
    assert "Reprendre ma note" in page.text
    assert "C’est juste : confirmer" not in page.text
    assert "Décision écrite" not in person.open("/fr/dossier").text
    assert "Décisions à confirmer : 1" in marc.open("/staff/").text
    listed = marc.open("/staff/decisions")
    assert announced.reference in listed.text
    page = marc.open(
        next(one for one in listed.links() if one.endswith("/decisions") and announced.view.id.hex[:8] in one)
    )
    page = page.form("/confirm").submit()
    assert "Confirmée" in page.text
    assert "Décisions à confirmer" not in marc.open("/staff/").text
    dossier = person.open("/fr/dossier")
    for words in ("Décision écrite de la commune", "9 novembre 2026", "10 décembre 2026", "Octroi d’une aide"):
        assert words in dossier.text, words
    assert "/fr/defend/disagree" in dossier.links()
    assert "Pour nous" not in dossier.text
    assert "Décision de la commune, au plus tard" not in dossier.text
    assert "Décision notée" in marc.open("/staff/").text
    assert "10 décembre 2026" in person.open("/fr/dossier/calendar").text
    assert "Décision écrite de la commune notée" in person.open("/fr/dossier/access-log").text


@pytest.mark.parametrize(
    ("decided_on", "notified_on", "faulty", "words"),
    [
        ((1, 11, 2026), (10, 11, 2026), {"decided-day"}, "est du lundi, 2 novembre 2026"),
        ((10, 11, 2026), (9, 11, 2026), {"notified-day"}, "La notification ne peut pas être avant la décision."),
        ((12, 11, 2026), (12, 11, 2026), {"decided-day", "notified-day"}, "Cette date est dans le futur."),
        ((31, 2, 2026), (10, 11, 2026), {"decided-day"}, "Cette date n’existe pas."),
    ],
)
def test_days_that_cannot_be_are_said_at_their_place(
    clean_world: World,
    announced: Announced,
    decided_on: tuple[int, int, int],
    notified_on: tuple[int, int, int],
    faulty: set[str],
    words: str,
) -> None:
    browser = clean_world.desk("sierre")
    page = browser.open(f"/staff/demands/{announced.id}/decisions")
    page = filled(page, decided_on, notified_on, matter=f"demand:{announced.id}", note="Reste là")
    assert (page.status, page.faulty()) == (422, faulty)
    assert words in page.text
    assert "Reste là" in page.text
    assert clean_world.count("decision") == 0


def test_nothing_chosen_is_said_once_each(clean_world: World, announced: Announced) -> None:
    page = clean_world.desk("sierre").open(f"/staff/demands/{announced.id}/decisions").form("/decisions").submit()
    assert page.status == 422
    for words in (
        "Choisissez ce à quoi la décision répond.",
        "Choisissez le genre de décision.",
        "Écrivez cette date.",
    ):
        assert words in page.text


def test_somebody_noted_it_meanwhile(clean_world: World, announced: Announced) -> None:
    world, browser = clean_world, clean_world.desk("sierre")
    page = browser.open(f"/staff/demands/{announced.id}/decisions")
    recorded(world.staff, world.caseworker(), DeskPlace(announced.id))
    matter = f"demand:{announced.id}"
    page = filled(page, (9, 11, 2026), (10, 11, 2026), matter=matter, note="Reste là")
    assert page.status == 409
    assert "Quelqu’un a noté autre chose entre-temps." in page.text
    assert "Reste là" in page.text
    page = filled(page, (9, 11, 2026), (10, 11, 2026), matter=matter)
    assert page.status == 409
    assert "attend déjà une deuxième personne" in page.text
    assert world.count("decision") == 1


def test_wrong_with_a_reason_and_never_by_its_author(clean_world: World, announced: Announced) -> None:
    world = clean_world
    place, browser = DeskPlace(announced.id), world.desk("sierre")
    path = f"/staff/demands/{announced.id}/decisions"
    recorded(world.staff, world.caseworker(), place)
    page = browser.open(path).form("/refuse").fill(reason="").submit()
    assert (page.status, "Écrivez ce qui n’est pas juste." in page.text) == (422, True)
    page = page.form("/refuse").fill(reason="La date de l’enveloppe").submit()
    assert "La date de l’enveloppe" in page.text
    page = filled(page, (9, 11, 2026), (10, 11, 2026), matter="nothing")
    mine = world.row("SELECT id FROM decision ORDER BY sequence DESC LIMIT 1")[0]
    answer = post(browser, page, f"{path}/{mine}/confirm")
    assert (answer.status_code, "Il faut une autre personne" in answer.text) == (409, True)
    page = browser.open(path).form("/take-back").submit()
    assert "Reprise" in page.text
    answer = post(browser, page, f"{path}/{mine}/take-back")
    assert answer.status_code == 303  # sent twice


def post(browser: Browser, page: Page, path: str) -> Any:
    """What only somebody who makes up an address would send."""
    token = page.form("/decisions").values["csrf_token"]
    return browser.send("POST", path, data={"csrf_token": token})


def test_a_correction_and_what_the_person_sees_of_it(clean_world: World, announced: Announced) -> None:
    world, person = clean_world, clean_world.visit(announced)
    both, dossier = (world.caseworker(), world.caseworker()), announced.view.dossier_id
    first = decided(world.staff, both, dossier, day=date(2026, 11, 10))
    browser = world.desk("sierre")
    page = browser.open(f"/staff/dossiers/{dossier}/decisions/{first}/correct")
    assert page.form("/correct").values["decided-day"] == "10"
    page = page.form("/correct").fill(kind="refusal", **{"decided-day": "9"}).submit()
    assert "Correction" in page.text
    assert "Corrigée par le centre" not in person.open("/fr/dossier").text
    second = world.row("SELECT id FROM decision ORDER BY sequence DESC LIMIT 1")[0]
    end(world.staff, both[0], DeskPlace(announced.id), second, Step.CONFIRMED)
    text = person.open("/fr/dossier").text
    for words in ("9 novembre 2026", "Refus de l’aide", "Corrigée par le centre", "10 novembre 2026"):
        assert words in text, words
    stale = browser.open(f"/staff/demands/{announced.id}/decisions/{first}/correct")
    assert stale.path.endswith("/decisions"), "what was replaced is not corrected again"
    page = browser.open(f"/staff/demands/{announced.id}/decisions/{second}/correct")
    page.form("/correct").fill(kind="mistake").submit()
    third = world.row("SELECT id FROM decision ORDER BY sequence DESC LIMIT 1")[0]
    end(world.staff, both[0], DeskPlace(announced.id), third, Step.CONFIRMED)
    text = person.open("/fr/dossier").text
    assert "Une décision a été notée ici par erreur" in text
    assert "Décision de la commune, au plus tard" in text, "its clock runs again"


def test_a_second_decision_on_the_same_says_that_one_is_confirmed_and_is_not_stopped(
    clean_world: World, announced: Announced
) -> None:
    world, said = clean_world, "Il y a déjà une décision confirmée"
    claire, marc = world.desk("sierre"), world.desk("sierre")
    path, matter = f"/staff/demands/{announced.id}/decisions", f"demand:{announced.id}"
    assert said not in claire.open(path).text
    first = decided(world.staff, (world.caseworker(), world.caseworker()), announced.view.dossier_id)
    page = claire.open(path)
    assert page.text.count(said) == 1, "before it is noted"
    assert f"#d-{first}" in page.links()
    assert said not in claire.open(f"{path}/{first}/correct").text
    filled(page, (11, 11, 2026), (11, 11, 2026), matter=matter)
    page = marc.open(path)
    assert page.text.count(said) == 2, "and before it is confirmed"
    page = page.form("/refuse").fill(reason="La même lettre").submit()
    claire.open(f"{path}/{first}/correct").form("/correct").fill(kind="refusal").submit()
    page = marc.open(path)
    assert page.text.count(said) == 1, "a correction is no second decision"
    page.form("/confirm").submit()
    filled(claire.open(path), (11, 11, 2026), (11, 11, 2026), matter=matter)
    assert "En attente" not in marc.open(path).form("/confirm").submit().text


def test_a_file_that_began_on_paper_and_another_centre(clean_world: World) -> None:
    world = clean_world
    rosa = on_paper(world)
    decided(world.staff, (world.caseworker(), world.caseworker()), rosa.dossier_id, Answers.NOTHING)
    path = f"/staff/dossiers/{rosa.dossier_id}/decisions"
    assert "La commune a décidé d’elle-même" in world.desk("sierre").open(path).text
    assert "Décision écrite de la commune" in rosa.browser(world).open("/fr/dossier").text
    other = world.desk("oberwallis")
    assert other.open(path).status == 404
    assert other.open(f"/staff/demands/{rosa.dossier_id}/decisions").status == 404
    assert rosa.reference not in other.open("/staff/decisions").text
