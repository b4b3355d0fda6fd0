"""The papers of reported changes: what this very change asks for, in words, with what became of each. None blocks a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.checklists import papers_of
from portal.domain.changes.change import Change
from portal.domain.document_request import Mark, RequestState, read_key
from portal.domain.situation import Situation
from portal.law.parameters import law_of
from portal.services.actor import Actor
from portal.services.checklists import ItemText, explain_checklist
from portal.services.document_requests import events_in, marks_of
from portal.services.kit import Kit
from portal.services.reports.reading import Known
from portal.services.reports.stored import ReportView


def items_of(
    changes: Sequence[Change],
    situation: Situation,
    report: str,
    language: str,
    me: str,
    marks: Mapping[str, Mark] | None = None,
) -> tuple[ItemText, ...]:
    """The papers of one report, each once. `situation`: the answers over time, with the report."""
    found: dict[str, ItemText] = {}
    for change in changes:
        asked = papers_of(change, situation, law_of, report)
        text = explain_checklist(situation, change.since, language, marks or {}, me=me, requests=asked)
        found |= {item.key: item for item in text.items if item.state is not RequestState.NOT_NEEDED}
    return tuple(found.values())


def items_of_report(kit: Kit, actor: Actor, seen: Known, report: ReportView, language: str) -> tuple[ItemText, ...]:
    """The same of an own report that was sent, with what became of each paper."""
    return _items(seen, report, marks_seen(kit, actor, language), language, actor)


def marks_seen(kit: Kit, actor: Actor, language: str) -> Mapping[str, Mark]:
    """What became of the papers of a dossier, by name. Only those of own reports may be looked up in it."""
    with kit.database.transaction() as session:
        return marks_of(events_in(session, kit, actor.dossier_id), language)


def _items(
    seen: Known, report: ReportView, marks: Mapping[str, Mark], language: str, actor: Actor
) -> tuple[ItemText, ...]:
    if report.content is None or report.adult_id != actor.adult_id:
        return ()
    mine = {key: mark for key, mark in marks.items() if read_key(key).report == report.name}
    return items_of(report.content.changes, seen.overlaid.situation, report.name, language, actor.person, mine)
