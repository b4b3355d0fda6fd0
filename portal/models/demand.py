"""A demand, and what has happened to it since. There is no granted state: the commune decides, in writing."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Digest, Identity, Instant, Sealed, WordList, Words

CHANNEL_LIST = "'online', 'phone', 'walk-in', 'letter', 'commune'"

# The board reads a region's demands in this order, from an index that holds them so (services/board.py). Written as
# PostgreSQL prints it, so that models and migrations can be compared.
BOARD_RANK = """
CASE
    WHEN urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL THEN 0
    WHEN decided_at IS NOT NULL THEN 3
    WHEN opened_at IS NULL THEN 1
    ELSE 2
END"""


def nearest_clock(decision_days: int, urgent_days: int) -> str:
    """SQL of the next day on which something is due: an urgent decision that was asked for, or the decision itself."""
    asked = "timezone('Europe/Zurich'::text, urgent_requested_at)::date"
    return f"LEAST(filing_date + {decision_days:d}, {asked} + {urgent_days:d})"


# With other legal clocks than these the board stays right and reads slowly, until a migration makes a new index.
INDEXED_CLOCK = nearest_clock(30, 5)


def urgent_clock(decision_days: int, urgent_days: int) -> str:
    """SQL of the same day of a demand whose urgent clock runs: once the demand is decided, that of what was asked since."""
    asked = "timezone('Europe/Zurich'::text, urgent_requested_at)::date"
    return f"""
CASE
    WHEN decided_at IS NULL THEN LEAST(filing_date + {decision_days:d}, {asked} + {urgent_days:d})
    ELSE {asked} + {urgent_days:d}
END"""


URGENT_RUNS = """urgent_requested_at IS NOT NULL AND withdrawn_at IS NULL AND urgent_decided_at IS NULL
    AND (decided_at IS NULL OR urgent_requested_at > decided_at)"""
"""The same rule as `domain.decision.ends_urgent`."""
URGENT_DECIDED = "urgent_decided_at IS NOT NULL AND decided_at IS NULL AND withdrawn_at IS NULL"
"""Only the clock of the decision runs still."""


class Demand(Base):
    """One announced demand. `instant` is when it reached us (or the first contact that staff recorded)."""

    __tablename__ = "demand"
    __table_args__ = (
        CheckConstraint(f"channel IN ({CHANNEL_LIST})", name="channel"),
        Index(
            "ix_demand_board",
            "region",
            text(f"({BOARD_RANK})"),
            text(f"({INDEXED_CLOCK})"),
            "filing_date",
            "instant",
            postgresql_where=text("withdrawn_at IS NULL AND closed_at IS NULL"),
        ),
        Index(
            "ix_demand_free",
            "filing_date",
            postgresql_where=text("region IS NULL AND withdrawn_at IS NULL"),
        ),
        Index("ix_demand_withdrawn", "region", postgresql_where=text("withdrawn_at IS NOT NULL")),
        Index(
            "ix_demand_urgent_unopened",
            "urgent_requested_at",
            postgresql_where=text("urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL"),
        ),
        # Neither gets an entry from an ordinary filing (services/clock_board.py).
        Index(
            "ix_demand_urgent_runs",
            "region",
            text(f"({urgent_clock(30, 5)})"),
            postgresql_where=text(URGENT_RUNS),
        ),
        Index("ix_demand_urgent_decided", "region", "filing_date", postgresql_where=text(URGENT_DECIDED)),
        Index("ix_demand_source", "source_hash", "instant"),
        Index("ix_demand_filing_date", "filing_date", postgresql_where=text("withdrawn_at IS NULL")),
        Index(
            "ix_demand_unopened",
            "recorded_at",
            postgresql_where=text("opened_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Identity]
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("adult.id"))
    channel: Mapped[Words]
    instant: Mapped[Instant]
    time_known: Mapped[bool]
    """False when staff know the day of the first contact but not the hour."""
    filing_date: Mapped[date]
    """The local day (Europe/Zurich) of the earliest proven contact; the register keeps every earlier reading."""
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[uuid.UUID | None]
    commune_bfs: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[Words | None]
    """The region that has it; none while several could be competent and no one has taken it."""
    candidate_regions: Mapped[WordList]
    antenna: Mapped[Words | None]
    urgent_requested_at: Mapped[Instant | None]
    urgent_opened_at: Mapped[Instant | None]
    opened_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    decided_at: Mapped[Instant | None]
    """When a decision on it that holds was confirmed here. Derived from `decision`, in the same transaction."""
    urgent_decided_at: Mapped[Instant | None]
    """The same of the urgent help that was asked for with it."""
    closed_at: Mapped[Instant | None]
    """Since when its file is closed at the centre. Derived from `household_event`, in the same transaction."""
    register_sequence: Mapped[int]
    answers: Mapped[Sealed]
    """What only the centre needs: who files for whom, which urgent needs. Sealed."""
    salt: Mapped[Sealed]
    """Key of the content's HMAC in the register; it goes with the demand, the chain stays whole."""
    check_code: Mapped[Words]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    source_hash: Mapped[Digest | None]
    """Keyed hash of day and network address; cleared after a day. Only used to mark floods for staff."""
    flooded: Mapped[bool]
    attempted_at: Mapped[Instant | None]
    """The signed instant of an attempt that could not be stored; staff decide what it is worth."""
    attempt_matches: Mapped[bool | None]
    """Whether what was typed then is what was filed now."""


class DemandEvent(Base):
    """One thing that happened to a demand: opened, taken, passed on, corrected, withdrawn, code issued."""

    __tablename__ = "demand_event"

    id: Mapped[Identity]
    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), index=True)
    instant: Mapped[Instant]
    kind: Mapped[Words]
    region: Mapped[Words | None]
    """The region of the caseworker who did it; none when the person did."""
    to_region: Mapped[Words | None]
    caseworker_id: Mapped[uuid.UUID | None]
    register_sequence: Mapped[int | None]
    details: Mapped[Sealed | None]
    """The reason in words, sealed."""


class SentMail(Base):
    """One mail that must leave, by a name of its own: written before it goes, marked when the server took it."""

    __tablename__ = "sent_mail"
    __table_args__ = (
        Index("ix_sent_mail_trouble", "created_at", postgresql_where=text("refused_at IS NOT NULL OR tries > 1")),
    )

    name: Mapped[Words] = mapped_column(primary_key=True)
    """For example `filed/<demand>` or `urgent/<demand>/3`: the same mail never has two names."""
    message_id: Mapped[Words]
    created_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    refused_at: Mapped[Instant | None]
    """The server will never take it: staff see that the mail did not arrive."""
    tries: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """How often it was handed to the server and may have left: more than one means that it may have come twice."""
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"), index=True)
    """To whom it was sent; none where it was a centre."""
