"""Bundles of a household that were made for its commune."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Identity, Instant, Words


class Bundle(Base):
    """One making. Insert-only: what was handed over stays said. What stood in the bundle is not kept, its hash is."""

    __tablename__ = "bundle"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'de')", name="language"),
        CheckConstraint("way IN ('carried', 'post', 'secure-mail')", name="way"),
        Index("ix_bundle_dossier_id_instant", "dossier_id", "instant"),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    instant: Mapped[Instant]
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    region: Mapped[Words]
    """The centre that made it."""
    commune_bfs: Mapped[int | None]
    """For which commune; none where nobody said one."""
    language: Mapped[Words]
    way: Mapped[Words]
    """How it reaches the commune, as the caseworker said."""
    manifest_sha256: Mapped[Digest]
    with_gaps: Mapped[bool]
    """Whether something was missing or not sure, and the caseworker had seen it."""
