"""Defend oneself, from what happened to the letter: nothing asked twice, nothing stored, nothing lost."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from flask import Flask

from portal.domain.defence import Event
from portal.domain.demand import Person
from portal.factory import create_app
from portal.i18n.languages import CODES
from tests.pages.browser import Browser
from tests.pages.defending import NAME, TODAY, day, download, form_of, result_form
from tests.pages.pdf import words
from tests.pages.world import SIERRE, VISP, World


@pytest.fixture(autouse=True)
def on_day_31(world: World) -> None:
    world.clock.set(TODAY)


@pytest.fixture
def cut_off(world: World) -> Flask:
    """The citizens' portal while its database cannot be reached."""
    settings = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    return create_app(settings, world.clock)


@pytest.mark.parametrize("language", CODES)
def test_every_event_leads_to_its_letter_without_a_single_answer(cut_off: Flask, language: str) -> None:
    browser = Browser(cut_off)
    page = browser.open(f"/{language}/defend")
    links = [link for link in page.links() if "/defend/" in link]
    assert links == [f"/{language}/defend/{event.value}" for event in Event]
    for link in links:
        result = browser.open(link).form(link).submit()
        assert result.status == 200
        assert result.classed("letter")
        assert download(browser, result, "pdf").startswith(b"%PDF-")
        assert docx.Document(BytesIO(download(browser, result, "docx"))).paragraphs


def test_day_31_from_the_arabic_page(world: World) -> None:
    browser = world.browser()
    form = form_of(browser, "no-answer", "ar").fill(**day("filed", "٢١.١٠.٢٠٢٦"), name=NAME, commune=str(SIERRE))
    page = form.submit()
    assert page.lang == "ar"
    assert "20 نوفمبر 2026" in page.text
    assert "J’ai demandé l’aide sociale le 21 octobre 2026." in page.text
    text = words(download(browser, page, "pdf"))
    assert "Plus de 30 jours ont passé." in text
    assert NAME in text


def test_a_commune_of_the_upper_valais_gets_its_letter_in_german(world: World) -> None:
    page = form_of(world.browser(), "refused").fill(commune=str(VISP)).submit()
    assert "Beschwerde gegen den Entscheid der Gemeinde Visp" in page.text
    chosen = form_of(world.browser(), "refused").fill(commune=str(VISP), language="fr").submit()
    assert "Recours contre la décision de la commune de Viège" in chosen.text


def test_the_last_day_and_what_to_do_when_it_is_over(world: World) -> None:
    page = form_of(world.browser(), "cut").fill(**day("notified", "22.10.26")).submit()
    assert "23 novembre 2026" in page.text
    assert "Encore 2 jours" in page.text
    late = form_of(world.browser(), "cut").fill(**day("notified", "1.9.2026")).submit()
    assert "Le délai de recours est passé" in late.text
    assert "Demandez conseil tout de suite" in late.text
    assert "Demande de réexamen de mon droit à l’aide sociale" in late.text, "what can still be done comes first"
    assert late.classed("callout-urgent")
    assert not page.classed("callout-urgent")


def test_a_registered_letter_left_at_the_post(world: World) -> None:
    page = form_of(world.browser(), "disagree").fill(**day("notified", "2.11.2026"), how="left").submit()
    assert "9 novembre 2026" in page.text
    assert "9 décembre 2026" in page.text


def test_the_language_menu_and_the_way_back_keep_everything(world: World) -> None:
    given = {**day("notified", "2.11.2026"), "name": NAME, "words": "Une\nDeux", "commune": str(SIERRE)}
    form = form_of(world.browser(), "cut").fill(reasons=["income", "need"], how="left", **given)
    german = form.switch("de")
    assert not german.summary()
    kept = german.form("/defend/cut")
    assert [one.get("value") for one in kept.named("reasons") if one.get("checked") is not None] == ["income", "need"]
    result = kept.submit()
    assert result.lang == "de"
    arabic = result_form(result).switch("ar")
    assert arabic.lang == "ar"
    assert arabic.classed("letter"), "the letter stays open"
    assert "2 novembre 2026" in arabic.text
    back = result_form(arabic).submit(("_edit", "1"))
    edited = back.form("/defend/cut")
    for name in ("name", "notified_day", "notified_month", "notified_year"):
        assert edited.named(name)[0].get("value") == given[name]
    assert [one.get("value") for one in edited.named("how") if one.get("checked") is not None] == ["left"]
    assert [one.get("value") for one in edited.named("language") if one.get("checked") is not None] == [""]


def test_another_letter_with_the_same_answers(world: World) -> None:
    browser = world.browser()
    page = form_of(browser, "repay").fill(amount="CHF 1’200.5", name=NAME).submit()
    assert "Demande de remise : remboursement de CHF 1’200.50" in page.text.replace("\u00a0", " ")
    appeal = result_form(page).submit(("_letter", "appeal"))
    assert "Je fais recours contre la décision" in appeal.text
    assert NAME in appeal.text
    assert "recours" in words(download(browser, appeal, "pdf"))


def test_nothing_is_stored(clean_world: World) -> None:
    """That no name is logged is asked in `tests/operations/test_logs.py`."""
    browser = clean_world.browser()
    page = form_of(browser, "refused").fill(name=NAME, words="Un secret").submit()
    download(browser, page, "pdf")
    download(browser, page, "docx")
    with clean_world.database.connect() as connection:
        for table in ("dossier", "demand", "audit_event", "citizen_session"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    assert not [cookie for cookie in ("citizen", "staff", "filed") if browser.cookie(cookie)]


def test_a_double_click_gives_the_same_letter_twice(world: World) -> None:
    browser = world.browser()
    page = form_of(browser, "refused").fill(name=NAME).submit()
    assert download(browser, page, "docx") == download(browser, page, "docx")
    assert download(browser, page, "pdf") == download(browser, page, "pdf")


def test_somebody_signed_in_begins_with_what_is_known(clean_world: World) -> None:
    clean_world.clock.set("2026-10-21 10:00")
    known = clean_world.announce(Person(NAME, postal_address="Rue 1\n3960 Sierre", phone="+41 79 555 12 12"))
    clean_world.clock.set(TODAY)
    form = form_of(clean_world.visit(known), "no-answer")
    values = {name: form.named(name)[0].get("value") for name in ("name", "reference", "filed_day", "filed_month")}
    assert values == {"name": NAME, "reference": known.reference, "filed_day": "21", "filed_month": "10"}
    page = form.submit()
    assert "Plus de 30 jours ont passé." in page.text
    assert "Rue 1" in page.text
    assert form_of(clean_world.browser(), "no-answer").named("name")[0].get("value") == "", "nobody else's"


@pytest.mark.parametrize("event", Event)
def test_every_sentence_of_the_law_names_its_source(world: World, event: Event) -> None:
    page = form_of(world.browser(), event.value).submit()
    named = {one.get("data-source") for one in page.main.iter() if one.get("data-source")}
    assert "rights_named" in named
    if event in ("refused", "cut", "disagree", "repay"):
        assert {"appeal_period", "appeal_last_day_moves", "clock_suspension"} <= named
    assert ("suspensive_effect" in named) is (event in ("cut", "repay"))
    assert ("silence" in named) is (event == "no-answer")


def test_the_ways_there(clean_world: World) -> None:
    assert "/fr/defend" in clean_world.browser().open("/fr/urgent").links()
    assert "/fr/defend" in clean_world.visit(clean_world.announce()).open("/fr/dossier").links()
