"""What is typed to defend oneself is read, what is wrong is said at its box, and what an office may not read is named."""

from __future__ import annotations

import pytest

from portal.domain.reference import reference_from_number
from tests.pages.browser import Page, text_of
from tests.pages.defending import NAME, TODAY, day, form_of
from tests.pages.world import World

REFERENCE = reference_from_number(48_219_035)
ARABIC = "أحمد الحاج"
NOTE = "Cette lettre contient une autre écriture"


@pytest.fixture(autouse=True)
def on_day_31(world: World) -> None:
    world.clock.set(TODAY)


def said_at(page: Page, field: str) -> str:
    assert page.status == 422
    found = page.find(f"{field}-error")
    assert found is not None
    return text_of(found)


def kept(page: Page, event: str, name: str) -> str | None:
    return page.form(f"/defend/{event}").named(name)[0].get("value")


@pytest.mark.parametrize("typed", ["hello", REFERENCE[:-1] + str((int(REFERENCE[-1]) + 1) % 10), "VS-4821"])
def test_a_wrong_reference_is_said_and_stays(world: World, typed: str) -> None:
    page = form_of(world.browser(), "refused").fill(reference=typed, name=NAME).submit()
    assert "ou laissez vide" in said_at(page, "reference")
    assert (kept(page, "refused", "reference"), kept(page, "refused", "name")) == (typed, NAME)


@pytest.mark.parametrize("typed", [REFERENCE, REFERENCE.lower().replace("-", " ")])
def test_a_right_reference_is_printed_as_the_office_writes_it(world: World, typed: str) -> None:
    page = form_of(world.browser(), "refused").fill(reference=typed).submit()
    assert f"Référence du portail : {REFERENCE}" in page.text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("typed", ["<script>1e309", "beaucoup", "-5", "99999999999"])
def test_what_is_no_amount_is_said_and_stays(world: World, typed: str) -> None:
    page = form_of(world.browser(), "repay").fill(amount=typed, name=NAME).submit()
    assert "montant" in said_at(page, "amount").lower()
    assert kept(page, "repay", "amount") == typed


@pytest.mark.parametrize("typed", ["12345.50", "12’345.5", "CHF 12 345,50", "١٢٣٤٥٫٥٠"])
@pytest.mark.parametrize("language", ["fr", "de"])
def test_an_amount_stands_in_francs_in_the_letter(world: World, typed: str, language: str) -> None:
    page = form_of(world.browser(), "repay").fill(amount=typed, language=language).submit()
    assert "CHF 12’345.50" in page.text.replace("\u00a0", " ")


def test_an_amount_that_is_not_asked_stops_nobody(world: World) -> None:
    form = form_of(world.browser(), "cut")
    form.values["amount"] = "x"
    assert form.submit().status == 200


def test_an_address_of_many_lines_is_said(world: World) -> None:
    form = form_of(world.browser(), "refused")
    assert "6 lignes" in said_at(form.fill(address="\n".join("abcdefg")).submit(), "address")
    assert form.fill(address="\n\n".join("abcdef")).submit().status == 200


def test_words_from_word_keep_their_tabs_as_spaces(world: World) -> None:
    page = form_of(world.browser(), "cut").fill(words="Loyer\t900", name="Ana\tSousa").submit()
    assert "Loyer 900" in page.text
    assert "Ana Sousa" in page.text


@pytest.mark.parametrize("field", ["name", "address", "words"])
def test_another_script_is_said_and_stops_nobody(world: World, field: str) -> None:
    page = form_of(world.browser(), "cut").fill(**{field: ARABIC}).submit()
    assert page.status == 200
    assert NOTE in page.text
    assert ARABIC in page.text


def test_latin_letters_of_any_kind_are_no_other_script(world: World) -> None:
    given = {"name": "Łukasz Đặng", "address": "Rua 5, 1º Dto\n3960 Sierre", "words": "Não é verdade: ça ne va pas…"}
    assert NOTE not in form_of(world.browser(), "cut").fill(**given).submit().text
    assert NOTE not in form_of(world.browser(), "cut").submit().text


def test_the_name_is_asked_for_in_latin_letters(world: World) -> None:
    assert "en lettres latines, comme sur vos papiers" in world.browser().open("/fr/defend/file").text


@pytest.mark.parametrize("event", ["refused", "disagree"])
def test_a_decision_on_an_older_demand_says_how_to_go_on(clean_world: World, event: str) -> None:
    """The date of the newest demand stands there already."""
    clean_world.clock.set("2026-10-21 10:00")
    known = clean_world.announce()
    clean_world.clock.set(TODAY)
    page = form_of(clean_world.visit(known), event).fill(**day("notified", "15.10.2026")).submit()
    assert "changez ou effacez la date de la demande" in said_at(page, "notified_day-date")
    cleared = page.form(f"/defend/{event}").fill(filed_day="", filed_month="", filed_year="").submit()
    assert cleared.status == 200
