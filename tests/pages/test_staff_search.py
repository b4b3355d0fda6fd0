"""The desk's search: what is typed stays on the page and in no address; faults in words; on to a new demand with the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.demand import Person
from tests.pages.browser import Browser, Page
from tests.pages.world import VISP, World
from tests.services.on_paper import on_paper

HANS = Person(name="Hans Müller", birth_date=date(1984, 3, 12))
SEARCH, BOX = "/staff/search", "/staff/search"


def search(desk: Browser, looked_for: str, **birth: str) -> Page:
    return desk.open(SEARCH).form(BOX).fill(looked_for=looked_for, **birth).submit()


def test_from_the_board_to_the_household(clean_world: World) -> None:
    filed, desk = clean_world.announce(HANS), clean_world.desk()
    found = desk.open("/staff/").form(BOX).fill(looked_for="mueller").submit()
    assert (found.status, found.path) == (200, SEARCH)
    assert "Une partie du nom" in found.text
    assert {f"/staff/demands/{filed.id}", "/staff/elsewhere"} <= set(
        found.links()
    )  # who it is may be in another region
    assert filed.reference in found.text
    assert found.form(BOX).values["looked_for"] == "mueller"


def test_a_file_on_paper_leads_to_its_own_page(clean_world: World) -> None:
    file = on_paper(clean_world)
    found = search(clean_world.desk(), "nunes rosa", birth_year="1970")
    assert f"/staff/dossiers/{file.dossier_id}" in found.links()
    for words in ("Même nom", "Même année de naissance", "Sur papier", "Aide depuis : mai 2024"):
        assert words in found.text


@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", " "), lambda text: text[3:]])
def test_a_reference_however_it_is_typed(clean_world: World, change: object) -> None:
    filed = clean_world.announce(HANS)
    found = search(clean_world.desk(), change(filed.reference))  # type: ignore[operator]
    assert "Même référence" in found.text
    assert f"/staff/demands/{filed.id}" in found.links()
    foreign = search(clean_world.desk("oberwallis"), change(filed.reference))  # type: ignore[operator]
    assert "votre région n’a pas ce dossier" in foreign.text
    assert not [link for link in foreign.links() if link.startswith("/staff/demands/") and "new" not in link]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Écrivez un nom, une date de naissance ou une référence."),
        ({"looked_for": "  "}, "Écrivez un nom, une date de naissance ou une référence."),
        ({"looked_for": "M"}, "Une seule lettre ne suffit pas."),
        ({"looked_for": "..."}, "Écrivez le nom avec des lettres."),
        ({"looked_for": "x" * 201}, "C’est trop long : 201 signes."),
        ({"looked_for": "x" * 60_000}, "C’est trop long"),
        ({"looked_for": "a\u0000"}, "signes invisibles"),
        ({"looked_for": "VS-1234-5678-90"}, "Cette référence n’est pas juste."),
        ({"looked_for": "12345"}, "Cette référence n’est pas juste."),
        ({"looked_for": "4821-9O35-64"}, "Cette référence n’est pas juste."),
        ({"looked_for": "Sousa 79"}, "Un nom s’écrit sans chiffres."),
        ({"looked_for": "Favre 079 555 01 01"}, "Un nom s’écrit sans chiffres."),
        ({"birth_year": "1984"}, "L’année seule ne suffit pas pour chercher."),
        ({"looked_for": "Müller", "birth_day": "3"}, "Il manque l’année."),
        ({"looked_for": "Müller", "birth_day": "31", "birth_month": "2", "birth_year": "1984"}, "n’existe pas"),
        ({"looked_for": "Müller", "birth_year": "3000"}, "L’année doit être entre"),
    ],
)
def test_a_fault_in_words_and_nothing_lost(clean_world: World, typed: dict[str, str], words: str) -> None:
    answer = clean_world.desk().open(SEARCH).form(BOX).fill(**typed).submit()
    assert answer.status == 422
    assert words in answer.text
    kept = answer.form(BOX).values
    assert all(kept[name] == value for name, value in typed.items() if "\u0000" not in value)
    assert clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'search:read'") == (0,)


@pytest.mark.parametrize(
    ("typed", "name", "boxes"),
    [
        ("Müller 1984", "Müller", ("", "", "1984")),
        ("1984 Müller", "Müller", ("", "", "1984")),
        ("Müller, 12.03.1984", "Müller", ("12", "03", "1984")),
        ("Hans 12/3/1984 Müller", "Hans Müller", ("12", "3", "1984")),
        ("12.3.1984", "", ("12", "3", "1984")),
    ],
)
def test_a_birth_behind_the_name_is_one(clean_world: World, typed: str, name: str, boxes: tuple[str, ...]) -> None:
    """And it moves to the boxes of a birth date, so that one sees as what it was taken."""
    filed = clean_world.announce(HANS)
    found = search(clean_world.desk(), typed)
    assert f"/staff/demands/{filed.id}" in found.links()
    assert "Même année de naissance" in found.text or "Même date de naissance" in found.text
    values = found.form(BOX).values
    assert values["looked_for"] == name
    assert tuple(values[f"birth_{part}"] for part in ("day", "month", "year")) == boxes


def test_the_boxes_may_know_more_of_the_same_year(clean_world: World) -> None:
    birth = {"birth_day": "12", "birth_month": "3", "birth_year": "1984"}
    values = search(clean_world.desk(), "Müller 1984", **birth).form(BOX).values
    assert {name: values[name] for name in birth} == birth


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1984", "L’année seule ne suffit pas pour chercher."),
        ("31.2.1984", "Cette date n’existe pas."),
        ("Müller 1850", "L’année doit être entre"),
    ],
)
def test_a_birth_that_cannot_be_is_said_of_the_birth(clean_world: World, typed: str, said: str) -> None:
    page = search(clean_world.desk(), typed)
    assert (page.status, page.faulty()) == (422, {"birth_year"})
    assert said in page.text


@pytest.mark.parametrize("typed", ["+41 79 555 01 01", "079 555 01 01", "0041795550101", "(079) 555.01.01"])
def test_a_phone_number_finds_who_gave_it(clean_world: World, typed: str) -> None:
    filed = clean_world.announce(replace(HANS, phone="+41 79 555 01 01"))
    found = search(clean_world.desk(), typed)
    assert f"/staff/demands/{filed.id}" in found.links()
    assert "Même téléphone" in found.text
    assert found.form("/staff/demands/new").values["name"] == ""
    foreign = search(clean_world.desk("oberwallis"), typed)
    assert "n’a donné ce numéro de téléphone" in foreign.text
    assert f"/staff/demands/{filed.id}" not in foreign.links()


def test_one_chinese_sign_is_a_name(clean_world: World) -> None:
    clean_world.announce(Person(name="李小龙"))
    assert "李小龙" in search(clean_world.desk(), "Xiaolong Li").text
    assert search(clean_world.desk(), "李").status == 200


def test_no_hit_says_what_to_try_and_leads_to_a_new_demand(clean_world: World) -> None:
    desk = clean_world.desk()
    page = search(desk, "Zoé Nobody", birth_day="1", birth_month="2", birth_year="1990")
    assert "Aucun dossier trouvé" in page.text
    assert "Écrivez seulement le nom de famille" in page.text
    assert "/staff/elsewhere" in page.links()
    new = page.form("/staff/demands/new").submit()
    assert (new.status, new.path) == (200, "/staff/demands/new")
    form = new.form("/staff/demands/new")
    assert [form.values[name] for name in ("name", "birth_day", "birth_month", "birth_year")] == [
        *("Zoé Nobody", "1", "2", "1990")
    ]
    assert "Rien n’est perdu" not in new.text
    filed = form.fill(channel="walk-in", unreachable=True).submit()
    assert filed.path == "/staff/demands/filed"
    assert clean_world.row("SELECT name, birth_date FROM adult") == ("Zoé Nobody", date(1990, 2, 1))
    assert "Zoé Nobody" in search(desk, "nobody zoe").text


def test_a_file_on_paper_takes_the_name_over_too(clean_world: World) -> None:
    page = search(clean_world.desk(), "Zoé Nobody", birth_year="1990")
    new = page.form("/staff/dossiers/new").submit()
    form = new.form("/staff/dossiers/new")
    assert (new.status, form.values["name"], form.values["birth_year"]) == (200, "Zoé Nobody", "1990")


def test_a_reference_is_no_name_of_a_new_demand(clean_world: World) -> None:
    filed = clean_world.announce(HANS, commune=VISP)
    new = search(clean_world.desk(), filed.reference).form("/staff/demands/new").submit()
    assert new.form("/staff/demands/new").values["name"] == ""


def test_the_language_menu_searches_again(clean_world: World) -> None:
    clean_world.announce(HANS)
    desk = clean_world.desk()
    answer = search(desk, "Mueller Hans").form(BOX).switch("de")
    assert (answer.status, answer.form(BOX).values["looked_for"]) == (200, "Mueller Hans")
    assert "Gleicher Name, anders geschrieben" in answer.text
    empty = desk.open(SEARCH).form(BOX).switch("fr")
    assert (empty.status, "À corriger" in empty.text) == (200, False)


def test_marks_in_a_name_stay_text(clean_world: World) -> None:
    clean_world.announce(Person(name="<b>Müller</b>"))
    page = search(clean_world.desk(), "<i>Müller</i>")
    assert page.status == 200
    assert "<b>Müller</b>".encode() not in page.body
    assert "<i>Müller".encode() not in page.body
