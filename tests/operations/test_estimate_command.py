"""`estimate` and `situation-schema` as somebody runs them at home: no variable, no server, no secret."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.cli import create_cli
from tests.servers import PROJECT

FLASK = [str(Path(sys.executable).with_name("flask")), "--app", "app"]
ON = "2026-11-21"
APPLICANT = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"}
SMALL: dict[str, Any] = {"version": 1, "persons": [APPLICANT], "home": "rented", "rent": 900}


def flask(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["env", "-i", f"PATH={os.environ['PATH']}", *FLASK, *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def inside(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same command within this process, twenty times as quick."""
    done = create_cli().test_cli_runner().invoke(args=[str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def written(folder: Path, content: object) -> Path:
    """A file with bytes as they are, with text, or with JSON."""
    path = folder / "household.json"
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return path


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The message of a command that ended as it should on bad input."""
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 2_000
    return done.stderr


def test_a_range_as_exact_text(tmp_path: Path) -> None:
    done = flask("estimate", written(tmp_path, SMALL | {"rent": 900.35}), "--on", ON)
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["range"] == {"low": "1897.35", "high": "1961.35"}
    assert (answer["on"], answer["binding"], answer["decided_by"]) == (ON, False, "commune")
    (budget,) = answer["budgets"]
    lines = [*budget["needs"], *budget["resources"]]
    assert {line["line"]: (line["low"], line["high"]) for line in lines}["rent"] == ("900.35", "900.35")
    spans = [answer["range"], *lines, *(budget[name] for name in ("need", "resource", "balance", "aid"))]
    ends = [span[end] for span in spans for end in ("low", "high")]
    assert all(isinstance(end, str) and re.fullmatch(r"-?\d+\.\d{2}", end) for end in ends)
    assert all(
        line["rules"] and all(rule["since"] <= ON and rule["source"] for rule in line["rules"]) for line in lines
    )


def test_an_open_end_is_null(tmp_path: Path) -> None:
    done = flask("estimate", written(tmp_path, SMALL | {"rent": "unknown"}), "--on", ON)
    assert json.loads(done.stdout)["range"] == {"low": "997.00", "high": None}


def test_no_amount_is_no_failure(tmp_path: Path) -> None:
    done = flask("estimate", written(tmp_path, SMALL | {"persons": [APPLICANT | {"permit": "n"}]}), "--on", ON)
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert (answer["range"], answer["budgets"], answer["route"]["kind"]) == (None, [], "asylum")
    assert answer["first"]


def test_the_schema() -> None:
    done = flask("situation-schema")
    assert (done.returncode, done.stderr) == (0, "")
    schema: dict[str, Any] = json.loads(done.stdout)
    assert schema["required"] == ["version", "persons"]
    assert schema["properties"]["persons"]["maxItems"] == 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "FILE: is not JSON"),
        ("{", "FILE: is not JSON"),
        ("version: 1", "FILE: is not JSON"),
        (b"\xff\xfe{\x00}\x00", "FILE: is not JSON"),
        (b'{"version": 1, "home": "\xe9"}', "FILE: is not JSON"),
        ("[]", "FILE: the situation must be an object"),
        ("null", "FILE: the situation must be an object"),
        ("{}", "FILE: version: must be 1"),
        ('{"version": 1, "rent": NaN}', "rent: must be an amount in francs from 0 to 20000"),
        ('{"version": 1, "rent": -Infinity}', "rent: must be an amount in francs from 0 to 20000"),
        ('{"version": 1, "rent": 1e400}', "rent: must be an amount in francs from 0 to 20000"),
        (f'{{"version": 1, "rent": {"9" * 5000}}}', "FILE: "),
        (SMALL | {"rent": -1}, "rent: must be an amount in francs from 0 to 20000, with at most two decimals"),
        (SMALL | {"rent": 10**9}, "rent: must be an amount in francs from 0 to 20000, with at most two decimals"),
        (SMALL | {"persons": [APPLICANT | {"permit": "z"}]}, "persons[0].permit: must be one of swiss, b, c"),
        (SMALL | {"persons": [{**APPLICANT, "age": None, "born": "2026-11-22"}]}, "persons[0].born: must be a day"),
        (SMALL | {"persons": [APPLICANT] * 40}, "persons: must be a list of at most 20, not 40"),
        (SMALL | {"commune": 999}, "commune: no commune of Valais has the number 999 on 2026-11-21"),
        (b" " * 2_000_000, "FILE: must not be larger than 1000000 bytes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_of_a_file(tmp_path: Path, content: object, said: str) -> None:
    assert said in refused(inside("estimate", written(tmp_path, content), "--on", ON))


@pytest.mark.parametrize("depth", [500, 940, 960, 100_000])
def test_of_a_file_that_is_nested_deep(tmp_path: Path, depth: int) -> None:
    """As a process of its own, for how deep one can go depends on what already runs."""
    nested = f'{{"version": 1, "home": {"[" * depth}{"]" * depth}}}'
    assert "FILE: " in refused(flask("estimate", written(tmp_path, nested), "--on", ON))


@pytest.mark.parametrize(
    "content", ["{", b"\xff\xfe{\x00}\x00", SMALL | {"rent": -1}, b" " * 2_000_000], ids=lambda c: str(c)[:9]
)
def test_of_a_file_in_a_process(tmp_path: Path, content: object) -> None:
    assert "FILE: " in refused(flask("estimate", written(tmp_path, content), "--on", ON))


def test_all_faults_at_once(tmp_path: Path) -> None:
    wrong = SMALL | {"rent": -1, "home": "a tent", "persons": [APPLICANT | {"permit": "z"}]}
    message = refused(inside("estimate", written(tmp_path, wrong), "--on", ON))
    assert all(field in message for field in ("rent: ", "home: ", "persons[0].permit: "))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2021-06-30", "before 2021-07-01 the old regulation applied; ask the centre"),
        ("1900-01-01", "before 2021-07-01 the old regulation applied; ask the centre"),
        ("2200-01-01", "must not lie after 2100-12-31"),
        ("2026-02-30", "--on"),
        ("tomorrow", "--on"),
        ("", "--on"),
    ],
)
def test_of_a_day(tmp_path: Path, on: str, said: str) -> None:
    message = refused(inside("estimate", written(tmp_path, SMALL), "--on", on))
    assert "--on" in message
    assert said in message


@pytest.mark.parametrize("on", ["2021-07-01", "2100-12-31"])
def test_the_first_and_the_last_day(tmp_path: Path, on: str) -> None:
    assert inside("estimate", written(tmp_path, SMALL), "--on", on).returncode == 0


def test_of_a_day_before_the_law_in_a_process(tmp_path: Path) -> None:
    assert "ask the centre" in refused(flask("estimate", written(tmp_path, SMALL), "--on", "2021-06-30"))


def test_without_a_file(tmp_path: Path) -> None:
    assert "no-such-file.json" in refused(flask("estimate", tmp_path / "no-such-file.json", "--on", ON))
    assert "FILE" in refused(flask("estimate", tmp_path, "--on", ON)), "a folder is no file"
    assert "--on" in refused(flask("estimate", written(tmp_path, SMALL)))
