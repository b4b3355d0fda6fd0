"""Threads at the desk on their pages: the list, the answer, and what somebody else wrote meanwhile."""

from __future__ import annotations

import uuid

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.deadlines import urgent_due
from portal.domain.demand import filing_day
from portal.i18n.formats import long_date, short_date
from portal.services.closing import close_account
from portal.services.desk import pass_on
from tests.pages.browser import Browser, Page
from tests.pages.test_messages import lines
from tests.pages.world import UNSURE, VISP, Announced, World
from tests.services.households import second_adult
from tests.services.threads import answer, ask, write


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def place(announced: Announced) -> str:
    return f"/staff/dossiers/{announced.view.dossier_id}/messages"


def to(announced: Announced) -> str:
    """Where an answer to the one who made the demand is sent."""
    return f"{place(announced)}/{announced.view.adult_id}"


def threads(page: Page) -> int:
    return len(page.classed("thread"))


def test_the_list_leads_to_the_thread_and_is_empty_after_the_answer(
    world: World, announced: Announced, desk: Browser
) -> None:
    write(world, world.adult(announced), "Une question")
    page = desk.open("/staff/messages")
    assert "Jeanne Dupont" in page.text
    page = desk.open(next(link for link in page.links() if "/staff/dossiers/" in link).partition("#")[0])
    page = page.form(to(announced)).fill(words="La réponse", language="de").submit()
    assert (page.status, page.path) == (200, place(announced))
    assert "La réponse" in lines(page)[1]
    assert "Pas encore lu par la personne" in lines(page)[1]
    assert "Tous les messages ont une réponse." in desk.open("/staff/messages").text
    assert world.row("SELECT language, region FROM thread_message WHERE kind = 'answer'") == ("de", "sierre")


@pytest.mark.parametrize(("region", "commune", "language"), [("sierre", 6248, "fr"), ("oberwallis", VISP, "de")])
def test_the_region_s_language_is_chosen_already(clean_world: World, region: str, commune: int, language: str) -> None:
    announced = clean_world.announce(commune=commune)
    assert clean_world.desk(region).open(place(announced)).form(to(announced)).values["language"] == language


def test_nobody_in_charge_is_said_in_german_as_nobody(clean_world: World) -> None:
    """Not with the word of the column, which is a person there."""
    announced = clean_world.announce(commune=VISP)
    write(clean_world, clean_world.adult(announced), "Eine Frage")
    desk = clean_world.desk("oberwallis", language="de")
    for address in (place(announced), "/staff/messages"):
        assert "Nicht zugeteilt" in desk.open(address).text


def test_each_open_request_of_a_person_is_shown_by_its_kind(world: World, announced: Announced, desk: Browser) -> None:
    for kind in RequestKind:
        ask(world, world.adult(announced), kind)
    desk.open(place(announced))
    ask(world, world.adult(announced), RequestKind.FILE)  # a second one, now that the first is read
    page = desk.open("/staff/messages?given=nobody")
    tags = [" ".join("".join(one.itertext()).split()) for one in page.classed("tag")]
    assert tags == [
        "Demande d’aide urgente", "Demande de réexamen", "Demande d’une décision écrite", "Demande de voir le dossier",
    ]  # fmt: skip
    assert [
        one.text for one in page.root.iter("a") if one.get("aria-current") == "page" and "given" in one.get("href", "")
    ]


def test_an_urgent_request_stands_first_and_in_words(world: World, announced: Announced, desk: Browser) -> None:
    write(world, world.adult(announced))
    world.clock.forward(minutes=10)
    urgent = world.announce()
    ask(world, world.adult(urgent))
    text = desk.open("/staff/messages").text
    assert text.index(urgent.reference) < text.index(announced.reference)
    assert "Demande d’aide urgente" in text


def test_each_adult_has_a_thread_and_a_form(world: World, announced: Announced, desk: Browser) -> None:
    paul = second_adult(world, announced)
    write(world, world.adult(announced), "De Jeanne")
    write(world, paul, "De Paul")
    page = desk.open(place(announced))
    assert threads(page) == 2
    page.form(f"/{paul.id}").fill(words="Pour Paul").submit()
    phone = world.visit(announced)
    assert "Pour Paul" not in phone.open("/fr/dossier/messages").body.decode()


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"words": ""}, 422), ({"words": "x" * 4001}, 422), ({"words": "Oui", "language": "xx"}, 422),
     ({"words": "Oui", "seen": "9"}, 409), ({"words": "Oui", "seen": "x"}, 409), ({"words": "Oui", "settle": "1"}, 422)],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_kept(
    world: World, announced: Announced, desk: Browser, typed: dict[str, str], status: int
) -> None:
    write(world, world.adult(announced))
    page = desk.open(place(announced)).form(to(announced)).force(**typed).submit()
    assert page.status == status
    assert page.summary()
    assert page.form(to(announced)).values["words"].strip() == typed["words"]
    assert world.count("thread_message") == 1


