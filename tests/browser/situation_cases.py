"""The questions and the task list of the guided intake; how its pages are reached and sent."""

from __future__ import annotations

from typing import Any

from portal.domain.situation.questions import QUESTIONS, Page
from portal.forms.situation import FORMS
from portal.services import situations, snapshots
from portal.services.actor import Actor
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.intake_people import ABOUT, EVERYBODY, NOT_SAID, WRONG, Given
from tests.browser.visits import Fields, Visit

ROOT = "dossier/situation"
BY_ID = {question.id: question for question in QUESTIONS}


def at_home(visit: Visit, given: Given | None = EVERYBODY) -> Actor:
    """Hold the cookie of somebody whose demand came with these answers; nothing but an announcement without them."""
    known = visit.world.file(visit.world.somebody(visit.language), situation=given)
    visit.cookie("citizen", visit.world.visit(known))
    return me(known)


def go(visit: Visit, page: str = "") -> int:
    """Open a page of the intake: `permit/a`, `check`, or the task list."""
    return visit.get(f"/{visit.language}/{ROOT}{page and '/'}{page}")


def send(visit: Visit, page: str, fields: Fields, *, reference: str | None = None) -> int:
    """Send a page that is open, as it was made."""
    hidden = {name: value_of(visit, name) for name in ("reference", "whose", "seen")}
    if reference is not None:
        hidden["reference"] = reference
    return visit.post(f"/{visit.language}/{ROOT}/{page}", {**hidden, **fields})


def value_of(visit: Visit, name: str) -> str:
    """What a hidden field of the open page holds."""
    return visit.source().partition(f'name="{name}" value="')[2].partition('"')[0]


def path(question: str) -> str:
    """Where the question stands, by the person that `ABOUT` chooses."""
    return f"{question}/{ABOUT[question]}" if question in ABOUT else question


def save(visit: Visit, actor: Actor, question: str, person: str | None = None, **answers: Any) -> None:
    """Answer a page elsewhere, on another device."""
    page = Page(BY_ID[question], person)
    opened = situations.open_situation(visit.world.kit, actor)
    seen = situations.mark_of(visit.world.kit, opened.draft, page)
    situations.save_page(visit.world.kit, actor, page, answers, seen=seen)


def answer_everything(visit: Visit, actor: Actor) -> None:
    """Go through every page, without another answer than what stands there."""
    for question in QUESTIONS:
        persons = [None] if question.person is None else [one["id"] for one in EVERYBODY["persons"]]
        for person in persons:
            save(visit, actor, question.id, person)


def _shows(question: str) -> None:
    """Two cases for a question: as it was answered, and with its faults."""

    def answered(visit: Visit) -> None:
        at_home(visit)
        go(visit, path(question))

    answered.__name__ = f"intake_{question}".replace("-", "_")
    case("situation.question", "situation/question")(answered)
    for number, fields in enumerate(WRONG.get(question, [])):
        _refuses(question, number, fields)


def _refuses(question: str, number: int, fields: Fields) -> None:
    def wrong(visit: Visit) -> None:
        at_home(visit)
        go(visit, path(question))
        send(visit, path(question), fields)

    wrong.__name__ = f"intake_{question}_wrong_{number}".replace("-", "_")
    case("situation.question", "situation/question", 422, look=number == 0)(wrong)


for _question in FORMS:
    _shows(_question)


@case("situation.tasks", "situation/tasks")
def intake_tasks_new(visit: Visit) -> None:
    at_home(visit, None)
    go(visit)


@case("situation.tasks", "situation/tasks")
def intake_tasks_begun(visit: Visit) -> None:
    save(visit, at_home(visit), "persons")
    go(visit)


@case("situation.tasks", "situation/tasks")
def intake_tasks_nearly_done(visit: Visit) -> None:
    """One question is left: «about a minute»."""
    actor = at_home(visit, NOT_SAID)
    for question in QUESTIONS:
        if question.id != "vehicles":
            save(visit, actor, question.id, None if question.person is None else "a")
    go(visit)


@case("situation.tasks", "situation/tasks")
def intake_tasks_done_and_sent(visit: Visit) -> None:
    actor = at_home(visit)
    answer_everything(visit, actor)
    snapshots.send(visit.world.kit, actor)
    go(visit)


@case("situation.question", "situation/question", look=False)
def intake_last_question(visit: Visit) -> None:
    intake_tasks_nearly_done(visit)
    go(visit, "vehicles")


@case("situation.question", "situation/question", look=False)
def intake_nothing_said(visit: Visit) -> None:
    """A page with an answer that is left open."""
    at_home(visit, NOT_SAID)
    go(visit, "accounts")


@case("situation.question", "situation/question", script=False)
def intake_permit_without_script(visit: Visit) -> None:
    """With every follow-up question open."""
    at_home(visit)
    go(visit, "permit/a")
