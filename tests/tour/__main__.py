"""Take the pictures: a portal of its own with the demo data, every stop at two widths in each language, and an index."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from devstack.portal import PortalServer, portal_environment
from devstack.ports import LOOPBACK, free_port
from devstack.stack import Stack
from tests.browser.launch import MISSING, chromium, launch
from tests.devstack.database import Database
from tests.devstack.leftovers import clear_leftovers, new_root, remove_root
from tests.servers import PROJECT
from tests.tour import citizen, desk
from tests.tour.index import write_index
from tests.tour.stops import STOPS, Place, Stop

WIDTHS = (360, 1280)
ROUTE = (citizen, desk)
"""The modules with the stops, in the order of their numbers."""


def main() -> int:
    """0 when all pictures were taken; 1 with a message when there is no browser or a stop could not be reached."""
    parser = argparse.ArgumentParser(prog="make tour", description=__doc__)
    parser.add_argument("--folder", type=Path, default=PROJECT / "var" / "tour")
    parser.add_argument("--only", default="", help="stops whose name holds this word")
    parser.add_argument("--languages", default="", help="such as fr,ar; by default those of each stop")
    parser.add_argument("--dark", action="store_true", help="the dark scheme as well")
    options = parser.parse_args()
    if chromium() is None:
        print(MISSING, file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    for old in options.folder.glob("*.png"):
        old.unlink()
    # The desk first: its board then shows the demo data, not what the tour files.
    stops = sorted((stop for stop in STOPS if options.only in stop.name), key=lambda stop: "staff" not in stop.name)
    wanted = set(filter(None, options.languages.split(",")))
    schemes = ("light", "dark") if options.dark else ("light",)
    began = time.monotonic()
    with portal() as (place, server), sync_playwright() as playwright:
        browser = launch(playwright)
        failed = [
            fault
            for stop in stops
            for language in stop.languages
            if not wanted or language in wanted
            for scheme in schemes
            for fault in _visit(browser, place, server, stop, language, scheme, options.folder)
        ]
        browser.close()
    count = write_index(options.folder, sorted(stops, key=lambda stop: stop.name))
    print(f"{count} pictures in {options.folder} in {time.monotonic() - began:.0f} s; open index.html there")
    for fault in failed:
        print(fault, file=sys.stderr)
    return 1 if failed else 0


def _visit(
    browser: Browser, place: Place, server: PortalServer, stop: Stop, language: str, scheme: str, folder: Path
) -> Iterator[str]:
    """The pictures of one stop in one language: walked to once, then seen at each width."""
    context = browser.new_context(
        base_url=server.base_url,
        locale=language,
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        viewport={"width": WIDTHS[0], "height": 740},
    )
    context.set_default_timeout(8000)
    page = context.new_page()
    if not stop.script:
        page.route("**/*.js", lambda route: route.abort())
    try:
        with stop.without(place.stack):
            stop.walk(place, page, language)
        for width in WIDTHS:
            _picture(page, folder / f"{stop.name}-{language}-{width}{'-dark' if scheme == 'dark' else ''}.png", width)
    except Exception as error:
        yield f"{stop.name}, {language}: {error}"
    finally:
        context.close()


def _picture(page: Page, path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740 if width < 800 else 900})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, full_page=True)


@contextmanager
def portal() -> Iterator[tuple[Place, PortalServer]]:
    """A portal with the demo data in a folder that is removed at the end."""
    clear_leftovers()
    root = new_root()
    port = free_port()
    stack = Stack(root, public_url=f"http://{LOOPBACK}:{port}")
    server = PortalServer(root, PROJECT, stack.env("both"), port)
    try:
        stack.start()
        database = Database(stack.postgres)
        owner = stack.env("both", owner=True)
        database.migrate(owner)
        command = [sys.executable, "-m", "devstack.demo"]
        subprocess.run(command, cwd=PROJECT, env=portal_environment(owner), check=True)
        server.start()
        os.environ["DATABASE_URL"] = "none"  # nothing here may reach for a portal that somebody runs
        yield Place(stack, database, server.base_url), server
    finally:
        server.stop()
        stack.stop()
        remove_root(root)


if __name__ == "__main__":
    sys.exit(main())
