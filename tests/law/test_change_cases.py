"""Every case of `tests/law/changes/`: what a report asks, does to the answers and the estimate, and which papers, clock and
centre follow. Worked out by hand from the kinds (`docs/changes.md`), the parameters and `docs/estimate.md`, never by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.checklists import papers_of, rules
from portal.domain.changes.change import Change, read_change
from portal.domain.changes.clashes import clashes
from portal.domain.changes.judging import faults
from portal.domain.changes.kinds import KINDS, ChangeKind
from portal.domain.changes.meaning import ops_of_report
from portal.domain.changes.timeline import Live, Overlaid, overlay, situation_on
from portal.domain.deadlines import reexamination_due
from portal.domain.document_request import request_key
from portal.domain.estimate import estimate
from portal.domain.situation import Person, Situation, read_situation, write_situation
from portal.domain.situation.questions import pages
from portal.law.loader import read_yaml
from portal.law.parameters import law_of
from portal.services.competence import competence_of

FOLDER = Path(__file__).parent / "changes"
CASES = sorted(FOLDER.glob("*.yaml"))
LEAST_CASES = 40

KEYS = {"base", "on", "file_from", "reports", "expected", "because"}
EXPECTED = {
    *("asks", "papers", "not_papers", "facts", "months", "clock", "competence", "route"),
    *("faults", "clashes", "questions", "not_applied"),
}


def _case(path: Path) -> dict[str, Any]:
    # YAML reads a bare `on` as the truth value; the case files keep the plain word.
    raw: Mapping[Any, Any] = read_yaml(path)
    case = {"on" if key is True else key: value for key, value in raw.items()}
    assert set(case) == KEYS, f"keys must be {sorted(KEYS)}"
    assert len(str(case["because"]).split()) > 3, "because must explain"
    assert case["expected"], "a case expects something"
    assert set(case["expected"]) <= EXPECTED, f"expected may hold {sorted(EXPECTED)}"
    return case


class Told:
    """The reports of a case, sent one after the other."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.base = read_situation(case["base"], case["on"])
        self.reports = case["reports"]
        self.sent: list[Live] = []
        for number, report in enumerate(self.reports):
            self.changes = [_change(raw) for raw in report["changes"]]
            self.before = [live for live in self.sent if live.report not in _gone(self.reports, number)]
            self.now = overlay(self.base, self.before).situation
            today = report.get("on", case["on"])
            self.faults = faults(self.changes, self.now, case["file_from"], today)
            if self.faults:
                break
            name = f"r{number + 1}"
            ops = tuple(op for _, op in ops_of_report(self.changes, self.now, name))
            drops = frozenset((report_id, place) for report_id, place in report.get("drops", []))
            self.clashes = clashes(self.base, self.before, ops)
            self.sent.append(Live(name, number + 1, ops, drops))
        gone = _gone(self.reports, len(self.reports))
        self.live = [live for live in self.sent if live.report not in gone]
        self.overlaid = overlay(self.base, self.live)


def _gone(reports: list[Mapping[str, Any]], number: int) -> set[str]:
    """The reports that were withdrawn in the end, or corrected by one of those up to this number."""
    withdrawn = {f"r{place + 1}" for place, report in enumerate(reports) if report.get("withdrawn")}
    later = len(reports) == number
    return {str(report["corrects"]) for report in reports[: number + 1] if "corrects" in report} | (
        withdrawn if later else set()
    )


def _change(raw: Mapping[str, Any]) -> Change:
    return read_change({**raw, "since": raw["since"].isoformat(), "said": _plain(raw.get("said", {}))})


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _asks(told: Told) -> dict[str, list[str]]:
    return {change.kind.value: [ask.name for ask in change.spec.asks] for change in told.changes}


def _papers(told: Told) -> list[str]:
    return sorted(line for change in told.changes for line in _papers_of(change, told.overlaid.situation))


def _papers_of(change: Change, situation: Situation) -> Iterator[str]:
    """`payslips@a 2026-05`, `birth_certificate@c1 perhaps`."""
    for paper in papers_of(change, situation, law_of):
        months = "".join(f" {month:%Y-%m}" for month in paper.months)
        yield request_key(paper.rule.id, paper.person) + months + ("" if paper.certain else " perhaps")


def _facts(overlaid: Overlaid, day: date, names: Mapping[str, Any]) -> dict[str, Any]:
    """Of the household `rent`; of a person `a.activity`, `a.incomes` by key, or `c1`: whether they are known at all."""
    on_day = situation_on(overlaid, day)
    raw = write_situation(on_day)
    persons = {person.id: person for person in on_day.persons}
    written: dict[str, Any] = {one["id"]: one for one in raw["persons"]}  # type: ignore[attr-defined]
    found: dict[str, Any] = {}
    for name in names:
        person, dot, field = name.partition(".")
        if not dot:
            found[name] = person in persons if isinstance(names[name], bool) and name not in raw else raw.get(name)
        elif field == "incomes":
            found[name] = {income["key"]: income["amount"] for income in written[person].get("incomes", [])}
        else:
            found[name] = written.get(person, {}).get(field)
    return found


