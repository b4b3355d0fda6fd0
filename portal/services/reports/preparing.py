"""A report before it is sent: what would hold with it, and what earlier reports say of the same things. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import Clash, ClashKind, clashes
from portal.domain.changes.meaning import ops_of_report
from portal.domain.changes.timeline import Live, overlay
from portal.domain.situation import Situation
from portal.services.reports.reading import Known


@dataclass(frozen=True)
class Prepared:
    """The answers over time with the report, and what the person is asked about."""

    before: Situation
    after: Situation
    clashes: tuple[Clash, ...]


def prepare(known: Known, changes: tuple[Change, ...], name: str) -> Prepared:
    """What a report without faults does. `known`: without the report that it corrects; `name`: the report's own."""
    before = known.overlaid.situation
    ops = tuple(op for _, op in ops_of_report(changes, before, name))
    asked = tuple(one for one in clashes(known.base, known.live, ops) if one.kind is not ClashKind.SAME)
    last = max((live.sequence for live in known.live), default=0) + 1
    return Prepared(before, overlay(known.base, (*known.live, Live(name, last, ops))).situation, asked)


def place_of(clash: Clash) -> tuple[str, int]:
    """The earlier step, as a report names it."""
    return clash.step.report, clash.step.place


def field_of(clash: Clash) -> str:
    """The name under which a form asks about it."""
    return f"clash-{clash.step.report}-{clash.step.place}"
