"""Papers that people send: one document of pages, its files, the encrypted objects of each, and links for another device."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Identity, Instant, Sealed, Words


class Document(Base):
    """One paper of pages. Its key opens every object of it; without the key they are noise."""

    __tablename__ = "document"
    __table_args__ = (
        Index(
            "ix_document_review",
            "dossier_id",
            "review_since",
            postgresql_where=text("review_since IS NOT NULL AND removed_at IS NULL"),
        ),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    """Whose paper it is: nobody else of the household sees it."""
    created_at: Mapped[Instant]
    wrapped_key: Mapped[Sealed | None]
    """The key of its objects under a master key; none once the paper was deleted."""
    details: Mapped[Sealed]
    """Which paper of the checklist it is, or what the person calls it."""
    looked_at: Mapped[Instant | None]
    """When the centre looked at it first; from then on it stays as it is."""
    seen_at: Mapped[Instant | None]
    """When it looked last: a page that was still on its way at the first look is new until then."""
    review_since: Mapped[Instant | None]
    """Since when pages of it wait for a review; none once the centre noted something of the paper. Derived."""
    removed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Goes up with every change: another screen asks whether there is something new."""


class DocumentFile(Base):
    """One file as it was sent."""

    __tablename__ = "document_file"
    __table_args__ = (Index("ix_document_file_open", "touched_at", postgresql_where=text("state <> 'ready'")),)

    id: Mapped[Identity]
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), index=True)
    state: Mapped[Words]
    length: Mapped[int] = mapped_column(BigInteger)
    """Bytes that were announced."""
    received: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """Bytes that rest here."""
    begun_at: Mapped[Instant]
    touched_at: Mapped[Instant]
    """When something of it came last, or it was worked on."""
    received_at: Mapped[Instant | None]
    details: Mapped[Sealed]
    """Name and kind as the device said, and by what it knows the file again."""
    scan: Mapped[Words] = mapped_column(server_default=text("'none'"))
    fault: Mapped[Words | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    kind: Mapped[Words | None]
    """What it is by its content, once it was opened."""


class DocumentObject(Base):
    """One encrypted object in the store. A row without its object is reported; an object without a row goes."""

    __tablename__ = "document_object"
    __table_args__ = (UniqueConstraint("file_id", "role", "number"),)

    object_key: Mapped[Words] = mapped_column(primary_key=True)
    """Random; says nothing."""
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document_file.id"))
    role: Mapped[Words]
    number: Mapped[int] = mapped_column(BigInteger)
    """First byte of a run, or the page."""
    length: Mapped[int] = mapped_column(BigInteger)
    """Bytes of the content, before encryption."""
    digest: Mapped[Digest]
    """SHA-256 of the ciphertext: an older object under the same key does not pass."""


class DocumentPage(Base):
    """One page that can be looked at."""

    __tablename__ = "document_page"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[Identity]
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document_file.id"))
    number: Mapped[int] = mapped_column(Integer)
    """Within its file, from 0."""
    position: Mapped[int] = mapped_column(Integer)
    """Within the paper; only the order counts."""
    turn: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """Degrees clockwise: 0, 90, 180, 270."""
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    flaw: Mapped[Words | None]


class Handoff(Base):
    """A link that adds pages to one paper from another device, for a short time."""

    __tablename__ = "handoff"

    link_hash: Mapped[Digest] = mapped_column(primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"))
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    details: Mapped[Sealed]
    """Which paper it is for."""
    made_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    device_hash: Mapped[Digest | None] = mapped_column(unique=True)
    """The cookie of the device that used it."""
    ended_at: Mapped[Instant | None]
