"""The whole crash test: 300 filings while the portal is killed in flight at least 50 times, and PostgreSQL too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devstack.stack import Stack
from tests.crash.run import WHOLE, Outcome, run_crash
from tests.soak.parts import Part, Request, Result


def run(stack: Stack, request: Request) -> Result:
    """Carry the whole plan out, with the asked seed and time."""
    outcome = run_crash(stack, replace(WHOLE, seed=request.seed, seconds=request.seconds))
    return Result(outcome.line(), outcome.figures(), (*outcome.faults, *_missed(outcome)))


def _missed(outcome: Outcome) -> Iterator[str]:
    """What makes a run worth less than it says."""
    if outcome.kills.in_flight < outcome.plan.kills:
        yield f"only {outcome.kills.in_flight} kills in flight, {outcome.plan.kills} wanted"
    if outcome.kills.postgres < outcome.plan.postgres_kills:
        yield f"only {outcome.kills.postgres} kills of PostgreSQL, {outcome.plan.postgres_kills} wanted"


part = Part("crash", "300 filings under at least 50 kills in flight", run)
