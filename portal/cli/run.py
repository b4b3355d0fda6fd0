"""Commands that run the portal: tables, register, caseworkers, jobs. They need the settings of a process."""

from __future__ import annotations

import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from portal import logs
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database
from portal.adapters.envelope import Envelope
from portal.adapters.inspection.confinement import hide_process
from portal.adapters.migrations import MigrationError
from portal.adapters.migrations import migrate as run_migrations
from portal.cli.answers import Day, answering, fail, say
from portal.domain.demand import start_of_day
from portal.domain.role import Role
from portal.law import directory
from portal.law.loader import LawDataError
from portal.services.housekeeping import purge as purge_data
from portal.services.kit import Kit, build_kit
from portal.services.people import leave as leave_desk
from portal.services.register import HeadFormatError, publish_head, read_head, verify_register
from portal.services.rewrapping import rewrap
from portal.services.staff import RolesError
from portal.services.staff import enrol as enrol_caseworker
from portal.settings import Settings, SettingsError, owner_database_url
from portal.worker import build, checker, mailer
from portal.worker import run as run_worker


@click.command("migrate")
@click.option("--to", "revision", default="head", help="Revision; default: the newest.")
def migrate(revision: str) -> None:
    """Bring the database up to date, as the owner of the tables."""
    try:
        run_migrations(owner_database_url(), revision)
    except (SettingsError, MigrationError) as error:
        fail(str(error))
    say({"migrated": revision})


@click.group("keys")
def keys() -> None:
    """The master keys."""


@keys.command("rewrap")
def rewrap_keys() -> None:
    """Put everything sealed under the first of MASTER_KEYS; no object is touched. Uses DATABASE_OWNER_URL."""
    with answering():
        found = rewrap(Database(owner_database_url()), Envelope(_settings().master_keys))
    say(vars(found))
    if found.unreadable:
        fail(f"{found.unreadable} values could not be opened: keep their master key")


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
        kit = _kit()
        say(vars(publish_head(kit, kit.store)))


@click.command("enrol")
@click.option("--issuer", required=True, help="The OpenID provider, exactly as in its tokens.")
@click.option("--subject", required=True, help="The caseworker's `sub` at that provider.")
@click.option("--name", required=True)
@click.option("--region", help="The region whose files they work on; none for figures and administration alone.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What they are there for; may be given several times. Default: social-worker.",
)
def enrol(issuer: str, subject: str, name: str, region: str | None, roles: tuple[str, ...]) -> None:
    """Let somebody sign in at the desk, or change their region or functions. Uses DATABASE_OWNER_URL."""
    if region is not None and region not in {known.id for known in directory.regions()}:
        fail(f"--region: must be one of {', '.join(known.id for known in directory.regions())}")
    held = [Role(role) for role in roles] or [Role.SOCIAL_WORKER]
    with answering():
        try:
            enrol_caseworker(Database(owner_database_url()), issuer, subject, name, region, held)
        except RolesError:
            fail("--region: wanted with reception, social-worker and team-lead, and with these only")
    say({"enrolled": subject, "region": region, "roles": sorted(held)})


@click.command("end-access")
@click.option("--issuer", required=True, help="The OpenID provider, exactly as in its tokens.")
@click.option("--subject", required=True, help="The caseworker's `sub` at that provider.")
def end_access(issuer: str, subject: str) -> None:
    """End somebody's access to the desk and their sessions, the last administrator's as well. Uses DATABASE_OWNER_URL."""
    with answering():
        ended = leave_desk(Database(owner_database_url()), issuer, subject, SystemClock().now())
    if not ended:
        fail("nobody of that issuer and subject has access")
    say({"ended": subject})


@click.command("worker")
def worker() -> None:
    """Run jobs until SIGINT or SIGTERM."""
    logs.configure()
    logging.getLogger("procrastinate").setLevel(logging.INFO)
    settings = _settings()
    hide_process()  # what opens strangers' files must not read the keys of its parent
    run_worker(build(_kit(), mailer(settings), checker(settings), settings.database_url))


@click.command("purge")
@click.option("--on", type=Day, help="As if it were this day; default: now.")
def purge(on: datetime | None) -> None:
    """Remove what is past its period (portal/law/retention); of a dossier nothing. Uses DATABASE_OWNER_URL."""
    now = SystemClock().now() if on is None else start_of_day(on.date() + timedelta(days=1))
    with answering():
        try:
            found = purge_data(Database(owner_database_url()), now)
        except LawDataError as error:
            fail(str(error))
    say({"until": now, "removed": found.removed, "kept": found.kept})


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingsError as error:
        fail(str(error))


def _kit() -> Kit:
    return build_kit(_settings(), SystemClock(), web=False)
