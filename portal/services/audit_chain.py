"""Verify the audit log's chain, of both forms."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from portal.domain.audit import Event, faults
from portal.domain.register import Fault
from portal.models import AuditEvent
from portal.services.kit import Kit


def verify_audit(kit: Kit) -> tuple[int, tuple[Fault, ...]]:
    """How many events there are, and every fault of their chain. For the worker's role, or the staff's."""
    count = 0

    def counted() -> Iterator[Event]:
        nonlocal count
        for event in _events(kit):
            count += 1
            yield event

    found = tuple(faults(counted()))
    return count, found


def _events(kit: Kit) -> Iterator[Event]:
    with kit.database.transaction() as session:
        rows = select(AuditEvent).order_by(AuditEvent.sequence).execution_options(yield_per=1000)
        for row in session.scalars(rows):
            yield Event(
                row.sequence,
                row.instant,
                row.actor_kind,
                row.actor_id,
                row.region,
                row.action,
                row.dossier_id,
                row.adult_id,
                row.outcome,
                row.request_id,
                row.previous_hash,
                row.hash,
            )
            session.expunge(row)
