"""The monthly rhythm: who said of which month that nothing changed, and what a centre set for one dossier."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant, Words
from portal.models.base import Identity as RowId


class MonthNote(Base):
    """An adult said that nothing changed in a month. Insert-only: the first instant stays."""

    __tablename__ = "month_note"
    __table_args__ = (CheckConstraint("EXTRACT(day FROM month) = 1", name="first_day"),)

    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    instant: Mapped[Instant]


class MonthNoteEvent(Base):
    """The adult said that it was a mistake, or says it again. Insert-only: the last one counts, the others stay."""

    __tablename__ = "month_note_event"
    __table_args__ = (
        CheckConstraint("kind IN ('back', 'again')", name="kind"),
        ForeignKeyConstraint(["adult_id", "month"], ["month_note.adult_id", "month_note.month"]),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they were said: two may fall on one instant."""
    adult_id: Mapped[uuid.UUID]
    month: Mapped[date]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    kind: Mapped[Words]
    instant: Mapped[Instant]


class DossierTerm(Base):
    """What a caseworker set for one dossier. Insert-only: of each kind the last one counts."""

    __tablename__ = "dossier_term"
    __table_args__ = (
        CheckConstraint("kind <> 'paper_day' OR value BETWEEN 1 AND 28", name="paper_day_in_every_month"),
        Index("ix_dossier_term_dossier_id_kind_sequence", "dossier_id", "kind", "sequence"),
        Index("ix_dossier_term_kind_value", "kind", "value"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they were set: two may fall on one instant."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[Words]
    value: Mapped[int | None] = mapped_column(SmallInteger)
    """None: from now on there is none."""
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    instant: Mapped[Instant]
