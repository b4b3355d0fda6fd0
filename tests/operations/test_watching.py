"""The questions that `docs/operations.md` asks the database, and what it tells an operator to type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

import pytest

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.clock import ORDINARY_DAY, ZURICH
from tests.devstack.database import Database
from tests.operations.handbook import Shell, block, worked
from tests.operations.waiting import Job, jobs
from tests.pages.world import World, world_of

WORKER = "portal_worker"
ALIVE = "INSERT INTO jobs.procrastinate_workers DEFAULT VALUES"


@pytest.fixture
def world(bare_stack: Stack, postgres: Postgres, clean_database: Database) -> Iterator[World]:
    """The portal in this process, three days ago."""
    world = world_of(bare_stack, clean_database)
    world.clock.set(f"{datetime.now(ZURICH) - timedelta(days=3):%Y-%m-%d %H:%M}")
    yield world
    world.clock.set(ORDINARY_DAY)


def watch(postgres: Postgres) -> list[str]:
    """What the block `monitor` prints, as the worker's role."""
    return worked(Shell(postgres).psql(postgres.url(WORKER), block("sql", "monitor"))).splitlines()


def test_all_is_well(world: World, postgres: Postgres) -> None:
    with world.superuser() as connection:
        connection.execute(ALIVE)
    assert watch(postgres) == []


def test_each_trouble_is_seen(world: World, postgres: Postgres) -> None:
    assert watch(postgres) == ["no worker"]
    announced = world.announce(urgent=True)
    with world.superuser() as connection:
        connection.execute(ALIVE)
        connection.execute("UPDATE jobs.procrastinate_events SET at = now() - interval '20 minutes'")
        connection.execute(
            "INSERT INTO sent_mail VALUES ('urgent/1/sierre/0', '<1@x>', now(), NULL, now()), "
            "('filed/2', '<2@x>', %s, NULL, NULL)",
            [datetime.now(ZURICH) - timedelta(hours=2)],
        )
    urgent, refused, waiting_job, waiting_mail, unopened = watch(postgres)
    assert urgent.startswith(f"{announced.reference}|sierre|3 days")
    assert refused.startswith("urgent/1/sierre/0|")
    assert "|tell_filing|todo|0|" in waiting_job
    assert waiting_mail.startswith("filed/2|")
    assert unopened.startswith(f"{announced.reference}|sierre|")


def test_a_demand_that_is_opened_is_no_trouble(world: World, postgres: Postgres) -> None:
    announced = world.announce(urgent=True)
    assert world.desk("sierre").open(f"/staff/demands/{announced.id}").status == 200
    assert not any(announced.reference in line for line in watch(postgres))


def test_a_failed_job_is_put_back(world: World, postgres: Postgres, clean_database: Database) -> None:
    world.announce()
    with world.superuser() as connection:
        connection.execute(ALIVE)
        connection.execute("SET LOCAL search_path = jobs, public")  # the queue's own triggers want it
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        connection.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 2000")
    assert "|tell_filing|failed|2000|" in watch(postgres)[0]
    worked(Shell(postgres).psql(postgres.url(WORKER), block("sql", "retry-jobs")))
    assert jobs(clean_database, "tell_filing") == [Job("todo", 2001)]


def test_a_caseworker_who_left_is_out_at_the_next_click(
    world: World, bare_stack: Stack, postgres: Postgres, tmp_path: Path
) -> None:
    variables = bare_stack.env("both", owner=True)
    (tmp_path / "owner.env").write_text("".join(f"{name}={quote(value)}\n" for name, value in variables.items()))
    desk = world.desk("sierre")
    assert desk.open("/staff/").path == "/staff/"
    subject = world.row("SELECT subject FROM caseworker")[0]
    shell = Shell(postgres, CONFIG=tmp_path, ISSUER=world.stack.oidc.issuer, SUBJECT=str(subject))
    worked(shell.run("leave"))
    assert desk.open("/staff/").path == "/staff/sign-in"
