"""What adults said of a month: that nothing changed, that they had said so by mistake, and both again. All of it stays."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.models import MonthNote, MonthNoteEvent

AGAIN: Final = "again"
BACK: Final = "back"


@dataclass(frozen=True)
class Saying:
    """One time that an adult said that nothing changed."""

    at: datetime
    back_at: datetime | None = None
    """When they said that it was a mistake; None: it stands."""


Notes = Mapping[date, tuple[Saying, ...]]
"""Month → what one adult said of it, oldest first."""


def notes_in(session: Session, dossier_id: uuid.UUID) -> Mapping[uuid.UUID | None, Notes]:
    """Who said what of which month, for a caller that has proven who may know."""
    found: defaultdict[uuid.UUID | None, dict[date, tuple[Saying, ...]]] = defaultdict(dict)
    events: defaultdict[tuple[uuid.UUID, date], list[MonthNoteEvent]] = defaultdict(list)
    for event in session.scalars(
        select(MonthNoteEvent).where(MonthNoteEvent.dossier_id == dossier_id).order_by(MonthNoteEvent.sequence)
    ):
        events[event.adult_id, event.month].append(event)
    for row in session.scalars(select(MonthNote).where(MonthNote.dossier_id == dossier_id)):
        found[row.adult_id][row.month] = _sayings(row.instant, events[row.adult_id, row.month])
    return dict(found)


def standing(sayings: Sequence[Saying]) -> datetime | None:
    """Since when it stands; None where it was never said, or taken back."""
    return sayings[-1].at if sayings and sayings[-1].back_at is None else None


def add_event(
    session: Session, dossier_id: uuid.UUID, adult_id: uuid.UUID, month: date, kind: str, instant: datetime
) -> None:
    """Write one, for a caller that holds the dossier's lock. Nothing of before is changed."""
    values = {"id": uuid.uuid4(), "adult_id": adult_id, "month": month, "dossier_id": dossier_id}
    session.execute(insert(MonthNoteEvent).values(**values, kind=kind, instant=instant))


def _sayings(first: datetime, events: Sequence[MonthNoteEvent]) -> tuple[Saying, ...]:
    found = [Saying(first.astimezone(UTC))]
    for event in events:
        at = event.instant.astimezone(UTC)
        if event.kind == AGAIN:
            found.append(Saying(at))
        else:
            found[-1] = Saying(found[-1].at, at)
    return tuple(found)
