"""The smallest thing that `python -m devstack` can run in place of the portal."""

import os
import time

import psycopg
from flask import Flask

app = Flask(__name__)


@app.get("/healthz")
def healthz() -> str:
    """Alive."""
    return "alive"


@app.get("/starts")
def starts() -> str:
    """How often `migrate` ran on these data."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM start").fetchone()
    return str(row[0] if row else 0)


@app.get("/environment")
def environment() -> dict[str, str]:
    """The variables of this process."""
    return dict(os.environ)


@app.cli.command("migrate")
def migrate() -> None:
    """A table that counts the starts."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS start (instant timestamptz DEFAULT now())")
        connection.execute("GRANT SELECT ON start TO portal_both")
        connection.execute("INSERT INTO start DEFAULT VALUES")


@app.cli.command("worker")
def worker() -> None:
    """Work for ever."""
    while True:
        time.sleep(1)
