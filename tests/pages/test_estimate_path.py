"""The estimate's path: short, each answer may stay open, nothing is lost on the way, and nothing is kept of it."""

from __future__ import annotations

import pytest

from portal.factory import create_app
from portal.i18n.languages import CODES
from tests.pages.browser import Browser, Page
from tests.pages.estimates import (
    EVERYBODY,
    FAMILY,
    RESULT,
    SINGLE,
    TITLES,
    answer,
    asked,
    carried,
    estimated,
    form_of,
    sealed,
    shown,
    start,
    step_of,
    walk,
)
from tests.pages.masks import statements
from tests.pages.world import World

MOST_QUESTIONS = 12
# What a person is asked, as they would count it: amounts of one sort, each kind in its box, are one question; what is
# asked of some permits only does not come for the others.
SAME_QUESTION = {
    **dict.fromkeys(("rent", "charges", "rent_unknown"), "rent and charges"),
    **dict.fromkeys(
        ("accounts", "vehicles", "insurances", "claims", "wealth_unknown", "own_property"), "wealth by kind"
    ),
    **dict.fromkeys(("a-state", "a-years"), "a-permit"),
}


def questions(way: list[Page]) -> set[str]:
    """What is asked on these pages."""
    names = [name for page in way for name in asked(page)]
    assert len(names) == len(set(names)), "asked twice"
    kinds = {name for name in names if step_with(way, name) == "income"}
    return {f"income of {name[0]}" if name in kinds else SAME_QUESTION.get(name, name) for name in names}


def step_with(way: list[Page], name: str) -> str:
    return next(step_of(page) for page in way if name in asked(page))


def every_table(world: World) -> dict[str, int]:
    """How many rows each table of the database has."""
    with world.superuser() as connection:
        names = connection.execute(
            "SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables ORDER BY 1"
        ).fetchall()
    return {name: world.count(name) for (name,) in names}


def test_a_single_person_is_asked_twelve_questions(world: World) -> None:
    page, way = walk(start(world.browser()), SINGLE)
    assert [step_of(one) for one in way] == ["home", "work", "income", "money"]
    assert [one.h1 for one in way] == [TITLES[step_of(one)] for one in way]
    assert "Première étape" in way[0].text  # how many follow hangs on its answers
    assert [f"Étape {n} sur 4" in one.text for n, one in enumerate(way[1:], 2)] == [True] * 3
    assert len(questions(way)) <= MOST_QUESTIONS
    assert page.h1 == RESULT
    assert "de CHF 1’297 à CHF 1’961" in page.text  # docs/situation.md, the first worked example
    assert carried(world, page) == SINGLE


def test_a_family_with_a_flatmate_is_asked_what_it_needs(world: World) -> None:
    page, way = walk(start(world.browser()), FAMILY)
    assert [step_of(one) for one in way] == ["home", "people", "work", "income", "money"]
    assert asked(way[1]) == ["b-age", "c1-age", "c2-age", "who", "meals"]
    assert {name[0] for name in asked(way[2])} == {"a", "b"}
    assert [name for name in asked(way[3]) if name.startswith("c")] == ["c2-wage"], "a child of 9 has no wage"
    assert page.h1 == RESULT
    assert carried(world, page) == FAMILY
    for name in ("Votre conjoint", "Enfant 1", "Enfant 2", "Autre personne 1"):
        assert name in page.text


def test_every_question_of_the_path_is_asked_of_somebody(world: World) -> None:
    _, way = walk(start(world.browser()), EVERYBODY)
    names = {name.split("-")[-1] for page in way for name in asked(page)}
    assert {"together", "common", "training", "away", "years", "state", "wealth_unknown", "unknown"} <= names


@pytest.mark.parametrize("language", CODES)
def test_without_any_answer_there_is_a_result(world: World, language: str) -> None:
    page, way = walk(start(world.browser(language), language), {})
    assert len(way) == 4
    assert carried(world, page) == {}
    assert page.find("what-if") is not None


