"""Papers as pages at the staff desk: page images, one page by itself, a stamped copy, a paper that no item asks for."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.jpeg import turned
from portal.domain.demand import filing_day
from portal.forms.documents import DeskNoteForm
from portal.i18n.formats import short_date, time_of_day
from portal.i18n.names import centre_name
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor, staff_visit
from portal.services import desk
from portal.services.demands import DemandView
from portal.services.document_requests import NotedMeanwhileError
from portal.services.documents.desk import copy_at_desk, demand_at_desk, documents_at_desk, page_at_desk
from portal.services.documents.noting import OtherPaper
from portal.services.documents.shelf import DocumentView
from portal.views.filed import pdf
from portal.views.staff import noting
from portal.views.staff.papers import list_of, papers_of

blueprint = Blueprint("staff_documents", __name__, url_prefix="/staff/demands/<uuid:demand_id>")

PAGE = "/pages/<uuid:page_id>"


@blueprint.get(PAGE)
@allow(Rule.STAFF)
def page(demand_id: uuid.UUID, page_id: uuid.UUID) -> str | Response:
    """One page by itself, with the ways to the one before and after."""
    demand = desk.look(kit(), staff_actor(), demand_id, "document:read")
    document = next(
        (one for one in documents_at_desk(kit(), staff_actor(), demand) if page_id in {page.id for page in one.pages}),
        None,
    )
    if document is None:
        return abort(404)
    at = next(number for number, one in enumerate(document.pages) if one.id == page_id)
    return render_template(
        "staff/documents_page.html",
        demand=demand,
        document=document,
        page=document.pages[at],
        before=document.pages[at - 1] if at else None,
        after=document.pages[at + 1] if at + 1 < len(document.pages) else None,
        back=_back(demand, document),
    )


@blueprint.get(f"{PAGE}.jpg")
@allow(Rule.STAFF)
def picture(demand_id: uuid.UUID, page_id: uuid.UUID) -> Response:
    """The picture of a page; each opening is audited, the first is dated."""
    demand = demand_at_desk(kit(), staff_actor(), demand_id)
    return _jpeg(*page_at_desk(kit(), staff_actor(), demand, page_id, thumb=False))


@blueprint.get(f"{PAGE}/thumb.jpg")
@allow(Rule.STAFF)
def thumb(demand_id: uuid.UUID, page_id: uuid.UUID) -> Response:
    """The small picture: to know a page by, no look at it yet; audited all the same."""
    demand = desk.look(kit(), staff_actor(), demand_id, "document:thumb")
    return _jpeg(*page_at_desk(kit(), staff_actor(), demand, page_id, thumb=True))


@blueprint.get("/documents/<uuid:document_id>.pdf")
@allow(Rule.STAFF)
def copy(demand_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """All pages of a paper to take out, each with centre, name and time."""
    actor, visit = staff_actor(), staff_visit()
    demand = demand_at_desk(kit(), actor, demand_id)
    now = kit().clock.now()
    day = f"{short_date(filing_day(now), g.lang)} {time_of_day(now, g.lang)}"
    who = (centre_name(actor.region or "", g.lang), visit.name if visit else "")
    stamp = " · ".join((*who, day, demand.reference))
    content = copy_at_desk(kit(), actor, demand, document_id, stamp)
    document = next(one for one in documents_at_desk(kit(), actor, demand) if one.id == document_id)
    item = document.key.partition("@")[0] if document.key else "paper"
    return pdf(content, f"{demand.reference}-{item}.pdf")


@blueprint.route("/documents/<uuid:document_id>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def other(demand_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """A paper that no item asks for: look at its pages, note of it what a caseworker notes of any."""
    demand = desk.look(kit(), staff_actor(), demand_id, "document:read")
    papers = papers_of(demand, list_of(demand))
    paper = next((one for one in papers.others if one.document.id == document_id), None) if papers else None
    if paper is None:
        return abort(404)
    form = DeskNoteForm(request.form, filing_day(received_at()))
    if request.method == "POST" and form.validate():
        try:
            noting.write(demand, paper.key, form)
        except NotedMeanwhileError:
            return make_response(_page(demand, paper, form, meanwhile=True), 409)
        return redirect(url_for("staff_papers.show", demand_id=demand_id, _anchor="others"), 303)
    return make_response(_page(demand, paper, form), 422 if form.errors else 200)


def _page(demand: DemandView, paper: OtherPaper, form: DeskNoteForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "staff/documents_other.html",
        demand=demand,
        paper=paper,
        form=form,
        faults=noting.faults_of(form),
        meanwhile=meanwhile,
    )


def _back(demand: DemandView, document: DocumentView) -> str:
    """Where all pages of the paper stand: with its item, or by itself."""
    papers = papers_of(demand, list_of(demand))
    if papers and document.key in papers.of_item:
        return url_for("staff_papers.note", demand_id=demand.id, key=document.key)
    return url_for("staff_documents.other", demand_id=demand.id, document_id=document.id)


def _jpeg(content: bytes, turn: int) -> Response:
    response = make_response(turned(content, turn))
    response.mimetype = "image/jpeg"
    return response
