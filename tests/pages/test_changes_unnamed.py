"""Reports of those whose answers name nobody, or no income; what no calculation counts; what people type."""

from __future__ import annotations

import pytest

from tests.pages.browser import Browser, Values
from tests.pages.changes import COUPLE, ROOT, day, details, fill, form_of, report, send
from tests.pages.world import Announced, World


@pytest.fixture
def empty(clean_world: World) -> Browser:
    """Somebody who has filled nothing in."""
    return clean_world.visit(clean_world.announce())


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.mark.parametrize("kind", ["moved_out", "separated", "training_done"])
def test_who_is_not_named_anywhere_is_told_in_words(world: World, empty: Browser, kind: str) -> None:
    page = fill(details(empty, kind), **day(f"{kind}-since", "2026-11-03"))
    assert page.status == 422
    assert "Écrivez de qui vous parlez" in page.text
    page = fill(page, **{f"{kind}-about": "Luca, mon ami"})
    assert page.status == 200, page.text
    assert "Le portail ne peut pas calculer sans vos réponses." in page.text
    assert "Vous pouvez envoyer l’annonce quand même." in page.text
    assert "ne change pas" not in page.text
    assert "CHF" not in page.text
    page = send(page)
    assert "Luca, mon ami" in page.text
    assert world.count("change_report") == 1
    again = empty.open(f"{page.path}/correct")
    assert form_of(again).values[f"{kind}-about"] == "Luca, mon ami"


def test_a_wage_that_the_dossier_does_not_know_can_be_told(world: World, empty: Browser) -> None:
    page = details(empty, "wage_changed", "other_hours", "lost_job")
    days = {
        key: text
        for kind in ("wage_changed", "other_hours", "lost_job")
        for key, text in day(f"{kind}-since", "2026-11-03").items()
    }
    page = fill(page, **days, **{"wage_changed-amount": "2100", "other_hours-amount": "1900"})
    assert page.status == 200, page.text
    assert "nouveau travail" not in page.text
    page = send(page)
    assert "2’100" in page.text
    assert "1’900" in page.text
    assert world.count("change_report") == 1


def test_what_is_not_counted_is_named_and_never_said_to_change_nothing(browser: Browser) -> None:
    page = details(browser, "wage_changed")
    page = fill(
        page, **day("wage_changed-since", "2026-11-03"), **{"wage_changed-who": "b", "wage_changed-amount": "2100"}
    )
    assert page.status == 200, page.text
    text = page.text.replace("\u00a0", " ")
    assert "Ce calcul ne compte pas encore :" in text
    assert "CHF 2’100" in text
    assert "Le centre lit ce que vous avez dit" in text
    assert "ne change pas" not in text
    assert "pas de changement" not in text
    imagined = details(browser, "abroad", root=f"{ROOT}/what-if")
    imagined = fill(imagined, **day("abroad-since", "2026-11-03"), **{"abroad-who": "a"})
    assert "Ce calcul ne compte pas :" in imagined.text
    assert "Le centre lit" not in imagined.text


def test_two_sums_of_one_day_both_count(world: World, browser: Browser) -> None:
    report(browser, "gift", "2026-11-03", who="a", sum="1500.50")
    page = report(browser, "gift", "2026-11-03", who="a", sum="77")
    assert page.status == 200, page.text
    assert world.count("change_report") == 2
    again = report(browser, "gift", "2026-11-03", who="a", sum="77.00")
    assert "Vous l’aviez déjà annoncé" in again.text
    assert world.count("change_report") == 2


def test_a_sale_and_an_inheritance_of_one_day_are_two(world: World, browser: Browser) -> None:
    report(browser, "sold", "2026-11-03", who="a", sum="500", what="Vélo")
    report(browser, "sold", "2026-11-03", who="a", sum="500", what="Piano")
    report(browser, "inherited", "2026-11-03", who="a", sum="500", received="yes")
    assert world.count("change_report") == 3
    assert "Vous l’aviez déjà annoncé" in report(browser, "sold", "2026-11-03", who="a", sum="500", what="Vélo").text


def test_nobody_is_told_to_write_a_false_day(browser: Browser) -> None:
    page = fill(details(browser, "child_born"), **day("child_born-since", "2026-10-01"))
    assert page.status == 422
    assert "avant le début de votre dossier" in page.text
    assert "premier jour de ce mois" not in page.text
    assert "Mes réponses" in page.text
    assert "/fr/dossier/situation" in page.body.decode()


@pytest.mark.parametrize("typed", ["50 %", "50%", " 50 ", "٥٠٪"])
def test_per_cent_is_taken_with_its_sign(world: World, browser: Browser, typed: str) -> None:
    page = report(browser, "other_hours", "2026-11-03", who="a", percent=typed)
    assert "50 %" in page.text.replace("\u00a0", " ")
    assert world.count("change_report") == 1


def test_all_faults_of_a_page_are_told_at_once(browser: Browser) -> None:
    values: dict[str, Values] = {"gift-who": "a", "gift-sum": "viel", "new_job-who": "b"}
    page = fill(
        details(browser, "gift", "new_job"),
        **day("gift-since", "2027-02-01"),
        **day("new_job-since", "2026-10-01"),
        **values,
    )
    assert page.status == 422
    for sentence in ("Ce jour est dans le futur", "en chiffres", "avant le début de votre dossier"):
        assert sentence in page.text


def test_a_fault_of_a_person_stands_at_the_heading_not_at_the_day(clean_world: World) -> None:
    """The spouse is the only one it can be about, and was not there yet on that day: no field asks who it is."""
    me, mate, _child = COUPLE["persons"]
    came = mate | {"lives_here": [{"from": None, "value": False}, {"from": "2026-11-05", "value": True}]}
    browser = clean_world.visit(clean_world.announce(situation=COUPLE | {"persons": [me, came]}))
    page = fill(details(browser, "separated"), **day("separated-since", "2026-11-02"))
    assert page.status == 422
    sentence = "Ce jour-là, cela ne va pas avec cette personne"
    assert f'<a href="#separated">{sentence}' in page.body.decode()
    assert "Le jour de la séparation : Ce jour-là" not in page.text
    assert page.text.count(sentence) == 2
