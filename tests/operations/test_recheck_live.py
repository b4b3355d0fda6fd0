"""Many requests at once against the served portal, in two processes: the provider is asked once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.services.staff import enrol
from tests.devstack.database import Database
from tests.operations.live import LiveBrowser
from tests.provider import Provider
from tests.servers import PortalServer

SUBJECT = "marc.demo"
OLDER = "UPDATE staff_session SET checked_at = checked_at - interval '6 minutes', created_at = created_at - interval '6 minutes'"


@pytest.fixture
def secret(live_server: PortalServer, clean_database: Database, stack: Stack) -> str:
    """The cookie of a caseworker who signed in through the provider six minutes ago."""
    owner = PortalDatabase(clean_database.url())
    enrol(owner, stack.oidc.issuer, SUBJECT, "Marc Demo", "sierre")
    owner.close()
    with LiveBrowser(live_server.base_url) as browser:
        browser.sign_in_as(SUBJECT)
        secret = browser.cookie("staff")
    assert secret
    with clean_database.connect("postgres") as connection:
        connection.execute(OLDER)
        token = connection.execute("SELECT refresh_token IS NOT NULL, provider_session IS NOT NULL FROM staff_session")
        assert token.fetchone() == (True, True)
    return secret


def at_once(server: PortalServer, secret: str, count: int = 24) -> list[int]:
    """The statuses of that many requests, sent together."""

    def one(_: int) -> int:
        return httpx.get(f"{server.base_url}/staff/", cookies={"staff": secret}, timeout=30).status_code

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_one_asks_for_all(live_server: PortalServer, clean_database: Database, secret: str) -> None:
    """The provider refuses a refresh token that is shown twice, so a second question would end the session."""
    assert at_once(live_server, secret) == [200] * 24
    with clean_database.connect("postgres") as connection:
        row = connection.execute(
            "SELECT ended_at, failed_at, claimed_at, now() - checked_at < interval '1 minute' FROM staff_session"
        ).fetchone()
    assert row == (None, None, None, True)
    with clean_database.connect("postgres") as connection:
        connection.execute(OLDER)
    assert at_once(live_server, secret) == [200] * 24, "with the token that replaced the first one"


def test_who_is_refused_is_out_in_every_process(
    live_server: PortalServer, clean_database: Database, stack: Stack, secret: str
) -> None:
    provider = Provider(stack)
    provider.shut_out(SUBJECT)
    try:
        assert at_once(live_server, secret) == [303] * 24
    finally:
        provider.let_in(SUBJECT)
    with clean_database.connect("postgres") as connection:
        ends = connection.execute("SELECT outcome FROM audit_event WHERE action = 'staff:session-end'").fetchall()
    assert ends == [("refused",)]


def test_the_provider_itself_tells_of_a_logout(
    live_server: PortalServer, clean_database: Database, stack: Stack, secret: str
) -> None:
    assert Provider(stack).logout(f"{live_server.base_url}/staff/backchannel-logout", sub=SUBJECT) == 200
    assert at_once(live_server, secret, 4) == [303] * 4
