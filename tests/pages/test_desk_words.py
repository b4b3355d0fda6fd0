"""The desk reads words for the desk, hears that an act is done, and finds its way back after an error."""

from __future__ import annotations

import re
import uuid

import pytest

from portal.domain.demand import Helper, Need, Person
from portal.factory import create_app
from portal.i18n.text import translator
from tests.pages.browser import Browser, Page
from tests.pages.test_attempt import NOWHERE
from tests.pages.world import SIERRE, World

FOR_THE_CITIZEN = (
    "Date de votre annonce",
    "Votre nom",
    "Votre lien avec cette personne",
    "Pour moi",
    "Pour qui faites-vous cette annonce ?",
    "Je préfère dire le nom au guichet",
    "Je n’ai ni téléphone, ni e-mail, ni adresse",
    "Où habitez-vous ?",
    "Comment vous joindre ?",
    "Avez-vous besoin d’aide tout de suite ?",
    "Que vous manque-t-il maintenant ?",
    "Aucun moyen : je passe au guichet",
    "Vous recevez une confirmation, sans détail sur votre situation.",
    "Téléphonez au centre",
    "téléphonez au centre",
)


def speaks_to_staff(page: Page, language: str) -> None:
    """No sentence of the citizens' pages, and nothing that is the reader's own."""
    text = page.text
    for words in FOR_THE_CITIZEN:
        assert translator(language).gettext(words) not in text, words
    own = re.search(r"\b(?:[Vv]otre (?:annonce|demande|situation|commune|réf)|Ihr\w* (?:Anmeldung|Gesuch))", text)
    assert own is None, own


@pytest.mark.parametrize("language", ["fr", "de"])
def test_no_page_of_the_desk_speaks_to_the_citizen(clean_world: World, language: str) -> None:
    world = clean_world
    alone = Person("Rosa Nunes", unreachable=True)
    demand = world.announce(alone, helper=Helper("Ruth", "Tochter"), urgent=True, needs=(Need.FOOD,))
    desk = world.desk("sierre", language=language)
    speaks_to_staff(desk.open("/staff/"), language)
    speaks_to_staff(desk.open(f"/staff/demands/{demand.id}"), language)
    new = desk.open("/staff/demands/new")
    speaks_to_staff(new, language)
    wrong = new.form("/demands/new").fill(helper_name="Léa", birth_day="3", birth_year="1980").submit()
    assert wrong.faulty() >= {"name", "helper_name", "channel", "birth_year"}
    speaks_to_staff(wrong, language)
    filed = wrong.form("/demands/new").fill(name="Ana", helper_name="", birth_day="", channel="phone").submit()
    assert filed.path == "/staff/demands/filed"
    speaks_to_staff(filed, language)


def test_what_the_desk_ticks_and_types_is_what_is_stored(clean_world: World) -> None:
    form = clean_world.desk("sierre").open("/staff/demands/new").form("/demands/new")
    form.fill(
        channel="walk-in", name="محمد", latin_name="Mohammed", on_behalf="other", helper_name="Léa", commune=str(SIERRE)
    )
    form.fill(
        birth_year="1980", unreachable=True, interview_language="pt", interpreter="yes", urgent="yes", needs=["food"]
    )
    assert form.submit().path == "/staff/demands/filed"
    columns = "name, latin_name, birth_year, unreachable, interview_language, interpreter, commune_bfs"
    assert clean_world.row(f"SELECT {columns} FROM adult, demand") == (  # noqa: S608 - our own columns
        "محمد", "Mohammed", 1980, True, "pt", True, SIERRE,
    )  # fmt: skip
    link = next(
        link
        for link in form.page.browser.open("/staff/").links()
        if re.fullmatch(r"/staff/demands/[0-9a-f-]{36}", link)
    )
    seen = form.page.browser.open(link).text
    assert "Léa" in seen
    assert "De quoi manger" in seen


def test_the_board_says_once_that_a_demand_was_passed_on(clean_world: World) -> None:
    world = clean_world
    demand = world.announce()
    desk = world.desk("sierre")
    done = desk.open(f"/staff/demands/{demand.id}").form("/pass-on").fill(region="oberwallis", reason="Visp").submit()
    said = done.classed("callout-ok")[0]
    assert said.get("role") == "status"
    words = " ".join("".join(said.itertext()).split())
    assert demand.reference in words
    assert "Oberwallis" in words or "Haut-Valais" in words, words
    assert not desk.open("/staff/").classed("callout-ok")


@pytest.mark.parametrize("reference", ["", "<b>x</b>", "VS-0000-0000-00", "x" * 5000])
def test_what_was_passed_on_is_said_without_a_reference_that_is_none(clean_world: World, reference: str) -> None:
    desk = clean_world.desk("sierre")
    form = desk.open(f"/staff/demands/{clean_world.announce().id}").form("/pass-on").fill(region="martigny", reason="x")
    said = form.force(reference=reference).submit().classed("callout-ok")[0]
    assert not reference or reference not in "".join(said.itertext())


def test_nothing_is_said_when_it_was_not_passed_on(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    assert desk.open(f"/staff/demands/{clean_world.announce().id}").form("/pass-on").submit().status == 422
    assert not desk.open("/staff/").classed("callout-ok")


@pytest.mark.parametrize("surface", ["staff", "both"])
def test_an_error_at_the_desk_leads_back_to_the_board(clean_world: World, surface: str) -> None:
    app = clean_world.staff_app if surface == "staff" else clean_world.both_app
    desk = clean_world.desk("sierre", app=app)
    elsewhere = clean_world.announce(commune=6297)
    for path in ("/staff/nowhere", f"/staff/demands/{uuid.uuid4()}", f"/staff/demands/{elsewhere.id}"):
        page = desk.open(path)
        assert page.status == 404
        links = [link.get("href") for link in page.main.iter("a")]
        assert links == ["/staff/elsewhere", "/staff/"], path  # whose file it is stays open: also where there is none
    # A citizen's error still leads home.
    if surface == "both":
        lost = Browser(app).open("/fr/nowhere")
        assert [link.get("href") for link in lost.main.iter("a")] == ["/fr/"]


def test_every_act_of_the_desk_takes_one_click(clean_world: World) -> None:
    page = clean_world.desk("martigny").open(f"/staff/demands/{clean_world.announce(commune=None).id}")
    acts = [form for form in page.forms() if "/staff/demands/" in form.action]
    assert {form.action.rpartition("/")[2] for form in acts} == {"take", "pass-on", "correct", "code"}
    assert all(form.element.get("data-busy") for form in acts)


def test_when_the_database_is_away_the_desk_is_not_told_to_phone_itself(clean_world: World) -> None:
    app = create_app(clean_world.settings("staff", database_url=NOWHERE), clean_world.clock)
    browser = Browser(app)
    browser.set_cookie("staff", "A" * 43)
    page = browser.open("/staff/")
    assert page.status == 503
    assert "Téléphonez" not in page.text
