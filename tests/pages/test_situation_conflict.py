"""Two devices, a late text, another dossier, no database: nothing is overwritten, nothing typed is lost."""

from __future__ import annotations

import pytest

from portal.domain.situation import Relation
from portal.services.situations import add_person, keep_typed, remove_person
from tests.pages.browser import Browser, Page
from tests.pages.situations import ROOT, answer, draft, form_on, opened, place
from tests.pages.world import Announced, World
from tests.services.households import page as page_named
from tests.services.households import say, second_adult, seen

OTHER = "Une autre réponse est enregistrée"
UNFINISHED = "Vous n’aviez pas terminé cette page"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def phone(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    """The same person at another device."""
    return world.visit(announced)


def background(page: Page, **typed: str) -> int:
    """What the page sends while somebody types."""
    values = form_on(page).force(**typed).values
    return page.browser.send(
        "POST", page.path, data={**values, "_typed": "1"}, headers={"Origin": page.browser.origin}
    ).status_code


def test_the_second_save_shows_both_and_overwrites_nothing(
    world: World, announced: Announced, phone: Browser, desk: Browser
) -> None:
    first, second = opened(phone, "accounts"), opened(desk, "accounts")
    first.fill(accounts="900").submit()
    page = second.fill(accounts="1250.50").submit()
    assert page.status == 409
    assert OTHER in page.text
    assert "900" in page.text
    assert form_on(page).values["accounts"] == "1250.50"
    assert draft(world, announced).said["accounts"] == "900.00"
    assert form_on(page).submit().status == 200, "knowing both, the second may stand"
    assert draft(world, announced).said["accounts"] == "1250.50"


def test_the_saved_answer_may_be_kept(world: World, announced: Announced, phone: Browser, desk: Browser) -> None:
    second = opened(desk, "accounts")
    answer(phone, "accounts", accounts="900")
    page = second.fill(accounts="1").submit()
    (skip,) = [link for link in page.links() if link == place("vehicles")][:1]
    assert phone.open(skip).status == 200
    assert draft(world, announced).said["accounts"] == "900.00"


def test_the_same_value_twice_is_no_conflict(phone: Browser, desk: Browser) -> None:
    first, second = opened(phone, "home"), opened(desk, "home")
    assert [form.fill(home="none").submit().status for form in (first, second)] == [200, 200]


def test_pressed_twice_is_no_conflict(phone: Browser) -> None:
    form = opened(phone, "incomes@a").fill(wage="900", unknown=True)
    assert [form.submit().status for _ in range(2)] == [200, 200]


def test_what_is_typed_waits_on_the_other_device(
    world: World, announced: Announced, phone: Browser, desk: Browser
) -> None:
    assert background(opened(phone, "debts").page, debts="mille") == 204
    page = desk.open(place("debts"))
    assert UNFINISHED in page.text
    assert form_on(page).values["debts"] == "mille"
    assert "debts" not in draft(world, announced).said
    form_on(page).fill(debts="1000").submit()
    assert UNFINISHED not in phone.open(place("debts")).text


def test_ticks_that_wait_are_ticked(phone: Browser) -> None:
    page = opened(phone, "benefits@a").fill(ticks=["alimony", "bursary"]).page
    form = form_on(page).fill(ticks=["alimony", "bursary"])
    data = form.values.copy()
    data.add("_typed", "1")
    assert phone.send("POST", page.path, data=data, headers={"Origin": phone.origin}).status_code == 204
    assert opened(phone, "benefits@a").values.getlist("ticks") == ["alimony", "bursary"]


def test_a_late_text_does_not_undo_a_saved_page(
    world: World, announced: Announced, phone: Browser, desk: Browser
) -> None:
    page = opened(phone, "debts").page
    answer(desk, "debts", debts="1000")
    assert background(page, debts="10") == 409
    assert not draft(world, announced).typed


def test_too_long_a_text_is_not_said_to_be_kept(world: World, announced: Announced, phone: Browser) -> None:
    page = opened(phone, "insurance@a").page
    assert background(page, insurer="x" * 4001) == 413
    assert not draft(world, announced).typed
    switched = form_on(page).force(insurer="x" * 4001).switch("de")
    assert form_on(switched).values["insurer"] == "x" * 4001
    assert switched.faulty() == {"insurer"}


def test_an_unfinished_text_that_was_overtaken_shows_both(world: World, announced: Announced, phone: Browser) -> None:
    """Another adult answered the page after the text was typed: going on must not undo it unseen."""
    assert background(opened(phone, "debts").page, debts="50") == 204
    paul = second_adult(world, announced)
    add_person(world.citizen, world.adult(announced), Relation.SPOUSE)
    say(world, paul, "debts", debts="7000.00")
    page = phone.open(place("debts"))
    assert OTHER in page.text
    assert "7" in page.text
    assert form_on(page).values["debts"] == "50"
    assert form_on(page).submit().status == 200


def test_the_language_may_be_switched_with_a_text_half_written(phone: Browser) -> None:
    form = opened(phone, "insurance@a").fill(insurer="Caisse à moi", premium="30O")
    page = form.switch("ar")
    assert (page.lang, page.status) == ("ar", 200)
    assert (form_on(page).values["insurer"], form_on(page).values["premium"]) == ("Caisse à moi", "30O")


def test_somebody_taken_off_meanwhile(world: World, announced: Announced, phone: Browser) -> None:
    jane = world.adult(announced)
    child = add_person(world.citizen, jane, Relation.CHILD)
    form = opened(phone, f"birth@{child}").fill(name="Léa")
    remove_person(world.citizen, jane, child)
    page = form.submit()
    assert page.status == 409
    assert "Léa" in page.text  # what was typed is not thrown away
    assert phone.open(f"{ROOT}/birth/{child}").status == 404
    assert phone.open(ROOT).status == 200


def test_two_devices_add_a_spouse(world: World, announced: Announced, phone: Browser, desk: Browser) -> None:
    forms = [opened(one, "persons").fill(relation="spouse") for one in (phone, desk)]
    first, second = (form.submit(("_add", "1")) for form in forms)
    assert (first.status, second.status) == (200, 422)
    assert second.faulty() == {"relation"}
    assert len(draft(world, announced).said["persons"]) == 2


def test_nobody_else_sees_what_waits(world: World, announced: Announced, phone: Browser) -> None:
    paul = second_adult(world, announced)
    add_person(world.citizen, world.adult(announced), Relation.SPOUSE)
    keep_typed(world.citizen, paul, page_named("debts"), {"debts": "secret"}, seen=seen(world, paul, "debts"))
    page = phone.open(place("debts"))
    assert UNFINISHED not in page.text
    assert form_on(page).values["debts"] == ""


def test_a_fault_in_between_does_not_hide_the_other_answer(
    world: World, announced: Announced, phone: Browser, desk: Browser
) -> None:
    mine = opened(phone, "debts").fill(debts="2'000 oder so")
    opened(desk, "debts").fill(debts="7777").submit()
    wrong = mine.submit()
    assert wrong.status == 422
    again = wrong.form("/situation/debts").fill(debts="2000").submit()
    assert again.status == 409
    assert "7’777" in again.text.replace("\u202f", "’").replace("\xa0", "’").replace("'", "’")
    assert draft(world, announced).said["debts"] == "7777.00"


def test_the_year_of_birth_is_enough_and_not_asked_twice(world: World, announced: Announced, phone: Browser) -> None:
    assert "birth@a" in draft(world, announced).done  # the announcement said 1980
    assert draft(world, announced).said["persons"][0]["age"] == 46
    child = add_person(world.citizen, world.adult(announced), Relation.CHILD)
    form = opened(phone, f"birth@{child}")
    form.values.setlist("born-year", ["2016"])
    assert form.submit().status == 200
    assert draft(world, announced).said["persons"][1]["age"] == 10


def test_a_state_of_a_permit_that_is_none_goes(world: World, announced: Announced, phone: Browser) -> None:
    opened(phone, "permit@a").fill(permit="b", permit_state="expired").submit()
    form = opened(phone, "permit@a").fill(permit="swiss")
    assert form.values.get("permit_state") == "expired", "a browser sends what is hidden too"
    form.submit()
    person = draft(world, announced).said["persons"][0]
    assert (person["permit"], "permit_state" in person) == ("swiss", False)
