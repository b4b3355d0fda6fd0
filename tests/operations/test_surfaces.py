"""Two surfaces, two processes, two database roles: none has the pages or the rows of the other."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import psycopg
import pytest

from devstack.ports import free_port
from devstack.stack import Stack
from portal.factory import CITIZEN, STAFF, create_app
from portal.settings import Settings
from tests.conftest import Env
from tests.devstack.database import Database
from tests.operations.live import LiveBrowser
from tests.operations.surfaces import SurfaceServer

AN_ID = "00000000-0000-4000-8000-000000000000"
BLIND = {
    "citizen": (
        "audit_event",
        "caseworker",
        "staff_session",
        "sent_mail",
        "call_list",
        "assignment",
        "absence",
        "clock_item",
        "invitation",
        "figure_period",
    ),
    "staff": ("jobs.procrastinate_jobs", "mail_wish"),
}
"""What a process's own role cannot even read; the whole table of rights is in `tests/migrations/test_grants.py`."""


@pytest.fixture(scope="module")
def processes(bare_stack: Stack, database: Database) -> Iterator[dict[str, SurfaceServer]]:
    """A citizen process and a staff process, each with its own role."""
    servers = {name: SurfaceServer(bare_stack, name, free_port()) for name in ("citizen", "staff")}  # type: ignore[arg-type]
    try:
        for server in servers.values():
            server.start(wait=False)
        for server in servers.values():
            server.wait_ready()
        yield servers
    finally:
        for server in servers.values():
            server.stop()


def addresses(env: Env, journeys: tuple[object, ...]) -> list[str]:
    """Every address of these journeys, filled in, from the map of a process that has both surfaces."""
    app = create_app(Settings.from_env(env("both")))
    names = {journey.blueprint.name for journey in journeys}  # type: ignore[attr-defined]
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.partition(".")[0] in names:
                values = {
                    "lang": "fr",
                    "code": "fr",
                    "demand_id": AN_ID,
                    "adult_id": AN_ID,
                    "request_id": AN_ID,
                    "caseworker_id": AN_ID,
                    "invitation_id": AN_ID,
                    "dossier_id": AN_ID,
                    "kind": "urgent",
                    "page_id": AN_ID,
                    "file_id": AN_ID,
                    "document_id": AN_ID,
                    "decision_id": AN_ID,
                    "upload_id": AN_ID,
                    "token": "x" * 32,
                    "wish": "x" * 43,
                    "line_id": AN_ID,
                    "key": "lease",
                    "name": "abcdefghij",
                    "chapter_id": "decision",
                    "version": 1,
                    "question": "home",
                    "event": "refused",
                    "person": "a",
                }
                found.append(app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}))
    return found


@pytest.mark.parametrize(("surface", "foreign"), [("citizen", STAFF), ("staff", CITIZEN)])
def test_a_surface_has_no_page_of_the_other(
    processes: dict[str, SurfaceServer], env: Env, surface: str, foreign: tuple[object, ...]
) -> None:
    paths = addresses(env, foreign)
    assert len(paths) > 8, "the map of routes was not read"
    for language in ("fr", "ar"):
        with LiveBrowser(processes[surface].base_url, language) as person:
            for path in paths:
                assert person.open(path, follow=False).status == 404, path
                assert not any(link in paths for link in person.page.links()), f"{path} leads to the other surface"  # type: ignore[union-attr]


@pytest.mark.parametrize("surface", ["citizen", "staff"])
def test_what_is_on_neither_surface_is_a_page_too(processes: dict[str, SurfaceServer], surface: str) -> None:
    for language in ("fr", "de", "ar", "xx"):
        with LiveBrowser(processes[surface].base_url, language) as person:
            for path in ("/favicon.ico", "/staffing", "/zz/", "/%00", "//double"):
                assert person.open(path).status in (400, 404), path


def test_a_foreign_host_name_is_refused_in_plain_words(processes: dict[str, SurfaceServer]) -> None:
    for server in processes.values():
        with LiveBrowser(server.base_url) as person:
            for method in ("GET", "POST"):
                answer = person.send(method, "/fr/verify?q=secret", headers={"Host": "evil.example"})
                assert (answer.status_code, answer.mimetype) == (400, "text/plain")
        assert "secret" not in server.log_path.read_text()


@pytest.mark.parametrize("surface", ["citizen", "staff"])
def test_a_process_connects_with_its_own_role(
    processes: dict[str, SurfaceServer], database: Database, surface: str
) -> None:
    with LiveBrowser(processes[surface].base_url) as person:
        for _ in range(4):
            assert person.send("GET", "/readyz").status_code == 200
    master = psutil.Process(processes[surface].pid)
    ports = {one.laddr.port for process in master.children() for one in process.net_connections() if one.raddr}
    with database.connect("postgres") as connection:
        query = "SELECT DISTINCT usename FROM pg_stat_activity WHERE client_port = ANY(%s)"
        assert connection.execute(query, [list(ports)]).fetchall() == [(f"portal_{surface}",)]
    for table in BLIND[surface]:
        own = psycopg.connect(processes[surface].variables["DATABASE_URL"])
        with own, pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute(f"SELECT 1 FROM {table}")  # noqa: S608 - names of our own tables
