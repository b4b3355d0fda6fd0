"""`law check` runs as it would at a jurist's: no server, no secret, no variable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from portal.cli import create_cli, law
from tests.servers import PROJECT


def run(*arguments: str) -> Result:
    return create_cli().test_cli_runner().invoke(args=["law", "check", *arguments])


@pytest.fixture
def no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which parameters the code asks for is another test's matter."""
    monkeypatch.setattr(law, "used_names", lambda: None)


def test_without_any_variable() -> None:
    command = [Path(sys.executable).with_name("flask"), "--app", "app", "law", "check", "--on", "2026-11-21"]
    done = subprocess.run(
        command, cwd=PROJECT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60, check=False
    )
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.stderr == ""
    assert report["on"] == "2026-11-21"
    assert done.returncode == (0 if report["ok"] else 1)
    assert "Grône" in done.stdout, "letters are written as they are"


@pytest.mark.parametrize(("on", "stale"), [("2026-11-21", False), ("2027-12-01", True)])
@pytest.mark.usefixtures("no_use")
def test_open_points_are_no_fault(on: str, stale: bool) -> None:
    result = run("--on", on)
    report = json.loads(result.stdout)
    assert (result.exit_code, report["ok"], report["errors"]) == (0, True, [])
    assert report["not_certain"]
    assert report["missing"]
    assert bool(report["stale"]) is stale


@pytest.mark.usefixtures("no_use")
def test_the_day_is_today_unless_one_is_named() -> None:
    assert json.loads(run().stdout)["on"] >= "2026-01-01"


def test_a_fault_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "used_names", lambda: {"no_such_value"})
    result = run("--on", "2026-11-21")
    assert result.exit_code == 1
    assert "no_such_value" in {fault["where"] for fault in json.loads(result.stdout)["errors"]}


@pytest.mark.parametrize("day", ["2021-06-30", "2026-02-30", "yesterday", ""])
def test_a_day_that_cannot_be_is_named(day: str) -> None:
    result = run("--on", day)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--on" in result.stderr
