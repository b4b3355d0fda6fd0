"""Run the soak: each part on a fresh embedded stack. Exit code 1 when a part has a fault."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from devstack.stack import Stack
from tests.devstack.database import Database
from tests.devstack.guards import install_socket_guard
from tests.devstack.leftovers import clear_leftovers, new_root, remove_root
from tests.servers import PROJECT
from tests.soak import crash, histories, load, papers
from tests.soak.parts import Part, Request, Result

PARTS: tuple[Part, ...] = (crash.part, papers.part, load.part, histories.part)
SEED = 2
SECONDS = 900.0


def commit() -> str:
    """The commit of this checkout, `+` behind it when files differ from it; `unknown` outside of git."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()


@contextmanager
def fresh_stack() -> Iterator[Stack]:
    """A stack in a folder of its own with PostgreSQL running and migrated; all is ended and removed afterwards."""
    root = new_root()
    with ExitStack() as ends:
        ends.callback(remove_root, root)
        stack = Stack(root)
        ends.callback(stack.stop)
        stack.postgres.start()
        Database(stack.postgres).migrate(stack.env("both", owner=True))
        yield stack


def run(part: Part, request: Request) -> Result:
    """One part; what it raises becomes a fault."""
    try:
        with fresh_stack() as stack:
            return part.run(stack, request)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        return Result(f"{part.name}: did not end: {text}", {}, (text,))


def main() -> int:
    """Run the parts; 0 when none has a fault."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(part.name for part in PARTS)}; default: all"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"bound for each part; default: {SECONDS:.0f}")
    parser.add_argument("--count", type=int, help=f"histories only: how many; default: {histories.COUNT:,}")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON only")
    options = parser.parse_args()
    if unknown := set(options.parts) - {part.name for part in PARTS}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    install_socket_guard()
    clear_leftovers()
    request = Request(options.seed, options.seconds, options.count)
    found: dict[str, object] = {"commit": commit(), "seed": options.seed}
    if not options.json:
        print(f"soak at commit {found['commit']}, seed {options.seed}", flush=True)
    faults = 0
    for part in PARTS:
        if options.parts and part.name not in options.parts:
            continue
        begun = time.monotonic()
        result = run(part, request)
        faults += len(result.faults)
        seconds = round(time.monotonic() - begun, 1)
        found[part.name] = {**result.figures, "faults": list(result.faults), "seconds_in_all": seconds}
        if not options.json:
            print(result.line, *(f"  fault: {fault}" for fault in result.faults), sep="\n", flush=True)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
