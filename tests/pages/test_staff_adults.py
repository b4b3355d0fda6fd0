"""The desk with a person: another adult gets a code of their own, and a caseworker fills in the person's own form."""

from __future__ import annotations

from typing import Any

import pytest

from portal.services import citizen
from portal.services.situations import open_situation, remove_person
from tests.pages.browser import Browser, Page
from tests.pages.situations import ROOT, add, answer, opened, visit_as
from tests.pages.test_staff_demand_acts import code_of
from tests.pages.world import Announced, World
from tests.services.households import answers, say, second_adult

DESK_ROOT = "/staff/form/fr/dossier/situation"
COUPLE: dict[str, Any] = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Paul Second"}],
}
OTHER = "Une autre réponse est enregistrée"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def adults(desk: Browser, announced: Announced) -> Page:
    return desk.open(f"/staff/demands/{announced.id}/adults")


def begin(desk: Browser, announced: Announced) -> Page:
    return adults(desk, announced).form(f"/{announced.view.adult_id}/help").fill(present=True).submit()


def give_code(desk: Browser, announced: Announced, **values: Any) -> Page:
    return adults(desk, announced).form("/adults").fill(identity_seen=True, **values).submit()


def sign_in(world: World, reference: str, code: str) -> Page:
    form = world.browser().open("/fr/sign-in").form("/sign-in")
    return form.fill(reference=reference, code=code).submit()


def desk_form(desk: Browser, name: str) -> Any:
    page = desk.open(f"{DESK_ROOT}/{name}")
    return next(form for form in page.forms() if form.element.get("id") == "situation-form")


def who(page: Page) -> str:
    """Whom a question is about."""
    return "".join(page.classed("who")[0].itertext()).strip()


# Another adult


def test_the_second_adult_comes_in_with_a_code_of_their_own(world: World, announced: Announced, desk: Browser) -> None:
    made = give_code(desk, announced, person="b")
    assert "Paul Second" in made.text
    slip = desk.open(next(link for link in made.links() if link.endswith("/slip.pdf")))
    dossier = sign_in(world, announced.reference, code_of(slip))
    assert dossier.path == "/fr/dossier"
    assert "Paul Second" in dossier.text
    assert "compte aussi pour vous" in dossier.text
    assert "/fr/defend" in dossier.links()
    assert "si une demande en ligne suffit" in dossier.text


def test_the_first_adult_s_words_and_acts_are_not_theirs(world: World, announced: Announced) -> None:
    paul = visit_as(world, announced, second_adult(world, announced))
    page = paul.open("/fr/dossier")
    person = announced.view.person  # the name is an answer of the household, which both see
    assert not [word for word in (person.phone, person.email) if word and word in page.text]
    assert announced.view.check_code not in page.text
    assert paul.open("/fr/dossier/withdraw").status == 404
    assert paul.open("/fr/dossier/receipts/filing.pdf").status == 404
    assert paul.open("/fr/dossier/checklist").status == 200
    assert paul.open("/fr/dossier/checklist.pdf").status == 200


def test_a_double_click_makes_one_adult_and_one_code(world: World, announced: Announced, desk: Browser) -> None:
    form = adults(desk, announced).form("/adults").fill(identity_seen=True, person="b")
    assert form.submit().status == form.submit().status == 200
    assert (world.count("adult"), world.count("access_code")) == (2, 2)


def test_without_identity_nothing_is_made(world: World, announced: Announced, desk: Browser) -> None:
    wrong = adults(desk, announced).form("/adults").fill(name="Paula Autre").submit()
    assert wrong.status == 422
    assert wrong.form("/adults").values["name"] == "Paula Autre"
    assert world.count("adult") == 1


def test_who_is_offered_a_code(world: World, announced: Announced, desk: Browser) -> None:
    """Grown-ups of the sent answers without a file; nobody while another region, or none, has the demand."""
    assert "Paul Second" in adults(desk, announced).text
    give_code(desk, announced, person="b")
    assert not [form for form in adults(desk, announced).forms() if form.action.endswith("/adults")]
    assert adults(world.desk("martigny"), announced).status == 404


def test_the_first_one_is_told_nothing_of_the_code(world: World, announced: Announced, desk: Browser) -> None:
    before = world.visit(announced).open("/fr/dossier").text
    give_code(desk, announced, person="b")
    assert world.visit(announced).open("/fr/dossier").text == before
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'adult:add'") == (1,)


