"""The desk with a person: the adults of a household, their codes, their own form; and the dossier of a second adult."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from portal.domain.demand import Announcement, Person
from portal.domain.situation import Relation
from portal.domain.situation.questions import Page
from portal.services import citizen, desk, helping, situations, snapshots
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace
from portal.services.desk import NewAdult
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.people import HELPER, NAME
from tests.browser.situation_cases import BY_ID, value_of
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, Known

COUPLE: Final[dict[str, Any]] = {
    "version": 1,
    "persons": [
        {"id": "a", "relation": "applicant", "name": NAME, "born": "1984-03-02", "permit": "swiss"},
        {"id": "b", "relation": "spouse", "name": HELPER, "born": "1980-05-06"},
        {"id": "c1", "relation": "child", "age": 9},
    ],
}
NAMELESS: Final[dict[str, Any]] = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "partner"}],
}
TOKEN: Final = bytes(range(32))
FORM: Final = "/staff/form"


def couple(visit: Visit) -> Known:
    """A demand of two adults and a child, with a caseworker of its centre at the desk."""
    known = visit.world.file(visit.world.somebody("pt"), situation=COUPLE)
    at_the_desk(visit)
    return known


def place(known: Known) -> str:
    """The page of the adults."""
    return f"/staff/demands/{known.demand.id}/adults"


def second(visit: Visit, known: Known) -> Actor:
    """The other adult of the household, taken up at the desk."""
    worker = visit.world.caseworker()
    adult = desk.add_adult(visit.world.kit, worker, known.demand.id, NewAdult("b", HELPER, visit.language), TOKEN)
    return Actor(ActorKind.CITIZEN, "test", adult, known.demand.dossier_id, person="b")


def helped(visit: Visit) -> Known:
    """A caseworker fills in the form with the one who made the demand."""
    known = couple(visit)
    visit.get(place(known))
    visit.post(f"{place(known)}/{known.demand.adult_id}/help", {"present": "y"})
    return known


def at_home(visit: Visit) -> tuple[Known, Actor]:
    """The second adult, signed in on their own device."""
    known = visit.world.file(visit.world.somebody(visit.language), situation=COUPLE)
    actor = second(visit, known)
    theirs = replace(known.demand, adult_id=actor.id)
    visit.cookie("citizen", citizen.enter_after_filing(visit.world.kit, theirs, "test"))
    return known, actor


def form(visit: Visit, page: str = "") -> int:
    """A page of the form as it stands at the desk."""
    return visit.get(f"{FORM}/{visit.language}/dossier/situation{page and '/'}{page}")


@case("staff_adults.show", "staff/adults")
def staff_adults(visit: Visit) -> None:
    visit.get(place(couple(visit)))


@case("staff_adults.show", "staff/adults")
def staff_adults_with_a_code_each(visit: Visit) -> None:
    known = couple(visit)
    second(visit, known)
    visit.get(place(known))


@case("staff_adults.show", "staff/adults")
def staff_adults_of_whom_nothing_was_sent(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.get(place(known))


@case("staff_adults.show", "staff/adults")
def staff_adults_of_a_demand_that_nobody_took(visit: Visit) -> None:
    known = couple(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET region = NULL WHERE id = %s", [known.demand.id])
        connection.execute("UPDATE demand SET candidate_regions = ARRAY['sierre'] WHERE id = %s", [known.demand.id])
    visit.get(place(known))


@case("", "staff/adults", 422)
def staff_adults_nobody_asked(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(f"{place(known)}/{known.demand.adult_id}/help", {})


@case("", "staff/adults", 422)
def staff_adults_new_code_without_identity(visit: Visit) -> None:
    known = couple(visit)
    adult = second(visit, known)
    visit.get(place(known))
    visit.post(f"{place(known)}/{adult.id}/code", {})


@case("", "staff/adults", 422)
def staff_adults_another_with_everything_wrong(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), {"person": "x", "name": " ", "language": "xx"})


@case("", "staff/adults", 422, look=False)
def staff_adults_another_without_a_name(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(), situation=NAMELESS)
    at_the_desk(visit)
    visit.get(place(known))
    visit.post(place(known), {"person": "b", "language": "fr", "identity_seen": "y"})


@case("staff_adults.show", "staff/adults", look=False)
def staff_adults_one_of_whom_is_not_named_any_more(visit: Visit) -> None:
    known = couple(visit)
    second(visit, known)
    situations.remove_person(visit.world.kit, me(known), "b")
    snapshots.send(visit.world.kit, me(known))
    visit.get(place(known))


@case("staff_adults.code_made", "staff/code")
def staff_adults_code_made(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    token = value_of(visit, "code_token")
    visit.post(
        place(known),
        {"person": "b", "name": HELPER, "language": "ar", "identity_seen": "y", "code_token": token},
    )


@case("staff_form.situation.tasks", "situation/tasks")
def staff_form(visit: Visit) -> None:
    helped(visit)
    form(visit)


@case("staff_form.situation.question", "situation/question")
def staff_form_question(visit: Visit) -> None:
    helped(visit)
    form(visit, "activity/a")


@case("staff_form.situation.question", "situation/question", 409)
def staff_form_answered_by_the_person_meanwhile(visit: Visit) -> None:
    known = helped(visit)
    form(visit, "debts")
    sent = {name: value_of(visit, name) for name in ("reference", "whose", "seen")} | {"debts": "5000"}
    page, kit = Page(BY_ID["debts"], None), visit.world.kit
    seen = situations.mark_of(kit, situations.open_situation(kit, me(known)).draft, page)
    situations.save_page(kit, me(known), page, {"debts": "700.00"}, seen=seen)
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", sent)


@case("staff_form.situation_persons.persons", "situation/persons")
def staff_form_persons(visit: Visit) -> None:
    helped(visit)
    form(visit, "persons")


@case("staff_form.situation_check.check", "situation/check")
def staff_form_check(visit: Visit) -> None:
    helped(visit)
    form(visit, "check")


@case("staff_form.situation_check.sent", "situation/sent")
def staff_form_sent(visit: Visit) -> None:
    helped(visit)
    form(visit, "check")
    visit.post(
        f"{FORM}/{visit.language}/dossier/situation/check",
        {name: value_of(visit, name) for name in ("reference", "whose")},
    )


@case("", "situation/another", 409)
def staff_form_of_another_dossier(visit: Visit) -> None:
    helped(visit)
    form(visit, "debts")
    sent = {"reference": "VS-0000-0000-97", "debts": "700"}
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", sent)


@case("", "errors/form-closed", 401)
def staff_form_closed_meanwhile(visit: Visit) -> None:
    helped(visit)
    form(visit, "debts")
    sent = {name: value_of(visit, name) for name in ("reference", "whose", "seen")} | {"debts": "700"}
    visit.post("/staff/form/end", {})
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", sent)


@case("staff_board.board", "staff/board")
def staff_board_with_an_open_form(visit: Visit) -> None:
    helped(visit)
    visit.get("/staff/")


@case("", "staff/adults", 422, look=False)
def staff_adults_help_of_one_who_is_not_named(visit: Visit) -> None:
    known = couple(visit)
    adult = second(visit, known)
    situations.remove_person(visit.world.kit, me(known), "b")
    visit.get(place(known))
    visit.post(f"{place(known)}/{adult.id}/help", {"present": "y"})


@case("staff_adults.show", "staff/adults", look=False)
def staff_adults_of_a_withdrawn_demand(visit: Visit) -> None:
    known = couple(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(place(known))


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_forms_opened(visit: Visit) -> None:
    known = helped(visit)
    adult = second(visit, known)
    secret = visit.world.staff_visit("claire.demo", "fr")
    assert adult.id is not None
    helping.begin(visit.world.kit, visit.world.caseworker(), secret, DeskPlace(known.demand.id), adult.id)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("situation_check.sent", "situation/sent", look=False)
def second_sent_by_others(visit: Visit) -> None:
    known, actor = at_home(visit)
    snapshots.send(visit.world.kit, me(known))
    situations.add_person(visit.world.kit, me(known), Relation.CHILD)
    worker = replace(visit.world.caseworker(), dossier_id=known.demand.dossier_id, helped=actor.id, person="b")
    snapshots.send(visit.world.kit, worker)
    visit.get(f"/{visit.language}/dossier/situation/sent")


@case("dossier.show", "dossier/show")
def dossier_filled_in_at_the_centre(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    secret = visit.world.staff_visit("claire.demo", "fr")
    helping.begin(visit.world.kit, visit.world.caseworker(), secret, DeskPlace(known.demand.id), known.demand.adult_id)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/adult")
def second_dossier(visit: Visit) -> None:
    at_home(visit)
    visit.get(f"/{visit.language}/dossier")


@case("situation_persons.persons", "situation/persons")
def second_persons(visit: Visit) -> None:
    """The list is made from the place of another one, whose name nobody said."""
    nobody = Announcement(Person(phone="+41 79 555 01 02", interview_language="fr"), visit.language, SIERRE)
    known = visit.world.file(nobody, situation=NAMELESS)
    theirs = replace(known.demand, adult_id=second(visit, known).id)
    visit.cookie("citizen", citizen.enter_after_filing(visit.world.kit, theirs, "test"))
    visit.get(f"/{visit.language}/dossier/situation/persons")


@case("dossier.show", "dossier/adult")
def second_dossier_withdrawn(visit: Visit) -> None:
    known, _actor = at_home(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET withdrawn_at = now() WHERE id = %s", [known.demand.id])
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/adult")
def second_dossier_not_named(visit: Visit) -> None:
    known, _actor = at_home(visit)
    situations.remove_person(visit.world.kit, me(known), "b")
    visit.get(f"/{visit.language}/dossier")


@case("situation.tasks", "errors/not-in-household", 403)
def second_answers_not_named(visit: Visit) -> None:
    known, _actor = at_home(visit)
    situations.remove_person(visit.world.kit, me(known), "b")
    visit.get(f"/{visit.language}/dossier/situation")
