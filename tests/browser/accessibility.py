"""axe over the page that is open: every rule of WCAG 2.0 to 2.2, levels A and AA, and axe's own good practices."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: Final[dict[str, Any]] = {
    "runOnly": TAGS,
    "rules": {"target-size": {"enabled": True}},  # off in axe unless asked for by name
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each place: the rule, where, and why. It stays in the page for the next look."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for rule in page.evaluate("options => axe.run(options).then((results) => results.violations)", OPTIONS):
        for node in rule["nodes"]:
            reasons = {item["message"] for part in ("any", "all", "none") for item in node[part]}
            found.append(f"{rule['id']}: {' '.join(map(str, node['target']))}: {'; '.join(sorted(reasons))}")
    return found
