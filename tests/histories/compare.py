"""Both answers for every day of a history, side by side."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Any

from portal.domain.changes.timeline import overlay, shared, situation_on
from portal.domain.situation import Situation, read_situation, write_situation
from tests.histories.generate import history, lives
from tests.histories.history import History, Json
from tests.histories.replay import HOUSEHOLD, Replay, days


@dataclass
class Figures:
    """What was compared."""

    histories: int = 0
    days: int = 0
    reports: int = 0
    steps: int = 0
    refused: int = 0
    corrected: int = 0
    withdrawn: int = 0
    dropped: int = 0
    not_applied: int = 0
    faults: list[str] = field(default_factory=list)


def run_histories(seed: int, count: int, *, seconds: float = math.inf) -> Figures:
    """So many histories, each day of each: as their author sees it and as the others of the household do."""
    found, begun = Figures(), time.monotonic()
    for number in range(seed, seed + count):
        if time.monotonic() - begun > seconds:
            found.faults.append(f"only {found.histories} of {count} histories in {seconds:.0f} seconds")
            break
        one = history(number)
        found.histories += 1
        found.reports += len(one.reports)
        found.steps += sum(len(report.ops) for report in one.reports)
        found.refused += one.refused
        found.corrected += one.corrected
        found.withdrawn += one.withdrawn
        found.dropped += one.dropped
        for for_others in (False, True):
            _compare(one, number, found, for_others=for_others)
    return found


def _compare(one: History, number: int, found: Figures, *, for_others: bool) -> None:
    live = lives(one.live)
    base = read_situation(one.base, one.last)
    overlaid = overlay(base, [shared(report) for report in live] if for_others else live)
    found.not_applied += len(overlaid.not_applied)
    replay = Replay(one, "somebody else" if for_others else None)
    for day in days(one):
        found.days += 1
        here, there = plain(situation_on(overlaid, day)), replay.on(day)
        if here != there:
            found.faults.append(f"history {number}, {day}, others {for_others}: {difference(here, there)}")
            return


def difference(here: Json, there: Json) -> str:
    """The first thing that differs."""
    for name in sorted({*here, *there}):
        one, other = here.get(name), there.get(name)
        if one != other:
            if one is None or other is None:
                return f"{name}: {one} / {other}"
            keys = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
            return "; ".join(f"{name}.{key}: {one.get(key)} / {other.get(key)}" for key in keys)
    return ""


def plain(situation: Situation) -> Json:
    """A situation of one day in the form of the replay."""
    raw: Any = write_situation(situation)
    found = {HOUSEHOLD: _record(raw)}
    for person in raw["persons"]:
        incomes = {income["key"]: income["amount"] for income in person.get("incomes", [])}
        found[person["id"]] = _record(person) | {"incomes": incomes}
    return found


def _record(raw: Json) -> Json:
    left_out = ("persons", "incomes", "version", "id")
    return {key: set(value) if isinstance(value, list) else value for key, value in raw.items() if key not in left_out}
