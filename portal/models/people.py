"""Who was invited to the desk, and what was changed of the people of the desk."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.invitation import INVITABLE
from portal.models.base import Base, Instant, WordList, Words
from portal.models.base import Identity as RowId
from portal.models.session import DESK_ROLES

INVITABLE_ROLES: Final = ", ".join(f"'{role}'" for role in INVITABLE)


class Invitation(Base):
    """One invitation, to one address. Its functions never hold the administrator's: the database itself refuses it."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(f"cardinality(roles) > 0 AND roles <@ ARRAY[{INVITABLE_ROLES}]", name="known_roles"),
        CheckConstraint(f"(roles && ARRAY[{DESK_ROLES}]) = (region IS NOT NULL)", name="region_of_desk"),
        CheckConstraint("language IN ('fr', 'de')", name="language"),
        CheckConstraint("(taken_at IS NULL) = (caseworker_id IS NULL)", name="taken_by"),
        CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index(
            "uq_invitation_open",
            "address",
            unique=True,
            postgresql_where=text("taken_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    address: Mapped[Words]
    """The e-mail address at the provider, folded (`domain.invitation.folded`)."""
    name: Mapped[Words]
    roles: Mapped[WordList]
    region: Mapped[Words | None]
    language: Mapped[Words]
    """Of the mail."""
    made_at: Mapped[Instant]
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    ends_at: Mapped[Instant]
    taken_at: Mapped[Instant | None]
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    """Who took it up."""
    withdrawn_at: Mapped[Instant | None]


class CaseworkerChange(Base):
    """What one of the desk was from an instant on. Insert-only, written by the functions that change them and no other."""

    __tablename__ = "caseworker_change"

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"), index=True)
    instant: Mapped[Instant]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"))
    """Which administrator; none where an invitation was taken up, which says who made it."""
    roles: Mapped[WordList]
    region: Mapped[Words | None]
    active: Mapped[bool]
