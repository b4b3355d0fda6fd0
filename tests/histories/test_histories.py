"""A hundred histories of the thousand of `make soak ARGS=histories`; and that the comparison would see a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.histories import compare, replay
from tests.histories.compare import run_histories
from tests.histories.generate import history
from tests.histories.replay import Replay

SEED, TENTH = 7, 100


def test_every_day_of_a_hundred_histories_equals_the_replay() -> None:
    found = run_histories(SEED, TENTH)
    assert found.faults == []
    assert found.histories == TENTH
    # Enough of everything that makes a history hard.
    assert min(found.corrected, found.withdrawn, found.dropped, found.refused, found.not_applied) >= TENTH / 10
    assert found.reports > 5 * TENTH


def test_a_history_is_the_same_for_the_same_seed() -> None:
    assert history(3) == history(3)
    assert history(3) != history(4)


def test_the_comparison_sees_a_step_that_is_laid_out_of_order(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Replay.__init__

    def backwards(self: Replay, *args: object, **more: object) -> None:
        kept(self, *args, **more)  # type: ignore[arg-type]
        self.steps.reverse()

    monkeypatch.setattr(compare.Replay, "__init__", backwards)
    assert run_histories(SEED, 20).faults


def test_the_replay_shares_no_code_with_what_it_proves() -> None:
    text = Path(replay.__file__).read_text("utf-8").split('"""', 2)[2]
    assert "import" in text
    assert "portal" not in text
