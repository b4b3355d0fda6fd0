"""Keys that change, and keys that are lost: what goes on, and what people see (`docs/operations.md`, "Keys")."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from devstack.postgres import OWNER, Postgres
from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.factory import create_app
from portal.services.register import verify_register
from portal.services.staff import enrol, staff_sign_in
from portal.settings import Settings
from tests.devstack.database import Database
from tests.operations.handbook import Shell, block, worked
from tests.operations.live import code_on, reference_on
from tests.operations.test_restore import receipt_link
from tests.pages.browser import Browser, Page

ANSWERS = {"name": "Odette Rey", "commune": "6248", "on_behalf": "other", "helper_name": "Jean Helper"}
UNREADABLE = "Une partie ne peut pas être lue"
CHECK_CODE = "SELECT check_code FROM demand ORDER BY register_sequence LIMIT 1"
Make = Callable[..., Flask]


@dataclass
class Filed:
    """What a person has in hand who filed under the old keys."""

    browser: Browser
    reference: str
    code: str
    link: str


def ring(name: str) -> str:
    """A new key, as the handbook makes it."""
    return f"{name}:{base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip('=')}"


NEW = {"SECRET_KEY": secrets.token_urlsafe(48), "MASTER_KEYS": ring("new"), "RECEIPT_SIGNING_KEY": ring("new")}


@pytest.fixture
def make(bare_stack: Stack, clean_database: Database) -> Iterator[Make]:
    """`make(SECRET_KEY=…)`: the portal with other keys than the stack's, over the same database."""
    apps = []

    def portal(**changes: str) -> Flask:
        apps.append(create_app(Settings.from_env(bare_stack.env("both") | changes)))
        return apps[-1]

    yield portal
    for app in apps:
        app.extensions["kit"].database.close()


@pytest.fixture
def old(bare_stack: Stack) -> dict[str, str]:
    """The keys before."""
    return {name: bare_stack.env()[name] for name in NEW}


@pytest.fixture
def filed(make: Make) -> Filed:
    """Somebody who filed, and signed in, under the old keys."""
    browser = Browser(make())
    page = file(browser)
    reference, code = reference_on(page), code_on(page)
    link = receipt_link(browser.open("/fr/demand/filed/receipt.pdf").body)
    assert sign_in(browser, reference, code).path == "/fr/dossier"
    return Filed(browser, reference, code, link)


def file(browser: Browser) -> Page:
    """File a demand whose sealed answer holds the helper."""
    check = browser.open("/fr/demand/new").form("/demand/new").fill(**ANSWERS).submit()
    return check.form("/demand/new").submit()


def sign_in(browser: Browser, reference: str, code: str) -> Page:
    """Sign in with reference and code."""
    return browser.open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code).submit()


def move(browser: Browser, app: Flask) -> Browser:
    """The same browser, cookies and all, now meets a process with other keys."""
    browser.app = browser.client.application = app
    return browser


def at_the_desk(app: Flask, stack: Stack, database: Database) -> list[Page]:
    """What a caseworker sees of each demand, the oldest first."""
    owner = PortalDatabase(database.url())
    enrol(owner, stack.oidc.issuer, "keys", "Name of Keys", "sierre")
    owner.close()
    secret = staff_sign_in(app.extensions["kit"], stack.oidc.issuer, "keys", "fr", "test")
    assert secret is not None
    browser = Browser(app)
    browser.set_cookie("staff", secret)
    with database.connect() as connection:
        ids = connection.execute("SELECT id FROM demand ORDER BY register_sequence").fetchall()
    return [browser.open(f"/staff/demands/{one}") for (one,) in ids]


def check_by_code(app: Flask, filed: Filed, database: Database) -> Page:
    """Check the receipt with what is printed on it in digits."""
    with database.connect() as connection:
        row = connection.execute(CHECK_CODE).fetchone()
    assert row is not None
    form = Browser(app).open("/fr/verify").form("/verify")
    return form.fill(reference=filed.reference, check_code=row[0]).submit()


