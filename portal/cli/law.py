"""Commands about the law: no server, no secret, no variable."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from portal.adapters.clock import SystemClock
from portal.cli.answers import Day, fail, say
from portal.content.check import notice_check
from portal.domain.deadlines import days_left, decision_due, urgent_due
from portal.domain.demand import filing_day
from portal.law import directory
from portal.law.check import law_check
from portal.law.parameters import BeforeTheLawError, parameter
from portal.law.use import used_names


@click.command("deadlines")
@click.option("--filed", type=Day, required=True, help="Filing date, YYYY-MM-DD.")
@click.option("--urgent", type=Day, help="Date of the express urgent request, YYYY-MM-DD.")
def deadlines(filed: datetime, urgent: datetime | None) -> None:
    """Legal clocks of a demand."""
    try:
        clocks = [_clock("decision", "decision_clock", filed.date(), decision_due)]
        if urgent is not None:
            if urgent < filed:
                fail("--urgent: the urgent request cannot be before the filing date")
            clocks.append(_clock("urgent", "urgent_clock", urgent.date(), urgent_due))
    except BeforeTheLawError:
        fail("--filed: before 2021-07-01 the old regulation applied; ask the centre")
    say({"filed": filed.date(), "clocks": clocks})


def _clock(name: str, rule_name: str, start: date, due: Callable[[date, int], date]) -> dict[str, Any]:
    rule = parameter(rule_name, start)
    end = due(start, rule.whole())
    return {
        "clock": name,
        "start": start,
        "days": rule.whole(),
        "due": end,
        "length": days_left(end, start),
        "article": rule.article,
        "source": rule.source,
        "confidence": rule.confidence.value,
    }


@click.command("centre")
@click.argument("bfs_number", type=int)
@click.option("--on", "on", type=Day, required=True, help="Day, YYYY-MM-DD.")
def centre(bfs_number: int, on: datetime) -> None:
    """Which centre is responsible for a commune on a day."""
    commune = directory.commune(bfs_number, on.date())
    if commune is None:
        fail(f"BFS-NUMBER: no commune of Valais has the number {bfs_number} on {on:%Y-%m-%d}")
    region = directory.region(commune.region)
    say(
        {
            "commune": commune.name,
            "bfs_number": commune.bfs_number,
            "region": region.id,
            "name_fr": region.name_fr,
            "name_de": region.name_de,
            "antenna": commune.antenna,
            "candidate_regions": commune.candidate_regions,
            "confidence": commune.confidence_region.value,
            "note": commune.note,
        }
    )


@click.group("law")
def law_group() -> None:
    """The law as dated data."""


@law_group.command("check")
@click.option("--on", "on", type=Day, help="Day, YYYY-MM-DD; default: today in Valais.")
def check(on: datetime | None) -> None:
    """Prove the law data and the notices, and print the to-do list for the canton. Exit code 1 for faults, 0 for open points."""
    day = on.date() if on else filing_day(SystemClock().now())
    try:
        law = law_check(day, used=used_names()).as_json()
    except BeforeTheLawError:
        fail("--on: must be 2021-07-01 or later; before it the old regulation applied")
    notices = notice_check(day).as_json()
    # The law knows nothing of the notices, which stand on it: their lists are put together here.
    joined = law | notices | {kind: [*law[kind], *notices[kind]] for kind in ("errors", "stale")}
    say(joined | {"ok": not joined["errors"]})
    sys.exit(1 if joined["errors"] else 0)
