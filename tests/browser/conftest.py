"""Fixtures for tests with a real browser: pages that report what went wrong in them, and people known to the portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from devstack.stack import Stack
from portal.adapters.clock import Clock
from portal.factory import create_app
from portal.settings import Settings
from tests.browser.launch import MISSING, chromium, launch
from tests.browser.world import World
from tests.conftest import Env
from tests.devstack.database import Database
from tests.servers import PortalServer

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser per module and xdist worker: Playwright keeps an event loop, which other modules must not meet."""
    if chromium() is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: PortalServer) -> Iterator[OpenPage]:
    """`open_page(outside=(), **options)`: a page in a context of its own, on the portal.

    The test fails when a script breaks, the Content-Security-Policy refuses something, or the page asks for a host
    that is neither this machine nor named in `outside`.
    """
    faults: list[str] = []
    contexts = []

    def note_console(message: ConsoleMessage) -> None:
        # The browser itself reports every 4xx and every lost connection here; tests look at those themselves.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def open_page(outside: tuple[str, ...] = (), **options: Any) -> Page:
        def note_request(request: Request) -> None:
            host = urlsplit(request.url).hostname
            if host not in ("127.0.0.1", *outside) and request.url.startswith("http"):
                faults.append(f"asked for {request.url}")

        options = {"base_url": live_server.base_url, "reduced_motion": "reduce", "locale": "fr-CH", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(8000)
        contexts.append(context)
        context.on("request", note_request)
        context.on("console", note_console)
        context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def make_app(env: Env, live_server: PortalServer) -> Callable[[Clock | None], Flask]:
    """`make_app(clock)`: the app in this process, as the served one but for the clock; made once for each clock."""

    apps: dict[Clock | None, Flask] = {}

    def make_app(clock: Clock | None) -> Flask:
        if clock not in apps:
            apps[clock] = create_app(Settings.from_env(env("both", public_url=live_server.base_url)), clock)
        return apps[clock]

    return make_app


@pytest.fixture
def make_world(
    clean_database: Database, stack: Stack, make_app: Callable[[Clock | None], Flask]
) -> Iterator[Callable[..., World]]:
    """`make_world(clock=None)`: an empty portal with its caseworkers enrolled, and the means to file without a browser."""
    worlds: list[World] = []

    def make_world(clock: Clock | None = None) -> World:
        worlds.append(World(make_app(clock), stack, clean_database))
        worlds[-1].enrol()
        return worlds[-1]

    yield make_world
    for world in worlds:
        world.close()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """An empty portal at the machine's own time."""
    return make_world()
