"""The top of a household's page: what is to be done first, each with the way there, and who has the demand in hand."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from portal import content
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.decision import Answers
from portal.domain.demand import Person
from portal.domain.document_request import RequestState
from portal.domain.household_course import Why
from portal.domain.interview import Interpreter, Meeting, Way
from portal.domain.notice import RIGHTS as RIGHTS_AND_DUTIES
from portal.domain.role import Role
from portal.services import absences, apart
from portal.services.actor import Actor, ActorKind
from portal.services.assigning import ItemKind
from portal.services.at_desk import DeskPlace
from portal.services.citizen import withdraw
from portal.services.clock_board import Hold, assign
from portal.services.desk import pass_on
from portal.services.document_requests import Note, note_at_desk
from portal.services.households import acting
from portal.services.interviews.desk import note
from portal.services.notices.acknowledging import acknowledge_own
from portal.services.reports.desk import read_at_desk
from tests.pages.browser import Browser, Page
from tests.pages.checks import text_of
from tests.pages.test_staff_summary import SAID
from tests.pages.world import UNSURE, Announced, World
from tests.services.deciding import decided, recorded
from tests.services.on_paper import on_paper
from tests.services.reporting import changed, report
from tests.services.test_apart import ALONE
from tests.services.threads import ask, write

INTERVIEW, RIGHTS = "Aucun entretien n’est noté.", "Droits et devoirs pas encore confirmés"
NOBODY, MORE = "Personne ne l’a encore en main.", "Attribuer dans la liste des délais"


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


def shown(desk: Browser, announced: Announced) -> Page:
    page = desk.open(f"/staff/demands/{announced.id}")
    assert page.status == 200
    return page


def lines(page: Page) -> list[tuple[str, str]]:
    """What stands in the list, and where each line leads."""
    (found,) = page.classed("first-steps")
    return [(text_of(one), next(link.get("href") or "" for link in one.iter("a"))) for one in found.iter("li")]


def card(page: Page, title: str) -> str:
    """All that a card of the page says."""
    return next(text_of(one) for one in page.classed("card") if text_of(one).startswith(title))


def settled(world: World, announced: Announced) -> None:
    """An interview is agreed, and its adult has acknowledged."""
    me, worker = world.adult(announced), world.caseworker()
    assert me.id is not None
    meeting = Meeting(
        world.clock.now() + timedelta(days=1), Way.PHONE, None, None, Interpreter.NOT_NEEDED, None, (me.id,)
    )
    note(world.staff, worker, DeskPlace(announced.id), meeting, 0)
    acknowledge_own(world.citizen, me, "a", content.current(RIGHTS_AND_DUTIES).version, "fr")


def give(world: World, announced: Announced, whom: Actor) -> None:
    """The demand is somebody's."""
    assign(world.staff, world.caseworker(), [Hold(ItemKind.DEMAND, announced.id, None)], whom.id)


def test_a_new_demand_presses_by_no_clock(world: World) -> None:
    announced = world.announce()
    here = f"/staff/demands/{announced.id}"
    page = shown(world.desk(), announced)
    assert lines(page) == [(INTERVIEW, f"{here}/interview"), (RIGHTS, f"{here}/rights")]
    body = page.body.decode()
    assert body.index("À faire d’abord") < body.index("Qui l’a en main") < body.index("Ce que la personne a dit")


def test_urgent_help_first_with_its_clock_in_words(world: World) -> None:
    announced = world.announce(urgent=True)
    desk = world.desk()
    assert lines(shown(desk, announced))[0] == ("Aide urgente demandée Encore 5 jours", "#said")
    world.clock.forward(days=5)
    assert "C’est aujourd’hui" in lines(shown(world.desk(), announced))[0][0]
    world.clock.forward(days=1)
    assert "Délai passé depuis le 15.11.2026" in lines(shown(world.desk(), announced))[0][0]
    german = world.desk(language="de").open(f"/staff/demands/{announced.id}")
    assert lines(german)[0][0].startswith("Dringende Hilfe verlangt")


@pytest.mark.parametrize(("days", "said"), [(26, None), (27, "Encore 3 jours"), (31, "Délai passé depuis le")])
def test_the_clock_of_the_decision_only_when_it_is_near(world: World, days: int, said: str | None) -> None:
    announced = world.announce()
    world.clock.forward(days=days)
    for role, place in ((Role.SOCIAL_WORKER, f"/staff/demands/{announced.id}/transmit"), (Role.RECEPTION, "#clocks")):
        page = shown(world.desk(roles=(role,)), announced)
        text, address = lines(page)[0]
        assert (text, address) == (text, place) if said else text == INTERVIEW
        assert said is None or text.startswith(f"Décision sur la demande {said}")
        assert page.find("clocks") is not None


