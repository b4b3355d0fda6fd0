"""What was done with a household's file as a whole, and who looked into one of another region."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.household_course import Step, Why
from portal.models.base import Base, Digest, Instant, Sealed, WordList, Words
from portal.models.base import Identity as RowId

STEPS = ", ".join(f"'{one}'" for one in Step)
WHYS = ", ".join(f"'{one}'" for one in Why)


class HouseholdEvent(Base):
    """Closed, opened again, moved, merged, parted. Insert-only; `sequence` is the order."""

    __tablename__ = "household_event"
    __table_args__ = (
        CheckConstraint(f"kind IN ({STEPS})", name="kind"),
        CheckConstraint(f"(kind = 'closed') = (why IS NOT NULL) AND (why IS NULL OR why IN ({WHYS}))", name="why"),
        CheckConstraint("(kind = 'moved') = (to_region IS NOT NULL)", name="moved_to"),
        CheckConstraint("(kind IN ('merged', 'parted')) = (other_dossier_id IS NOT NULL)", name="merged_into"),
        CheckConstraint("other_dossier_id <> dossier_id", name="two_files"),
        CheckConstraint("(caseworker_id IS NULL) = (region IS NULL)", name="by_centre"),
        CheckConstraint("caseworker_id IS NOT NULL OR kind = 'reopened'", name="by_person"),
        Index("ix_household_event_dossier_id_sequence", "dossier_id", "sequence"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[Words]
    why: Mapped[Words | None]
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    """None: the person wrote, and the file opened again."""
    region: Mapped[Words | None]
    to_region: Mapped[Words | None]
    commune_bfs: Mapped[int | None]
    since: Mapped[date | None]
    other_dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    """The file that goes on."""
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Who in that file is the same person: nobody else of it is told."""
    details: Mapped[Sealed]
    """The reason in words, for the desk."""


class FileGlance(Base):
    """A caseworker opened the file of another region for an hour. Insert-only."""

    __tablename__ = "file_glance"
    __table_args__ = (Index("ix_file_glance_caseworker_id_sequence", "caseworker_id", "sequence"),)

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words] = mapped_column(index=True)
    """Of the caseworker."""
    regions: Mapped[WordList]
    """Whose file it was then: one region, or those that could take it."""
    session_hash: Mapped[Digest]
    """It holds in that session only: «next person» ends it, as it changes the session's name."""
    reason: Mapped[Words]
    instant: Mapped[Instant]
    until: Mapped[Instant]
    details: Mapped[Sealed]
    """The reason in words, for the two team leads."""
