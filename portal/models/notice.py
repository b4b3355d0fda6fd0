"""Who acknowledged which version of a notice, what they want explained, and the links by which another adult reads it."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Identity, Instant, Sealed, Words


class Acknowledgement(Base):
    """One adult, one version of a notice, one language. Insert-only."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        UniqueConstraint("dossier_id", "person", "notice", "version"),
        CheckConstraint("(way = 'desk') = (caseworker_id IS NOT NULL)", name="desk_by_caseworker"),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    person: Mapped[Words]
    """Who that is among the persons of the situation; ids are never used again."""
    notice: Mapped[Words]
    version: Mapped[int] = mapped_column(Integer)
    language: Mapped[Words]
    words_digest: Mapped[Digest]
    """SHA-256 of the words as they were shown."""
    way: Mapped[Words]
    instant: Mapped[Instant]
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Who was signed in; none by a link and at the desk."""
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    details: Mapped[Sealed]
    """The person's name as the household said it then."""


class NoticeProgress(Base):
    """Which chapters an adult wants explained once more. Sealed: it says something of the person."""

    __tablename__ = "notice_progress"
    __table_args__ = (UniqueConstraint("dossier_id", "person", "notice", "version"),)

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    person: Mapped[Words]
    notice: Mapped[Words]
    version: Mapped[int] = mapped_column(Integer)
    saved_at: Mapped[Instant]
    details: Mapped[Sealed]


class NoticeLink(Base):
    """A link by which another adult reads a notice and acknowledges it: one use, fourteen days, nothing of the dossier."""

    __tablename__ = "notice_link"

    link_hash: Mapped[Digest] = mapped_column(primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    person: Mapped[Words]
    notice: Mapped[Words]
    made_at: Mapped[Instant]
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """None where the desk made it."""
    used_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    """Taken back, or replaced by a newer one."""
