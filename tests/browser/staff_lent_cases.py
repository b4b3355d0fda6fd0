"""The form at the desk in two languages with how answers were given, and the device that is with the person."""

from __future__ import annotations

from dataclasses import replace

import requests

from portal.domain.answer_mark import ASKED, How
from portal.domain.role import DESK
from portal.domain.situation import Relation
from portal.domain.situation.questions import Page
from portal.services import helping, lending, situations, snapshots
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.situation_cases import BY_ID, value_of
from tests.browser.staff_adult_cases import COUPLE, FORM, at_home, couple, form, helped, second
from tests.browser.staff_session_cases import change
from tests.browser.visits import ClientVisit, Visit
from tests.browser.world import Known
from tests.provider import Provider


def note(visit: Visit, actor: Actor, question: str, person: str | None = None, *how: How) -> None:
    """Somebody answers a page as it stands."""
    kit, page = visit.world.kit, Page(BY_ID[question], person)
    opened = situations.open_situation(kit, actor)
    seen = situations.mark_of(kit, opened.draft, page)
    situations.save_page(kit, actor, page, opened.draft.answers(page), seen=seen, how=how)


def with_them(visit: Visit, known: Known, adult: Actor | None = None) -> Actor:
    """A caseworker on the form of an adult of a household, of the one who made the demand if of no other."""
    whose = adult or me(known)
    worker = visit.world.caseworker()
    return replace(worker, dossier_id=known.demand.dossier_id, helped=whose.id, person=whose.person, roles=DESK)


def marked(visit: Visit, known: Known, other: Actor) -> None:
    """Every way in which an answer can have come about, as the one who made the demand and as another adult see it."""
    mine, theirs = with_them(visit, known), with_them(visit, known, other)
    note(visit, mine, "debts", None, *ASKED)
    note(visit, mine, "activity", "a", How.THEMSELF)
    note(visit, mine, "home")
    note(visit, me(known), "home")
    note(visit, theirs, "activity", "b", How.THEMSELF)
    note(visit, mine, "persons", None, How.ORALLY)
    note(visit, other, "persons")


@case("situation_check.check", "situation/check")
def check_of_what_was_noted_at_the_centre(visit: Visit) -> None:
    known, other = at_home(visit)
    marked(visit, known, other)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/situation/check")


@case("situation.tasks", "situation/tasks")
def tasks_of_what_was_noted_at_the_centre(visit: Visit) -> None:
    known, other = at_home(visit)
    marked(visit, known, other)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/situation")


@case("staff_summary.summary", "staff/summary")
def staff_summary_of_what_was_noted(visit: Visit) -> None:
    known = couple(visit)
    marked(visit, known, second(visit, known))
    snapshots.send(visit.world.kit, me(known))
    visit.get(f"/staff/demands/{known.demand.id}/summary")


@case("staff_form.situation.question", "situation/question", 422)
def staff_form_with_a_fault_and_marks(visit: Visit) -> None:
    helped(visit)
    form(visit, "debts")
    sent = {name: value_of(visit, name) for name in ("reference", "whose", "seen")} | {"debts": "x"}
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", sent | {"_how": ["orally", "document"]})


def handed(visit: Visit, staff: str = "fr") -> Known:
    """The device is with the person, in the language of this visit."""
    known = visit.world.file(visit.world.somebody(visit.language), situation=COUPLE)
    secret, worker = visit.world.staff_visit("claire.demo", staff), visit.world.caseworker()
    helping.begin(visit.world.kit, worker, secret, DeskPlace(known.demand.id), known.demand.adult_id)
    done = lending.lend(visit.world.kit, worker, secret, lambda _own: visit.language)
    assert done is not None
    visit.cookie("staff", done[0])
    return known


@case("staff_form.situation.tasks", "situation/tasks")
def lent_tasks(visit: Visit) -> None:
    handed(visit)
    form(visit)


@case("staff_form.situation.question", "situation/question")
def lent_question(visit: Visit) -> None:
    handed(visit)
    form(visit, "activity/a")


@case("staff_form.situation_check.check", "situation/check")
def lent_check(visit: Visit) -> None:
    handed(visit)
    form(visit, "check")


@case("staff_form.situation.tasks", "situation/tasks", look=False)
def lent_while_the_provider_is_away(visit: Visit) -> None:
    handed(visit)
    change(visit, "failed_at = checked_at")
    form(visit)


@case("staff_form.situation_check.sent", "situation/sent")
def lent_sent(visit: Visit) -> None:
    handed(visit)
    form(visit, "check")
    fields = {name: value_of(visit, name) for name in ("reference", "whose")}
    visit.post(f"{FORM}/{visit.language}/dossier/situation/check", fields)


@case("situation_check.sent", "situation/sent", look=False)
def sent_on_the_device_as_the_others_read_it(visit: Visit) -> None:
    """By each of two adults of the household, one after the other."""
    known, other = at_home(visit)
    kit = visit.world.kit
    snapshots.send(kit, with_them(visit, known), how=[How.THEMSELF])
    situations.add_person(kit, me(known), Relation.CHILD)
    snapshots.send(kit, with_them(visit, known, other), how=[How.THEMSELF])
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/situation/sent")


@case("", "situation/another", 409, look=False)
def lent_for_another_dossier(visit: Visit) -> None:
    handed(visit)
    form(visit, "debts")
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", {"reference": "VS-0000-0000-97", "debts": "700"})


@case("", "errors/with-person", 403)
def lent_page_of_the_desk(visit: Visit) -> None:
    handed(visit)
    visit.get("/staff/")


@case("", "errors/with-person", 403)
def lent_and_closed(visit: Visit) -> None:
    handed(visit)
    change(visit, "ended_at = seen_at, ended_why = 'refused'")
    form(visit)


@case("", "errors/with-person", 403)
def lent_and_closed_while_writing(visit: Visit) -> None:
    handed(visit)
    form(visit, "debts")
    sent = {name: value_of(visit, name) for name in ("reference", "whose", "seen")} | {"debts": "700"}
    change(visit, "ended_at = seen_at, ended_why = 'refused'")
    visit.post(f"{FORM}/{visit.language}/dossier/situation/debts", sent)


@case("", "errors/not-found", 404, look=False)
def lent_page_that_is_not(visit: Visit) -> None:
    handed(visit)
    visit.get(f"{FORM}/{visit.language}/dossier/situation/nothing")


@case("staff_sign_in.callback", "staff/sign_in", 403, here=True)
def staff_sign_in_that_is_not_fresh(visit: Visit) -> None:
    """The provider says that they signed in long ago, before the device was handed over."""
    assert isinstance(visit, ClientVisit)
    handed(visit, visit.language)
    visit.get("/staff/sign-in")
    token = visit.source().split('name="csrf_token" value="')[1].split('"')[0]
    start = visit.client.post("/staff/sign-in", data={"csrf_token": token})
    provider = Provider(visit.world.stack)
    provider.say("claire.demo", auth_time=1)
    answer = requests.post(start.headers["Location"], data={"sub": "claire.demo"}, allow_redirects=False, timeout=10)
    visit.get("/staff/callback?" + answer.headers["Location"].partition("?")[2])
    provider.say("claire.demo")
