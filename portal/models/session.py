"""Signed-in visits of citizens and of staff, in separate tables with separate grants; and counters of limits."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.role import DESK, Role
from portal.models.base import Base, Digest, Identity, Instant, Sealed, WordList, Words

KNOWN_ROLES: Final = ", ".join(f"'{role}'" for role in Role)
DESK_ROLES: Final = ", ".join(f"'{role}'" for role in Role if role in DESK)


class CitizenSession(Base):
    """One adult's visit. The cookie holds a random id, the row its keyed hash."""

    __tablename__ = "citizen_session"

    id_hash: Mapped[Digest] = mapped_column(primary_key=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"), index=True)
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class Caseworker(Base):
    """Somebody who may sign in at the desk: known by issuer and subject, never by e-mail."""

    __tablename__ = "caseworker"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        CheckConstraint(f"cardinality(roles) > 0 AND roles <@ ARRAY[{KNOWN_ROLES}]", name="known_roles"),
        CheckConstraint(f"(roles && ARRAY[{DESK_ROLES}]) = (region IS NOT NULL)", name="region_of_desk"),
    )

    id: Mapped[Identity]
    issuer: Mapped[Words]
    subject: Mapped[Words]
    name: Mapped[Words]
    region: Mapped[Words | None]
    """Whose files they work on; none where they work on none."""
    roles: Mapped[WordList]
    """Values of `domain.role.Role`."""
    active: Mapped[bool]


class StaffSession(Base):
    """One caseworker's visit."""

    __tablename__ = "staff_session"
    __table_args__ = (CheckConstraint("(lent_at IS NULL) = (lent_language IS NULL)", name="lent_whole"),)

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
    helped_how: Mapped[WordList | None]
    """What was ticked on the page before of what stays ticked (`domain.answer_mark.STAYS`)."""
    lent_at: Mapped[Instant | None]
    """Since when the device is with the person: the desk shows their form and nothing else. Stays when the visit ends."""
    lent_language: Mapped[Words | None]
    """In which language it is shown to them."""
    provider_session: Mapped[Digest | None]
    """Keyed hash of the provider's own name of the visit (`sid`)."""
    refresh_token: Mapped[Sealed | None]
    """By what the provider is asked whether it still vouches; goes when the visit ends."""
    checked_at: Mapped[Instant]
    """When it last did."""
    failed_at: Mapped[Instant | None]
    """When it could not be asked; none after a good check."""
    claimed_at: Mapped[Instant | None]
    """Since when a request is asking: the others do not."""
    ended_why: Mapped[Words | None]
    """A word of `domain.staff_session.Ended`."""
    open_dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    """The one household whose pages this session may show; none while nothing is open."""
    open_demand_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("demand.id"))
    """By which demand it was opened; none where its file began on paper."""
    open_since: Mapped[Instant | None]


class LogoutSeen(Base):
    """A logout that the provider told us of, once."""

    __tablename__ = "logout_seen"

    token_hash: Mapped[Digest] = mapped_column(primary_key=True)
    """Keyed hash of issuer and `jti`."""
    seen_at: Mapped[Instant]


class LimitCounter(Base):
    """How often something was tried in one window, by a keyed hash of who tried."""

    __tablename__ = "limit_counter"

    key: Mapped[Digest] = mapped_column(primary_key=True)
    window: Mapped[Instant] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
