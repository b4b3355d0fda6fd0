"""The filing register and the audit log: insert-only, chained by hash. A trigger gives sequence and hash."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, CheckConstraint, FetchedValue, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Instant, Words


class RegisterEntry(Base):
    """One dated act, without any personal datum. What the trigger fills is never sent by the application."""

    __tablename__ = "filing_register"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('filing', 'correction', 'urgent-request', 'withdrawal', 'report', 'report-withdrawal',"
            " 'reexamination-request')",
            name="kind",
        ),
        Index("ix_filing_register_reference", "reference"),
    )

    sequence: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, server_default=FetchedValue()
    )
    reference: Mapped[Words]
    kind: Mapped[Words]
    channel: Mapped[Words]
    instant: Mapped[Instant]
    """The instant that counts: arrival of the request, or the first contact that staff recorded."""
    recorded_at: Mapped[Instant]
    commune_bfs: Mapped[int | None] = mapped_column(Integer)
    content_hmac: Mapped[Digest]
    key_id: Mapped[Words]
    signature: Mapped[Digest]
    previous_hash: Mapped[Digest]
    hash: Mapped[Digest]


class AuditEvent(Base):
    """Who did what to which dossier, when, with what outcome. No case content."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_dossier_id_sequence", "dossier_id", "sequence"),
        Index("ix_audit_event_region_sequence", "region", "sequence"),
        Index("ix_audit_event_actor_id_sequence", "actor_id", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, server_default=FetchedValue()
    )
    instant: Mapped[Instant]
    actor_kind: Mapped[Words]
    actor_id: Mapped[uuid.UUID | None]
    region: Mapped[Words | None]
    action: Mapped[Words]
    dossier_id: Mapped[uuid.UUID | None]
    adult_id: Mapped[uuid.UUID | None]
    """Whom it concerns; none: the household as a whole, nobody, or written before events said so."""
    outcome: Mapped[Words]
    request_id: Mapped[Words]
    previous_hash: Mapped[Digest]
    hash: Mapped[Digest]
