"""The phone rings at 23:58 on the last day of a month: the demand is of that month, pressed twice or once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from devstack.ports import LOOPBACK, free_port
from portal.factory import create_app
from portal.settings import Settings
from tests.browser.conftest import OpenPage
from tests.browser.hands import REFERENCE, Hands, overflow
from tests.browser.launch import DESK
from tests.browser.world import World
from tests.clock import SettableClock
from tests.conftest import Env
from tests.servers import PortalServer

CALL = "/staff/call"
NAME = "Zoé O’Neill-D’Angelo"


class Quiet(WSGIRequestHandler):
    """A server that does not write its requests between the tests' lines."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@contextmanager
def served(app: Flask, port: int) -> Iterator[None]:
    """The app of this process, with its own clock, for a real browser."""
    server = make_server(LOOPBACK, port, app, threaded=True, request_handler=Quiet)
    runs = Thread(target=server.serve_forever, daemon=True)
    runs.start()
    try:
        yield
    finally:
        server.shutdown()
        runs.join(timeout=5)


def test_a_call_in_the_last_minute_of_the_month(
    open_page: OpenPage, make_world: Callable[..., World], env: Env
) -> None:
    clock = SettableClock()
    clock.set("2026-11-30 23:58")
    world = make_world(clock)
    port = free_port()
    base_url = f"http://{LOOPBACK}:{port}"
    app = create_app(Settings.from_env(env("both", public_url=base_url)), clock)
    with served(app, port):
        page = open_page(**DESK, base_url=base_url)
        page.context.add_cookies([{"name": "staff", "value": world.staff_visit(), "url": base_url}])
        me = Hands(page, "fr")
        page.goto("/staff/")
        page.locator("details.nav-others summary").click()
        page.get_by_role("link", name="Noter un appel").click()
        told(me)
        clock.set("2026-11-30 23:59:59.9")
        page.get_by_role("button", name="Enregistrer l’appel").dblclick()
        me.heading("Demande enregistrée")
        reference = REFERENCE.search(page.locator("main").inner_text())
        assert reference
        me.says("30 novembre 2026")

        clock.set("2026-12-01 00:01")  # what is looked at afterwards is still of November
        page.reload()
        me.says(reference[0])
        me.says("30 novembre 2026")
        assert overflow(page) == []
        slip = me.pdf_text(page.get_by_role("link", name=re.compile("Feuille")).first.click)
        assert reference[0] in slip
    assert filed(world) == [("2026-11-30", "phone")]


def told(me: Hands) -> None:
    """What is said on the phone; the caller has only a name and a number."""
    page: Page = me.page
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=phone]").fill("079 555 21 21")
    page.locator("[name=language]").select_option("de")


def filed(world: World) -> list[tuple[str, str]]:
    """Day and way of each demand of the register."""
    with world.database.connect() as connection:
        rows = connection.execute("SELECT filing_date::text, channel FROM demand").fetchall()
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_whole_form_stands_on_one_screen_of_a_desk(
    open_page: OpenPage, make_world: Callable[..., World], live_server: PortalServer, language: str
) -> None:
    """1920 by 1080 less the browser's own bars, at a width of 1280; what few calls need is folded, and a key opens it."""
    page = open_page(viewport={"width": 1280, "height": 960})
    visit = make_world(None).staff_visit(language=language)
    page.context.add_cookies([{"name": "staff", "value": visit, "url": live_server.base_url}])
    page.goto(CALL)
    parts = page.locator("main :is(input:not([type=hidden]), select, textarea, button, summary, .callout)")
    boxes = [box for part in parts.all() if part.is_visible() and (box := part.bounding_box())]
    assert len(boxes) > 12
    assert max(box["y"] + box["height"] for box in boxes) <= 960
    email = page.locator("[name=email]")
    expect(email).to_be_hidden()
    fold = page.locator("summary", has_text=Hands(page, language).words("Adresse e-mail"))
    fold.focus()
    page.keyboard.press("Enter")
    email.fill("nobody at all")
    Hands(page, language).button("Enregistrer l’appel").click()
    expect(page.locator("main [role=alert]").first).to_be_visible()
    expect(email, "what was refused is never folded away").to_be_visible()
