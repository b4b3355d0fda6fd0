"""What adults ask of the centre and write to it, what it answers, who has read what, and which threads wait for an answer."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Instant, Sealed, Words
from portal.models.base import Identity as RowId


class CaseRequest(Base):
    """One adult asks for urgent help, a re-examination, a decision, the own file. Insert-only."""

    __tablename__ = "case_request"
    __table_args__ = (
        CheckConstraint("kind IN ('urgent', 'reexamination', 'decision', 'file')", name="kind"),
        Index("ix_case_request_adult_id_kind_instant", "adult_id", "kind", "instant"),
        Index("ix_case_request_urgent", "instant", postgresql_where=text("kind = 'urgent'")),
        Index("ix_case_request_reexamination", "instant", postgresql_where=text("kind = 'reexamination'")),
    )

    id: Mapped[RowId]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    kind: Mapped[Words]
    instant: Mapped[Instant]
    """When it reached us."""
    register_sequence: Mapped[int | None] = mapped_column(BigInteger)
    details: Mapped[Sealed]
    """The words, and the salt of the HMAC that the register has of them."""


class ThreadMessage(Base):
    """One line of the thread of one adult with the centre. Insert-only; `sequence` is the order."""

    __tablename__ = "thread_message"
    __table_args__ = (
        CheckConstraint("kind IN ('message', 'request', 'answer', 'settled', 'closed', 'reopened')", name="kind"),
        CheckConstraint(
            "(kind IN ('answer', 'settled', 'closed', 'reopened')) = (caseworker_id IS NOT NULL)",
            name="centre_by_caseworker",
        ),
        CheckConstraint("(caseworker_id IS NULL) = (region IS NULL)", name="region_of_caseworker"),
        CheckConstraint(
            "(kind IN ('request', 'closed', 'reopened')) = (about IS NOT NULL)", name="request_is_about_one"
        ),
        CheckConstraint("(kind = 'closed') = (reason IS NOT NULL)", name="closed_because"),
        CheckConstraint("reason IN ('decided', 'handed', 'taken-back', 'double', 'other')", name="reason"),
        Index("ix_thread_message_adult_id_sequence", "adult_id", "sequence"),
        Index("ix_thread_message_about_sequence", "about", "sequence", postgresql_where=text("about IS NOT NULL")),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    """Whose thread it is: nobody else of the household sees it."""
    kind: Mapped[Words]
    about: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_request.id"))
    reason: Mapped[Words | None]
    """Why the centre closed that request: `domain.request_closing.Because`."""
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words | None]
    """Of the centre that wrote it: people see the centre, never the private name."""
    language: Mapped[Words]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    """Of the form's one-time token and its words: the same form sent again is the same message."""
    details: Mapped[Sealed]
    """The words."""


class CaseSeen(Base):
    """The first look of one side at something of the other. Insert-only: a later look changes nothing."""

    __tablename__ = "case_seen"

    about: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """A request, or a message that is none."""
    reader: Mapped[Words] = mapped_column(primary_key=True)
    """`person`, or the region of the centre: after a move the next one has to look for itself."""
    instant: Mapped[Instant]


class ThreadWaiting(Base):
    """A thread with a message without an answer, or an open request. Derived: made with that word; the centre's lines end it."""

    __tablename__ = "thread_waiting"

    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"), primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    since: Mapped[Instant]
    """The first word of it."""
    asked: Mapped[bool]
    """Whether a request is among them; a mere message may be settled without an answer."""
    urgent: Mapped[bool]