def test_without_any_answer_the_range_is_open(world: World) -> None:
    page, _ = walk(start(world.browser()), {})
    assert "à partir de CHF 648" in page.text  # a young adult's cut allowance (allowance_young_adult), no known rent
    assert "sans limite connue" in page.text
    assert "Votre permis n’est pas indiqué" in page.text


@pytest.mark.parametrize("empty", sorted(set(FAMILY) - {"couple", "children", "others"}))
def test_any_answer_may_stay_open(world: World, empty: str) -> None:
    page = shown(world, {name: value for name, value in FAMILY.items() if name != empty})
    assert (page.status, step_of(page)) == (200, "result")


def test_back_inside_the_path_keeps_all(world: World) -> None:
    income, _ = walk(start(world.browser()), FAMILY, until="income")
    work = answer(income, FAMILY).submit(("_back", "1"))
    assert step_of(work) == "work"
    values = form_of(work).values
    assert {name: values[name] for name in ("a-permit", "b-permit", "a-activity")} == {
        "a-permit": "b",
        "b-permit": "c",
        "a-activity": "seeking",
    }
    home = form_of(form_of(work).submit(("_back", "1"))).submit(("_back", "1"))
    assert step_of(home) == "home"
    assert form_of(home).values["commune"] == FAMILY["commune"]
    assert not [one for one in form_of(home).buttons() if one.get("name") == "_back"]
    page, way = walk(home, {})  # nothing is typed anew
    assert len(way) == 5
    assert form_of(way[3]).values["a-unemployment"] == "1250.50", "typed before going back"
    expected = {name: value for name, value in FAMILY.items() if name not in asked(way[4])}
    assert carried(world, page) == expected


def test_going_back_with_something_wrong_keeps_it_and_says_nothing_yet(world: World) -> None:
    income, _ = walk(start(world.browser()), SINGLE, until="income")
    work = form_of(income).fill(**{"a-wage": "viel"}).submit(("_back", "1"))
    assert (work.status, step_of(work), work.summary()) == (200, "work", [])
    again = form_of(work).submit()
    assert form_of(again).values["a-wage"] == "viel"


def test_a_changed_answer_leads_straight_back_to_the_result(world: World) -> None:
    result = estimated(world.browser(), SINGLE)
    income = form_of(result).submit(("_edit", "income"))
    assert (step_of(income), form_of(income).values["a-wage"]) == ("income", "600")
    again = form_of(income).fill(**{"a-wage": "800"}).submit()
    assert step_of(again) == "result"
    assert carried(world, again) == {**SINGLE, "a-wage": "800"}
    # 997 + 900 - 800 to 1061 + 900 - 100, as up to 700 of the wage may be left
    assert "de CHF 1’097 à CHF 1’861" in again.text


def test_a_changed_answer_with_new_questions_asks_them_first(world: World) -> None:
    result = estimated(world.browser(), SINGLE)
    home = form_of(result).submit(("_edit", "home"))
    people = form_of(home).fill(children="1").submit()
    assert (step_of(people), asked(people)) == ("people", ["c1-age"])
    page, way = walk(people, {"c1-age": "16"})
    assert [step_of(one) for one in way] == ["people", "work", "income", "money"]
    assert "c1-wage" in asked(way[2])
    assert carried(world, page) == {**SINGLE, "children": "1", "c1-age": "16"}


def test_a_wrong_change_stays_on_its_way_back_to_the_result(world: World) -> None:
    income = form_of(estimated(world.browser(), SINGLE)).submit(("_edit", "income"))
    wrong = form_of(income).fill(**{"a-wage": "-1"}).submit()
    assert (wrong.status, step_of(wrong)) == (422, "income")
    assert step_of(form_of(wrong).fill(**{"a-wage": "1"}).submit()) == "result"


@pytest.mark.parametrize("start_at", CODES)
def test_half_a_page_survives_a_walk_through_all_languages(world: World, start_at: str) -> None:
    income, _ = walk(start(world.browser(start_at), start_at), SINGLE, until="income")
    form = form_of(income).fill(**{"a-wage": "12 fr. 5", "a-other": "33"})
    for language in [code for code in CODES if code != start_at] + [start_at]:
        page = form.switch(language)
        assert (page.status, page.lang, page.path) == (200, language, f"/{language}/estimate")
        assert (step_of(page), page.summary(), page.faulty()) == ("income", [], set())
        form = form_of(page)
        assert (form.values["a-wage"], form.values["a-other"]) == ("12 fr. 5", "33")


