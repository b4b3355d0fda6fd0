"""Whatever is typed or sent on the estimate's pages: a message at its place, nothing lost, and never a broken page."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.factory import create_app
from portal.services.estimates import seal_answers
from tests.pages.browser import Page
from tests.pages.estimates import (
    EVERYBODY,
    RESULT,
    SINGLE,
    TITLES,
    answer,
    asked,
    carried,
    form_of,
    sealed,
    send,
    shown,
    start,
    step_of,
    walk,
)
from tests.pages.world import World

HUGE = "9" * 5000
NO_AMOUNT = (
    "viel",
    "1e5",
    "1,2,3",
    "1.2.3",
    "12 34,567",
    "½",
    "٫٥",
    "0x10",
    "NaN",
    "inf",
    "900 " + " " * 60 + "x",
    "\u202e12",
)
NO_NUMBER = ("viel", "-1", "1.5", "1e1", "½", "²", "0000009", "1000000000")
AMOUNTS = ("a-wage", "a-other", "b-alimony", "c2-wage", "rent", "charges", "accounts", "claims")
NUMBERS = ("age", "children", "others", "b-age", "c1-age", "b-years")
STEP_OF = {
    **dict.fromkeys(("commune", "age", "children", "others"), "home"),
    **dict.fromkeys(("b-age", "c1-age"), "people"),
    "b-years": "work",
    **dict.fromkeys(("a-wage", "a-other", "b-alimony", "c2-wage"), "income"),
    **dict.fromkeys(("rent", "charges", "accounts", "claims"), "money"),
}


def wrong(world: World, name: str, typed: str) -> Page:
    """The page after that was typed, with everything else answered."""
    form = answer(shown(world, EVERYBODY, STEP_OF[name]), EVERYBODY)
    before = {field: form.values.getlist(field) for field in asked(form.page)}
    page = form.force(**{name: typed}).submit()
    assert (page.status, step_of(page)) == (422, STEP_OF[name]), page.text
    assert page.title.startswith("Erreur :")
    assert page.summary() == [name]
    assert page.faulty() == {name}
    after = form_of(page).values
    for field in before:
        if field != name:
            assert after.getlist(field) == before[field], field
    return page


def message(page: Page, name: str) -> str:
    """What stands at the field."""
    found = page.find(f"{name}-error")
    assert found is not None
    return " ".join("".join(found.itertext()).split())


@pytest.mark.parametrize("name", AMOUNTS)
@pytest.mark.parametrize("typed", NO_AMOUNT)
def test_what_is_no_amount(world: World, name: str, typed: str) -> None:
    page = wrong(world, name, typed)
    assert "Écrivez un montant en francs, en chiffres" in message(page, name)
    assert form_of(page).values[name] == typed


@pytest.mark.parametrize("name", AMOUNTS)
@pytest.mark.parametrize("typed", ["-1", "−900", " - 5", "–٥"])
def test_a_negative_amount(world: World, name: str, typed: str) -> None:
    page = wrong(world, name, typed)
    assert "ne peut pas être négatif" in message(page, name)
    assert form_of(page).values[name] == typed


@pytest.mark.parametrize(
    ("name", "most"), [("rent", "20’000"), ("charges", "20’000"), ("a-wage", "100’000"), ("accounts", "100’000’000")]
)
def test_an_amount_that_is_too_large_hears_the_largest(world: World, name: str, most: str) -> None:
    for typed in ("1000000000", f"{most}.01", "٩" * 12):
        page = wrong(world, name, typed)
        assert f"Le plus grand possible ici : {most}." in message(page, name)
        assert form_of(page).values[name] == typed
    assert form_of(shown(world, EVERYBODY, STEP_OF[name])).force(**{name: most}).submit().status == 200


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("typed", NO_NUMBER)
def test_what_is_no_whole_number(world: World, name: str, typed: str) -> None:
    page = wrong(world, name, typed)
    assert "Écrivez un nombre entier, de 0 à" in message(page, name)
    assert form_of(page).values[name] == typed


@pytest.mark.parametrize(("name", "most"), [("age", 125), ("children", 12), ("others", 6), ("b-years", 125)])
def test_a_number_that_is_too_large_hears_the_largest(world: World, name: str, most: int) -> None:
    page = wrong(world, name, str(most + 1))
    assert f"de 0 à {most}." in message(page, name)


@pytest.mark.parametrize("name", ["a-wage", "age", "rent", "c1-age"])
def test_a_text_without_end_is_cut_and_refused(world: World, name: str) -> None:
    page = wrong(world, name, HUGE)
    assert HUGE.startswith(form_of(page).values[name])
    assert len(form_of(page).values[name]) >= 100


@pytest.mark.parametrize("typed", ["1", "Paris", "6248 ", "-1", "99999999999", "<b>"])
def test_a_commune_that_is_not_in_valais(world: World, typed: str) -> None:
    page = wrong(world, "commune", typed)
    assert "Cette commune n’est pas dans la liste du Valais" in message(page, "commune")


@pytest.mark.parametrize(
    ("typed", "francs"),
    [
        ("900", "900"), ("1'200.–", "1’200"), ("1’200.-", "1’200"), ("1 200,50", "1’200.50"), ("CHF 900.–", "900"),
        ("900.– CHF", "900"), ("900.--", "900"),
        ("Fr. 1'200.50", "1’200.50"), ("1.200", "1’200"), ("1,200.50", "1’200.50"), ("1.200,5", "1’200.50"),
        ("٩٠٠", "900"), ("١٬٢٠٠٫٥٠", "1’200.50"), ("900 francs", "900"), ("1\u202f200", "1’200"), ("0", None), ("00900", "900"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(world: World, typed: str, francs: str | None) -> None:
    given = {"home": "rented", "rent": typed, "a-permit": "swiss", "age": "40"}
    page = shown(world, given)
    assert (page.status, step_of(page)) == (200, "result")
    (rent,) = [one for one in page.classed("line") if one.get("data-line") == "rent"]
    amount = "".join("".join(one.itertext()) for one in rent.iter() if one.get("class") == "line-amount")
    assert amount.replace("\xa0", " ") == f"CHF {francs or '0'}"


@pytest.mark.parametrize("typed", ["٢", " 2 ", "02"])
def test_numbers_as_people_write_them(world: World, typed: str) -> None:
    """The children are asked about on the next page, however their number was written."""
    form = form_of(start(world.browser("ar"), "ar")).fill(children=typed)
    assert asked(form.submit()) == ["c1-age", "c2-age"]


def test_every_fault_of_a_page_is_named_at_once(world: World) -> None:
    bad = {"a-wage": "x", "a-other": "-1", "b-wage": "1e5", "c2-wage": "200000"}
    page = form_of(shown(world, EVERYBODY, "income")).force(**bad).submit()
    assert (page.status, page.summary(), page.faulty()) == (422, list(bad), set(bad))
    # What stands behind «Autres revenus» is open, or its message could not be read.
    field = page.find("a-other")
    boxes = [one for one in page.root.iter("details") if field in list(one.iter())]
    assert [box.get("open") for box in boxes] == [""]


def test_a_wrong_answer_that_came_along_is_asked_again(world: World) -> None:
    """No result stands on an answer that cannot be read."""
    for ending in ({"_show": "result"}, {"_page": "result"}):
        page = send(world.browser(), {"answers": sealed(world, {**SINGLE, "a-wage": "x"}), **ending})
        assert (page.status, step_of(page), page.faulty()) == (422, "income", {"a-wage"})


TAMPERED = ["", "x", "é€", "A" * 59_999, "A" * 60_001, "====", "\x00", "bm90IG91cnM=", "[]", "null", None, "cut", "two"]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("broken", TAMPERED)
def test_answers_that_we_did_not_seal_are_none(world: World, language: str, broken: str | None) -> None:
    own = sealed(world, SINGLE)
    answers = {None: own[:40] + ("A" if own[40] != "A" else "B") + own[41:], "cut": own[:-9], "two": own + own}.get(
        broken, broken
    )
    for page in ("home", "people", "money", "result"):
        for more in ({}, {"_back": "1"}, {"_edit": "income"}, {"_switch": language}, {"_show": page}):
            answered = send(world.browser(), {"answers": answers or "", "_page": page, **more}, language)
            assert answered.status == 200, (page, more)
            assert not carried(world, answered).keys() & {"a-wage", "rent"}


def test_answers_of_another_portal_are_none(world: World) -> None:
    """Sealed with another secret, or by us for another purpose."""
    stranger = create_app(world.settings("citizen", secrets=("another portal's secret, long enough",)))
    token = world.browser().open("/fr/demand/new").form("/demand/new").values["filing_token"]
    for foreign in (seal_answers(stranger.extensions["kit"], SINGLE), token):
        page = send(world.browser(), {"answers": foreign, "_page": "result"})
        assert (page.status, step_of(page), carried(world, page)) == (200, "home", {})
        assert "ne peuvent plus être lues" in page.text


@pytest.mark.parametrize("name", ["_page", "_show", "_edit"])
@pytest.mark.parametrize("value", ["", "nowhere", "people", "result ", "<script>", "x" * 3000, "../", "résultat"])
def test_a_page_that_is_not_there(world: World, name: str, value: str) -> None:
    """Somebody alone has no page about people: the path begins again, with all that was answered."""
    page = send(world.browser(), {"answers": sealed(world, SINGLE), name: value})
    assert page.status == 200
    assert step_of(page) in ("home", "work")
    assert {"rent", "a-wage"} <= carried(world, page).keys()


def test_doubled_fields_count_once(world: World) -> None:
    browser = world.browser()
    form = answer(start(browser), SINGLE)
    twice = MultiDict(
        [*form.values.items(multi=True), *form.values.items(multi=True), ("age", "77"), ("_page", "money")]
    )
    page = browser.post("/fr/estimate", twice)
    assert (page.status, step_of(page)) == (200, "work")
    assert carried(world, page)["age"] == "40"


@pytest.mark.parametrize("step", TITLES)
def test_choices_that_are_not_offered_count_as_no_answer(world: World, step: str) -> None:
    form = form_of(shown(world, EVERYBODY, step))
    kinds = {one.get("name") or "": one.get("type") or one.tag for one in form.controls()}
    choices = [name for name, kind in kinds.items() if kind in ("radio", "select") and name != "commune"]
    sent = form.force(**dict.fromkeys(choices, "nonsense")).submit()
    assert sent.status == 200
    assert step_of(sent) != step
    result, _ = walk(sent, {})
    assert result.h1 == RESULT
