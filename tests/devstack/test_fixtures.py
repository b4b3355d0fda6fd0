"""The fixtures that start the portal itself: it serves, it can be killed, and it is back for the next test."""

import requests

from devstack.stack import Stack
from tests.devstack.database import Database
from tests.servers import PortalServer, PortalWorker, flask_command


def test_the_portal_serves_and_comes_back_after_kill_9(live_server: PortalServer) -> None:
    def status() -> int:
        return requests.get(f"{live_server.base_url}/healthz", timeout=5).status_code

    assert status() == 200
    before = live_server.pid
    live_server.kill()
    assert not live_server.running
    live_server.start()
    assert live_server.pid != before
    assert status() == 200
    live_server.kill()  # and is left dead, for the next test


def test_the_portal_runs_whatever_the_test_before_did(live_server: PortalServer, stack: Stack) -> None:
    assert all(server.running for server in stack.servers)
    assert requests.get(f"{live_server.base_url}/healthz", timeout=5).status_code == 200


def test_the_worker_keeps_running(live_worker: PortalWorker, clean_database: Database) -> None:
    assert live_worker.running
    with clean_database.connect("portal_worker") as connection:
        assert connection.execute("SELECT count(*) FROM jobs.procrastinate_jobs").fetchone() is not None


def test_a_command_without_settings_names_every_missing_one() -> None:
    done = flask_command("register", "verify", variables={"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"})
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stdout + done.stderr
