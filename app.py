"""WSGI entry point: `gunicorn app:app` serves it, `flask --app app …` runs its commands.

Under Flask's command line no pages are wired: `deadlines` or `centre` run without any variable, server or secret,
and a command that needs them asks for them itself.
"""

import gc

import click

from portal.cli import create_cli
from portal.factory import create_app

app = create_app() if click.get_current_context(silent=True) is None else create_cli()

# What was made at start is never garbage: the collector need not walk through it again while people wait.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
