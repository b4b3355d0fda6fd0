"""Fifty sequences while everything breaks: a tenth of what `python -m tests.soak papers` does."""

from __future__ import annotations

import pytest

from devstack.stack import Stack
from tests.devstack.database import Database
from tests.papers.figures import SHORT
from tests.papers.run import run_papers


def test_no_acknowledged_byte_is_lost(
    bare_stack: Stack, clean_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run_papers(bare_stack, SHORT)
    with capsys.disabled():
        print(f"\n{outcome.line()}")
    assert not outcome.faults, "\n".join((*outcome.faults, outcome.line()))
    assert outcome.broken["server killed"] == SHORT.heavy["server"], outcome.line()
    assert outcome.broken["checks killed"] == SHORT.heavy["worker"], outcome.line()
    assert min(outcome.files[kind] for kind in ("ready", "received", "deleted", "unfinished")) > 0, outcome.line()
    assert outcome.swept.orphans > 0, outcome.line()
