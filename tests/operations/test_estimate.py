"""An estimate on the real server: it works while the database is away, and no log tells what was answered."""

from __future__ import annotations

import json
import re

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.operations.live import LiveBrowser
from tests.pages.browser import Page
from tests.pages.estimates import EVERYBODY, Given, form_of, step_of, walk
from tests.servers import PortalServer

TELLING: Given = {
    **EVERYBODY, "a-permit": "swiss", "a-wage": "4321.55", "rent": "1777.65", "accounts": "23456.75", "b-permit": "swiss",
}  # fmt: skip
WORDS = ("4321", "1777.65", "23456", "partner", "what-rent", "1888.35", "6248", "seeking", "swiss")


def whole_path(person: LiveBrowser) -> Page:
    """Every page of the estimate, a fault, a try of other figures, and the paper."""
    page, _ = walk(person.open("/fr/estimate"), TELLING)
    assert step_of(page) == "result"
    wrong = form_of(page).submit(("_edit", "income"))
    assert form_of(wrong).fill(**{"a-wage": "4321.x"}).submit().status == 422
    what = next(form for form in page.forms() if form.named("what-rent"))
    assert what.fill(**{"what-rent": "1888.35"}).submit().status == 200
    assert page.form("/estimate/pdf").submit().headers["Content-Type"] == "application/pdf"
    person.send("GET", "/fr/estimate?rent=1777.65&what-rent=1")
    person.send("POST", "/fr/estimate?a-wage=4321", data=form_of(page).values)
    return page


def test_no_log_tells_what_was_answered(live_server: PortalServer, postgres: Postgres, stack: Stack) -> None:
    with LiveBrowser(live_server.base_url) as person:
        page = whole_path(person)
    sealed = form_of(page).values["answers"]
    text = live_server.log_path.read_text()
    requests = [
        json.loads(line) for line in text.splitlines() if '"rule": "/<any(fr,de,en,pt,ar):lang>/estimate' in line
    ]
    assert len(requests) > 8, "nothing was logged: nothing was tested"
    for line in requests:
        said = json.dumps(
            {name: value for name, value in line.items() if name not in ("timestamp", "request_id", "ms")}
        )
        assert not [word for word in WORDS if word in said], said
    shown = re.sub(r'"(?:timestamp|request_id)": "[^"]*"|"ms": [\d.]+', "", text)
    for word in ("4321.55", "4321.x", "1777.65", "23456.75", "1888.35", sealed[:24], "what-rent"):
        assert word not in shown, word
        assert word not in stack.postgres.log_path.read_text(), word


def test_without_the_database_the_whole_path_works(live_server: PortalServer, postgres: Postgres) -> None:
    postgres.stop()
    with LiveBrowser(live_server.base_url) as person:
        page = whole_path(person)
        begun = next(form for form in page.forms() if form.action.endswith("/demand/new")).submit()
        assert begun.status == 200
        attempt = begun.form("/demand/new").fill(name="Odette Rey").submit().form("/demand/new").submit()
        assert attempt.status == 503
        assert attempt.form("/demand/new").values["estimate"], "the answers go along with the second try"
    postgres.start()
