"""Thirty filings while the portal and its database are killed: a tenth of what `python -m tests.soak` does."""

from __future__ import annotations

import pytest

from devstack.stack import Stack
from tests.crash.run import SHORT, run_crash
from tests.devstack.database import Database


def test_thirty_intents_are_thirty_filings(
    bare_stack: Stack, clean_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run_crash(bare_stack, SHORT)
    with capsys.disabled():
        print(f"\n{outcome.line()}")
    assert not outcome.faults, "\n".join((*outcome.faults, outcome.line()))
    assert outcome.kills.in_flight >= SHORT.kills, outcome.line()
    assert outcome.kills.postgres == SHORT.postgres_kills, outcome.line()
    assert set(outcome.ledger.counts.values()) == {SHORT.intents}, outcome.line()
