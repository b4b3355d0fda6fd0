"""Adults who have a file of their own now, apart from the household's."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant


class Apart(Base):
    """Which file an adult left, and which is theirs now. Insert-only; only the desk reads it."""

    __tablename__ = "apart"

    new_dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    old_dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    """Who they are in the old file."""
    instant: Mapped[Instant]
