"""The household's file, its adults, and the code that lets one adult in."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.situation.words import APPLICANT
from portal.models.base import Base, Digest, Identity, Instant, WordList, Words


class Dossier(Base):
    """One household's file. The reference is public: it can be said on the phone and opens nothing by itself."""

    __tablename__ = "dossier"

    id: Mapped[Identity]
    reference: Mapped[Words] = mapped_column(unique=True)
    created_at: Mapped[Instant]


class Adult(Base):
    """One grown-up of the household. Name, birth and contacts are plain columns, for search; the notice says so."""

    __tablename__ = "adult"
    __table_args__ = (
        CheckConstraint("birth_date IS NULL OR birth_year IS NULL", name="one_birth"),
        UniqueConstraint("dossier_id", "person"),
        Index("ix_adult_name_key", "name_key"),
        # Both are read by the desk's search; a filing leaves the keys empty, so it adds nothing to the large one.
        Index(
            "ix_adult_search_keys",
            "search_keys",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
            postgresql_where=text("search_keys IS NOT NULL"),
        ),
        Index("ix_adult_without_search_keys", "id", postgresql_where=text("search_keys IS NULL")),
        Index("ix_adult_phone", "phone", postgresql_where=text("phone IS NOT NULL")),
        Index("ix_adult_email", "email", postgresql_where=text("email IS NOT NULL")),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    person: Mapped[Words] = mapped_column(server_default=APPLICANT)
    """Who that is among the persons of the situation."""
    name: Mapped[Words | None]
    """As the person writes it, any script; none when they prefer to say it at the desk."""
    latin_name: Mapped[Words | None]
    name_key: Mapped[Words | None]
    """Folded for search: no accents, no case, words in order."""
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    phone: Mapped[Words | None]
    email: Mapped[Words | None]
    postal_address: Mapped[Words | None]
    unreachable: Mapped[bool]
    """The person said that there is no way to reach them: the desk is the way."""
    language: Mapped[Words]
    """The portal's language when they filed; receipts and mails use it."""
    interview_language: Mapped[Words | None]
    interpreter: Mapped[bool | None]
    search_keys: Mapped[WordList | None] = mapped_column(deferred=True)
    """Under which the desk finds them (`portal.domain.names`). None: not made yet, or the name changed (a trigger)."""


class AccessCode(Base):
    """One adult's secret, kept as a keyed hash. A new one ends the one before."""

    __tablename__ = "access_code"
    __table_args__ = (
        Index(
            "uq_access_code_live",
            "adult_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Identity]
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    code_hash: Mapped[Digest]
    issued_at: Mapped[Instant]
    issued_by: Mapped[uuid.UUID | None]
    """The caseworker who issued it after seeing identity; none when it came with the filing."""
    ended_at: Mapped[Instant | None]