def test_a_change_of_all_keys_goes_unnoticed(
    make: Make, filed: Filed, old: dict[str, str], bare_stack: Stack, clean_database: Database
) -> None:
    open_form = Browser(filed.browser.app)
    check = open_form.open("/fr/demand/new").form("/demand/new").fill(**ANSWERS).submit()
    first_step = make(**{name: f"{old[name]},{NEW[name]}" for name in NEW})
    second_step = make(**{name: f"{NEW[name]},{old[name]}" for name in NEW})

    for app in (first_step, second_step, first_step):  # while processes restart one after the other
        assert move(filed.browser, app).open("/fr/dossier").path == "/fr/dossier"
        assert sign_in(Browser(app), filed.reference, filed.code).path == "/fr/dossier"
        assert Browser(app).open(filed.link).status == 200
    move(open_form, second_step)
    assert check.form("/demand/new").submit().path == "/fr/demand/filed", "a form that lay open is not lost"
    code_on(move(open_form, first_step).open("/fr/demand/filed"))
    for app in (first_step, second_step):
        assert all("Jean Helper" in page.text for page in at_the_desk(app, bare_stack, clean_database))
        report = verify_register(app.extensions["kit"])
        assert (report.entries, report.faults) == (2, ())


def test_the_handbook_tells_which_keys_are_still_needed(
    make: Make, filed: Filed, old: dict[str, str], postgres: Postgres
) -> None:
    file(Browser(make(**{name: f"{NEW[name]},{old[name]}" for name in NEW})))
    told = worked(Shell(postgres).psql(postgres.url(OWNER), block("sql", "keys")))
    assert sorted(told.split()) == ["dev1|1", "dev1|1", "new|1", "new|1"]


def test_a_lost_secret_ends_codes_and_visits_but_no_date_and_no_form(
    make: Make, filed: Filed, clean_database: Database, bare_stack: Stack
) -> None:
    open_form = Browser(filed.browser.app)
    check = open_form.open("/fr/demand/new").form("/demand/new").fill(**ANSWERS).submit()
    app = make(SECRET_KEY=NEW["SECRET_KEY"])
    assert move(filed.browser, app).open("/fr/dossier").path.startswith("/fr/sign-in")
    assert sign_in(Browser(app), filed.reference, filed.code).status == 422
    assert Browser(app).open(filed.link).status == 200
    assert "Jean Helper" in at_the_desk(app, bare_stack, clean_database)[0].text
    move(open_form, app)
    page = check.form("/demand/new").submit()
    presses = 1
    while page.path != "/fr/demand/filed":
        assert presses < 4, "the handbook says: up to three times more"
        assert page.form("/demand/new").values["name"] == ANSWERS["name"], "what was typed is lost"
        page, presses = page.form("/demand/new").submit(), presses + 1


def test_a_lost_master_key_hides_sealed_answers_and_nothing_else(
    make: Make, filed: Filed, clean_database: Database, bare_stack: Stack
) -> None:
    app = make(MASTER_KEYS=NEW["MASTER_KEYS"])
    (page,) = at_the_desk(app, bare_stack, clean_database)
    assert UNREADABLE in page.text
    assert "Odette Rey" in page.text
    assert "Jean Helper" not in page.text
    assert move(filed.browser, app).open("/fr/dossier").path == "/fr/dossier"
    assert Browser(app).open(filed.link).status == 200
    assert file(Browser(app)).path == "/fr/demand/filed"


def test_a_lost_signing_key_ends_qr_codes_but_not_check_codes(
    make: Make, filed: Filed, clean_database: Database
) -> None:
    app = make(RECEIPT_SIGNING_KEY=NEW["RECEIPT_SIGNING_KEY"])
    assert Browser(app).open(filed.link).status == 422
    assert check_by_code(app, filed, clean_database).status == 200
    faults = verify_register(app.extensions["kit"]).faults
    assert [(fault.kind, fault.sequence) for fault in faults] == [("signature", 1)]
    assert sign_in(Browser(app), filed.reference, filed.code).path == "/fr/dossier"
    assert file(Browser(app)).path == "/fr/demand/filed"
