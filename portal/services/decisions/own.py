"""The decisions that a centre recorded, as an adult of the household sees them: only what a second person has confirmed.

One's own and those of the household; never what answers another adult's report or request. The centre's note stays there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import Session

from portal.domain.decision import Step
from portal.models import Decision, DecisionStep
from portal.services.actor import Actor, NotYoursError
from portal.services.decisions.rows import Record, records_in
from portal.services.kit import Kit


@dataclass(frozen=True)
class OwnDecision:
    """A decision as it stands today, and what was recorded of it before."""

    now: Record
    before: tuple[Record, ...]
    """What it replaced, the newest first: nothing disappears."""

    @property
    def name(self) -> str:
        """Lasting, also where it is corrected."""
        return str((self.before[-1] if self.before else self.now).id)

    @property
    def confirmed_at(self) -> datetime | None:
        """Since when it stands here so."""
        return self.now.stepped_at


def own_decisions(kit: Kit, actor: Actor) -> tuple[OwnDecision, ...]:
    """The newest record first. Raises NotYoursError."""
    with kit.database.reading() as session:
        return own_decisions_in(session, kit, actor)


def own_decisions_in(session: Session, kit: Kit, actor: Actor) -> tuple[OwnDecision, ...]:
    """The same within a transaction: one question to the database."""
    if actor.adult_id is None or actor.dossier_id is None:
        raise NotYoursError
    return decisions_of_adult(session, kit, actor.dossier_id, actor.adult_id)


def decisions_of_adult(session: Session, kit: Kit, dossier: uuid.UUID, adult: uuid.UUID) -> tuple[OwnDecision, ...]:
    """The same for a caller who has proven that what it makes is for this adult."""
    confirmed = DecisionStep.kind == Step.CONFIRMED.value
    ours = or_(Decision.adult_id.is_(None), Decision.adult_id == adult)
    records = records_in(session, kit, Decision.dossier_id == dossier, ours, confirmed)
    by_id = {one.id: one for one in records}
    return tuple(OwnDecision(one, tuple(_before(one, by_id))) for one in records if not one.replaced)


def _before(one: Record, records: dict[uuid.UUID, Record]) -> Iterator[Record]:
    while one.replaces is not None and one.replaces in records:
        one = records[one.replaces]
        yield one
