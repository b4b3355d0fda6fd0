"""The papers of one demand at the staff desk: what the household was asked for, what was seen, accepted or refused."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.demand import filing_day
from portal.domain.document_request import Refusal, RequestState
from portal.forms.documents import DeskNoteForm
from portal.forms.fields import clean
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import desk, document_requests, snapshots
from portal.services.checklists import ChecklistText
from portal.services.demands import DemandView
from portal.services.document_requests import Note

blueprint = Blueprint("staff_papers", __name__, url_prefix="/staff/demands/<uuid:demand_id>/checklist")


@blueprint.get("")
@allow(Rule.STAFF)
def show(demand_id: uuid.UUID) -> str:
    """The list, from what the household sent last."""
    demand = desk.look(kit(), staff_actor(), demand_id, "checklist:read")
    return render_template("staff/papers.html", demand=demand, text=_list(demand))


@blueprint.route("/<key>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def note(demand_id: uuid.UUID, key: str) -> Response:
    """Note of one paper that it was seen, accepted, refused, or by when it is wanted."""
    demand = desk.look(kit(), staff_actor(), demand_id, "checklist:read")
    text = _list(demand)
    item = next((one for one in text.items if one.key == key), None) if text else None
    if item is None or item.state is RequestState.NOT_NEEDED:
        return abort(404)
    form = DeskNoteForm(request.form, filing_day(received_at()))
    if request.method == "POST" and form.validate():
        try:
            document_requests.note_at_desk(kit(), staff_actor(), demand.dossier_id, key, _note(form), seen=_seen())
        except document_requests.NotedMeanwhileError:
            html = render_template("staff/paper.html", demand=demand, item=item, form=form, faults=[], meanwhile=True)
            return make_response(html, 409)
        return redirect(url_for("staff_papers.show", demand_id=demand_id, _anchor=item.anchor), 303)
    faults = [(field.id, error) for field in form for error in field.errors]
    page = render_template("staff/paper.html", demand=demand, item=item, form=form, faults=faults, meanwhile=False)
    return make_response(page, 422 if faults else 200)


def _seen() -> datetime | None:
    """When the note was made that stood on the page."""
    try:
        return datetime.fromisoformat(request.form.get("seen", ""))
    except ValueError:
        return None


def _note(form: DeskNoteForm) -> Note:
    refused = form.state.data == RequestState.REFUSED.value and form.refusal.data
    return Note(
        RequestState(form.state.data),
        refusal=Refusal(form.refusal.data) if refused else None,
        words=clean(form.words.data),
        wanted_by=form.wanted_by.day,
    )


def _list(demand: DemandView) -> ChecklistText | None:
    """The papers of what was sent; None where nothing was, or no centre has taken the demand."""
    said = snapshots.said_to_centre(kit(), demand)
    return document_requests.desk_checklist(kit(), demand, said.situation, g.lang) if said else None
