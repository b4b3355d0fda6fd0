"""Decisions of the commune for pages: recorded by the one demo caseworker of Sierre, ended by the other."""

from __future__ import annotations

import uuid

from portal.domain.decision import Answers, Step
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace
from portal.services.decisions.recording import end
from tests.browser.people import REASON
from tests.browser.visits import Visit
from tests.services import deciding

CLAIRE, MARC = "claire.demo", "marc.demo"


def worker(visit: Visit, subject: str = CLAIRE) -> Actor:
    """A demo caseworker of Sierre."""
    return Actor(ActorKind.STAFF, "test", visit.world.caseworker_id(subject), region="sierre")


def recorded(
    visit: Visit,
    dossier: uuid.UUID | None,
    answers: Answers = Answers.DEMAND,
    about: uuid.UUID | None = None,
    by: str = CLAIRE,
) -> uuid.UUID:
    """It waits for the other one."""
    return deciding.recorded(visit.world.kit, worker(visit, by), DeskPlace(dossier_id=dossier), answers, about)


def ended(visit: Visit, dossier: uuid.UUID | None, id_: uuid.UUID, step: Step, by: str = MARC) -> None:
    """The other one says how it ends."""
    end(visit.world.kit, worker(visit, by), DeskPlace(dossier_id=dossier), id_, step, REASON)


def decided(
    visit: Visit, dossier: uuid.UUID | None, answers: Answers = Answers.DEMAND, about: uuid.UUID | None = None
) -> uuid.UUID:
    """Recorded by the one and confirmed by the other."""
    id_ = recorded(visit, dossier, answers, about)
    ended(visit, dossier, id_, Step.CONFIRMED)
    return id_


def corrected(visit: Visit, dossier: uuid.UUID, first: uuid.UUID, *, mistake: bool = False) -> uuid.UUID:
    """A confirmed record is replaced by two persons, or said to be a mistake."""
    found = deciding.decisions_at_desk(visit.world.kit, worker(visit), DeskPlace(dossier_id=dossier))
    old = found.named(first)
    kind = None if mistake else deciding.DecisionKind.REFUSAL
    brought = deciding.noted(found, Answers.DEMAND, day=old.decided, kind=kind, replaces=first, note=REASON)
    id_ = deciding.record(visit.world.kit, worker(visit), DeskPlace(dossier_id=dossier), brought)
    ended(visit, dossier, id_, Step.CONFIRMED)
    return id_