def _months(told: Told, day: date) -> dict[str, Any]:
    last = told.sent[-1].report if told.sent else ""
    before = overlay(told.base, [live for live in told.live if live.report != last])
    return {"before": _range(before, day), "after": _range(told.overlaid, day)}


def _range(overlaid: Overlaid, day: date) -> list[str | None] | None:
    span = estimate(overlaid.situation, day, law_of(day)).range
    return None if span is None else [_francs(span.low), _francs(span.high)]


def _francs(centimes: int | None) -> str | None:
    return None if centimes is None else f"{centimes // 100}.{centimes % 100:02d}"


def _clock(case: Mapping[str, Any], told: Told) -> date | None:
    """30 days from the report, where a new decision is asked for; a kind only proposes to ask."""
    report = told.reports[-1]
    if not report.get("asks_decision", any(change.spec.decision for change in told.changes)):
        return None
    sent = report.get("on", case["on"])
    return reexamination_due(sent, law_of(sent)("reexamination_clock").whole())


def _competence(told: Told) -> dict[str, Any] | None:
    found = competence_of(told.changes, told.now, told.overlaid.situation)
    if found is None:
        return None
    return {
        "before": list(found.before),
        "after": list(found.after),
        "outside": found.outside,
        "old_commune_days": found.old_commune.whole() if found.old_commune else None,
        "way": found.way.kind.value,
    }


def _route(told: Told, day: date) -> str:
    return estimate(told.overlaid.situation, day, law_of(day)).route.kind.value


def _questions(told: Told, day: date, wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    asked = {page.key for page in pages(told.overlaid.situation, day)}
    return {side: [key for key in keys if (key in asked) == (side == "has")] for side, keys in wanted.items()}


def _not_papers(told: Told, wanted: list[str]) -> list[str]:
    there = {line.split()[0].split("@")[0] for line in _papers(told)}
    return [name for name in wanted if name not in there]


def _found(case: Mapping[str, Any], told: Told, part: str, wanted: Any) -> Any:
    """What the engine says of one part of what is expected."""
    by_day: dict[str, Callable[[date], Any]] = {
        "facts": lambda day: _facts(told.overlaid, day, wanted[day]),
        "months": lambda day: _months(told, day),
        "route": lambda day: _route(told, day),
        "questions": lambda day: _questions(told, day, wanted[day]),
    }
    if part in by_day:
        return {day: by_day[part](day) for day in wanted}
    plain: dict[str, Callable[[], Any]] = {
        "asks": lambda: _asks(told),
        "papers": lambda: _papers(told),
        "not_papers": lambda: _not_papers(told, wanted),
        "clock": lambda: _clock(case, told),
        "competence": lambda: _competence(told),
        "faults": lambda: [[fault.index, fault.field, fault.code.value] for fault in told.faults],
        "clashes": lambda: [[one.kind.value, one.step.report, one.step.place, one.place] for one in told.clashes],
        "not_applied": lambda: [[step.report, step.place] for step in told.overlaid.not_applied],
    }
    return plain[part]()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = _case(path)
    told, expected = Told(case), case["expected"]
    expected = {"faults": []} | expected
    if "papers" in expected:
        expected = expected | {"papers": sorted(expected["papers"])}
    found = {part: _found(case, told, part, wanted) for part, wanted in expected.items()}
    assert found == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= LEAST_CASES
    assert not list(FOLDER.glob("**/*.yml"))


def _every_change() -> Iterator[Change]:
    for path in CASES:
        case = _case(path)
        if "faults" not in case["expected"]:
            yield from Told(case).changes


def test_every_kind_of_change_stands_in_a_case_that_can_be_sent() -> None:
    assert {change.kind for change in _every_change()} == set(ChangeKind)


def test_every_paper_of_a_change_alone_is_on_in_some_case_and_off_in_another() -> None:
    alone = {rule.id for rule in rules() if rule.only_for_changes}
    papers = [str(case["expected"].get("papers", "")) for case in map(_case, CASES)]
    assert {name for name in alone if any(name in text for text in papers)} == alone
    assert {name for name in alone if any(text and name not in text for text in papers)} == alone


def test_the_papers_of_a_kind_are_rules_of_the_checklist() -> None:
    ids = {rule.id for rule in rules()}
    assert {rule for spec in KINDS.values() for rule in spec.papers} <= ids


def test_no_case_changes_who_somebody_is() -> None:
    for path in CASES:
        told = Told(_case(path))
        before: dict[str, Person] = {person.id: person for person in told.base.persons}
        after = {person.id: person for person in told.overlaid.situation.persons}
        assert all(after[name].relation is person.relation for name, person in before.items())
