"""Commands: `flask --app app …`. Each prints JSON; bad input gives a clear message and an exit code that is not 0.

`deadlines` and `centre` need no server and no secret. `migrate` and `enrol` need the tables' owner.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask

from portal import logs
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database, DatabaseUnavailableError
from portal.adapters.migrations import MigrationError
from portal.adapters.migrations import migrate as run_migrations
from portal.adapters.objects import StorageUnavailableError
from portal.domain.deadlines import days_left, decision_due, urgent_due
from portal.law import directory
from portal.law.parameters import BeforeTheLawError, parameter
from portal.services.kit import Kit, build_kit
from portal.services.register import HeadFormatError, publish_head, read_head, verify_register
from portal.services.staff import enrol as enrol_caseworker
from portal.settings import Settings, SettingsError, owner_database_url
from portal.worker import build, mailer, object_store
from portal.worker import run as run_worker

Day = click.DateTime(formats=["%Y-%m-%d"])


def say(answer: object) -> None:
    """Print an answer as JSON."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def fail(message: str) -> NoReturn:
    """End with a message on standard error and exit code 2."""
    click.echo(f"error: {message}", err=True)
    sys.exit(2)


@contextmanager
def answering() -> Iterator[None]:
    """End with a message when a server that a command needs is away, or its address is not set."""
    try:
        yield
    except DatabaseUnavailableError:
        fail("the database does not answer, or refuses this role")
    except StorageUnavailableError as error:
        fail(f"the object store does not answer, or refuses ({error})")
    except SettingsError as error:
        fail(str(error))


@click.command("deadlines")
@click.option("--filed", type=Day, required=True, help="Filing date, YYYY-MM-DD.")
@click.option("--urgent", type=Day, help="Date of the express urgent request, YYYY-MM-DD.")
def deadlines(filed: datetime, urgent: datetime | None) -> None:
    """Legal clocks of a demand."""
    try:
        clocks = [_clock("decision", "decision_clock", filed.date(), decision_due)]
        if urgent is not None:
            if urgent < filed:
                fail("--urgent: the urgent request cannot be before the filing date")
            clocks.append(_clock("urgent", "urgent_clock", urgent.date(), urgent_due))
    except BeforeTheLawError:
        fail("--filed: before 2021-07-01 the old regulation applied; ask the centre")
    say({"filed": filed.date(), "clocks": clocks})


def _clock(name: str, rule_name: str, start: date, due: Callable[[date, int], date]) -> dict[str, Any]:
    rule = parameter(rule_name, start)
    end = due(start, rule.whole())
    return {
        "clock": name,
        "start": start,
        "days": rule.whole(),
        "due": end,
        "length": days_left(end, start),
        "article": rule.article,
        "source": rule.source,
        "confidence": rule.confidence.value,
    }


@click.command("centre")
@click.argument("bfs_number", type=int)
@click.option("--on", "on", type=Day, required=True, help="Day, YYYY-MM-DD.")
def centre(bfs_number: int, on: datetime) -> None:
    """Which centre is responsible for a commune on a day."""
    commune = directory.commune(bfs_number, on.date())
    if commune is None:
        fail(f"BFS-NUMBER: no commune of Valais has the number {bfs_number} on {on:%Y-%m-%d}")
    region = directory.region(commune.region)
    say(
        {
            "commune": commune.name,
            "bfs_number": commune.bfs_number,
            "region": region.id,
            "name_fr": region.name_fr,
            "name_de": region.name_de,
            "antenna": commune.antenna,
            "candidate_regions": commune.candidate_regions,
            "confidence": commune.confidence_region.value,
            "note": commune.note,
        }
    )


@click.command("migrate")
@click.option("--to", "revision", default="head", help="Revision; default: the newest.")
def migrate(revision: str) -> None:
    """Bring the database up to date, as the owner of the tables."""
    try:
        run_migrations(owner_database_url(), revision)
    except (SettingsError, MigrationError) as error:
        fail(str(error))
    say({"migrated": revision})


@click.group("register")
def register() -> None:
    """The filing register."""


@register.command("verify")
@click.option("--head", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A signed head.")
@click.option("--receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A receipt's QR text.")
def register_verify(head: Path | None, receipt: Path | None) -> None:
    """Check the chain: altered, missing, reordered and cut-off entries. Exit code 1 when it is not whole."""
    try:
        signed = read_head(head.read_text()) if head else None
    except (HeadFormatError, UnicodeDecodeError):
        fail("--head: this file is not a signed head of the register")
    text = receipt.read_text(errors="replace").strip().rpartition("q=")[2] if receipt else None
    with answering():
        report = verify_register(_kit(), signed, text)
    say(
        {
            "entries": report.entries,
            "whole": not report.faults,
            "faults": [vars(fault) for fault in report.faults],
            "unknown": report.unknown,
        }
    )
    sys.exit(1 if report.faults else 0)


@register.command("head")
def register_head() -> None:
    """Sign the register's present head and put it into the object store; prints it."""
    with answering():
        say(vars(publish_head(_kit(), object_store(_settings()))))


@click.command("enrol")
@click.option("--issuer", required=True, help="The OpenID provider, exactly as in its tokens.")
@click.option("--subject", required=True, help="The caseworker's `sub` at that provider.")
@click.option("--name", required=True)
@click.option("--region", required=True, help="The region that the caseworker sees.")
def enrol(issuer: str, subject: str, name: str, region: str) -> None:
    """Let a caseworker sign in, or move them to another region. Uses DATABASE_OWNER_URL."""
    if region not in {known.id for known in directory.regions()}:
        fail(f"--region: must be one of {', '.join(known.id for known in directory.regions())}")
    with answering():
        enrol_caseworker(Database(owner_database_url()), issuer, subject, name, region)
    say({"enrolled": subject, "region": region})


@click.command("worker")
def worker() -> None:
    """Run jobs until SIGINT or SIGTERM."""
    logs.configure()
    logging.getLogger("procrastinate").setLevel(logging.INFO)
    settings = _settings()
    run_worker(build(_kit(), mailer(settings), object_store(settings), settings.database_url))


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingsError as error:
        fail(str(error))


def _kit() -> Kit:
    return build_kit(_settings(), SystemClock())


def create_cli() -> Flask:
    """An application without pages, for the command line."""
    app = Flask("portal")
    for command in (deadlines, centre, migrate, register, enrol, worker):
        app.cli.add_command(command)
    return app
