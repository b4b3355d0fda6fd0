"""Figures of closed quarters, already coarse: nothing here is about one person, and nothing changes afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant


class FigurePeriod(Base):
    """What may be shown of the demands of some quarters. Insert-only: counted once, after they are closed."""

    __tablename__ = "figure_period"

    since: Mapped[date] = mapped_column(primary_key=True)
    """The first day of its first quarter."""
    until: Mapped[date] = mapped_column(unique=True)
    """The first day after its last quarter."""
    made_at: Mapped[Instant]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """As `services.figures` writes it."""
