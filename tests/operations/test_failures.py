"""What people see when a part fails. Each test breaks the real server; `docs/failures.md` is the same as a table."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from jinja2 import DictLoader

from devstack.oidc import DEMO_CASEWORKERS
from devstack.ports import LOOPBACK
from devstack.postgres import Postgres
from devstack.s3 import BUCKET, S3
from devstack.smtp import Smtp
from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.factory import create_app
from portal.services.staff import enrol
from portal.settings import Settings
from tests.devstack.database import Database
from tests.operations.live import LiveBrowser, code_on, reference_on
from tests.operations.waiting import defer, hurry, jobs, tried_once, until
from tests.servers import PROJECT, PortalServer, PortalWorker, flask_command

CLAIRE = DEMO_CASEWORKERS[0]
NO_DATABASE = "Le portail ne répond pas bien en ce moment"
NO_PROVIDER = "La connexion du personnel ne répond pas"
NOT_YET = "Votre annonce n’est pas encore"
ANSWERS = {"name": "Odette Rey", "commune": "6248", "email": "odette@example.ch"}


@pytest.fixture
def person(live_server: PortalServer, clean_database: Database) -> Iterator[LiveBrowser]:
    """Somebody at the portal, which knows nobody yet."""
    with LiveBrowser(live_server.base_url) as browser:
        yield browser


@pytest.fixture
def desk(live_server: PortalServer, clean_database: Database, stack: Stack) -> Iterator[LiveBrowser]:
    """A caseworker who has signed in through the provider."""
    owner = PortalDatabase(clean_database.url())
    enrol(owner, stack.oidc.issuer, CLAIRE.subject, CLAIRE.name, CLAIRE.region)
    owner.close()
    with LiveBrowser(live_server.base_url) as browser:
        browser.sign_in_as(CLAIRE.subject)
        yield browser


def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    with database.connect("postgres") as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names of our own tables
    assert row is not None
    return int(row[0])


def test_without_database_the_pages(
    person: LiveBrowser, desk: LiveBrowser, postgres: Postgres, live_server: PortalServer
) -> None:
    filed = person.file(**ANSWERS)
    reference, code = reference_on(filed), code_on(filed)
    person.sign_in(reference, code)
    postgres.stop()
    with LiveBrowser(live_server.base_url) as stranger:
        for path in (
            "/fr/",
            "/fr/demand/new",
            "/ar/demand/new",
            "/fr/urgent",
            "/fr/sign-in",
            "/fr/verify",
            "/staff/sign-in",
        ):
            assert stranger.open(path).status == 200, path
        assert stranger.send("GET", "/healthz").status_code == 200
        assert stranger.send("GET", "/readyz").status_code == 503
        assert stranger.open("/nothing").status == 404
        for page in (
            stranger.sign_in(reference, code),
            stranger.open("/fr/verify?q=AAAA"),
            person.open("/fr/dossier"),
            desk.open("/staff/"),
        ):
            assert (page.status, page.h1) == (503, NO_DATABASE)
            assert page.headers["Retry-After"] == "60"
            number = page.text.rpartition("Numéro de cette page d’erreur : ")[2].partition(".")[0]
            assert f'"request_id": "{number}"' in live_server.log_path.read_text()
        assert person.open("/fr/").status == 200, "a public page must not need the visit's row"
        assert person.open("/fr/").form("/leave").submit().status == 200
    postgres.start()
    assert desk.open("/staff/").status == 200


def test_without_database_a_filing_is_proven_and_can_be_sent_again(
    person: LiveBrowser, desk: LiveBrowser, postgres: Postgres, clean_database: Database
) -> None:
    check = person.open("/fr/demand/new").form("/demand/new").fill(**ANSWERS).submit()
    postgres.stop()
    attempt = check.form("/demand/new").submit()
    assert (attempt.status, attempt.h1[: len(NOT_YET)]) == (503, NOT_YET)
    form = attempt.form("/demand/new")
    assert {name: form.values[name] for name in ANSWERS} == ANSWERS
    again = form.submit()
    assert (again.status, again.h1[: len(NOT_YET)]) == (503, NOT_YET)
    assert again.form("/demand/new").values["proof"] == form.values["proof"], "the first attempt is the one that counts"
    postgres.start()
    filed = again.form("/demand/new").submit()
    assert filed.path == "/fr/demand/filed"
    assert count(clean_database, "filing_register") == 1
    link = next(
        link for link in desk.open("/staff/").links() if link.startswith("/staff/demands/") and "new" not in link
    )
    assert "Essai prouvé avant cette annonce" in desk.open(link).text


def test_without_database_commands_say_so(postgres: Postgres, database: Database, stack: Stack) -> None:
    postgres.stop()
    for command in (("register", "verify"), ("migrate",)):
        done = flask_command(*command, variables=stack.env("worker", owner=True))
        assert done.returncode == 2
        assert done.stderr.startswith("error: ")
        assert "Traceback" not in done.stderr
    postgres.start()


def test_without_object_store_nobody_notices_and_the_head_comes_later(
    person: LiveBrowser, s3: S3, clean_database: Database, stack: Stack, live_worker: PortalWorker
) -> None:
    s3.stop()
    assert person.file(**ANSWERS).path == "/fr/demand/filed"
    assert person.open("/fr/demand/filed/receipt.pdf").status == 200
    defer(clean_database, "publish_head")
    until(lambda: tried_once(jobs(clean_database, "publish_head")), "one try")
    done = flask_command("register", "head", variables=stack.env("worker"))
    assert done.returncode == 2
    assert done.stderr.startswith("error: the object store does not answer")
    s3.start()
    hurry(clean_database)
    until(lambda: not jobs(clean_database, "publish_head"), "the head is published")
    head = s3.data / BUCKET / "register-heads" / f"{datetime.now(UTC):%Y-%m-%d}.json"
    assert json.loads(head.read_text())["count"] == 1


def test_without_mail_server_filing_works_and_the_mail_comes_later(
    person: LiveBrowser, mailbox: Smtp, clean_database: Database, live_worker: PortalWorker
) -> None:
    mailbox.stop()
    filed = person.file(**ANSWERS, urgent="yes")
    assert filed.path == "/fr/demand/filed"
    until(lambda: tried_once(jobs(clean_database, "tell_filing")), "one try")
    mailbox.start()
    hurry(clean_database)
    until(lambda: not jobs(clean_database, "tell_filing"), "the mails have left")
    to = sorted(
        path.read_text().partition("X-Envelope-To: ")[2].partition("\n")[0].strip() for path in mailbox.messages()
    )
    assert to == ["duty.sierre@example.ch", "odette@example.ch"]


def test_without_worker_filing_works_and_its_job_waits(
    person: LiveBrowser, mailbox: Smtp, clean_database: Database, stack: Stack
) -> None:
    reference = reference_on(person.file(**ANSWERS))
    assert [job.status for job in jobs(clean_database, "tell_filing")] == ["todo"]
    worker = PortalWorker(stack.root, PROJECT, stack.env("worker"))
    worker.start()
    try:
        (mail,) = until(mailbox.messages, "the mail arrives")
    finally:
        worker.stop()
    assert reference in mail.read_text()


def test_a_worker_that_is_killed_loses_no_job(
    person: LiveBrowser, mailbox: Smtp, clean_database: Database, stack: Stack
) -> None:
    with socket.create_server((LOOPBACK, 0)) as silent:  # takes connections and never says a word
        stuck = stack.env("worker") | {"SMTP_URL": f"smtp://{LOOPBACK}:{silent.getsockname()[1]}"}
        worker = PortalWorker(stack.root, PROJECT, stuck)
        worker.start()
        person.file(**ANSWERS)
        until(lambda: [job.status for job in jobs(clean_database, "tell_filing")] == ["doing"], "the job is in hand")
        worker.kill()
    with clean_database.connect("postgres") as connection:  # half a minute and five minutes go by
        connection.execute("UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        connection.execute("DELETE FROM jobs.procrastinate_periodic_defers WHERE task_name = 'retry_stalled'")
    worker = PortalWorker(stack.root, PROJECT, stack.env("worker"))
    worker.start()
    try:
        until(lambda: [job.status for job in jobs(clean_database, "tell_filing")] != ["doing"], "the job is put back")
        hurry(clean_database)
        until(mailbox.messages, "the job is taken up again")
        until(lambda: not jobs(clean_database, "tell_filing"), "and done")
    finally:
        worker.stop()
    assert len(mailbox.messages()) == 1


def test_without_provider_only_a_new_staff_sign_in_fails(
    person: LiveBrowser, desk: LiveBrowser, stack: Stack, live_server: PortalServer
) -> None:
    with LiveBrowser(live_server.base_url) as colleague:
        back = colleague.vouched(colleague.at_provider(), CLAIRE.subject)
        stack.oidc.stop()
        page = colleague.open(back)
        assert (page.status, page.h1) == (503, NO_PROVIDER)
    live_server.restart()  # so that what was known of the provider is forgotten
    with LiveBrowser(live_server.base_url) as colleague:
        page = colleague.open("/staff/sign-in").form("/sign-in").submit()
        assert (page.status, page.h1, page.headers["Retry-After"]) == (503, NO_PROVIDER, "60")
    assert desk.open("/staff/").status == 200, "who is signed in goes on working"
    assert person.file(**ANSWERS).path == "/fr/demand/filed"


def test_an_error_page_that_fails_is_still_an_answer(bare_stack: Stack, database: Database) -> None:
    app = create_app(Settings.from_env(bare_stack.env("both")))
    app.jinja_env.loader = DictLoader({})  # as after a half-copied release
    for path, status in (("/fr/", 500), ("/nothing", 404), ("/staff/nothing", 404)):
        answer = app.test_client().get(path, base_url=bare_stack.public_url)
        assert (answer.status_code, answer.mimetype) == (status, "text/plain")
        assert "Téléphonez au centre" in answer.text
        assert re.search(r" [0-9a-f]{16}\n$", answer.text), "the number of the error is missing"
        assert answer.headers["Cache-Control"] == "no-store"