def test_each_is_you_to_oneself(world: World, announced: Announced) -> None:
    paul = visit_as(world, announced, second_adult(world, announced))
    assert who(paul.open(f"{ROOT}/special/b")) == "Vous"
    assert who(paul.open(f"{ROOT}/special/a")) == announced.view.person.name
    assert opened(paul, "special@b").named("_own")
    assert not opened(paul, "special@a").named("_own")


def test_an_adult_who_is_no_longer_named_sees_the_answers_no_more(world: World, announced: Announced) -> None:
    paul = visit_as(world, announced, second_adult(world, announced))
    assert paul.open(ROOT).status == 200
    jane = world.visit(announced)
    jane.open(f"{ROOT}/persons").form("/persons/b/remove").submit().forms()[1].submit()
    for path in (ROOT, f"{ROOT}/check", "/fr/dossier/checklist"):
        assert paul.open(path).status == 403, path
    assert "Ce ménage ne vous nomme plus" in paul.open("/fr/dossier").text


# A caseworker on the person's own form


def test_the_form_opens_only_when_the_person_asks(announced: Announced, desk: Browser) -> None:
    assert desk.open(DESK_ROOT).path == "/staff/"
    wrong = adults(desk, announced).form(f"/{announced.view.adult_id}/help").submit()
    assert wrong.status == 422
    assert desk.open(DESK_ROOT).path == "/staff/"
    assert begin(desk, announced).path == DESK_ROOT


