"""Threads in tests: a message, a request, an answer in one line each."""

from __future__ import annotations

import itertools
import uuid

from portal.domain.case_request import RequestKind
from portal.services.actor import Actor
from portal.services.thread import asking, desk, writing
from portal.services.thread.reading import Thread, own_thread
from portal.services.thread.rows import Sent
from tests.pages.world import World

_tokens = itertools.count()


def sent(words: str = "Bonjour", token: str | None = None, language: str = "fr") -> Sent:
    """A form of its own, unless a token says which."""
    return Sent(words, token or f"token-{next(_tokens)}", language)


def write(world: World, actor: Actor, words: str = "Bonjour", token: str | None = None) -> uuid.UUID:
    """Somebody writes to the centre now."""
    return writing.write(world.citizen, actor, sent(words, token), world.clock.now())


def ask(world: World, actor: Actor, kind: RequestKind = RequestKind.URGENT, words: str = "") -> uuid.UUID:
    """Somebody asks for something now."""
    return asking.ask(world.citizen, actor, kind, sent(words), world.clock.now())


def answer(world: World, staff: Actor, to: Actor, words: str = "Nous vous répondons.") -> uuid.UUID:
    """A caseworker who has just looked at the thread answers."""
    assert to.dossier_id is not None
    assert to.id is not None
    found = desk.look_at_threads(world.staff, staff, to.dossier_id)
    seen = next(one.thread.total for one in found.adults if one.adult_id == to.id)
    return desk.answer(world.staff, staff, to.dossier_id, to.id, sent(words), seen)


def thread(world: World, actor: Actor) -> Thread:
    """The thread as its adult reads it now."""
    return own_thread(world.citizen, actor)


def words(found: Thread) -> list[str]:
    """What stands in it."""
    return [one.words for one in found.lines]
