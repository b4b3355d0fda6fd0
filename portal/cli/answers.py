"""How every command answers: JSON on standard output, or a clear message and an exit code that is not 0."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.objects import StorageUnavailableError
from portal.settings import SettingsError

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
