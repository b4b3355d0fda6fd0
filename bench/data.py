"""`make bench-data`: the dossiers, papers and audit events of many years in the database of `make run`.

They stay until `var/` is removed. Nobody's answers or papers are in them: their content is random and opens nowhere.
"""

from __future__ import annotations

import argparse
import sys

from bench import dossiers, search
from bench.years import load_years
from devstack.stack import Stack
from portal.adapters.clock import SystemClock
from portal.services.kit import build_kit
from portal.services.search.indexing import index_all
from portal.settings import Settings
from tests.devstack.database import Database
from tests.servers import PROJECT


def main() -> int:
    """Fill it; 0 when it is done."""
    parser = argparse.ArgumentParser(prog="make bench-data", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000, help="default: 100000")
    options = parser.parse_args()
    stack = Stack(PROJECT / "var")
    found_running = stack.postgres.running
    stack.postgres.start()
    try:
        Database(stack.postgres).migrate(stack.env("both", owner=True))
        dossiers.load(stack.postgres, options.dossiers)
        search.name_people(stack.postgres, options.dossiers)
        kit = build_kit(Settings.from_env(stack.env("staff")), SystemClock())
        index_all(kit)
        kit.database.close()
        counts = load_years(stack.postgres)
    finally:
        if not found_running:
            stack.postgres.stop()
    print("{:,} dossiers, {:,} papers, {:,} audit events".format(*counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
