"""The worker gives reminders by itself: after its absence, after a kill with the sweep in hand, once."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest

from devstack.ports import LOOPBACK
from devstack.postgres import Postgres
from devstack.smtp import Smtp
from devstack.stack import Stack
from portal.domain.demand import Person
from portal.services.reminders import wishes
from tests.clock import ZURICH
from tests.devstack.database import Database
from tests.operations.waiting import defer, hurry, jobs, until
from tests.pages.world import World, world_of
from tests.servers import PROJECT, PortalWorker
from tests.services.letters import letters


@pytest.fixture
def week_old(bare_stack: Stack, postgres: Postgres, clean_database: Database) -> World:
    """Somebody who announced their demand a week ago, sent no answers, and wished for reminders."""
    world = world_of(bare_stack, clean_database)
    then = datetime.now(UTC).astimezone(ZURICH) - timedelta(days=7)
    world.clock.set(f"{then:%Y-%m-%d %H:%M}")
    announced = world.announce(Person("A B"), commune=6266)  # its centre has no duty address
    wishes.wish(world.citizen, world.adult(announced), "me@example.ch", "fr")
    return world


def test_a_worker_that_starts_gives_what_is_due(week_old: World, mailbox: Smtp, live_worker: PortalWorker) -> None:
    with week_old.database.connect("postgres") as connection:  # as at the next half hour
        connection.execute("DELETE FROM jobs.procrastinate_periodic_defers WHERE task_name = 'sweep_due'")
    defer(week_old.database, "sweep_due")
    until(lambda: letters(mailbox), "the reminder leaves")
    until(lambda: not jobs(week_old.database, "sweep_due"), "the sweep is done")
    assert [letter.to for letter in letters(mailbox)] == ["me@example.ch"]
    assert week_old.row("SELECT kind FROM call_list") == ("not-opened",)


def test_a_sweep_whose_worker_was_killed_is_taken_up_again(week_old: World, mailbox: Smtp, stack: Stack) -> None:
    database = week_old.database
    with socket.create_server((LOOPBACK, 0)) as silent:  # takes connections and never says a word
        stuck = stack.env("worker") | {"SMTP_URL": f"smtp://{LOOPBACK}:{silent.getsockname()[1]}"}
        worker = PortalWorker(stack.root, PROJECT, stuck)
        worker.start()
        defer(database, "sweep_due")
        until(lambda: "doing" in [job.status for job in jobs(database, "sweep_due")], "the sweep is in hand")
        until(lambda: week_old.count("sent_mail"), "it is about to send")
        worker.kill()
    with database.connect("postgres") as connection:  # half a minute and five minutes go by
        connection.execute("UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        connection.execute("DELETE FROM jobs.procrastinate_periodic_defers WHERE task_name = 'retry_stalled'")
        connection.execute("SET LOCAL search_path = public, jobs")
        connection.execute("DELETE FROM jobs.procrastinate_jobs WHERE task_name = 'sweep_due' AND status = 'todo'")
    worker = PortalWorker(stack.root, PROJECT, stack.env("worker"))
    worker.start()
    try:
        until(lambda: "doing" not in [job.status for job in jobs(database, "sweep_due")], "the sweep is put back")
        hurry(database)
        until(lambda: letters(mailbox), "the reminder leaves")
        until(lambda: not jobs(database, "sweep_due"), "and the sweep is done")
    finally:
        worker.stop()
    assert [letter.to for letter in letters(mailbox)] == ["me@example.ch"]
    assert week_old.row("SELECT tries FROM sent_mail") == (2,), "whether the first one left cannot be known"
