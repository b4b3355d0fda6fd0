"""Entries of the filing register that date a demand, as pages and receipts show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.demand import Channel, filing_day, is_whole_day
from portal.domain.register import EntryKind
from portal.models import RegisterEntry


@dataclass(frozen=True)
class EntryView:
    """One entry of the filing register that dates a demand: its date, channel, number and hash belong together."""

    reference: str
    kind: str
    channel: Channel
    instant: datetime
    time_known: bool
    recorded_at: datetime
    commune_bfs: int | None
    sequence: int
    hash: bytes

    @property
    def day(self) -> date:
        """The local day that it states."""
        return filing_day(self.instant)

    @property
    def is_correction(self) -> bool:
        """Whether staff recorded an earlier first contact with it."""
        return self.kind == EntryKind.CORRECTION


def entry_view(entry: RegisterEntry, *, time_known: bool) -> EntryView:
    """The entry as it can be shown; `time_known` is false when its instant stands for a whole day."""
    return EntryView(
        reference=entry.reference,
        kind=entry.kind,
        channel=Channel(entry.channel),
        instant=entry.instant.astimezone(UTC),
        time_known=time_known,
        recorded_at=entry.recorded_at.astimezone(UTC),
        commune_bfs=entry.commune_bfs,
        sequence=entry.sequence,
        hash=entry.hash,
    )


def correction_among(session: Session, sequences: list[int]) -> EntryView | None:
    """The latest of these corrections: each one is earlier than what stood before, so the latest is what counts."""
    if not sequences:
        return None
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.sequence == max(sequences))).one()
    return entry_view(entry, time_known=not is_whole_day(entry.instant))
