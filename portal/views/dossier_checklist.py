"""The papers of the own dossier: the list with its states, «I cannot get this», the list on paper."""

from __future__ import annotations

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.document_request import Obstacle, RequestState
from portal.forms.documents import CannotForm
from portal.forms.fields import clean
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at
from portal.services import citizen, document_requests, own_papers
from portal.services.checklists.paper import checklist_pdf, second_language
from portal.services.document_requests import Note
from portal.services.documents import shelf
from portal.views.filed import pdf
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.papers_shown import sent_counts

blueprint = Blueprint("dossier_checklist", __name__)

ROOT = f"{LANG}/dossier/checklist"


@blueprint.get(ROOT)
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """The whole list, as the answers stand now."""
    sent = sent_counts(shelf.documents_of(kit(), citizen_actor()))
    return render_template("checklist/own.html", papers=own_papers.own_papers(kit(), citizen_actor(), lang), sent=sent)


@blueprint.route(f"{ROOT}/<key>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def cannot(lang: str, key: str) -> Response:
    """«I cannot get this»: why, what can replace it, who asks for it."""
    text = document_requests.own_checklist(kit(), citizen_actor(), lang)
    item = next((one for one in text.items if one.key == key), None)
    if item is None or item.state is RequestState.NOT_NEEDED:
        return abort(404)
    form = CannotForm(request.form, data=document_requests.said_of(kit(), citizen_actor(), key))
    if request.method == "POST" and "_switch" not in request.form:
        if not meant():
            return another_dossier()
        if "_have" in request.form:
            document_requests.note_own(kit(), citizen_actor(), key, Note(RequestState.TO_BRING))
            return redirect(url_for("dossier_checklist.show", lang=lang, _anchor=item.anchor), 303)
        if form.validate():
            note = Note(
                RequestState.CANNOT, Obstacle(form.obstacle.data), form.chosen_asker, words=clean(form.words.data)
            )
            document_requests.note_own(kit(), citizen_actor(), key, note)
            return redirect(url_for("dossier_checklist.show", lang=lang, _anchor=item.anchor), 303)
    visit = citizen_visit()
    page = render_template(
        "checklist/cannot.html",
        item=item,
        form=form,
        faults=[(field.id, error) for field in form for error in field.errors],
        demand=citizen.household_head(kit(), citizen_actor()),
        reference=visit.reference if visit else "",
    )
    return make_response(page, 422 if form.errors else 200)


@blueprint.get(f"{ROOT}.pdf")
@allow(Rule.CITIZEN)
def paper(lang: str) -> Response:
    """The list to take along, with the centre's language beside the person's."""
    demand = citizen.household_head(kit(), citizen_actor())
    second = second_language(lang, demand.region, request.args.get("beside"))
    text = document_requests.own_checklist(kit(), citizen_actor(), lang)
    beside = document_requests.own_checklist(kit(), citizen_actor(), second) if second else None
    url = f"{kit().public_url}{url_for('dossier_checklist.show', lang=g.lang)}"
    return pdf(
        checklist_pdf(text, beside, url, received_at(), reference=demand.reference), f"checklist-{demand.reference}.pdf"
    )
