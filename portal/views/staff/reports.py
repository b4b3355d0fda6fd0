"""Reports of changes at the desk: what a household reported, what it does to its answers, what the centre notes of it."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.changes.report import EventKind
from portal.domain.demand import filing_day
from portal.forms.staff_reports import AskBackForm, CountedForm, SettledForm
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services.document_requests import NotedMeanwhileError
from portal.services.reports import desk
from portal.services.reports.desk import DeskReport, DeskReports
from portal.services.reports.sending import EndedError
from portal.services.reports.words import report_rows

blueprint = Blueprint("staff_reports", __name__, url_prefix="/staff/dossiers/<uuid:dossier_id>/changes")

ONE = "/<name>"


@blueprint.get("")
@allow(Rule.STAFF)
def show(dossier_id: uuid.UUID) -> str:
    """Every report of the household, newest first."""
    found = desk.reports_at_desk(kit(), staff_actor(), dossier_id)
    return render_template("staff/reports.html", found=found)


@blueprint.get(ONE)
@allow(Rule.STAFF)
def one(dossier_id: uuid.UUID, name: str) -> Response:
    """One report, whole. The first look is dated, and the person sees it."""
    return _page(dossier_id, name)


@blueprint.post(f"{ONE}/asked-back")
@allow(Rule.STAFF)
def ask_back(dossier_id: uuid.UUID, name: str) -> Response:
    """Ask the person something about it."""
    return _note(dossier_id, name, EventKind.ASKED_BACK)


@blueprint.post(f"{ONE}/counted")
@allow(Rule.STAFF)
def count(dossier_id: uuid.UUID, name: str) -> Response:
    """Note from which month it is taken into account."""
    return _note(dossier_id, name, EventKind.COUNTED)


def _forms(shown: DeskReport, sent: EventKind | None) -> dict[EventKind, Any]:
    """The two forms; only the one that was sent holds what was typed."""
    today, nothing = filing_day(received_at()), type(request.form)()

    def typed(kind: EventKind) -> Any:
        return request.form if kind is sent else nothing

    content = shown.report.content
    first = min((change.since for change in content.changes), default=today) if content else today
    return {
        EventKind.ASKED_BACK: AskBackForm(typed(EventKind.ASKED_BACK), today),
        EventKind.COUNTED: CountedForm(typed(EventKind.COUNTED), first, today, g.lang),
    }


def _note(dossier_id: uuid.UUID, name: str, kind: EventKind) -> Response:
    found, shown = desk.read_at_desk(kit(), staff_actor(), dossier_id, name)
    forms = _forms(shown, kind)
    settles = kind is EventKind.ASKED_BACK and "settled" in request.form
    form = SettledForm() if settles else forms[kind]
    if not form.validate():
        return make_response(_render(found, shown, forms, kind), 422)
    try:
        desk.note_at_desk(kit(), staff_actor(), dossier_id, name, kind, form.details, seen=_seen())
    except NotedMeanwhileError:
        return make_response(_render(found, shown, forms, kind, meanwhile=True), 409)
    except EndedError:
        return make_response(_render(found, shown, forms, kind), 409)
    return redirect(url_for("staff_reports.one", dossier_id=dossier_id, name=name), 303)


def _page(dossier_id: uuid.UUID, name: str) -> Response:
    found, shown = desk.read_at_desk(kit(), staff_actor(), dossier_id, name)
    return make_response(_render(found, shown, _forms(shown, None), None))


def _render(
    found: DeskReports,
    shown: DeskReport,
    forms: dict[EventKind, Any],
    sent: EventKind | None,
    *,
    meanwhile: bool = False,
) -> str:
    faults = [(field.id, error) for field in forms[sent] for error in field.errors] if sent else []
    asked = shown.report.last(EventKind.ASKED_BACK)
    return render_template(
        "staff/report.html",
        found=found,
        shown=shown,
        report=shown.report,
        rows=report_rows(shown.report, desk.situation_with(kit(), found, shown.report), g.lang, staff=True),
        ask=forms[EventKind.ASKED_BACK],
        counted=forms[EventKind.COUNTED],
        asked_back=asked is not None and not asked.settles,
        sent=sent,
        meanwhile=meanwhile,
        faults=faults,
    )


def _seen() -> int:
    """How many events stood on the page; nothing readable is none."""
    value = request.form.get("seen", "")
    return int(value) if value.isdecimal() and len(value) < 6 else 0
