"""What the code asks for is found in it, and each file says whether anything does."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from portal.law.check import law_check
from portal.law.loader import LawDataError
from portal.law.parameters import definition
from portal.law.parameters.reading import FOLDER, read_definition
from portal.law.use import used_names
from tests.tools import law_use


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A portal of three files."""
    folder = tmp_path / "portal"
    for name in ("domain", "templates", "law/parameters", "i18n/law_words"):
        (folder / name).mkdir(parents=True)
    (folder / "domain" / "one.py").write_text('"""vehicle in a sentence"""\nNAMES = {"gift_limit": 1}\nx = "nothing"\n')
    (folder / "domain" / "two.py").write_text('a = f"young_adult_a{x}"\nb = f"{x}_{y}"\nc = f"{x}: {y}"\n')
    (folder / "views.py").write_text('a = parameter("decision_clock", on)\nb = law.parameter("no_such_value", on)\n')
    asking = "{{ law_source('silence') }} {{ law_source(\"not_there\") }} {% call rule('by_macro') %}"
    (folder / "templates" / "page.html").write_text(asking)
    (folder / "law" / "parameters" / "reading.py").write_text('x = "vehicle"\n')
    (folder / "i18n" / "law_words" / "notes.py").write_text('x = {"vehicle": 1}\n')
    return folder


def test_names_are_found_in_tables_calls_and_templates(portal: Path) -> None:
    assert used_names(portal) == {
        *("gift_limit", "young_adult_age", "decision_clock", "silence"),
        *("no_such_value", "not_there", "by_macro"),
    }


def test_the_real_code_asks_for_clocks_and_for_what_pages_state() -> None:
    assert {"decision_clock", "urgent_clock", "start_of_aid", "silence", "competence"} <= used_names()


def test_every_mark_is_what_the_code_says() -> None:
    """Repair: `python -m tests.tools.law_use --write`."""
    assert [path.name for path, _ in law_use.differing(set())] == []


def test_the_check_with_use_finds_no_fault() -> None:
    assert law_check(date(2026, 11, 21), used=used_names()).errors == ()


def test_the_mark_is_read_and_nothing_else_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "decision_clock.yaml"
    text = (FOLDER / "clocks" / "decision_clock.yaml").read_text("utf-8")
    assert not definition("decision_clock").for_reading
    path.write_text(law_use.marked(text, for_reading=True), "utf-8")
    assert read_definition(path).for_reading
    path.write_text(path.read_text("utf-8").replace("use: reading", "use: estimate"), "utf-8")
    with pytest.raises(LawDataError, match="use must be left out"):
        read_definition(path)


def test_the_tool_sets_and_takes_away(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "clocks", tmp_path / "clocks")
    path = tmp_path / "clocks" / "decision_clock.yaml"
    text = path.read_text("utf-8")
    assert law_use.marked(text, for_reading=False) == text
    path.write_text(law_use.marked(text, for_reading=True), "utf-8")
    assert law_use.marked(path.read_text("utf-8"), for_reading=True) == path.read_text("utf-8")
    assert (path, False) in law_use.differing({"clocks"}, tmp_path)
    assert law_use.marked(path.read_text("utf-8"), for_reading=False) == text
