"""A household whose file began on paper: the centre helps it already, and no demand was announced here."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Instant, Words


class PaperFile(Base):
    """What stands in the place of a demand: which centre has the household, and since when it is helped.

    No demand is made up for it: that would be a wrong date in the register and clocks that nobody started.
    """

    __tablename__ = "paper_file"
    __table_args__ = (CheckConstraint("EXTRACT(day FROM since) = 1", name="first_day"),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    region: Mapped[Words] = mapped_column(index=True)
    commune_bfs: Mapped[int | None]
    since: Mapped[date]
    """The first day of the month since which the household is helped, as the caseworker knows it."""
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    instant: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    """As that of a demand."""
    arrived_at: Mapped[Instant | None]
    """Since when it waits for the centre that it was moved to; none: that has opened it, or it was never moved."""
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    """Of the form's one-time token: sent twice it is one file."""
