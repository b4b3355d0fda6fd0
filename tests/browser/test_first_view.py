"""What the first view weighs on its way to an old phone."""

from __future__ import annotations

import gzip
import re

import requests

from portal.i18n.languages import CODES
from tests.browser.conftest import OpenPage
from tests.browser.launch import PHONE
from tests.servers import PortalServer

PAGE_AND_STYLE, SCRIPT = 30 * 1024, 15 * 1024


def weight(address: str) -> int:
    """Bytes on the wire; what a proxy would compress is compressed here, at its usual level."""
    answer = requests.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=10)
    assert answer.status_code == 200, address
    sent = answer.raw.read()
    return len(sent) if answer.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(sent, 6))


def test_the_first_view_is_light(live_server: PortalServer) -> None:
    for language in CODES:
        address = f"{live_server.base_url}/{language}/"
        page = requests.get(address, timeout=10).text
        style = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        script = re.findall(r'<script[^>]* src="([^"]+)"', page)
        assert len(style) == len(script) == 1
        heavy = weight(address) + weight(live_server.base_url + style[0])
        assert heavy < PAGE_AND_STYLE, f"{language}: {heavy}"
        assert weight(live_server.base_url + script[0]) < SCRIPT


def test_the_first_view_asks_for_little(open_page: OpenPage) -> None:
    """Page, style, script and icon, and nothing else; a second visit takes the style from the browser."""
    page = open_page(**PHONE)
    asked: list[str] = []
    page.on("response", lambda response: asked.append(response.url))
    page.goto("/fr/", wait_until="networkidle")
    assert 3 <= len(asked) <= 4, asked
    stored = page.evaluate(
        """() => performance.getEntriesByType("resource").map((entry) => [entry.name, entry.transferSize])"""
    )
    assert all(size > 0 for _, size in stored)
    page.goto("/fr/urgent", wait_until="networkidle")
    again = page.evaluate(
        """() => performance.getEntriesByType("resource").filter((entry) => /css|js/.test(entry.name))
                 .map((entry) => entry.transferSize)"""
    )
    assert again == [0, 0], "style and script came over the network once more"
