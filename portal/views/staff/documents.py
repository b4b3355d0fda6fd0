"""Papers as pages at the staff desk: page images, one page by itself, a stamped copy, a paper that no item asks for."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.jpeg import turned
from portal.domain.demand import filing_day
from portal.domain.document_request import read_key
from portal.forms.documents import DeskNoteForm
from portal.i18n.formats import short_date, time_of_day
from portal.i18n.names import centre_name
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor, staff_visit
from portal.services import at_desk
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.checklists import anchor_of
from portal.services.document_requests import NotedMeanwhileError
from portal.services.documents.desk import copy_at_desk, documents_at_desk, page_at_desk, taken_at_desk
from portal.services.documents.noting import OtherPaper
from portal.services.documents.reviewing import ReplacedMeanwhileError
from portal.services.documents.shelf import DocumentView
from portal.views.filed import pdf
from portal.views.household import on_household
from portal.views.staff import noting
from portal.views.staff.papers import list_of, papers_of, papers_url

blueprint = Blueprint("staff_documents", __name__)

PAGE = "/pages/<uuid:page_id>"


@on_household(blueprint, PAGE)
@allow(Rule.STAFF)
def page(place: DeskPlace, page_id: uuid.UUID) -> str | Response:
    """One page by itself, with the ways to the one before and after."""
    demand = at_desk.look(kit(), staff_actor(), place, "document:read", paper=page_id)
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


@on_household(blueprint, f"{PAGE}.jpg")
@allow(Rule.STAFF)
def picture(place: DeskPlace, page_id: uuid.UUID) -> Response:
    """The picture of a page, turned further if the caseworker wants; each opening is audited, the first is dated."""
    demand = taken_at_desk(kit(), staff_actor(), place)
    content, turn = page_at_desk(kit(), staff_actor(), demand, page_id, thumb=False)
    return _jpeg(content, (turn + noting.turn_asked()) % 360)


@on_household(blueprint, f"{PAGE}/thumb.jpg")
@allow(Rule.STAFF)
def thumb(place: DeskPlace, page_id: uuid.UUID) -> Response:
    """The small picture: to know a page by, no look at it yet; audited all the same."""
    demand = at_desk.look(kit(), staff_actor(), place, "document:thumb", paper=page_id)
    return _jpeg(*page_at_desk(kit(), staff_actor(), demand, page_id, thumb=True))


@on_household(blueprint, "/documents/<uuid:document_id>.pdf")
@allow(Rule.STAFF)
def copy(place: DeskPlace, document_id: uuid.UUID) -> Response:
    """All pages of a paper to take out, each with centre, name and time."""
    actor, visit = staff_actor(), staff_visit()
    demand = taken_at_desk(kit(), actor, place)
    now = kit().clock.now()
    day = f"{short_date(filing_day(now), g.lang)} {time_of_day(now, g.lang)}"
    who = (centre_name(actor.region or "", g.lang), visit.name if visit else "")
    stamp = " · ".join((*who, day, demand.reference))
    content = copy_at_desk(kit(), actor, demand, document_id, stamp)
    document = next(one for one in documents_at_desk(kit(), actor, demand) if one.id == document_id)
    item = read_key(document.key).rule if document.key else "paper"
    return pdf(content, f"{item}.pdf")


@on_household(blueprint, "/documents/<uuid:document_id>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def other(place: DeskPlace, document_id: uuid.UUID) -> Response:
    """A paper that no item asks for: look at its pages, note of it what a caseworker notes of any."""
    demand = at_desk.look(kit(), staff_actor(), place, "document:read", paper=document_id)
    paper = _other(demand, document_id)
    if paper is None:
        return abort(404)
    document, form = paper.document, noting.form_of()
    if request.method == "POST" and form.validate():
        try:
            noting.write(demand, paper.key, form)
        except NotedMeanwhileError:
            return make_response(_page(demand, paper, form, meanwhile="noted"), 409)
        except ReplacedMeanwhileError:
            return make_response(_page(demand, _other(demand, document_id) or paper, form, meanwhile="replaced"), 409)
        return redirect(papers_url(demand, anchor_of(document.key) if document.key else "others"), 303)
    return make_response(_page(demand, paper, form), 422 if form.errors else 200)


def _other(demand: Head, document_id: uuid.UUID) -> OtherPaper | None:
    papers = papers_of(demand, list_of(demand))
    return next((one for one in papers.others if one.document.id == document_id), None) if papers else None


def _page(demand: Head, paper: OtherPaper, form: DeskNoteForm, *, meanwhile: str | None = None) -> str:
    return render_template(
        "staff/documents_other.html",
        demand=demand,
        paper=paper,
        form=form,
        faults=noting.faults_of(form),
        meanwhile=meanwhile,
    )


def _back(demand: Head, document: DocumentView) -> str:
    """Where all pages of the paper stand: with its item, or by itself."""
    papers = papers_of(demand, list_of(demand))
    if papers and document.key in papers.of_item:
        return url_for("staff_papers.note", **demand.at_desk, key=document.key)  # type: ignore[arg-type]
    return url_for("staff_documents.other", **demand.at_desk, document_id=document.id)  # type: ignore[arg-type]


def _jpeg(content: bytes, turn: int) -> Response:
    response = make_response(turned(content, turn))
    response.mimetype = "image/jpeg"
    return response
