"""Reminders: who wants them by e-mail, and what the desk prints or calls about instead."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant, Sealed, Words
from portal.models.base import Identity as RowId


class MailWish(Base):
    """An adult wants reminders by e-mail from then on, or none any more. Insert-only: the last word counts."""

    __tablename__ = "mail_wish"
    __table_args__ = (
        CheckConstraint("wanted = (address IS NOT NULL)", name="address_when_wanted"),
        Index("ix_mail_wish_adult_id_sequence", "adult_id", "sequence"),
    )

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they were said: two may fall on one instant."""
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    instant: Mapped[Instant]
    wanted: Mapped[bool]
    language: Mapped[Words]
    """Of the page on which it was said: the mails are in it."""
    address: Mapped[Sealed | None]
    """Where to; none once they are not wanted. It stands nowhere in the clear: the mailbox may be another one."""


class CallLine(Base):
    """One line of the desk's list: a reminder that no mail brings, to print or to call about. Given once."""

    __tablename__ = "call_list"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
        CheckConstraint("(adult_id IS NULL) = (region IS NOT NULL)", name="person_or_centre"),
        Index("ix_call_list_open", "made_at", postgresql_where=text("done_at IS NULL")),
        Index("ix_call_list_done", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: Mapped[RowId]
    name: Mapped[Words] = mapped_column(unique=True)
    """That of the mail which it replaces: the same reminder never has two."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    """Who is to be told; none where the centre itself is."""
    region: Mapped[Words | None]
    """The centre that is to be told; none for a person."""
    kind: Mapped[Words]
    day: Mapped[date]
    """The day that it is about."""
    why: Mapped[Words]
    """Why no mail brings it: not wished, refused by the server, no address of the centre."""
    made_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    done_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