def test_everything_that_the_household_sent_and_no_more_than_four_lines(world: World) -> None:
    announced = world.announce(situation=SAID)
    me = world.adult(announced)
    dossier = f"/staff/dossiers/{announced.view.dossier_id}"
    write(world, me)
    sent = report(world, me, changed(ChangeKind.ABROAD, "2026-12-01"))
    assert lines(shown(world.desk(), announced)) == [
        ("Adultes qui attendent une réponse : 1.", f"{dossier}/messages"),
        ("Annonces de changement pas encore lues : 1", f"{dossier}/changes"),
        (INTERVIEW, f"/staff/demands/{announced.id}/interview"),
        ("Des réponses ne vont pas ensemble", f"/staff/demands/{announced.id}/missing"),
    ]
    read_at_desk(world.staff, world.caseworker(), sent.dossier_id, sent.name)
    ask(world, me)
    wanted = Note(RequestState.TO_BRING, wanted_by=date(2026, 11, 12))
    note_at_desk(world.staff, world.caseworker(), announced.view.dossier_id, "lease", wanted)
    assert lines(shown(world.desk(), announced)) == [
        ("Aide urgente demandée dans les messages Encore 5 jours", f"{dossier}/messages"),
        ("Papiers attendus Encore 2 jours", f"/staff/demands/{announced.id}/checklist"),
        ("Adultes qui attendent une réponse : 1.", f"{dossier}/messages"),
        (INTERVIEW, f"/staff/demands/{announced.id}/interview"),
    ]