def test_what_the_caseworker_answers_is_the_person_s_answer(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    assert desk_form(desk, "debts").fill(debts="700").submit().status == 200
    assert answers(world, world.adult(announced), "debts") == {"debts": "700.00"}
    assert world.row(
        "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit_event WHERE starts_with(action, 'situation:')"
    ) == ("situation:help situation:answer",)


def test_what_is_not_sent_yet_is_there(world: World, announced: Announced, desk: Browser) -> None:
    answer(world.visit(announced), "debts", debts="4321")
    begin(desk, announced)
    assert desk_form(desk, "debts").values["debts"].replace("'", "").startswith("4321")


def test_two_at_once_lose_nothing(world: World, announced: Announced, desk: Browser) -> None:
    """The second one to save sees both answers, whichever of the two it is."""
    begin(desk, announced)
    at_home = world.visit(announced)
    mine, theirs = opened(at_home, "debts").fill(debts="1000"), desk_form(desk, "debts").fill(debts="2000")
    assert theirs.submit().status == 200
    conflict = mine.submit()
    assert (conflict.status, OTHER in conflict.text, "2" in conflict.text) == (409, True, True)
    mine, theirs = opened(at_home, "debts").fill(debts="3000"), desk_form(desk, "debts").fill(debts="4000")
    assert mine.submit().status == 200
    conflict = theirs.submit()
    assert (conflict.status, OTHER in conflict.text) == (409, True)
    assert answers(world, world.adult(announced), "debts") == {"debts": "3000.00"}


def test_what_another_adult_said_for_themselves_is_not_there(world: World, announced: Announced, desk: Browser) -> None:
    paul = second_adult(world, announced)
    say(world, paul, "special@b", own=True, curatorship=True)
    begin(desk, announced)
    assert not desk_form(desk, "special/b").values.getlist("ticks")
    assert "special@b" not in open_situation(world.citizen, world.adult(announced)).draft.done


def test_the_person_sees_that_somebody_helped(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    assert "Formulaire du ménage ouvert au centre, avec la personne" in world.visit(announced).open("/fr/dossier").text


def test_the_banner_names_whose_form_it_is_and_closes_it(announced: Announced, desk: Browser) -> None:
    page = begin(desk, announced)
    banner = "".join(page.classed("helping")[0].itertext())
    assert announced.reference in banner
    assert page.form("/staff/form/end").submit().path == f"/staff/demands/{announced.id}"
    assert desk.open(DESK_ROOT).path == "/staff/"


def test_a_form_of_the_one_before_saves_nothing(world: World, announced: Announced, desk: Browser) -> None:
    """Two walk-ins, one after the other: the page of the first one is still open in another tab."""
    begin(desk, announced)
    old = desk_form(desk, "debts").fill(debts="9000")
    following = world.announce(situation=COUPLE)
    begin(desk, following)
    assert old.submit().status == 409
    for one in (announced, following):
        assert answers(world, world.adult(one), "debts") == {}


def test_a_form_of_another_adult_saves_nothing(world: World, announced: Announced, desk: Browser) -> None:
    """One household, two tabs at the desk: what one says for themselves alone must not become everybody's."""
    paul = second_adult(world, announced)
    adults(desk, announced).form(f"/{paul.id}/help").fill(present=True).submit()
    old = desk_form(desk, "special/b").fill(ticks=["curatorship"], _own=True)
    begin(desk, announced)
    assert old.submit().status == 409
    assert answers(world, world.adult(announced), "special@b") == {}


def test_the_second_adult_sees_that_somebody_helped_them_and_the_first_does_not(
    world: World, announced: Announced, desk: Browser
) -> None:
    paul = second_adult(world, announced)
    adults(desk, announced).form(f"/{paul.id}/help").fill(present=True).submit()
    opened_words = "Formulaire du ménage ouvert au centre"
    assert opened_words in visit_as(world, announced, paul).open("/fr/dossier").text
    assert opened_words not in world.visit(announced).open("/fr/dossier").text


def test_an_adult_who_is_not_named_any_more_is_not_helped(world: World, announced: Announced, desk: Browser) -> None:
    paul = second_adult(world, announced)
    remove_person(world.citizen, world.adult(announced), "b")
    refused = adults(desk, announced).form(f"/{paul.id}/help").fill(present=True).submit()
    assert (refused.status, "ne nomment plus cette personne" in refused.text) == (422, True)


def test_a_withdrawn_demand_is_not_filled_in(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    citizen.withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    assert desk.open(DESK_ROOT).path == "/staff/"
    assert not [form for form in adults(desk, announced).forms() if form.action.endswith("/help")]


def test_what_was_typed_at_home_survives_the_desk(world: World, announced: Announced, desk: Browser) -> None:
    """Kept while typing, and then overtaken by the caseworker: it is shown again, beside the saved answer."""
    begin(desk, announced)
    theirs = desk_form(desk, "debts").fill(debts="1800")
    phone = world.visit(announced)
    form = opened(phone, "debts").fill(debts="1700")
    values = {**form.values.to_dict(), "_typed": "1"}
    assert phone.post("/fr/dossier/situation/debts", values, follow=False).status == 204
    assert theirs.submit().status == 200
    page = phone.open("/fr/dossier/situation/debts")
    assert OTHER in page.text
    assert opened(phone, "debts").values["debts"] == "1700"


def test_the_desk_says_that_a_form_is_open(announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    board = desk.open("/staff/")
    assert "Revenir au formulaire" in board.text
    assert board.form("/staff/form/end").submit().path == f"/staff/demands/{announced.id}"
    assert "Revenir au formulaire" not in desk.open("/staff/").text


def test_nobody_uses_it_for_half_an_hour(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    for _ in range(3):
        world.clock.forward(minutes=20)
        assert desk.open(DESK_ROOT).path == DESK_ROOT
    for _ in range(2):
        world.clock.forward(minutes=16)
        desk.open("/staff/")
    assert desk.open(DESK_ROOT).path == "/staff/"


def test_a_demand_that_went_elsewhere_closes_it(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    tab = desk_form(desk, "debts").fill(debts="9000")
    page = desk.open(f"/staff/demands/{announced.id}")
    page.form("/pass-on").fill(region="martigny", reason="Domicile").submit()
    lost = tab.submit()
    assert (lost.status, lost.form("/debts").values["debts"]) == (401, "9000")
    assert desk.open(DESK_ROOT).path == "/staff/"


def test_only_the_centre_that_took_it(world: World, clean_world: World, desk: Browser) -> None:
    free = world.announce(commune=None)
    assert not [form for form in adults(desk, free).forms() if form.action.endswith("/help")]


def test_an_adult_of_another_household(world: World, announced: Announced, desk: Browser) -> None:
    stranger = world.announce()
    form = adults(desk, announced).form(f"/{announced.view.adult_id}/help").fill(present=True)
    form.element.set("action", form.action.replace(str(announced.view.adult_id), str(stranger.view.adult_id)))
    assert form.submit().status == 404
    assert desk.open(DESK_ROOT).path == "/staff/"


def test_a_person_more_and_sending_with_the_caseworker(world: World, announced: Announced, desk: Browser) -> None:
    begin(desk, announced)
    page = desk.open(f"{DESK_ROOT}/persons")
    form = next(form for form in page.forms() if form.element.get("id") == "situation-form")
    assert form.fill(relation="child").submit().path == f"{DESK_ROOT}/birth/c1"
    sent = desk_form(desk, "check").submit()
    assert sent.path == f"{DESK_ROOT}/sent"
    assert "par une personne du centre" in sent.text
    assert world.row("SELECT count(*) FROM situation_snapshot WHERE adult_id IS NULL") == (1,)
    assert add(world.visit(announced), "parent").status == 200
