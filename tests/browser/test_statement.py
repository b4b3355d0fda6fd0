"""The accessibility statement says what was looked at last, all of it, and hides nothing that was found."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from _pytest.reports import TestReport

from portal.content.accessibility import FILE, Figures, figures
from portal.law.loader import LawDataError
from tests.browser import looked_at
from tests.browser.accessibility import TAGS
from tests.browser.looked_at import HEAD, LookedAt, note, wanted, written

DAY = date(2026, 11, 21)


def said_in(file: Path = FILE) -> Figures:
    """The figures of a file that is there."""
    found = figures(file)
    assert found is not None, "nobody has looked yet: run `make accessibility`"
    return found


def test_before_the_first_look_there_are_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path / "accessibility.yaml") is None


@pytest.mark.parametrize("wrong", ["findings: -1", "findings: none", "pages: 1.5", "more: 1"])
def test_a_file_that_says_no_number_is_refused(run: Path, wrong: str) -> None:
    content = written(looked_at.figures({("home", "fr"): 0}, DAY, "Chromium 1"))
    key = wrong.partition(":")[0]
    kept = [line for line in content.splitlines() if not line.startswith(f"{key}:")]
    run.write_text("\n".join([*kept, wrong]), encoding="utf-8")
    with pytest.raises(LawDataError):
        figures(run)


def test_the_figures_are_those_of_the_pages_as_they_are() -> None:
    """Whoever adds a page runs `make accessibility`: this fails until the file counts it."""
    said = said_in()
    looks = wanted()
    assert (said.pages, said.looks) == (len({page for page, _ in looks}), len(looks))
    assert said.languages == Counter(language for _, language in looks)
    assert FILE.read_text(encoding="utf-8").startswith(HEAD)
    assert date(2026, 11, 21) <= said.checked_on <= date.today()  # noqa: DTZ011


def test_the_level_named_is_the_one_that_axe_is_asked_for() -> None:
    said = said_in()
    assert {f"wcag{part}" for part in ("2a", "2aa", "21a", "21aa", "22aa")} <= set(TAGS)
    assert (said.standard, said.level) == ("WCAG 2.2", "AA")


def test_what_was_found_and_where_belong_together() -> None:
    said = said_in()
    assert (said.findings == 0) == (said.pages_with_findings == ())
    assert set(said.pages_with_findings) <= {page for page, _ in wanted()}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the plugin writes."""
    monkeypatch.setattr(looked_at, "FILE", tmp_path / "accessibility.yaml")
    return tmp_path / "accessibility.yaml"


class Lines:
    """The end of a run: the one thing of the terminal that the plugin uses."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def write_line(self, line: str, **_markup: bool) -> None:
        """Note what is said."""
        self.said.append(line)


def reported(faulty: dict[str, int], left_out: str | None = None) -> LookedAt:
    """A run whose reports came back from the workers as xdist sends them."""
    collector = LookedAt()
    for page, language in sorted(wanted()):
        if page == left_out:
            continue
        properties: list[tuple[str, object]] = []
        note(lambda name, value, into=properties: into.append((name, value)), page, language, faulty.get(page, 0))  # type: ignore[misc]
        location = ("x.py", 0, page)
        report = TestReport(page, location, {}, "passed", None, "call", user_properties=properties)
        collector.pytest_runtest_logreport(TestReport._from_json(report._to_json()))
    return collector


def test_a_fault_on_one_page_is_counted_and_its_page_named(run: Path) -> None:
    page, languages = "home", sum(name == "home" for name, _ in wanted())
    assert languages == 5
    reported({page: 2}).pytest_terminal_summary(Lines())  # type: ignore[arg-type]
    said = said_in(run)
    assert (said.findings, said.pages_with_findings) == (10, ("home",))
    assert said.looks == len(wanted())


def test_a_mended_page_is_looked_at_again_alone_but_in_every_language(run: Path) -> None:
    reported({"home": 2}).pytest_terminal_summary(Lines())  # type: ignore[arg-type]
    for looks, left in (({("home", "fr"): 0}, 10), ({one: 0 for one in wanted() if one[0] == "home"}, 0)):
        collector = LookedAt()
        collector.looks = looks
        collector.pytest_terminal_summary(Lines())  # type: ignore[arg-type]
        assert f"\nfindings: {left}\n" in run.read_text(encoding="utf-8")
    said = said_in(run)
    assert (said.looks, said.pages_with_findings) == (len(wanted()), ())


def test_a_page_that_nobody_looked_at_leaves_the_file_alone(run: Path) -> None:
    run.write_text("as it was", encoding="utf-8")
    lines = Lines()
    reported({}, left_out="home").pytest_terminal_summary(lines)  # type: ignore[arg-type]
    assert run.read_text(encoding="utf-8") == "as it was"
    assert lines.said[0].endswith("1 pages not looked at in every language: home")


def test_the_file_reads_as_it_was_written(run: Path) -> None:
    run.write_text(written(looked_at.figures({("home", "fr"): 0}, DAY, "Chromium 1")), encoding="utf-8")
    said = said_in(run)
    assert (said.checked_on, said.browser, said.pages, said.findings) == (DAY, "Chromium 1", 1, 0)
    assert said.tool.startswith("axe 4.")
