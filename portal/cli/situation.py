"""Commands about a household's situation: `estimate`, `checklist`, `situation-schema`. No server, no secret."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from portal.checklists import DocumentRequest, checklist
from portal.cli.answers import Day, fail, say
from portal.domain.estimate import Budget, Estimate, Line, Remark, Span, estimate
from portal.domain.parameter import Parameter
from portal.domain.routing import Route
from portal.domain.situation import Situation, SituationError, read_situation, situation_schema
from portal.domain.unit import Unit
from portal.law import directory
from portal.law.parameters import FIRST_DAY, law_of

LARGEST_FILE = 1_000_000
MOST_FAULTS = 40
LAST_DAY = date(2100, 12, 31)


@click.command("situation-schema")
def schema() -> None:
    """JSON Schema of the file that `estimate` and `checklist` take."""
    say(situation_schema())


@click.command("estimate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "on", type=Day, required=True, help="Day, YYYY-MM-DD; the estimate is for its month.")
def estimate_command(file: Path, on: datetime) -> None:
    """What a household could get in a month: a range, its lines, and the law behind each."""
    day = _day(on)
    say(estimate_json(estimate(situation_in(file, day), day, law_of(day))))


@click.command("checklist")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "on", type=Day, required=True, help="Day of filing, YYYY-MM-DD; the months count back from it.")
def checklist_command(file: Path, on: datetime) -> None:
    """Which papers a household needs that files on a day, for which months, and why."""
    day = _day(on)
    say(checklist_json(checklist(situation_in(file, day), day, law_of(day)), day))


def _day(on: datetime) -> date:
    """The day of `--on`; ends with a message where the portal has no law for it."""
    day = on.date()
    if day < FIRST_DAY:
        fail(f"--on: before {FIRST_DAY} the old regulation applied; ask the centre")
    if day > LAST_DAY:
        fail(f"--on: must not lie after {LAST_DAY}")
    return day


def situation_in(file: Path, on: date) -> Situation:
    """The situation of a file; ends with a message naming the field where it is none."""
    if file.stat().st_size > LARGEST_FILE:
        fail(f"FILE: must not be larger than {LARGEST_FILE} bytes")
    try:
        raw = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits, which Python refuses
        fail(f"FILE: is not JSON ({error})")
    try:
        situation = read_situation(raw, on)
    except SituationError as error:
        more = [f"and {len(error.faults) - MOST_FAULTS} more"] if len(error.faults) > MOST_FAULTS else []
        fail("FILE: " + "\n       ".join([*error.faults[:MOST_FAULTS], *more]))
    for day in (on, *situation.commune.days()):
        number = situation.commune.known(day)
        if number is not None and directory.commune(number, day) is None:
            fail(f"FILE: commune: no commune of Valais has the number {number} on {day}")
    return situation


def estimate_json(found: Estimate) -> dict[str, Any]:
    """An estimate as JSON; amounts are francs as exact text, null is an open end."""
    return {
        "on": found.on,
        "binding": False,
        "decided_by": "commune",
        "route": _route(found.route),
        "routes": {person: _route(way) for person, way in found.routes},
        "range": _span(found.range) if found.range else None,
        "once_wealth_is_used": _span(found.later) if found.later else None,
        "budgets": [_budget(budget) for budget in found.budgets],
        "first": [
            {"claim": claim.name, "persons": claim.persons, "state": claim.state.value, **_rule(claim.rule)}
            for claim in found.first
        ],
        "checks": [_remark(remark) for remark in found.checks],
        "not_in_the_figure": [_remark(remark) for remark in found.outside],
    }


def checklist_json(found: tuple[DocumentRequest, ...], filed: date) -> dict[str, Any]:
    """A checklist as JSON: `certain` false is a perhaps, and `open_answers` names the answers that decide it."""
    return {"filed": filed, "blocks_filing": False, "items": [_request(request) for request in found]}


def _request(request: DocumentRequest) -> dict[str, Any]:
    rule = request.rule
    return {
        "id": rule.id,
        "topic": rule.topic,
        "title": rule.title,
        "official": rule.official,
        "state": rule.state.value,
        "person": request.person,
        "months": [f"{month:%Y-%m}" for month in request.months],
        "certain": request.certain,
        "because": request.because,
        "unknown": request.unknown,
        "open_answers": request.open_answers,
        "why": rule.why,
        "looks_like": rule.looks_like,
        "where": rule.where,
        "cost": rule.cost,
        "instead": rule.instead,
        "basis": {
            "practice": rule.basis.practice,
            "article": rule.basis.article,
            "parameter": rule.basis.parameter,
        },
        "source": rule.source,
        "confidence": rule.confidence.value,
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "persons": _unit(budget.unit),
        "needs": [_line(line) for line in budget.needs],
        "resources": [_line(line) for line in budget.resources],
        "need": _span(budget.need),
        "resource": _span(budget.resource),
        "balance": _span(budget.balance),
        "aid": _span(budget.aid),
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        member.person.id: {"standing": member.standing.value, "because": member.reason.value, "rules": member.rules}
        for member in unit.members
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "line": line.code.value,
        "person": line.person,
        "income": line.income.value if line.income else None,
        **_span(line.span),
        "given": {name: _number(name, span) for name, span in line.given},
        "open_because": line.open_because,
        "rules": [_rule(rule) for rule in line.rules],
    }


def _number(name: str, span: Span) -> object:
    return span.exact if name in ("counted", "persons", "away") else _span(span)


def _span(span: Span) -> dict[str, str | None]:
    return {"low": _francs(span.low), "high": _francs(span.high)}


def _francs(centimes: int | None) -> str | None:
    return None if centimes is None else f"{Decimal(centimes) / 100:.2f}"


def _route(way: Route) -> dict[str, Any]:
    return {"kind": way.kind.value, "rules": way.rules, "name_passed_on": way.name_passed_on}


def _remark(remark: Remark) -> dict[str, Any]:
    return {"remark": remark.code.value, "rules": [rule.name for rule in remark.rules]}


def _rule(rule: Parameter) -> dict[str, Any]:
    return {
        "parameter": rule.name,
        "since": rule.since,
        "article": rule.article,
        "source": rule.source,
        "confidence": rule.confidence.value,
        "carried_on": rule.carried_on,
        "change_expected": rule.change_expected,
    }