def test_the_result_stays_the_result_in_another_language(world: World) -> None:
    page = estimated(world.browser(), SINGLE)
    menu = next(form for form in page.forms() if any(one.get("name") == "_switch" for one in form.buttons()))
    german = menu.switch("de")
    assert (german.status, german.lang, step_of(german)) == (200, "de", "result")
    assert carried(world, german) == SINGLE


def test_enter_in_a_field_goes_on(world: World) -> None:
    for step in TITLES:
        first = form_of(shown(world, FAMILY, step)).buttons()[0]
        assert first.get("name") is None, step


@pytest.mark.parametrize("step", TITLES)
def test_without_a_token_what_was_typed_comes_again(world: World, step: str) -> None:
    form = answer(shown(world, FAMILY, step), FAMILY)
    name = asked(form.page)[0]
    values = {**form.values.to_dict(), name: form.values.get(name) or "7"}
    del values["csrf_token"]
    stranger = world.browser()
    page = stranger.post("/fr/estimate", values)
    assert (page.status, step_of(page)) == (400, step)
    assert "Appuyez encore une fois : vos réponses sont là" in page.text
    assert {key: form_of(page).values.get(key) for key in asked(page)} == {key: values.get(key) for key in asked(page)}
    again = form_of(page).submit()
    assert again.status == 200
    assert step_of(again) != step


def test_without_a_token_the_result_comes_again(world: World) -> None:
    page = world.browser().post("/fr/estimate", {"answers": sealed(world, SINGLE), "_page": "result"})
    assert (page.status, step_of(page)) == (400, "result")
    assert carried(world, page) == SINGLE
    assert "Appuyez encore une fois" in page.text


def test_from_a_foreign_site_nothing_is_taken(world: World) -> None:
    browser = world.browser()
    form = answer(start(browser), SINGLE)
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/fr/estimate", form.values, headers=headers).status == 400


def test_a_get_changes_nothing_and_takes_nothing(world: World) -> None:
    browser = world.browser()
    page = browser.open(f"/fr/estimate?answers={sealed(world, SINGLE)}&_page=result&age=40&_show=result")
    assert (page.status, step_of(page), carried(world, page)) == (200, "home", {})
    assert browser.send("HEAD", "/fr/estimate").status_code == 200
    assert browser.send("PUT", "/fr/estimate").status_code in (400, 405)


def test_nothing_is_stored_and_no_answer_is_in_an_address(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, browser = clean_world, clean_world.browser()
    before = every_table(world)
    assert len(before) > 10
    with statements(monkeypatch) as asked_for:
        result, way = walk(start(browser), {**FAMILY, "rent": "4321.55"})
        pages = [*way, result, form_of(result).submit(("_edit", "money")), what_if(result)]
    assert asked_for == [], "the path needs no database"
    assert every_table(world) == before
    for page in pages:
        assert page.address == "/fr/estimate"
        assert "Location" not in page.headers
        for link in page.links():
            assert "4321" not in link
            assert "?" not in link or link.startswith("https://"), link
    assert {cookie.key for cookie in browser.client._cookies.values()} <= {"visit"}  # type: ignore[attr-defined]
    assert "4321" not in str(browser.cookie("visit"))


def what_if(result: Page) -> Page:
    """The result with another rent imagined."""
    form = next(one for one in result.forms() if any(c.get("name") == "what-rent" for c in one.controls()))
    return form.fill(**{"what-rent": "4444"}).submit()


@pytest.mark.parametrize("given", [SINGLE, FAMILY, {}], ids=["single", "family", "nothing"])
def test_it_needs_no_database(world: World, given: dict[str, str]) -> None:
    nowhere = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    page = estimated(Browser(create_app(nowhere, world.clock)), given)
    assert page.find("what-if") is not None
