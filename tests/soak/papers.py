"""The papers at full count: 500 sequences of sending, arranging and deleting while everything breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devstack.stack import Stack
from tests.papers.figures import WHOLE, Outcome
from tests.papers.run import run_papers
from tests.soak.parts import Part, Request, Result


def run(stack: Stack, request: Request) -> Result:
    """Carry the whole plan out, with the asked seed and time."""
    outcome = run_papers(stack, replace(WHOLE, seed=request.seed, seconds=request.seconds))
    return Result(outcome.line(), outcome.figures(), (*outcome.faults, *_missed(outcome)))


def _missed(outcome: Outcome) -> Iterator[str]:
    """What makes a run worth less than it says."""
    for name, kind in (("server killed", "server"), ("checks killed", "worker"), ("store stopped", "store")):
        if outcome.broken[name] < outcome.plan.heavy[kind]:
            yield f"only {outcome.broken[name]} times {name}, {outcome.plan.heavy[kind]} wanted"


part = Part("papers", "500 sequences of sending papers while everything breaks", run)
