"""With a second language beside the first a page stays a page: axe finds nothing, nothing sticks out sideways."""

from __future__ import annotations

from typing import Final

import pytest

from tests.browser.all_cases import CASES, Case
from tests.browser.conftest import OpenPage
from tests.browser.test_every_page import faults, show
from tests.browser.world import World
from tests.servers import PortalServer

SHOWN = (
    "home",
    "form_whole",
    "estimate_two_budgets",
    "own_papers_seen_accepted_refused",
    "intake_incomes",
    "staff_board",
    "staff_summary",
)
"""Pages of every kind: headings, buttons, fields, tables, bars, lists, tags."""
ASTRAY: Final = """() => {
  const way = (element) => getComputedStyle(element).textAlign;
  const astray = (other) => way(other) !== (way(other.previousElementSibling) === "center" ? "center" : "start");
  return [...document.querySelectorAll(".beside-other")].filter(astray).map((other) => other.textContent);
}"""
"""A second text that begins elsewhere than where its own language begins; in the middle only where the first one does."""


@pytest.mark.parametrize("case", [case for case in CASES if case.name in SHOWN], ids=lambda case: case.name)
def test_page_with_two_languages(case: Case, open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    found: list[str] = []
    for own, other in (("de", "fr"), ("ar", "fr")):
        if own not in case.languages:
            continue
        page = open_page(locale=None)
        page.context.set_extra_http_headers({"Accept-Language": own})
        page.context.add_cookies([{"name": "beside", "value": other, "url": live_server.base_url}])
        page.set_viewport_size({"width": 360, "height": 740})
        assert show(case, page, world, live_server, own) == case.status
        assert page.locator(f".beside-other[lang={other}]").count() > 5
        found += [f"{own}+{other}: {fault}" for fault in faults(page, own)]
        found += [f"{own}+{other}: not at the start of its line: {said}" for said in page.evaluate(ASTRAY)]
        page.context.close()
    assert not found, "\n".join(found)
