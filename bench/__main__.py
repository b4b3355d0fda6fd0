"""`python -m bench`: exit code 1 when filing costs more than three times the bare route."""

from __future__ import annotations

import argparse
import sys

import psycopg

from bench.filing import LIMIT, compare, lines
from bench.servers import SETTINGS, Bench, running
from devstack.postgres import OWNER


def say(text: str = "") -> None:
    """Print at once."""
    print(text, flush=True)


def show_durability(bench: Bench) -> bool:
    """Print the settings that make a commit durable; False when one is off."""
    with psycopg.connect(bench.postgres.url(OWNER)) as connection:
        found = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")}
    say("PostgreSQL: " + ", ".join(f"{name} = {value}" for name, value in found.items()))
    return set(found.values()) == {"on"}


def main() -> int:
    """Run the bench; 0 when everything holds."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="measured rounds of each kind")
    parser.add_argument("--filings", type=int, default=160, help="filings in one round")
    options = parser.parse_args()
    with running() as bench:
        say(f"gunicorn, both: {' '.join(SETTINGS)}")
        good = show_durability(bench)
        found = [compare(bench, clients, options.filings // clients, options.rounds) for clients in (1, 8)]
        for line in lines(found):
            say(line)
    return 0 if good and all(one.ratio <= LIMIT for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
