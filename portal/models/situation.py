"""What a household says of itself: the answers as they are given, the snapshots that were sent, its document requests."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant, Sealed, WordList, Words
from portal.models.base import Identity as RowId


class SituationDraft(Base):
    """The answers so far: one row for what the household says together, one for what each adult says for themselves."""

    __tablename__ = "situation_draft"
    __table_args__ = (UniqueConstraint("dossier_id", "adult_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[RowId]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Whose own answers they are; none for those of the household."""
    saved_at: Mapped[Instant]
    content: Mapped[Sealed]


class SituationSnapshot(Base):
    """The answers as they were sent to the centre. Insert-only: later corrections are a snapshot of their own."""

    __tablename__ = "situation_snapshot"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[RowId]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int] = mapped_column(Integer)
    """1 for the first of its dossier."""
    sent_at: Mapped[Instant]
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Who sent it; none when a caseworker did it for them."""
    content: Mapped[Sealed]


class DocumentRequestEvent(Base):
    """One thing that happened to a paper of the checklist. Insert-only; which paper it is stands in the sealed part."""

    __tablename__ = "document_request_event"
    __table_args__ = (
        Index("ix_document_request_event_wanted_by", "wanted_by", postgresql_where=text("wanted_by IS NOT NULL")),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they happened: two may fall on one instant, and the last word counts."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    instant: Mapped[Instant]
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    details: Mapped[Sealed]
    wanted_by: Mapped[date | None]
    """By when the centre wants it, so that the day can be asked for; which paper it is stays sealed."""


class AnswerMark(Base):
    """Who keyed the answers of one page at the centre, and how they were given. Insert-only; which page it is stays sealed.

    A line of the adult themselves follows only where a page of theirs has one of the centre: the last one counts.
    """

    __tablename__ = "answer_mark"
    __table_args__ = (
        CheckConstraint("(caseworker_id IS NULL) = (region IS NULL)", name="by_centre"),
        Index("ix_answer_mark_dossier_id_sequence", "dossier_id", "sequence"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    """Whose form it was."""
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    """None: the adult, with their own code."""
    region: Mapped[Words | None]
    roles: Mapped[WordList]
    """Values of `domain.role.Role`: the functions that the caseworker had then."""
    details: Mapped[Sealed]
    """Which page, and what was ticked."""


class PageTime(Base):
    """How long people took for a page of the situation: counts only, of nobody in particular."""

    __tablename__ = "page_time"

    page: Mapped[Words] = mapped_column(primary_key=True)
    seconds: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    """Upper end of the class."""
    count: Mapped[int] = mapped_column(Integer)
