"""Situations in tests of services: pages by name, a second adult of a dossier, an answer in one line."""

from __future__ import annotations

import uuid
from typing import Any

from portal.domain.situation.questions import QUESTIONS, Page
from portal.services.actor import Actor, ActorKind
from portal.services.situations import Opened, mark_of, open_situation, save_page
from tests.pages.world import Announced, World

QUESTION = {question.id: question for question in QUESTIONS}
IBAN = "CH9300762011623852957"


def page(name: str) -> Page:
    """`home`, `special@a`."""
    question, _, person = name.partition("@")
    return Page(QUESTION[question], person or None)


def second_adult(world: World, announced: Announced, name: str = "Paul Second", person: str = "b") -> Actor:
    """Another adult of the same dossier, whether the answers name them already or not."""
    adult = uuid.uuid4()
    with world.superuser() as connection:
        connection.execute(
            "INSERT INTO adult (id, dossier_id, person, name, unreachable, language) VALUES (%s, %s, %s, %s, false, 'fr')",
            [adult, announced.view.dossier_id, person, name],
        )
    return Actor(ActorKind.CITIZEN, "test", adult, announced.view.dossier_id, person=person)


def seen(world: World, actor: Actor, name: str) -> str:
    """What a page carries that is made now."""
    return mark_of(world.citizen, open_situation(world.citizen, actor).draft, page(name))


def say(world: World, actor: Actor, name: str, /, *, own: bool = False, mark: str | None = None, **said: Any) -> Opened:
    """Answer one page as somebody who has just opened it, unless `mark` is of an older look at it."""
    mark = seen(world, actor, name) if mark is None else mark
    return save_page(world.citizen, actor, page(name), said, seen=mark, own=own)


def answers(world: World, actor: Actor, name: str) -> dict[str, Any]:
    """What stands on a page."""
    return open_situation(world.citizen, actor).draft.answers(page(name))
