"""Written decisions of the commune as centres record them, how each record ended waiting, and which wait."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Instant, Sealed, Words
from portal.models.base import Identity as RowId


class Decision(Base):
    """One caseworker's record of a letter of the commune. Insert-only; it counts once a second one has confirmed it."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("answers IN ('demand', 'urgent', 'report', 'request', 'nothing')", name="answers"),
        CheckConstraint(
            "(demand_id IS NOT NULL) = (answers IN ('demand', 'urgent'))"
            " AND (report_id IS NOT NULL) = (answers = 'report')"
            " AND (request_id IS NOT NULL) = (answers = 'request')",
            name="answers_one",
        ),
        CheckConstraint("NOT annuls OR replaces IS NOT NULL", name="annuls_another"),
        CheckConstraint("notified_on >= decided_on", name="notified_after"),
        UniqueConstraint("id", "caseworker_id"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they were recorded: two may fall on one instant."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Who alone asked for it and sees it; none: the household."""
    answers: Mapped[Words]
    demand_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("demand.id"), index=True)
    report_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("change_report.id"), index=True)
    request_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_request.id"), index=True)
    replaces: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    """The confirmed record that this one corrects."""
    annuls: Mapped[bool]
    """There is no such decision: the record that it replaces was a mistake."""
    decided_on: Mapped[date]
    notified_on: Mapped[date]
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    """Of the form's one-time token: the same form sent again is the same record."""
    details: Mapped[Sealed]
    """Its kind, and the centre's own note."""


class DecisionStep(Base):
    """How a record ended waiting. Insert-only, one for each record: whoever comes second changes nothing."""

    __tablename__ = "decision_step"
    __table_args__ = (
        CheckConstraint("kind IN ('confirmed', 'refused', 'taken-back')", name="kind"),
        CheckConstraint("(kind = 'taken-back') = (caseworker_id = recorded_by)", name="two_persons"),
        ForeignKeyConstraint(["decision_id", "recorded_by"], ["decision.id", "decision.caseworker_id"]),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    recorded_by: Mapped[uuid.UUID]
    """Who made the record: the database itself keeps the two persons apart."""
    kind: Mapped[Words]
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words]
    details: Mapped[Sealed | None]
    """Why it is wrong."""


class DecisionWaiting(Base):
    """A record that waits for a second person. Derived: made with it, gone with its step."""

    __tablename__ = "decision_waiting"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
