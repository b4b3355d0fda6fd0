"""The pages of the guided intake beside its questions: persons, two answers, another dossier, checking, what was sent."""

from __future__ import annotations

from portal.domain.situation import Relation
from portal.services import situations, snapshots
from portal.services.actor import Actor
from tests.browser.cases import case
from tests.browser.intake_people import NOT_SAID, Given
from tests.browser.people import NAME
from tests.browser.situation_cases import answer_everything, at_home, go, save, send
from tests.browser.visits import Visit


@case("situation.question", "situation/question")
def intake_unfinished(visit: Visit) -> None:
    at_home(visit)
    go(visit, "rent")
    send(visit, "rent", {"rent": "9", "_switch": "y"})
    go(visit, "rent")


@case("situation.question", "situation/question", 409)
def intake_conflict(visit: Visit) -> None:
    actor = at_home(visit)
    go(visit, "rent")
    save(visit, actor, "rent", rent=1550, charges=120)
    send(visit, "rent", {"rent": "1500"})


@case("situation.question", "situation/question", 409, look=False)
def intake_conflict_with_no_answer(visit: Visit) -> None:
    actor = at_home(visit)
    go(visit, "rent")
    save(visit, actor, "rent")
    send(visit, "rent", {"rent": "1500"})


@case("situation.question", "situation/another", 409)
def intake_of_another(visit: Visit) -> None:
    at_home(visit)
    go(visit, "rent")
    send(visit, "rent", {"rent": "1500", "_then": NAME}, reference="VS-0000-0000-98")


@case("situation_persons.persons", "situation/persons")
def intake_persons(visit: Visit) -> None:
    at_home(visit)
    go(visit, "persons")


@case("situation_persons.persons", "situation/persons", 422)
def intake_persons_wrong(visit: Visit) -> None:
    at_home(visit)
    go(visit, "persons")
    send(visit, "persons", {"relation": "", "_add": "1"})


@case("situation_persons.persons", "situation/persons", 422, look=False)
def intake_persons_a_second_couple(visit: Visit) -> None:
    at_home(visit)
    go(visit, "persons")
    send(visit, "persons", {"relation": "spouse", "_add": "1"})


@case("situation_persons.persons", "situation/persons", 422, look=False)
def intake_persons_too_many(visit: Visit) -> None:
    actor = at_home(visit)
    for _ in range(14):
        situations.add_person(visit.world.kit, actor, Relation.CHILD)
    go(visit, "persons")
    send(visit, "persons", {"relation": "child", "_add": "1"})


@case("situation_persons.remove", "situation/persons")
def intake_persons_one_less(visit: Visit) -> None:
    """«Retirer cette personne ?»"""
    at_home(visit)
    go(visit, "persons")
    send(visit, "persons/o2/remove", {})


@case("situation_check.check", "situation/check")
def intake_check(visit: Visit) -> None:
    at_home(visit)
    go(visit, "check")


@case("situation_check.check", "situation/check", look=False)
def intake_check_of_what_is_not_said(visit: Visit) -> None:
    at_home(visit, NOT_SAID)
    go(visit, "check")


@case("situation_check.check", "situation/check")
def intake_check_changed_since(visit: Visit) -> None:
    changed(visit)
    go(visit, "check")


@case("situation_check.check", "situation/check", look=False)
def intake_check_sent(visit: Visit) -> None:
    """Every page was gone through, and nothing has changed since."""
    actor = at_home(visit)
    answer_everything(visit, actor)
    snapshots.send(visit.world.kit, actor)
    go(visit, "check")


def changed(visit: Visit) -> Actor:
    """Sent, then: a rent that is another one, an answer less, one more, and a person less."""
    actor = at_home(visit)
    snapshots.send(visit.world.kit, actor)
    save(visit, actor, "rent", rent=1600, charges="unknown")
    save(visit, actor, "eviction")
    save(visit, actor, "vehicles", vehicles=3000)
    save(visit, actor, "birth", "b", name=NAME)
    situations.remove_person(visit.world.kit, actor, "c1")
    return actor


@case("situation_check.sent", "situation/sent")
def intake_sent(visit: Visit) -> None:
    snapshots.send(visit.world.kit, at_home(visit))
    go(visit, "sent")


@case("situation_check.sent", "situation/sent")
def intake_sent_twice(visit: Visit) -> None:
    actor = changed(visit)
    snapshots.send(visit.world.kit, actor)
    go(visit, "sent")


@case("situation_check.sent", "situation/sent", look=False)
def intake_sent_twice_without_a_change_to_read(visit: Visit) -> None:
    """Something is another value, and reads the same: «for all» in place of «for me alone» is no other answer."""
    actor = at_home(visit)
    snapshots.send(visit.world.kit, actor)
    save(visit, actor, "eviction", eviction_threat=[{"from": None, "value": True}])
    snapshots.send(visit.world.kit, actor)
    go(visit, "sent")


@case("dossier.show", "dossier/show", look=False)
def dossier_with_a_begun_intake(visit: Visit) -> None:
    save(visit, at_home(visit), "persons")
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_with_a_sent_intake(visit: Visit) -> None:
    snapshots.send(visit.world.kit, at_home(visit))
    visit.get(f"/{visit.language}/dossier")


ODD: Given = {
    "version": 1,
    "home": "hosted",
    "rent": 300,
    "persons": [
        {"id": "a", "relation": "applicant", "born": "1990-04-03"},
        {"id": "c1", "relation": "child", "born": "1979-04-03"},
    ],
}
"""A child older than the parent: pointed out where it was said, and before sending."""


@case("situation.question", "situation/question")
def intake_does_not_fit(visit: Visit) -> None:
    at_home(visit, ODD)
    go(visit, "birth/c1")


@case("situation_check.check", "situation/check")
def intake_check_does_not_fit(visit: Visit) -> None:
    at_home(visit, ODD)
    go(visit, "check")


@case("situation.question", "situation/question", look=False)
def intake_age_known_from_an_estimate(visit: Visit) -> None:
    at_home(
        visit,
        {"version": 1, "persons": [{"id": "a", "relation": "applicant"}, {"id": "c1", "relation": "child", "age": 9}]},
    )
    go(visit, "birth/c1")