def test_somebody_else_answered_meanwhile(world: World, announced: Announced, desk: Browser) -> None:
    jane = world.adult(announced)
    write(world, jane)
    form = desk.open(place(announced)).form(to(announced)).fill(words="De Claire")
    answer(world, world.caseworker(), jane, "De Denis")
    page = form.submit()
    assert page.status == 409
    assert "il y a du nouveau dans cet échange" in page.text
    assert "De Denis" in lines(page)[1]
    page = page.form(to(announced)).submit()  # read, and still wanted
    assert [line.count("De ") for line in lines(page)] == [0, 1, 1]


def test_a_double_click_is_one_answer(world: World, announced: Announced, desk: Browser) -> None:
    write(world, world.adult(announced))
    form = desk.open(place(announced)).form(to(announced)).fill(words="Une fois")
    assert [form.submit().status for _ in range(2)] == [200, 200]
    assert world.count("thread_message") == 2


def test_nothing_to_answer(world: World, announced: Announced, desk: Browser) -> None:
    write(world, world.adult(announced), "Merci !")
    page = desk.open(place(announced)).form(to(announced)).submit(("settle", "1"))
    assert "aucune réponse écrite n’est nécessaire" in lines(page)[1]
    ask(world, world.adult(announced), RequestKind.FILE)
    assert not [one for one in desk.open(place(announced)).form(to(announced)).buttons() if one.get("name") == "settle"]


def test_while_no_centre_has_it_nothing_is_shown(clean_world: World) -> None:
    announced = clean_world.announce(commune=UNSURE)
    write(clean_world, clean_world.adult(announced), "Pas avant")
    region = announced.view.candidate_regions[0]
    page = clean_world.desk(region).open(place(announced))
    assert "Aucun centre n’a encore pris la demande" in page.text
    assert "Pas avant" not in page.body.decode()
    assert clean_world.count("case_seen") == 0


def test_the_page_of_a_dossier_of_elsewhere_is_not_found(world: World, announced: Announced, desk: Browser) -> None:
    write(world, world.adult(announced))
    other = world.desk("martigny")
    assert other.open(place(announced)).status == 404
    assert desk.open(f"/staff/dossiers/{uuid.uuid4()}/messages").status == 404
    form = desk.open(place(announced)).form(to(announced)).fill(words="Trop tard")
    pass_on(world.staff, world.caseworker(), announced.id, "martigny", "Domicile")
    assert form.submit().status == 404
    assert world.count("thread_message") == 1


def test_a_session_that_ended_keeps_the_answer(world: World, announced: Announced, desk: Browser) -> None:
    form = desk.open(place(announced)).form(to(announced)).fill(words="Encore là")
    world.clock.forward(hours=11)
    page = form.submit()
    assert page.status == 401
    assert page.form(to(announced)).values["words"] == "Encore là"


@pytest.mark.parametrize("rest", ["?adult=x", "?adult=00000000-0000-4000-8000-000000000000&page=99999999999999999999"])
def test_any_page_of_any_adult(announced: Announced, desk: Browser, rest: str) -> None:
    assert desk.open(place(announced) + rest).status == 200


def test_where_the_online_access_is_closed_the_desk_is_warned(
    world: World, announced: Announced, desk: Browser
) -> None:
    second_adult(world, announced)
    assert "Accès en ligne fermé" not in desk.open(place(announced)).text
    close_account(world.citizen, world.adult(announced))
    page = desk.open(place(announced))
    assert page.text.count("Accès en ligne fermé") == 1  # the other one reads what is written
    assert "Elle ne lira pas votre réponse ici : écrivez-lui une lettre ou appelez-la." in page.text
    assert "/staff/call-list" in page.links()
    assert page.form(to(announced)).fill(words="La réponse").submit().status == 200


def test_a_request_that_is_closed_shows_its_words_and_its_day(
    world: World, announced: Announced, desk: Browser
) -> None:
    """And what is opened is read: no page says both."""
    ask(world, world.adult(announced), RequestKind.URGENT, "Plus de chauffage")
    due = long_date(urgent_due(filing_day(world.clock.now()), 5), "fr")
    page = desk.open(place(announced))
    assert "Pas encore lue par le centre" not in page.text
    assert page.text.count("Lue par le centre") == 2
    (link,) = [link for link in page.links() if "/requests/" in link]
    day = short_date(filing_day(world.clock.now()), "fr")
    assert f"Clore : Demande d’aide urgente, {day}" in page.text.replace("\u00a0", " ")
    page = desk.open(link)
    assert "Plus de chauffage" in page.text
    assert f"Décision au plus tard le {due}." in page.text
    assert "La personne est avertie" not in page.text
