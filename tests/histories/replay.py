"""The same question answered in another way: of each day, who is there and what holds, from a heap of plain steps.

It knows the stored form of steps and answers and nothing else of the portal: no code is shared with what it proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.histories.history import History, Json, Report

HOUSEHOLD = ""
Place = tuple[date, int, int]
"""Of a step: its day, its report, its place in it. What stood there first comes before all of them."""
START: Place = (date.min, -1, -1)


class Replay:
    """One history, step by step, as one adult may see it; of no `viewer`: everything."""

    def __init__(self, history: History, viewer: str | None = None) -> None:
        self.base = history.base
        self.steps = sorted(_steps(history.live, viewer), key=lambda step: step[0])
        self.people: dict[str, Json] = {person["id"]: person for person in self.base["persons"]}
        self.came: dict[str, date] = {}
        for (day, _, _), op in self._of("begin-person"):
            if op["person"] not in self.people:
                self.people[op["person"]] = dict(op["fields"])
                self.came[op["person"]] = day
        self.incomes = {name: dict(_keyed(person.get("incomes", []))) for name, person in self.people.items()}
        for _, op in self._of("begin-income"):
            if op["person"] in self.incomes:
                self.incomes[op["person"]][op["income"]["key"]] = op["income"]

    def on(self, day: date) -> Json:
        """Everything that holds on a day."""
        found: Json = {HOUSEHOLD: self._facts(HOUSEHOLD, self.base, day)}
        for name, person in self.people.items():
            if self._there(name, person, day):
                found[name] = self._facts(name, person, day) | {"incomes": self._paid(name, day)}
        return found

    def _of(self, *words: str) -> Iterator[tuple[Place, Json]]:
        return ((place, op) for place, op in self.steps if op["op"] in words)

    def _there(self, name: str, person: Json, day: date) -> bool:
        born = person.get("born")
        if born is not None and date.fromisoformat(born) > day:
            return False
        if name not in self.came:
            return True
        here = {self.came[name]: True}
        here |= {place[0]: op["value"] for place, op in self._of("set") if _about(op) == (name, "lives_here")}
        return any(value and since <= day for since, value in here.items())

    def _facts(self, name: str, record: Json, day: date) -> Json:
        """Of each field the step that came last up to that day; of a list what was put on it and taken off."""
        found = {key: value for key, value in record.items() if key not in ("persons", "incomes", "version", "id")}
        if name in self.came:
            found["lives_here"] = day >= self.came[name]
        for place, op in self._of("set", "add", "take"):
            who, key = _about(op)
            if who != name or place[0] > day:
                continue
            if op["op"] == "set":
                found[key] = op["value"]
            elif op["op"] == "add":
                found[key] = {*found.get(key, ()), op["value"]}
            elif key in found:
                found[key] = {*found[key]} - {op["value"]}
        return {key: set(value) if isinstance(value, list) else value for key, value in found.items()}

    def _paid(self, name: str, day: date) -> Json:
        return {
            key: self._amount(name, key, income, day)
            for key, income in self.incomes[name].items()
            if self._runs(name, key, income, day)
        }

    def _runs(self, name: str, key: str, income: Json, day: date) -> bool:
        ends = [
            (place[1:], place[0]) for place, op in self._of("end-income") if (op["person"], op["key"]) == (name, key)
        ]
        if income.get("every") == "once":
            paid = date.fromisoformat(income["paid_on"])
            return (paid.year, paid.month) == (day.year, day.month)
        last = max(ends)[1] if ends else date.fromisoformat(income.get("until", "9999-12-31"))
        first = date.fromisoformat(income.get("since", "0001-01-01"))
        return first <= day <= last

    def _amount(self, name: str, key: str, income: Json, day: date) -> Any:
        amount = income["amount"]
        for place, op in self._of("amount"):
            if (op["person"], op["key"]) == (name, key) and place[0] <= day:
                amount = op["value"]
        return amount


def _steps(live: list[Report], viewer: str | None) -> Iterator[tuple[Place, Json]]:
    dropped = {step for report in live for step in report.drops}
    for report in live:
        for number, op in enumerate(report.ops):
            if (report.name, number) in dropped or (op.get("own") and viewer not in (None, report.by)):
                continue
            yield (date.fromisoformat(op["since"]), report.sequence, number), op


def _about(op: Json) -> tuple[str, str]:
    return op["person"] or HOUSEHOLD, op["field"]


def _keyed(incomes: list[Json]) -> Iterator[tuple[str, Json]]:
    seen: dict[str, int] = {}
    for income in incomes:
        seen[income["kind"]] = seen.get(income["kind"], 0) + 1
        yield f"{income['kind']}-{seen[income['kind']]}", income


def days(history: History) -> Iterator[date]:
    """Every day of the span."""
    day = history.first
    while day <= history.last:
        yield day
        day += timedelta(days=1)
