"""«What if»: another rent, wage or child beside the given answers, with the effect line by line."""

from __future__ import annotations

import pytest

from tests.pages.browser import Form, Page
from tests.pages.checks import text_of
from tests.pages.estimates import FAMILY, SINGLE, carried, form_of, sealed, send, shown
from tests.pages.world import World

AID = "L’aide possible par mois"


def imagined(page: Page) -> Form:
    """The form with what might be."""
    return next(form for form in page.forms() if form.named("what-rent"))


def effect(page: Page) -> dict[str, tuple[str, bool]]:
    """Each line of the effect: what it says, and whether it is marked as another."""
    box = page.find("what-if-effect")
    assert box is not None
    rows = [one for one in box.iter("div") if [child.tag for child in one] == ["dt", "dd"]]
    return {text_of(row[0]): (text_of(row[1]), "is-other" in (row.get("class") or "")) for row in rows}


def said(page: Page) -> str:
    box = page.find("what-if-effect")
    assert box is not None
    return text_of(box)


def test_it_begins_with_the_given_answers_and_no_effect(world: World) -> None:
    values = imagined(shown(world, FAMILY)).values
    given = {name: values[f"what-{name}"] for name in ("rent", "wage", "partner_wage", "children", "others")}
    assert given == {"rent": "1400", "wage": "", "partner_wage": "", "children": "2", "others": "1"}
    assert said(shown(world, FAMILY)) == ""


def test_somebody_alone_is_not_asked_about_a_partner(world: World) -> None:
    assert not imagined(shown(world, SINGLE)).named("what-partner_wage")


def test_another_rent(world: World) -> None:
    page = imagined(shown(world, SINGLE)).fill(**{"what-rent": "1'000.50"}).submit()
    assert page.status == 200
    assert "Avec ces chiffres : de CHF 1’397 à CHF 2’062" in said(page)  # 100.50 more
    assert "Avant : de CHF 1’297 à CHF 1’961" in said(page)
    rows = effect(page)
    assert rows["Loyer"] == ("avant CHF 900 maintenant CHF 1’000.50", True)
    assert {name for name, (_, other) in rows.items() if other} == {"Loyer", AID}
    assert "pas de changement" in rows["Revenu du travail"][0]
    assert carried(world, page) == SINGLE
    assert imagined(page).values["what-rent"] == "1'000.50"


def test_no_wage_any_more(world: World) -> None:
    page = imagined(shown(world, SINGLE)).fill(**{"what-wage": ""}).submit()
    assert effect(page)["Revenu du travail"] == ("avant de CHF 0 à CHF 600 maintenant rien", True)
    assert "Avec ces chiffres : de CHF 1’897 à CHF 1’961" in said(page)


def test_the_wage_of_the_partner(world: World) -> None:
    page = imagined(shown(world, FAMILY)).fill(**{"what-partner_wage": "1500"}).submit()
    rows = effect(page)
    assert ("avant rien maintenant de CHF 800 à CHF 1’500", True) in rows.values()
    assert carried(world, page) == FAMILY


def test_more_children_and_fewer(world: World) -> None:
    more = imagined(shown(world, SINGLE)).fill(**{"what-children": "2"}).submit()
    changed = {name for name, (_, other) in effect(more).items() if other}
    assert changed == {"Forfait d’entretien", AID}
    assert carried(world, more) == SINGLE
    fewer = imagined(shown(world, FAMILY)).fill(**{"what-children": "0"}).submit()
    assert any(name.startswith("Revenu du travail") for name in effect(fewer)), (
        "the apprentice's wage goes with the child"
    )
    assert carried(world, fewer) == FAMILY


def test_somebody_moves_in(world: World) -> None:
    page = imagined(shown(world, SINGLE)).fill(**{"what-others": "1"}).submit()
    (row,) = [text for name, (text, other) in effect(page).items() if other and name != AID]
    assert "CHF" in row
    assert carried(world, page) == SINGLE


def test_a_rent_where_none_was_known(world: World) -> None:
    given = {**SINGLE, "rent": "", "rent_unknown": "y"}
    page = imagined(shown(world, given)).fill(**{"what-rent": "900"}).submit()
    assert effect(page)["Loyer"] == ("avant pas connu maintenant CHF 900", True)
    assert "Avec ces chiffres : de CHF 1’297 à CHF 1’961" in said(page)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("what-rent", "-5", "ne peut pas être négatif"),
        ("what-rent", "20001", "Le plus grand possible ici : 20’000."),
        ("what-wage", "viel", "Écrivez un montant en francs"),
        ("what-wage", "1e5", "Écrivez un montant en francs"),
        ("what-partner_wage", "1000000000", "Le plus grand possible ici : 100’000."),
        ("what-children", "13", "de 0 à 12"),
        ("what-children", "zwei", "de 0 à 12"),
        ("what-others", "-1", "de 0 à 6"),
    ],
)
def test_bad_input_is_kept_with_its_message(world: World, name: str, typed: str, message: str) -> None:
    page = imagined(shown(world, FAMILY)).fill(**{name: typed}).submit()
    assert (page.status, page.summary(), page.faulty()) == (422, [name], {name})
    box = page.find(f"{name}-error")
    assert box is not None
    assert message in text_of(box)
    assert imagined(page).values[name] == typed
    assert said(page) == "", "no effect of what cannot be read"
    assert carried(world, page) == FAMILY
    assert "Le calcul, ligne par ligne" in page.text, "the result stays"


def test_what_is_imagined_survives_another_language(world: World) -> None:
    typed = imagined(shown(world, SINGLE)).fill(**{"what-rent": "1500"})
    german = typed.switch("de")
    assert (german.status, german.lang) == (200, "de")
    assert imagined(german).values["what-rent"] == "1500"
    assert len(effect(german)) > 1
    untouched = imagined(shown(world, SINGLE)).switch("de")
    assert said(untouched) == "", "nobody asked for an effect"


def test_without_a_token_what_is_imagined_comes_again(world: World) -> None:
    values = imagined(shown(world, SINGLE)).fill(**{"what-rent": "1500"}).values.to_dict()
    del values["csrf_token"]
    page = world.browser().post("/fr/estimate", values)
    assert page.status == 400
    assert imagined(page).values["what-rent"] == "1500"
    assert imagined(page).submit().status == 200


def test_only_some_fields_or_foreign_ones(world: World) -> None:
    answers = {"answers": sealed(world, SINGLE), "_page": "result"}
    for more in (
        {"what-rent": "1"},
        {"what-children": "12"},
        {"what-nothing": "1"},
        {"what-": "x"},
        {"what-partner_wage": "9"},
    ):
        page = send(world.browser(), {**answers, **more})
        assert page.status == 200, more
        assert carried(world, page) == SINGLE
        assert form_of(page).values["_page"] == "result"


def test_as_many_persons_as_there_may_be(world: World) -> None:
    page = imagined(shown(world, FAMILY)).fill(**{"what-children": "12", "what-others": "6"}).submit()
    assert page.status == 200
