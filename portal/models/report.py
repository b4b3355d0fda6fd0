"""Reports of a change of situation, what happened to them, and the one that an adult is writing."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Instant, Sealed, Words
from portal.models.base import Identity as RowId
from portal.models.demand import CHANNEL_LIST


class ChangeReport(Base):
    """What an adult reported, when, and where it stands in the register. Insert-only; what changed is sealed."""

    __tablename__ = "change_report"
    __table_args__ = (
        CheckConstraint(f"channel IN ({CHANNEL_LIST})", name="channel"),
        Index("ix_change_report_asks_decision", "instant", postgresql_where=text("asks_decision")),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which reports arrived: of two values for one day the later one counts."""
    name: Mapped[Words] = mapped_column(unique=True)
    """Ten letters of chance: its papers and the persons who came with it bear them."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    """Whose report it is, also where a caseworker keyed it in with them."""
    channel: Mapped[Words]
    instant: Mapped[Instant]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    corrects: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("change_report.id"))
    asks_decision: Mapped[bool] = mapped_column(Boolean)
    register_sequence: Mapped[int] = mapped_column(BigInteger, ForeignKey("filing_register.sequence"))
    check_code: Mapped[Words]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    salt: Mapped[Digest]
    """Key of the content's HMAC in the register."""
    content: Mapped[Sealed]


class ChangeReportEvent(Base):
    """One thing that happened to a report. Insert-only."""

    __tablename__ = "change_report_event"
    __table_args__ = (
        CheckConstraint("kind IN ('read', 'asked-back', 'counted', 'decided', 'withdrawn', 'corrected')", name="kind"),
        Index("ix_change_report_event_report_id", "report_id", "kind"),
        Index(
            "uq_change_report_event_once",
            "report_id",
            "kind",
            unique=True,
            postgresql_where=text("kind IN ('read', 'withdrawn', 'corrected')"),
        ),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("change_report.id"))
    instant: Mapped[Instant]
    kind: Mapped[Words]
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    register_sequence: Mapped[int | None] = mapped_column(BigInteger)
    details: Mapped[Sealed | None]


class ReportUnread(Base):
    """The reports that nobody at the centre has read: what the board counts. Derived; it goes with the first reading."""

    __tablename__ = "report_unread"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("change_report.id"), primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))


class ReportDraft(Base):
    """The report that an adult is writing, or keeps for the day when it comes true: one for each."""

    __tablename__ = "report_draft"
    __table_args__ = (UniqueConstraint("adult_id"), Index("ix_report_draft_saved_at", "saved_at"))

    id: Mapped[RowId]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    saved_at: Mapped[Instant]
    content: Mapped[Sealed]
