"""Signed-in visits of citizens and of staff, in separate tables with separate grants; and counters of limits."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Identity, Instant, Words


class CitizenSession(Base):
    """One adult's visit. The cookie holds a random id, the row its keyed hash."""

    __tablename__ = "citizen_session"

    id_hash: Mapped[Digest] = mapped_column(primary_key=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"), index=True)
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class Caseworker(Base):
    """A member of a centre who may sign in: known by issuer and subject, never by e-mail."""

    __tablename__ = "caseworker"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[Identity]
    issuer: Mapped[Words]
    subject: Mapped[Words]
    name: Mapped[Words]
    region: Mapped[Words]
    active: Mapped[bool]


class StaffSession(Base):
    """One caseworker's visit."""

    __tablename__ = "staff_session"

    id_hash: Mapped[Digest] = mapped_column(primary_key=True)
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"), index=True)
    language: Mapped[Words]
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    helped_demand_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("demand.id"))
    """With whom the caseworker fills in the person's own form now; none while with nobody."""
    helped_adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    helped_at: Mapped[Instant | None]
    """When that form was used last; it closes like a visit."""


class LimitCounter(Base):
    """How often something was tried in one window, by a keyed hash of who tried."""

    __tablename__ = "limit_counter"

    key: Mapped[Digest] = mapped_column(primary_key=True)
    window: Mapped[Instant] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
