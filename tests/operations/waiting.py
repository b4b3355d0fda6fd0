"""Look at the queue, and do not wait a minute for a job that would be tried again in a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.devstack.database import Database

LONGEST = 30.0


class Job(NamedTuple):
    """One row of the queue."""

    status: str
    attempts: int


def until(happened: Callable[[], Any], what: str, seconds: float = LONGEST) -> Any:
    """Wait until something is true, and give it back."""
    deadline = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)
    return found


def jobs(database: Database, task: str) -> list[Job]:
    """The jobs of one task that are not done."""
    with database.connect("postgres") as connection:
        query = "SELECT status::text, attempts FROM jobs.procrastinate_jobs WHERE task_name = %s ORDER BY id"
        return [Job(*row) for row in connection.execute(query, [task]).fetchall()]


def tried_once(found: list[Job]) -> bool:
    """Whether there are jobs, and each was tried and waits to be tried again."""
    return bool(found) and all(job.status == "todo" and job.attempts >= 1 for job in found)


def hurry(database: Database) -> None:
    """Let every waiting job be due now, and tell the worker."""
    with database.connect("postgres") as connection:
        connection.execute("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        connection.execute(
            """SELECT pg_notify('procrastinate_any_queue_v1', '{"type": "job_inserted", "job_id": 0}')"""
        )


def defer(database: Database, task: str) -> None:
    """Put a periodic job on the queue before its hour."""
    with database.connect("portal_worker") as connection:
        connection.execute("SELECT defer_job(%s, '{\"timestamp\": 0}')", [task])
