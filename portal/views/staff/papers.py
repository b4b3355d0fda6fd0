"""The papers of one household at the staff desk: what the household was asked for, what was seen, accepted or refused."""

from __future__ import annotations

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from portal.domain.document_request import RequestState, person_of
from portal.forms.documents import DeskNoteForm
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import at_desk, document_requests, snapshots
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.checklists import ChecklistText, ItemText
from portal.services.documents.noting import DeskPapers, desk_papers
from portal.services.documents.reviewing import ReplacedMeanwhileError
from portal.views.household import on_household
from portal.views.staff import noting

blueprint = Blueprint("staff_papers", __name__)

ROOT = "/checklist"
ASKED = "paper-asked"
"""Where the signed cookie keeps that a paper was just asked for, until the list has said so: the household's reference."""


@on_household(blueprint, ROOT)
@allow(Rule.STAFF)
def show(place: DeskPlace) -> str:
    """The list, from what the household sent last, with the pages that came for each item."""
    demand = at_desk.look(kit(), staff_actor(), place, "checklist:read")
    text = list_of(demand)
    just = session.pop(ASKED, None) == demand.reference
    asked = [one for one in text.items if one.by_staff and one.waiting and one.wanted_on] if just and text else []
    return render_template(
        "staff/papers.html",
        demand=demand,
        text=text,
        papers=papers_of(demand, text),
        asked=max(asked, key=lambda one: str(one.noted_at), default=None),
    )


@on_household(blueprint, f"{ROOT}/<key>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def note(place: DeskPlace, key: str) -> Response:
    """Look at what came for one item; note that it was seen, accepted, refused, or by when it is wanted."""
    demand = at_desk.look(kit(), staff_actor(), place, "checklist:read", person=person_of(key))
    text = list_of(demand)
    item = next((one for one in text.items if one.key == key), None) if text else None
    if text is None or item is None or item.state is RequestState.NOT_NEEDED:
        return abort(404)
    form = noting.form_of()
    if request.method == "POST" and form.validate():
        try:
            noting.write(demand, key, form)
        except document_requests.NotedMeanwhileError:
            return make_response(_page(demand, text, item, form, meanwhile="noted"), 409)
        except ReplacedMeanwhileError:
            return make_response(_page(demand, text, item, form, meanwhile="replaced"), 409)
        return redirect(papers_url(demand, item.anchor), 303)
    return make_response(_page(demand, text, item, form), 422 if form.errors else 200)


def _page(
    demand: Head, text: ChecklistText, item: ItemText, form: DeskNoteForm, *, meanwhile: str | None = None
) -> str:
    papers = papers_of(demand, text)
    return render_template(
        "staff/paper.html",
        demand=demand,
        item=item,
        form=form,
        faults=noting.faults_of(form),
        meanwhile=meanwhile,
        documents=papers.of_item.get(item.key, ()) if papers else (),
    )


def list_of(demand: Head) -> ChecklistText | None:
    """The papers of what was sent, and those that the centre asked for or noted; None where there are none."""
    said = snapshots.said_to_centre(kit(), demand)
    return document_requests.desk_checklist(kit(), demand, said.situation if said else None, g.lang)


def papers_url(demand: Head, anchor: str | None = None) -> str:
    """The list, at one of its papers if one is named."""
    return url_for("staff_papers.show", **demand.at_desk, _anchor=anchor)  # type: ignore[arg-type]


def papers_of(demand: Head, text: ChecklistText | None) -> DeskPapers | None:
    """What came as files; None where no centre has the household: nobody is responsible yet."""
    if demand.region != staff_actor().region:
        return None
    return desk_papers(kit(), staff_actor(), demand, text, g.lang)
