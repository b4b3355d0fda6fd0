"""No line of a log tells who asked for help: a journey with telling answers, through success and failure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from werkzeug.datastructures import MultiDict

from devstack.oidc import DEMO_CASEWORKERS
from devstack.ports import LOOPBACK, free_port
from devstack.process import Server
from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.services.staff import enrol
from tests.devstack.database import Database
from tests.operations.live import LiveBrowser, code_on, reference_on
from tests.operations.waiting import defer, jobs, tried_once, until
from tests.servers import PROJECT, PortalServer, PortalWorker

CLAIRE = DEMO_CASEWORKERS[0]
TELLING = {
    "name": "Zoraïde Telltale",
    "email": "zoraide.telltale@example.ch",
    "phone": "079 555 77 33",
    "postal_address": "Chemin du Secret 7777\n3960 Sierre, il me reste 4321.55 francs",
    "on_behalf": "other",
    "helper_name": "Hildegard Whistle",
    "helper_relation": "tante-bavarde",
    "commune": "6248",
    "urgent": "yes",
    "needs": ["medicine"],
}
IBAN = "CH9300762011623852957"
WORDS = (
    *(
        "Zoraïde",
        "Zora\\u00efde",
        "Telltale",
        "telltale",
        "5557733",
        "555 77 33",
        "du Secret",
        "4321.55",
        "Hildegard",
    ),
    *("Whistle", IBAN[4:-1], "bavarde", "medicine", "duty.sierre"),
)
REQUEST = {"event", "level", "timestamp", "request_id", "method", "rule", "status", "ms"}
FAILURE = {"event", "level", "timestamp", "request_id", "kind", "cause", "where"}
GUNICORN = re.compile(r"\[[^\]]+\] \[\d+\] \[(INFO|WARNING|ERROR)\] \S.*")


class Busy:
    """A mail server that takes nobody's mail today, and repeats the address in its refusal."""

    async def handle_RCPT(self, *arguments: Any) -> str:  # noqa: N802 - the name is given by aiosmtpd
        return f"450 4.2.1 <{arguments[3]}> is busy"


@pytest.fixture
def busy_mail_server() -> Iterator[str]:
    """The address of a mail server that refuses for the moment."""
    server = Controller(Busy(), hostname=LOOPBACK, port=free_port())
    server.start()
    yield f"smtp://{LOOPBACK}:{server.port}"
    server.stop()


def journey(person: LiveBrowser, desk: LiveBrowser, stack: Stack) -> list[str]:
    """File, come back, lose the database, check, let the desk work; what only the person may know."""
    filed = person.file(**TELLING)
    reference, code = reference_on(filed), code_on(filed)
    for name in ("receipt", "slip"):
        assert person.open(f"/fr/demand/filed/{name}.pdf").status == 200
    assert person.sign_in(reference, "1111 2222 3333 4444").status == 422
    assert person.sign_in(reference, code).status == 200
    situation(person)
    letter(person)
    person.open("/fr/dossier/withdraw").form("/withdraw").fill(reason="Zoraïde Telltale a trouvé 4321.55").submit()
    token = filed.browser.cookie("filed")
    person.open("/fr/verify?q=ZORATELLTALE&name=Telltale")
    with LiveBrowser(person.base) as verbose:
        assert verbose.send("POST", "/fr/demand/new", data=MultiDict({"name": "Telltale" * 99999})).status_code == 413
    person.send("POST", "/fr/demand/new?name=Telltale", data=MultiDict({"name": "Telltale", "csrf_token": "x"}))
    person.send("GET", "/fr/Telltale?4321.55")
    person.send("GET", "/fr/verify?q=Telltale", headers={"Host": "telltale.example"})
    check = person.open("/fr/demand/new").form("/demand/new").fill(**{**TELLING, "name": "Autre Telltale"}).submit()
    stack.postgres.stop()
    assert check.form("/demand/new").submit().status == 503
    assert person.open("/fr/dossier").status == 503
    stack.postgres.start()
    link = next(
        link for link in desk.open("/staff/").links() if link.startswith("/staff/demands/") and "new" not in link
    )
    page = desk.open(link)
    page.form("/pass-on").fill(region="martigny", reason="Telltale dit 4321.55").submit()
    return [code, code.replace(" ", ""), str(token)]


