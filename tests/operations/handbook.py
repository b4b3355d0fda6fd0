"""The handbook as the tests read it: the named blocks of `docs/operations.md` are run, not retyped."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from devstack.portal import portal_environment
from devstack.postgres import Postgres
from tests.servers import PROJECT

OPERATIONS = PROJECT / "docs" / "operations.md"
_BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(language: str, name: str) -> str:
    """The text of a block, such as ```` ```sh backup ````; there must be exactly one."""
    found = [text for kind, title, text in _BLOCK.findall(OPERATIONS.read_text()) if (kind, title) == (language, name)]
    assert len(found) == 1, f"{len(found)} blocks ```{language} {name} in {OPERATIONS.name}"
    return str(found[0])


def table(path: Path, first: str) -> list[list[str]]:
    """The rows of the table whose first column has this heading, without heading and rule."""
    lines = path.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")])
    return rows


class Shell:
    """Runs blocks in the folder of the code, with the programs of this environment and of its PostgreSQL."""

    def __init__(self, postgres: Postgres, **variables: str | Path) -> None:
        self.postgres = postgres
        self.variables = {name: str(value) for name, value in variables.items()}

    def run(self, name: str, **more: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the block ```` ```sh <name> ````; never raises for a bad exit."""
        return self._run(["sh", "-c", block("sh", name)], {name: str(value) for name, value in more.items()})

    def psql(self, address: str, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run an SQL script with psql as it stands; `more` is its environment."""
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--file=-"]
        return self._run([*command, "--dbname", address], more, script)

    def _run(self, command: list[str], more: Mapping[str, str], text: str = "") -> subprocess.CompletedProcess[str]:
        places = [Path(sys.executable).parent, self.postgres.program("psql").parent, "/usr/bin", "/bin"]
        clean = portal_environment({**self.variables, **more, "PATH": ":".join(map(str, places))})
        return subprocess.run(
            command, cwd=PROJECT, env=clean, input=text, capture_output=True, text=True, timeout=60, check=False
        )


def write_env(path: Path, variables: Mapping[str, str]) -> None:
    """A file as the handbook wants it: values in single quotes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name}='{value}'\n" for name, value in variables.items()))
    path.chmod(0o600)


def worked(done: subprocess.CompletedProcess[str]) -> str:
    """What a command printed; fails with its messages when it did not work."""
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout
