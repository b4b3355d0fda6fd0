"""How many estimates one core works out in a second: the engine alone, without reading, pages or commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from portal.domain.estimate import estimate
from portal.domain.situation import Situation, read_situation
from portal.law.loader import read_yaml
from portal.law.parameters import law_of

GOAL = 1_000
"""Estimates a second on one core."""
RUNS = 9
SECONDS = 0.2
"""Of processor time, for one run."""
CASES = Path(__file__).parents[1] / "tests" / "law" / "estimate"
MIX = (
    "household/single",
    "household/couple_married",
    "household/parent_child_and_grandmother",
    "children/two_children_of_a_couple",
    "children/away_for_studies",
    "children/in_doubt_with_wealth",
    "concubinage/one_year_partner_with_wage",
    "flat_share/meals_unknown",
    "permits/family_with_one_parent_s",
    "unknown/nearly_everything",
    "wealth/three_children_reach_the_ceiling",
    "work/wage_beside_self_employment",
)
"""Law cases, each as often as the others."""
SIZES = (2, 4, 8, 16, 20)
DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Speed:
    """What was measured."""

    rates: tuple[float, ...]
    """Estimates a second, one for each run over the mix."""
    growth: Mapping[int, float]
    """Microseconds for one estimate, by the number of persons."""

    @property
    def ratio(self) -> float:
        """The median rate against the goal."""
        return median(self.rates) / GOAL


def measure() -> Speed:
    """The mix in several short runs, then one household that grows."""
    mix = [_case(name) for name in MIX]
    families = {persons: [(_family(persons), DAY)] for persons in SIZES}
    for some in (mix, *families.values()):
        _rate(some, SECONDS / 4)  # the values of the law are read once, before the clock runs
    rates = tuple(_rate(mix, SECONDS) for _ in range(RUNS))
    growth = {persons: 1e6 / median(_rate(one, SECONDS) for _ in range(3)) for persons, one in families.items()}
    return Speed(rates, growth)


def table(speed: Speed) -> Iterator[str]:
    """The lines to print."""
    over = "" if speed.ratio >= 1 else "  OVER"
    yield f"estimates a second on one core, {len(MIX)} households, median of {RUNS} runs:"
    yield f"  {median(speed.rates):,.0f}  (from {min(speed.rates):,.0f} to {max(speed.rates):,.0f})"
    yield f"  {speed.ratio:.2f} × the goal of {GOAL:,}{over}"
    yield "one estimate by persons:   µs   each person   × that of 2"
    first = speed.growth[SIZES[0]]
    for persons, time in speed.growth.items():
        yield f"  {persons:>20} {time:>7.0f} {time / persons:>13.0f} {time / first:>12.2f}"


def _rate(some: list[tuple[Situation, date]], seconds: float) -> float:
    """Estimates for each second of processor time, which no other process takes part in."""
    done, start, clock = 0, process_time(), process_time
    while (spent := clock() - start) < seconds:
        for situation, on in some:
            estimate(situation, on, law_of(on))
        done += len(some)
    return done / spent


def _case(name: str) -> tuple[Situation, date]:
    raw: Mapping[Any, Any] = read_yaml(CASES / f"{name}.yaml")
    on = raw.get("on") or raw[True]  # YAML reads a bare `on` as the truth value
    return read_situation(raw["situation"], on), on


def _family(persons: int) -> Situation:
    """A couple, children of every standing, and others who live there: everybody brings something."""
    wage = {"kind": "wage", "amount": 800, "payday": "month_end"}
    kinds: tuple[dict[str, Any], ...] = (
        {"relation": "child", "age": 7},
        {"relation": "child", "age": 20, "activity": "training", "incomes": [wage]},
        {"relation": "child", "age": "unknown", "incomes": [{"kind": "bursary", "amount": 300}]},
        {"relation": "other", "age": 30},
    )
    couple = [
        {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "employed", "incomes": [wage]},
        {"id": "b", "relation": "spouse", "age": 38, "permit": "swiss", "activity": "caring"},
    ]
    others = [{"id": f"p{number}", **kinds[number % len(kinds)]} for number in range(persons - 2)]
    raw = {"version": 1, "persons": [*couple, *others], "home": "rented", "rent": 1800, "accounts": 3000}
    return read_situation(raw, DAY)