def test_a_new_decision_that_is_nearly_late(world: World) -> None:
    announced = world.announce()
    me = world.adult(announced)
    report(world, me, changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00"), asks_decision=True)
    world.clock.forward(days=1)
    ask(world, me, RequestKind.REEXAMINATION)
    world.clock.forward(days=30)
    dossier = f"/staff/dossiers/{announced.view.dossier_id}"
    found = lines(shown(world.desk(), announced))
    assert [(text.partition(" C’est")[0].partition(" Délai")[0], where) for text, where in found[:3]] == [
        ("Décision sur la demande", f"/staff/demands/{announced.id}/transmit"),
        ("Nouvelle décision demandée", f"{dossier}/changes"),
        ("Nouvelle décision demandée", f"{dossier}/messages"),
    ]


def test_what_is_missing_stands_last(world: World) -> None:
    announced = world.announce(situation=SAID)
    settled(world, announced)
    page = shown(world.desk(), announced)
    assert lines(page)[-1] == ("Ce qui manque, avant un appel", f"/staff/demands/{announced.id}/missing")


def test_a_recorded_decision_is_confirmed_by_another_who_may(world: World) -> None:
    announced = world.announce()
    settled(world, announced)
    desk, reception = world.desk(), world.desk(roles=(Role.RECEPTION,))
    recorded(world.staff, world.caseworker(), DeskPlace(announced.id), Answers.DEMAND)
    waits = [("Décisions à confirmer : 1", f"/staff/demands/{announced.id}/decisions")]
    assert lines(shown(desk, announced)) == waits
    assert not shown(reception, announced).classed("first-steps")


def test_who_recorded_a_decision_does_not_confirm_it(world: World) -> None:
    announced, desk = world.announce(), world.desk()
    (own,) = world.row("SELECT id FROM caseworker")
    settled(world, announced)
    me = Actor(ActorKind.STAFF, "test", own, region="sierre")
    recorded(world.staff, me, DeskPlace(announced.id), Answers.DEMAND)
    assert not shown(desk, announced).classed("first-steps")


def test_nothing_presses(world: World) -> None:
    announced = world.announce()
    settled(world, announced)
    page = shown(world.desk(), announced)
    assert not page.classed("first-steps")
    assert "Rien ne presse pour le moment." in card(page, "À faire d’abord")


def test_after_the_decision_no_interview_is_wanted(world: World) -> None:
    announced = world.announce(situation=SAID)
    decided(world.staff, (world.caseworker(), world.caseworker()), announced.view.dossier_id)
    assert [text for text, _ in lines(shown(world.desk(), announced))] == [RIGHTS]


def test_withdrawn_and_closed_are_said_instead(world: World) -> None:
    gone, shut = world.announce(), world.announce()
    withdraw(world.citizen, world.adult(gone), world.clock.now(), None)
    place, worker = DeskPlace(shut.id), world.caseworker()
    said = acting.Closing(Why.NEVER_COMPLETED, "Sans nouvelles", despite=True)
    acting.close(world.staff, worker, place, said, acting.look(world.staff, worker, place).course.seen)
    desk = world.desk()
    for one, words in ((gone, "La personne a retiré sa demande."), (shut, "Ce dossier est fermé. Rien n’est à faire")):
        page = shown(desk, one)
        assert not page.classed("first-steps")
        assert words in card(page, "À faire d’abord")
        assert MORE not in page.text, "no clock runs: it is on no list"


def test_what_no_centre_has_is_taken_first(world: World) -> None:
    announced = world.announce(commune=UNSURE, urgent=True)
    page = shown(world.desk("martigny"), announced)
    assert page.text.index("Prendre cette demande") < page.text.index("Encore 5 jours")
    assert [where for _, where in lines(page)] == ["#said"]
    world.clock.forward(days=29)
    page = shown(world.desk("martigny"), announced)
    assert [where for _, where in lines(page)] == ["#said", "#clocks"], "nothing is handed over before"
    page.form("/take").submit()
    assert INTERVIEW in [text for text, _ in lines(shown(world.desk("martigny"), announced))]


def test_who_has_it_in_hand(world: World) -> None:
    announced, other = world.announce(), world.announce(Person("Other Person"))
    desk, colleague = world.desk(), world.caseworker(subject="worker-in-hand")
    page = shown(desk, announced)
    assert NOBODY in card(page, "Qui l’a en main")
    (way,) = [one for one in page.links() if one.startswith("/staff/clocks?")]
    assert "hand=nobody" in way
    assert announced.reference in desk.open(way).text
    give(world, announced, colleague)
    page = shown(desk, announced)
    assert "Name of worker-in-hand" in card(page, "Qui l’a en main")
    assert "Absence" not in card(page, "Qui l’a en main")
    (way,) = [one for one in page.links() if one.startswith("/staff/clocks?")]
    listed = desk.open(way).text
    assert announced.reference in listed
    assert other.reference not in listed
    absences.note(world.staff, colleague, colleague.id, date(2026, 11, 20))
    assert "Absence jusqu’au 20.11.2026" in card(shown(desk, announced), "Qui l’a en main")
    world.clock.forward(days=11)
    assert "Absence" not in card(shown(world.desk(), announced), "Qui l’a en main"), "they are back"


def test_who_left_the_centre_has_nothing_in_hand(world: World) -> None:
    announced, colleague = world.announce(), world.caseworker()
    give(world, announced, colleague)
    with world.superuser() as connection:
        connection.execute("UPDATE caseworker SET region = 'martigny' WHERE id = %s", [colleague.id])
    assert NOBODY in card(shown(world.desk(), announced), "Qui l’a en main")
    pass_on(world.staff, world.caseworker(), announced.id, "martigny", "déménagé")
    assert NOBODY not in card(shown(world.desk("martigny"), announced), "Qui l’a en main"), "there they have it still"


def test_a_file_that_began_on_paper_has_the_same_list_without_what_only_a_demand_waits_for(world: World) -> None:
    file, desk = on_paper(world), world.desk()
    root = f"/staff/dossiers/{file.dossier_id}"
    assert lines(desk.open(root)) == [(RIGHTS, f"{root}/rights")]
    acknowledge_own(world.citizen, file.actor, "a", content.current(RIGHTS_AND_DUTIES).version, "fr")
    nothing = desk.open(root)
    assert not nothing.classed("first-steps")
    assert "Rien ne presse pour le moment." in nothing.text
    report(world, file.actor, changed(ChangeKind.ABROAD, "2026-12-01"))
    recorded(world.staff, world.caseworker(), DeskPlace(dossier_id=file.dossier_id), Answers.NOTHING)
    ask(world, file.actor)
    assert lines(desk.open(root)) == [
        ("Aide urgente demandée dans les messages Encore 5 jours", f"{root}/messages"),
        ("Décisions à confirmer : 1", f"{root}/decisions"),
        ("Adultes qui attendent une réponse : 1.", f"{root}/messages"),
        ("Annonces de changement pas encore lues : 1", f"{root}/changes"),
    ]


def test_on_paper_too_nothing_is_said_to_whom_somebody_has_left(world: World) -> None:
    file = on_paper(world)
    apart.part(world.citizen, file.actor, ALONE, os.urandom(32), world.clock.now(), "192.0.2.1", "fr")
    page = world.desk().open(f"/staff/dossiers/{file.dossier_id}")
    assert "Deux dossiers séparés : ne rien dire à l’autre personne" in page.text
