"""The answers with the reported changes laid over them: what holds on any day, and what could not be applied.

Reports never change what was sent before. A value holds from its day until the next one, whoever said it; of two values for
one day the one reported later counts. Of two last days of one income the one reported later counts, whichever day it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.domain.changes.laying import NotThereError, begun, income_key, laid, with_entry
from portal.domain.changes.on_day import begun_by, change_days, situation_on
from portal.domain.changes.ops import BeginIncome, BeginPerson, EndIncome, Op
from portal.domain.situation import Situation

__all__ = [
    "Live",
    "Overlaid",
    "Step",
    "begun_by",
    "change_days",
    "income_key",
    "overlay",
    "shared",
    "situation_on",
    "steps_of",
    "with_entry",
]


@dataclass(frozen=True)
class Live:
    """A report that was sent and not withdrawn, as one viewer may see it."""

    report: str
    """Its short id."""
    sequence: int
    """In the order in which reports of a household arrived."""
    ops: tuple[Op, ...]
    drops: frozenset[tuple[str, int]] = frozenset()
    """Steps of earlier reports, by short id and place, that the person said no longer hold."""
    hidden: frozenset[int] = frozenset()
    """Places of steps that this viewer may not see. They stay in `ops`, so that every step keeps its place."""


@dataclass(frozen=True)
class Step:
    """One step of one report."""

    report: str
    place: int
    op: Op


@dataclass(frozen=True)
class Overlaid:
    """The answers over time. `not_applied`: steps about a person or an income that the answers do not name any more."""

    situation: Situation
    not_applied: tuple[Step, ...] = ()


def shared(live: Live) -> Live:
    """The report as the other adults of the household see it: without what was said for its author alone."""
    return replace(live, hidden=frozenset(place for place, op in enumerate(live.ops) if op.own))


def steps_of(reports: Iterable[Live]) -> tuple[Step, ...]:
    """Every step that holds, in the order in which they are laid: by day, then as they were reported."""
    live = sorted(reports, key=lambda report: report.sequence)
    dropped = {step for report in live for step in report.drops}
    order = {report.report: report.sequence for report in live}
    steps = [
        Step(report.report, place, op)
        for report in live
        for place, op in enumerate(report.ops)
        if (report.report, place) not in dropped and place not in report.hidden
    ]
    return tuple(sorted(steps, key=lambda s: (s.op.since, order[s.report], s.place)))


def overlay(base: Situation, reports: Sequence[Live]) -> Overlaid:
    """The answers with these reports over them. Never raises for what was kept: see `Overlaid.not_applied`."""
    situation, left = base, []
    steps = steps_of(reports)
    order = {report.report: report.sequence for report in reports}
    # Somebody is there, and has an income, before anything is said of either, also where both begin on one day.
    people = [step for step in steps if isinstance(step.op, BeginPerson)]
    incomes = [step for step in steps if isinstance(step.op, BeginIncome)]
    ends = [step for step in steps if isinstance(step.op, EndIncome)]
    values = [step for step in steps if not isinstance(step.op, BeginPerson | BeginIncome | EndIncome)]
    ends.sort(key=lambda step: (order[step.report], step.place))
    for step in (*people, *incomes, *values, *ends):
        lay = begun if isinstance(step.op, BeginPerson | BeginIncome) else laid
        try:
            situation = lay(situation, step.op)
        except (NotThereError, ValueError):  # WrongAnswerError and SituationError are ValueErrors
            left.append(step)
    return Overlaid(situation, tuple(left))
