"""The papers of one reported change: the same rules and predicates as the list of a demand, on the day of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from portal.checklists.engine import DocumentRequest, requests_of
from portal.checklists.reading import rules
from portal.checklists.rule import ChecklistRule
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import DECISIONS, ChangeKind
from portal.domain.months import months_from
from portal.domain.parameter import Law
from portal.domain.situation import Benefit, IncomeKind, Situation

_OF_BENEFIT: Final = {
    Benefit.BURSARY: "bursary_decision",
    Benefit.ALIMONY: "brace_decision",
    Benefit.FAMILY_ALLOWANCES: "family_allowance_decision",
}
"""Benefits with a paper of their own; the request for any other has `pending_request`."""
_OF_EVERYBODY: Final = (ChangeKind.SEPARATED,)
"""Changes of one person that ask papers of others too."""


def papers_of(
    change: Change, overlaid: Situation, law_of: Callable[[date], Law], report: str | None = None
) -> tuple[DocumentRequest, ...]:
    """What this very change asks for; `overlaid`: the answers with it. None of it blocks the report.

    Papers that are for months are for those from the change on (`Spec.months_after`), never for months before.
    `report`: the short id of the report, which becomes part of the name of each paper.
    """
    on, named = _day(change), set(_rules(change))
    if change.unnamed:
        return tuple(_of_nobody(rule, change, report) for rule in rules() if rule.id in named)
    asked = requests_of((rule for rule in rules() if rule.id in named), overlaid, on, law_of(on))
    return tuple(
        replace(
            request,
            months=months_from(change.since, change.spec.months_after) if request.rule.months else (),
            report=report,
        )
        for request in asked
        if _concerns(change, request.person)
    )


def _of_nobody(rule: ChecklistRule, change: Change, report: str | None) -> DocumentRequest:
    """A paper of somebody whom the answers do not name: of nobody's answers can it be known whether there is one."""
    months = months_from(change.since, change.spec.months_after) if rule.months else ()
    return DocumentRequest(rule, None, months, certain=False, because=(), unknown=(), open_answers=(), report=report)


def _day(change: Change) -> date:
    """The first day on which the answers are as the change made them; a job is lost after its last day."""
    return change.since + timedelta(days=1) if change.kind is ChangeKind.LOST_JOB else change.since


def _concerns(change: Change, person: str | None) -> bool:
    return person is None or change.person in (None, person) or change.kind in _OF_EVERYBODY


def _rules(change: Change) -> Iterator[str]:
    """Those of its kind; of decisions and requests only those of the benefit that was named."""
    if change.kind is ChangeKind.BENEFIT_DECIDED:
        yield from DECISIONS.get(IncomeKind(change.value("kind")), ())
    elif change.kind is ChangeKind.ASKED_BENEFIT:
        yield "cession"
        for benefit in change.value("benefits"):
            yield _OF_BENEFIT.get(Benefit(benefit), "pending_request")
    else:
        yield from change.spec.papers
