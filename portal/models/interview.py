"""The first interview of a household, and that the identity of its adults was seen: what the desk noted, in its order."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant, Sealed, Words
from portal.models.base import Identity as RowId


class InterviewEvent(Base):
    """What a caseworker noted of the interview. Insert-only; `sequence` is the order.

    `missed` before the hour that was agreed: it was called off. `changed` after an end: that end is taken back.
    """

    __tablename__ = "interview_event"
    __table_args__ = (
        CheckConstraint("kind IN ('noted', 'moved', 'changed', 'missed', 'held')", name="kind"),
        CheckConstraint("(kind IN ('missed', 'held')) = (at IS NULL)", name="agreed_at"),
        CheckConstraint("(at IS NULL) = (way IS NULL) AND (at IS NULL) = (interpreter IS NULL)", name="agreed_whole"),
        CheckConstraint("(way = 'antenna') = (antenna IS NOT NULL) OR way IS NULL", name="antenna_of_centre"),
        Index("ix_interview_event_dossier_id_sequence", "dossier_id", "sequence"),
        Index("ix_interview_event_at", "at"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[Words]
    instant: Mapped[Instant]
    """When it was noted."""
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words]
    """Of the centre that noted it: people see the centre, never the private name."""
    at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When they are to meet."""
    way: Mapped[Words | None]
    antenna: Mapped[Words | None]
    interpreter: Mapped[Words | None]
    language: Mapped[Words | None]
    adults: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    """Who is to come; empty for what ends it."""
    details: Mapped[Sealed]
    """The place in words, and the reason."""


class IdentityEvent(Base):
    """A caseworker saw who an adult is, or takes that back. Insert-only: the last one counts."""

    __tablename__ = "identity_event"
    __table_args__ = (
        CheckConstraint("kind IN ('seen', 'taken_back')", name="kind"),
        CheckConstraint("(kind = 'seen') = (paper IS NOT NULL)", name="paper_seen"),
        Index("ix_identity_event_adult_id_sequence", "adult_id", "sequence"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    kind: Mapped[Words]
    paper: Mapped[Words | None]
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words]
    details: Mapped[Sealed]
    """Why it was taken back; empty for what was seen."""
