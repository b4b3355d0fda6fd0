"""Decisions in tests: one is recorded by a caseworker and confirmed by another in one line."""

from __future__ import annotations

import itertools
import uuid
from datetime import date

from portal.domain.decision import Answers, DecisionKind, Step
from portal.domain.demand import filing_day
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from portal.services.decisions.desk import DeskDecisions, Matter, decisions_at_desk
from portal.services.decisions.recording import Noted, end, record
from portal.services.kit import Kit

_tokens = itertools.count()


def matter_of(found: DeskDecisions, answers: Answers, about: uuid.UUID | None = None) -> Matter:
    """The newest that is offered of a kind, or the one about something."""
    return next(one for one in found.matters if one.answers is answers and about in (None, one.id))


def noted(
    found: DeskDecisions,
    answers: Answers = Answers.DEMAND,
    about: uuid.UUID | None = None,
    *,
    day: date,
    kind: DecisionKind | None = DecisionKind.AID,
    notified: date | None = None,
    note: str | None = None,
    token: str | None = None,
    replaces: uuid.UUID | None = None,
    matter: str | None = None,
) -> Noted:
    """What a form would bring."""
    named = matter or matter_of(found, answers, about).value
    return Noted(named, kind, day, notified or day, note, token or f"token-{next(_tokens)}", found.seen, replaces)


def recorded(
    kit: Kit,
    worker: Actor,
    place: DeskPlace,
    answers: Answers = Answers.DEMAND,
    about: uuid.UUID | None = None,
    day: date | None = None,
) -> uuid.UUID:
    """One caseworker records it; today's unless a day is given."""
    found = decisions_at_desk(kit, worker, place)
    return record(kit, worker, place, noted(found, answers, about, day=day or filing_day(kit.clock.now())))


def decided(
    kit: Kit,
    workers: tuple[Actor, Actor],
    dossier: uuid.UUID,
    answers: Answers = Answers.DEMAND,
    about: uuid.UUID | None = None,
    day: date | None = None,
) -> uuid.UUID:
    """Recorded by the first and confirmed by the second."""
    place = DeskPlace(dossier_id=dossier)
    id_ = recorded(kit, workers[0], place, answers, about, day)
    end(kit, workers[1], place, id_, Step.CONFIRMED)
    return id_
