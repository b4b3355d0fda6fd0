"""Commands: `flask --app app …`. Each prints JSON; bad input gives a clear message and an exit code that is not 0.

`estimate`, `checklist`, `situation-schema`, `deadlines`, `centre`, `law check` and `bundle check` need no server and no secret.
`migrate`, `purge`, `enrol` and `keys rewrap` need the tables' owner.
"""

from __future__ import annotations

from flask import Flask

from portal.cli.bundle import bundle_group
from portal.cli.law import centre, deadlines, law_group
from portal.cli.run import end_access, enrol, keys, migrate, purge, register, worker
from portal.cli.situation import checklist_command, estimate_command, schema


def create_cli() -> Flask:
    """An application without pages, for the command line."""
    app = Flask("portal")
    for command in (
        estimate_command,
        checklist_command,
        schema,
        deadlines,
        centre,
        law_group,
        bundle_group,
        migrate,
        purge,
        register,
        keys,
        enrol,
        end_access,
        worker,
    ):
        app.cli.add_command(command)
    return app
