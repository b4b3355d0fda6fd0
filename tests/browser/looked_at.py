"""What the accessibility statement says of the last look at every page: `portal/content/accessibility.yaml`.

A pytest plugin, switched on by `make accessibility` and by nothing else (`-p tests.browser.looked_at`). Each test
leaves its figures in its report (`note`), and reports travel from the xdist workers to the one process that writes.
A page that was found faulty is counted in the file; a page that was not looked at keeps the file as it was. Once the
pages with faults are mended they can be looked at alone (`make accessibility ARGS="-k name"`).
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.all_cases import CASES
from tests.browser.launch import chromium

FILE: Final = Path(__file__).resolve().parents[2] / "portal" / "content" / "accessibility.yaml"
HEAD: Final = "# The last look at every page with a real browser. Written by `make accessibility`, never by hand.\n"
LOOK: Final = "looked at"
SOME: Final = 10
Looks = dict[tuple[str, str], int]
"""Faults by page and language."""


def note(record: Callable[[str, object], None], page: str, language: str, faults: int) -> None:
    """Leave in the test's report how many faults a page has in a language. `record` is pytest's `record_property`."""
    record(LOOK, [page, language, faults])


def wanted() -> set[tuple[str, str]]:
    """Every page in every language in which it exists."""
    return {(case.name, language) for case in CASES if case.look for language in case.languages}


def figures(looks: Looks, on: date, browser: str) -> dict[str, Any]:
    """What the statement says of these looks."""
    return {
        "checked_on": on,
        "standard": "WCAG 2.2",
        "level": "AA",
        "tool": f"axe {AXE_SCRIPT.split('axe v', 1)[1].split(maxsplit=1)[0]}",
        "browser": browser,
        "pages": len({page for page, _ in looks}),
        "languages": dict(sorted(Counter(language for _, language in looks).items())),
        "looks": len(looks),
        "findings": sum(looks.values()),
        "pages_with_findings": sorted({page for (page, _), faults in looks.items() if faults}),
    }


def looked_again(before: dict[str, Any], looks: Looks) -> dict[str, Any] | None:
    """The figures after the pages with faults alone were mended and looked at again, each in all its languages.

    None where one of them was not, and where the file does not count the pages of today: then all are to be looked at.
    """
    faulty, every = set(before["pages_with_findings"]), wanted()
    again = {look: faults for look, faults in looks.items() if look[0] in faulty}
    if not faulty or before["looks"] != len(every) or again.keys() != {look for look in every if look[0] in faulty}:
        return None
    still = sorted({page for (page, _), faults in again.items() if faults})
    return before | {"findings": sum(again.values()), "pages_with_findings": still}


def written(content: dict[str, Any]) -> str:
    """The file."""
    return HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


class LookedAt:
    """Collects the looks of one run."""

    def __init__(self) -> None:
        self.looks: Looks = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Once for each phase of each test, wherever it ran; a look that is reported twice counts once."""
        self.take(value for name, value in report.user_properties if name == LOOK)

    def take(self, looks: Iterable[Any]) -> None:
        """Keep these looks."""
        for page, language, faults in looks:
            self.looks[page, language] = faults

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """At the end of the run: write, or say which pages nobody looked at."""
        missing = sorted({page for page, _ in wanted() - self.looks.keys()})
        before = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.exists() else None
        if missing and isinstance(before, dict) and (mended := looked_again(before, self.looks)):
            FILE.write_text(written(mended), encoding="utf-8")
            line = f"{FILE.name}: pages with findings looked at again, {mended['findings']} findings left"
            terminalreporter.write_line(line)
            return
        if missing:
            some = ", ".join(missing[:SOME]) + (", …" if len(missing) > SOME else "")
            line = f"{FILE.name} stays as it was; {len(missing)} pages not looked at in every language: {some}"
            terminalreporter.write_line(line, red=True)
            return
        FILE.write_text(written(figures(self.looks, date.today(), browser())), encoding="utf-8")  # noqa: DTZ011
        terminalreporter.write_line(f"{FILE.name}: {len(self.looks)} looks, {sum(self.looks.values())} findings")


def browser() -> str:
    """The browser's name and version, as it says itself."""
    path = shutil.which(chromium() or "")
    if path is None:
        return "none"
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that gets every report collects; an xdist worker has `workerinput`."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(LookedAt())
