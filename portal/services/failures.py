"""What gave up: jobs and mails that need somebody. Counts and kinds alone: no name, no reference, no address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select, text

from portal.models import SentMail
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.writing import audit

SHOWN: Final = timedelta(days=60)
"""Mails of before are no matter of today."""


@dataclass(frozen=True)
class FailedJobs:
    """Jobs of one task that gave up: nobody tries them any more."""

    task: str
    count: int
    attempts: int
    last_at: datetime | None


@dataclass(frozen=True)
class MailTrouble:
    """Mails of one kind: refused for good, and those that may have come twice."""

    kind: str
    refused: int
    repeated: int
    last_at: datetime | None


@dataclass(frozen=True)
class Failures:
    """Everything that gave up."""

    jobs: tuple[FailedJobs, ...]
    mails: tuple[MailTrouble, ...]

    @property
    def none(self) -> bool:
        """Whether there is nothing."""
        return not self.jobs and not self.mails


def failures(kit: Kit, actor: Actor) -> Failures:
    """For any caseworker: it names nobody. The queue itself stays closed to them (`failed_jobs()` in the database)."""
    now = kit.clock.now()
    kind = func.split_part(SentMail.name, "/", 1)
    trouble = (
        select(
            kind,
            func.count(SentMail.refused_at),
            func.count().filter(SentMail.tries > 1),
            func.max(func.coalesce(SentMail.refused_at, SentMail.sent_at, SentMail.created_at)),
        )
        .where(or_(SentMail.refused_at.is_not(None), SentMail.tries > 1), SentMail.created_at > now - SHOWN)
        .group_by(kind)
        .order_by(kind)
    )
    jobs = text("SELECT task, jobs, attempts, last_at FROM failed_jobs() ORDER BY task")
    with kit.database.transaction() as session:
        found = Failures(
            tuple(FailedJobs(*row) for row in session.execute(jobs)),
            tuple(MailTrouble(*row) for row in session.execute(trouble)),
        )
        audit(session, actor, "failures:read", now)
    return found