def situation(person: LiveBrowser) -> None:
    """Answers, a fault in one of them, a page that is not there, and the sending."""
    root = "/fr/dossier/situation"
    for number, status in ((IBAN[:-1] + "8", 422), (IBAN, 200)):
        form = person.open(f"{root}/account").form("/situation/account")
        assert form.fill(account_number=number).submit().status == status
    person.open(f"{root}/debts?then=telltale").form("/situation/debts").fill(debts="4321.55").submit()
    person.open(f"{root}/birth/a").form("/situation/birth/a").fill(name="Zoraïde Telltale").submit()
    assert person.open(f"{root}/birth/Telltale").status == 404
    assert person.open(f"{root}/check").form("/situation/check").submit().path == f"{root}/sent"


def letter(person: LiveBrowser) -> None:
    """A fault in the form of a letter, then the letter, and both of its downloads."""
    path = "/fr/defend/repay"
    said = {"name": "Zoraïde Telltale", "words": "Telltale, rue bavarde", "amount": "4321.55"}
    form = person.open(path).form(path)
    assert form.fill(**said, decided_day="31", decided_month="2", decided_year="2026").submit().status == 422
    page = form.fill(decided_day="", decided_month="", decided_year="").submit()
    assert page.status == 200
    for ending in ("pdf", "docx"):
        data = MultiDict([*form.values.items(multi=True), ("letter", "remission")])
        assert person.send("POST", f"{path}/letter.{ending}", data=data).status_code == 200


def test_no_line_tells_who_asked(
    clean_database: Database, stack: Stack, live_server: PortalServer, busy_mail_server: str
) -> None:
    owner = PortalDatabase(clean_database.url())
    enrol(owner, stack.oidc.issuer, CLAIRE.subject, CLAIRE.name, CLAIRE.region)
    owner.close()
    since = live_server.log_path.stat().st_size
    worker = PortalWorker(stack.root, PROJECT, stack.env("worker") | {"SMTP_URL": busy_mail_server})
    with LiveBrowser(live_server.base_url) as person, LiveBrowser(live_server.base_url) as desk:
        desk.sign_in_as(CLAIRE.subject)
        worker.start()
        try:
            person.file(**TELLING)
            until(lambda: tried_once(jobs(clean_database, "tell_filing")), "the mail was refused once")
            defer(clean_database, "sweep_urgent")
            until(
                lambda: any(job.status == "failed" for job in jobs(clean_database, "sweep_urgent")), "and in the sweep"
            )
            secrets = journey(person, desk, stack)
        finally:
            worker.stop()
    check(live_server, secrets, gunicorn=True, since=since)
    lines = check(worker, secrets, gunicorn=False)
    failed = [line for line in lines if line["level"] == "error"]
    assert {"MailUnavailableError"} <= {str(line.get("kind")) for line in failed}, "the refusal was not even logged"
    assert not any(word in stack.postgres.log_path.read_text() for word in WORDS)


def check(server: Server, secrets: list[str], *, gunicorn: bool, since: int = 0) -> list[dict[str, Any]]:
    """Every line is one of ours or of gunicorn, and none tells anything; the lines of ours.

    `since`: bytes that stood there before; a download that another test cut off leaves a traceback of gunicorn's.
    """
    text = server.log_path.read_bytes()[since:].decode()
    for word in (*WORDS, *secrets):
        assert word not in text, f"{word!r} stands in {server.log_path.name}"
    # A question in the words of a library ends its line; a query string goes on.
    assert not re.search(r"\?[\w%]", text), "a query string, or worse"
    assert "Traceback" not in text
    found = []
    for line in text.splitlines():
        if gunicorn and GUNICORN.fullmatch(line):
            continue
        found.append(json.loads(line))
        kind = found[-1]["event"]
        if kind in ("request", "failure"):
            assert set(found[-1]) == (REQUEST if kind == "request" else FAILURE), line
    assert len(found) > 3, f"{server.log_path.name} is empty: nothing was tested"
    return found
