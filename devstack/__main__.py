"""`python -m devstack`: what `make run` calls."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

from devstack.identity import IdentityError
from devstack.lock import AlreadyRunningError
from devstack.ports import PortTakenError
from devstack.process import StartError
from devstack.run import StepError, run
from devstack.supervisor import GaveUpError

PROJECT = Path(__file__).resolve().parents[1]
DEFAULT_PORT = 5000


def say(text: str) -> None:
    """Print at once, also into a pipe; a terminal that was closed must not keep the servers from being ended."""
    with suppress(OSError):
        print(text, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run until Ctrl-C; 0 when it was ended so, 1 with a message on standard error when something failed."""
    parser = argparse.ArgumentParser(prog="make run", description="The portal with everything that it needs.")
    parser.add_argument("--root", type=Path, default=PROJECT / "var", help="where the state lies")
    parser.add_argument("--project", type=Path, default=PROJECT, help="the folder of app.py")
    parser.add_argument("--port", default=os.environ.get("PORT") or str(DEFAULT_PORT))
    options = parser.parse_args(arguments)
    if not options.port.isdecimal() or not 0 < int(options.port) < 65536:
        parser.error(f"PORT must be a number between 1 and 65535, not {options.port!r}")
    try:
        run(options.root.resolve(), options.project.resolve(), int(options.port), say)
    except (AlreadyRunningError, GaveUpError, IdentityError, PortTakenError, StartError, StepError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except ValueError as error:  # damaged secrets
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
