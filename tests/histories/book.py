"""What a household's file ought to say, kept by hand beside the portal: plain JSON, and nothing of the portal in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.histories.history import History, Json, Report

DESK = "desk"
"""Who sees what was sent of the answers, and every report."""
_OF_TWO = ("relation", "lives_here", "together_since", "together_years", "common_child")
"""What somebody who leaves with a file of their own does not take along."""
Told = tuple[date, int, int, str, Any]
"""Of one word of a report: its day, the number of the report, its place, the report's name, and the word."""


@dataclass
class Book:
    """One file. `household`: what its adults say together; `own`: by adult, what each says for themselves alone."""

    first: date
    last: date
    household: Json
    sent: Json
    """What the centre has: it came along with the demand, or was sent since."""
    own: dict[str, Json] = field(default_factory=dict)
    own_sent: dict[str, Json] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    withdrawn: int = 0

    def answer(self, fields: tuple[str, ...], said: Mapping[str, Any]) -> None:
        """Answers of the household in the place of those that stood there."""
        self.household = {key: value for key, value in self.household.items() if key not in fields} | dict(said)

    def answer_alone(self, adult: str, fields: tuple[str, ...], said: Mapping[str, Any]) -> None:
        """Answers of one adult for themselves alone, about themselves."""
        kept = {key: value for key, value in self.own.get(adult, {}).items() if key not in fields}
        self.own[adult] = kept | dict(said)

    def send(self, adult: str) -> None:
        """The answers as this adult sees them; of what others say for themselves what they had sent."""
        self.own_sent[adult] = dict(self.own.get(adult, {}))
        self.sent = _with(self.household, self.own_sent)

    def seen_by(self, viewer: str) -> History:
        """The history as an adult, or the desk, has it."""
        base = self.sent if viewer == DESK else _with(self.household, {viewer: self.own.get(viewer, {})})
        return History(base, self.first, self.last, self.reports)

    def apart(self, adult: str, today: date, last: date, commune: int) -> Book:
        """The file that this adult gets for themselves alone: nothing that was reported comes along."""
        (one,) = (person for person in self.seen_by(adult).base["persons"] if person["id"] == adult)
        mine = {key: value for key, value in one.items() if key not in _OF_TWO}
        base = {"version": 1, "persons": [mine | {"id": "a", "relation": "applicant"}]}
        return Book(today, last, base | {"commune": commune}, base)

    def communes(self) -> list[Told]:
        """The commune of each move that holds, in the order in which they count; `unknown` outside of the canton."""
        return self._told("moved", lambda said: "unknown" if said.get("outside") is True else said.get("commune"))

    def permits(self, person: str) -> list[Told]:
        """The same of somebody's permits."""
        return self._told("permit_changed", lambda said: said["permit"], person)

    def _told(self, kind: str, word: Any, person: str | None = None) -> list[Told]:
        found: list[Told] = []
        gone = set(self._dropped())
        for report in self.reports:
            for place, change in enumerate(report.changes):
                if report.gone or change["kind"] != kind or change.get("person") != person:
                    continue
                value, since = word(change["said"]), date.fromisoformat(change["since"])
                if value is not None and (report.name, since, value) not in gone:
                    found.append((since, report.sequence, place, report.name, value))
        return sorted(found, key=lambda one: one[:3])

    def _dropped(self) -> Iterator[tuple[str, date, Any]]:
        """The words that a later report, which holds, took away: by report, day and value."""
        by_name = {report.name: report for report in self.reports}
        for report in self.reports:
            for name, place in report.drops if not report.gone else ():
                op = by_name[name].ops[place]
                if op.get("field") in ("commune", "permit"):
                    yield name, date.fromisoformat(op["since"]), op["value"]


def _with(household: Json, own: Mapping[str, Json]) -> Json:
    return household | {"persons": [person | own.get(person["id"], {}) for person in household["persons"]]}
