"""That an adult closed their online account, until the desk gives them a new code."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Identity, Instant


class AccountClosing(Base):
    """One closing. The function `close_account` writes it; nobody removes it."""

    __tablename__ = "account_closing"
    __table_args__ = (
        Index("ix_account_closing_dossier_id", "dossier_id"),
        Index("uq_account_closing_open", "adult_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    instant: Mapped[Instant]
    """The codes and the visits that it ended have this very instant as their end."""
    ended_at: Mapped[Instant | None]
    """When the desk gave a new code: from then on the account is open again."""
