"""Whose word is believed about the host and the address of the other side: ours, and that of our own proxies."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.factory import create_app
from tests.pages.browser import Browser
from tests.pages.world import World

PUBLIC = "https://portal.example"
FORGED = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}


def app(world: World, proxies: int, **changes: Any) -> Flask:
    """A portal behind so many proxies."""
    return create_app(world.settings("both", trusted_proxies=proxies, **changes), world.clock)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "portal.example", "evil.example:5000"])
@pytest.mark.parametrize("path", ["/", "/fr/", "/staff/sign-in", "/healthz"])
def test_another_host_name_gets_no_page(world: World, host: str, path: str) -> None:
    answer = world.both_app.test_client().get(path, headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert host not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_in_production_the_loopback_is_another_host_too(world: World) -> None:
    secure = app(world, 0, public_url=PUBLIC)
    assert secure.test_client().get("/fr/", base_url=PUBLIC).status_code == 200
    assert secure.test_client().get("/fr/", base_url="https://127.0.0.1").status_code == 400


def test_without_a_proxy_a_forwarded_host_is_nothing(world: World) -> None:
    answer = Browser(world.both_app).send("GET", "/", headers=FORGED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/")
    assert "evil" not in Browser(world.both_app).send("GET", "/fr/", headers=FORGED).text


def test_behind_a_proxy_a_forwarded_host_must_still_be_ours(world: World) -> None:
    behind = app(world, 1, public_url=PUBLIC).test_client()
    good = {"X-Forwarded-Host": "portal.example", "X-Forwarded-Proto": "https"}
    assert behind.get("/fr/", base_url="http://127.0.0.1:8000", headers=good).status_code == 200
    assert behind.get("/fr/", base_url="http://127.0.0.1:8000", headers=FORGED).status_code == 400


@pytest.mark.parametrize(
    ("proxies", "header", "believed"),
    [
        (0, "192.0.2.66", "127.0.0.1"),
        (1, "192.0.2.66", "192.0.2.66"),
        (1, "192.0.2.66, 198.51.100.9", "198.51.100.9"),
        (2, "192.0.2.66, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "192.0.2.66", "127.0.0.1"),
    ],
    ids=["no-proxy", "one", "one-and-a-forged-one", "two-and-a-forged-one", "one-is-missing"],
)
def test_the_address_is_the_one_our_own_proxies_name(
    clean_world: World, proxies: int, header: str, believed: str
) -> None:
    """A forged X-Forwarded-For neither escapes a limit nor uses up another's: only the last hops are ours."""
    portal = app(clean_world, proxies)
    page = Browser(portal).open("/fr/sign-in")
    page.form("/sign-in").fill(reference="VS-0000-0000-00", code="1").submit(headers={"X-Forwarded-For": header})
    keyring = portal.extensions["kit"].keyring
    with clean_world.superuser() as connection:
        keys = {bytes(key) for (key,) in connection.execute("SELECT key FROM limit_counter").fetchall()}
    for address in {"192.0.2.66", "198.51.100.9", "10.0.0.1", "127.0.0.1"}:
        counted = keyring.digest("limit", f"sign-in-address|{address}".encode()) in keys
        assert counted == (address == believed), address


def test_addresses_in_papers_come_from_the_settings(clean_world: World) -> None:
    """What is printed and mailed names PUBLIC_URL, never what a request claimed."""
    browser = Browser(clean_world.both_app)
    form = browser.open("/fr/demand/new").form("/demand/new").fill(name="Ana Sousa")
    page = form.submit(headers=FORGED).form("/demand/new").submit(headers=FORGED)
    assert page.path == "/fr/demand/filed"
    assert b"evil.example" not in page.body
