"""A small crowd on every `make test`; the whole one by `make soak ARGS=load`."""

from __future__ import annotations

import pytest

from devstack.stack import Stack
from tests.devstack.database import Database
from tests.load.run import SHORT, run_load


def test_nothing_is_lost_among_many_people(
    bare_stack: Stack, clean_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run_load(bare_stack, SHORT)
    with capsys.disabled():
        print(f"\n{outcome.line()}")
    assert not outcome.faults, "\n".join((*outcome.faults, outcome.line()))
    assert {"filed", "answers", "photos", "searches", "opened", "reviewed"} <= outcome.counts.keys()
