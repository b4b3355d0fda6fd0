"""Papers as a person sends them: one item of the list, a paper that no item asks for, and everything that was sent."""

from __future__ import annotations

import uuid

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.forms.papers import TitleForm
from portal.security.access import Rule, allow
from portal.security.bodies import FORM_BODY, takes
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.services.document_requests import own_checklist
from portal.services.documents import shelf
from portal.services.documents.terms import Target
from portal.views import papers_acts, papers_files, uploads
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.papers_shown import (
    Shown,
    context,
    file_words,
    fragment,
    of_document,
    of_key,
    sent_for,
    unfinished,
    version_of,
)
from portal.views.receiving import Received, receive_files

blueprint = Blueprint("papers", __name__, url_prefix=f"{LANG}/dossier")
blueprint.register_blueprint(papers_acts.blueprint)
blueprint.register_blueprint(papers_files.blueprint)
blueprint.register_blueprint(uploads.blueprint)


@blueprint.route("/papers", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
@takes(FORM_BODY)
def show_all(lang: str) -> Response:
    """Everything that was sent, by item; and a paper that the list does not ask for."""
    form, received = TitleForm(request.form), list[Received]()
    if request.method == "POST" and "_switch" not in request.form:
        if not meant():
            return another_dossier()
        if form.validate():
            received = receive_files(citizen_actor(), Target(title=form.called))
            if _all_well(received):
                return redirect(url_for("papers.show_all", lang=lang), 303)
    actor, visit = citizen_actor(), citizen_visit()
    documents = shelf.documents_of(kit(), actor)
    page = render_template(
        "papers/all.html",
        documents=documents,
        unfinished=unfinished(actor),
        version=version_of(None, documents),
        waiting=any(one.waiting for one in documents),
        titles={item.document or item.key: item for item in own_checklist(kit(), actor, lang).known},
        form=form,
        faults=[(field.id, error) for field in form for error in field.errors],
        reference=visit.reference if visit else "",
        received=received if request.method == "POST" and not form.errors else None,
        **file_words(lang),
    )
    return make_response(page, 200 if request.method == "GET" else 422)


@blueprint.route("/papers/<key>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
@takes(FORM_BODY)
def show(lang: str, key: str) -> Response:
    """One item of the list: what it is, and pages to add to it."""
    return _page(of_key(key))


@blueprint.get("/papers/<key>/state")
@allow(Rule.CITIZEN)
def state(lang: str, key: str) -> Response:
    """What was sent for it, for a page that is open."""
    return fragment(key, sent_for(key))


@blueprint.route("/documents/<uuid:document_id>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
@takes(FORM_BODY)
def document(lang: str, document_id: uuid.UUID) -> Response:
    """A paper that no item asks for; one that an item asks for has its page there, but what is sent here is taken in."""
    found = shelf.document_of(kit(), citizen_actor(), document_id)
    if found.key and request.method == "POST":
        return _page(of_key(found.key))
    if found.key:
        return redirect(url_for("papers.show", lang=lang, key=found.key), 303)
    return _page(of_document(found))


@blueprint.get("/documents/<uuid:document_id>/state")
@allow(Rule.CITIZEN)
def document_state(lang: str, document_id: uuid.UUID) -> Response:
    """The same of such a paper; also after it was moved to an item of the list."""
    found = shelf.document_of(kit(), citizen_actor(), document_id)
    return fragment(found.key, sent_for(found.key) if found.key else (found,))


def _page(shown: Shown) -> Response:
    """The page of an item or of a paper; files that a plain form sends are taken in first."""
    received: list[Received] | None = None
    if request.method == "POST" and "_switch" not in request.form:
        if not meant():
            return another_dossier()
        received = receive_files(citizen_actor(), Target(key=shown.key, document=shown.target))
        if _all_well(received):
            return redirect(f"{shown.url}#sent", 303)
        shown = of_key(shown.key) if shown.key else _again(shown)
    page = render_template("papers/paper.html", received=received, **context(shown))
    return make_response(page, 200 if received is None else 422)


def _again(shown: Shown) -> Shown:
    return of_document(shelf.document_of(kit(), citizen_actor(), shown.documents[0].id))


def _all_well(received: list[Received]) -> bool:
    return bool(received) and all(one.state == "received" for one in received)
