"""The bare route that filing is measured against: one INSERT … COMMIT on a psycopg pool, then a redirect."""

import os

from flask import Flask, redirect, request
from psycopg_pool import ConnectionPool

app = Flask(__name__)
pool = ConnectionPool(os.environ["BASELINE_URL"], min_size=4, max_size=8, open=True)


@app.post("/")
def write():
    """Store one row and answer as the portal does."""
    with pool.connection() as connection:
        connection.execute("INSERT INTO bare (name) VALUES (%s)", [request.form["name"]])
    return redirect("/done", 303)


@app.get("/healthz")
def healthz():
    """Say that it runs."""
    return "ok"
