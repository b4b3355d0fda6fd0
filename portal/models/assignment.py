"""Who of a centre has something in hand, who is away, and what waits beside the demands with the day of its clock."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Instant, Words
from portal.models.base import Identity as RowId


class Assignment(Base):
    """Somebody was given an item, or nobody has it any more. Insert-only: of each item the last one counts."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_item", "item_kind", "item_id", "sequence"),)

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """The order in which they were noted: two may fall on one instant."""
    item_kind: Mapped[Words]
    """Of `services.assigning.ItemKind`."""
    item_id: Mapped[uuid.UUID]
    assignee: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caseworker.id"), index=True)
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    at: Mapped[Instant]


class Absence(Base):
    """A caseworker is away until a day, or is back. Insert-only: of each the last one counts."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_caseworker_id_sequence", "caseworker_id", "sequence"),)

    id: Mapped[RowId]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    caseworker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    until: Mapped[date | None]
    """The last day away; none: back."""
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("caseworker.id"))
    at: Mapped[Instant]


class ClockItem(Base):
    """A request, a report, papers or a moved file that wait; demands stand in their own rows.

    Derived, by triggers (`refresh_clock_items`).
    """

    __tablename__ = "clock_item"
    __table_args__ = (
        CheckConstraint("item_kind IN ('request', 'report', 'papers', 'moved')", name="item_kind"),
        CheckConstraint(
            "asks IN ('urgent', 'reexamination', 'papers', 'decision', 'file', 'nothing', 'moved')", name="asks"
        ),
        Index("ix_clock_item_region_asks_day", "region", "asks", "day"),
    )

    item_kind: Mapped[Words] = mapped_column(primary_key=True)
    item_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """Of the request or the report; of papers and of a file on paper that was moved the dossier."""
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adult.id"))
    region: Mapped[Words | None]
    """The centre that has the household; none while no one has taken it."""
    asks: Mapped[Words]
    """Which clock runs, if one does: what the request asks for; `nothing` of a report that only nobody has read."""
    day: Mapped[date]
    """The local day on which it was asked for; of papers the next day by which one is wanted."""
    seen: Mapped[bool]
    """Whether the centre that has it has looked at it."""
