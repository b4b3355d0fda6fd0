"""`python -m bench`: exit code 1 when filing or a paper costs over three times the bare way, or a budget or goal is not held."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import psycopg

from bench import desk, dossiers, estimates, filing, pages, search, uploads, weights
from bench.client import Client
from bench.people import Person
from bench.servers import SETTINGS, Bench, running
from devstack.postgres import OWNER

CLIENTS = (1, 8)
PARTS = ("estimates", "filing", "uploads", "pages", "search", "desk")
ALONE = {"estimates", "desk"}
"""Parts that bring what they need."""


def say(*lines: str) -> None:
    """Print at once."""
    print(*lines, sep="\n", flush=True)


def durable(bench: Bench) -> bool:
    """Print the settings that make a commit durable; False when one is off."""
    with psycopg.connect(bench.postgres.url(OWNER)) as connection:
        row = connection.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')").fetchone()
    say(f"PostgreSQL: fsync = {row[0]}, synchronous_commit = {row[1]}" if row else "PostgreSQL: unknown")
    return row == ("on", "on")


def papers(bench: Bench, rounds: int) -> bool:
    """What a paper costs beside a bare put, and what it weighs; True when everything holds."""
    bench.stack.s3.start()
    person = Person(bench.portal.port)
    person.open_dossier()
    sender = uploads.Sender(person, bench.portal.port)
    times = uploads.compare(bench, sender, rounds)
    say("", *uploads.table(times))
    found = weights.measure(bench, person, sender)
    say("", *weights.table(found))
    return times.ratio <= uploads.LIMIT and found.above <= weights.LIMIT_MB


def over_the_stack(options: argparse.Namespace, parts: Sequence[str]) -> bool:
    """The parts that need the servers; True when everything holds."""
    with running() as bench, Client() as client:
        say(f"gunicorn, the same for all: {' '.join(SETTINGS)}")
        holds = durable(bench)
        if "filing" in parts:
            size = options.filings, options.rounds
            found = [filing.compare(bench, client, clients, *size, anew=options.anew) for clients in CLIENTS]
            say("", *filing.table(found))
            holds &= all(one.ratio <= filing.LIMIT for one in found)
        if "uploads" in parts:
            holds &= papers(bench, options.rounds)
        if "pages" in parts:
            dossiers.load(bench.postgres, options.dossiers)
            seen, weights = pages.measure_pages(bench, client), pages.weigh(bench)
            say("", f"with {options.dossiers} dossiers, one client:", *pages.page_table(seen))
            say("", *pages.weight_table(weights))
            holds &= all(one.times.median <= pages.LIMIT_MS for one in seen)
            holds &= all(one.whole <= pages.VIEW_LIMIT and one.scripts <= pages.SCRIPT_LIMIT for one in weights)
        if "search" in parts:
            searched = search.measure(bench, options.dossiers)
            say("", *search.table(searched))
            holds &= search.holds(searched)
    return holds


def at_the_desk(options: argparse.Namespace) -> bool:
    """On an empty portal, since it begins with a tenth of the dossiers; True when everything holds."""
    with running() as bench, Client() as client:
        days = desk.measure(bench, client, options.dossiers)
    say("", *desk.table(days))
    return desk.holds(days)


def main() -> int:
    """Run the bench; 0 when everything holds."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; default: all")
    parser.add_argument("--rounds", type=int, default=20, help="measured rounds of each kind; default: 20")
    parser.add_argument("--filings", type=int, default=80, help="filings in a round; default: 80")
    parser.add_argument("--anew", action="store_true", help="filings whose answers are checked once more")
    parser.add_argument("--dossiers", type=int, default=100_000, help="in the database for the pages; default: 100000")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = options.parts or PARTS
    holds = True
    if "estimates" in parts:
        speed = estimates.measure()
        say(*estimates.table(speed))
        holds &= speed.ratio >= 1
    if set(parts) - ALONE:
        holds &= over_the_stack(options, parts)
    if "desk" in parts:
        holds &= at_the_desk(options)
    say("", "everything holds" if holds else "NOT everything holds: see OVER above")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
