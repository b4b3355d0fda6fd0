"""Two hundred applicants and twenty caseworkers at once, with time to think."""

from __future__ import annotations

from dataclasses import replace

from devstack.stack import Stack
from tests.load.run import WHOLE, run_load
from tests.soak.parts import Part, Request, Result


def run(stack: Stack, request: Request) -> Result:
    """Carry the whole plan out, with the asked seed."""
    outcome = run_load(stack, replace(WHOLE, seed=request.seed))
    return Result(outcome.line(), {**outcome.counts, "seconds": round(outcome.seconds, 1)}, outcome.faults)


part = Part("load", "200 applicants and 20 caseworkers at once for two minutes", run)
