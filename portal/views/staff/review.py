"""The review of papers: the queue of the centre, one household after the other, page by page, with keys or with buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.document_request import Mark, RequestState
from portal.forms.documents import DeskNoteForm
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor, staff_visit
from portal.services import at_desk, opening
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.checklists import ItemText
from portal.services.document_requests import NotedMeanwhileError
from portal.services.documents import reviewing
from portal.services.documents.noting import Unlisted
from portal.services.documents.reviewing import QueueLine, ReplacedMeanwhileError
from portal.services.documents.shelf import DocumentView, PageView
from portal.views.household import on_household
from portal.views.messages import LAST_PAGE
from portal.views.staff import noting
from portal.views.staff.papers import list_of, papers_of

blueprint = Blueprint("staff_review", __name__)

ROOT: Final = "/review"
KEYS: Final = "desk-keys"
"""Cookie: «off» for who wants no single keys (WCAG 2.1.4). It says nothing of anybody."""
OFF: Final = "off"
SECONDS: Final = 365 * 24 * 60 * 60
DONE: Final = (RequestState.ACCEPTED.value, RequestState.REFUSED.value)
"""What the page's own buttons note; anything else is noted on the page of the paper."""


@dataclass(frozen=True)
class Paper:
    """One paper that waits, with everything that was sent for it: an answer is about all of it."""

    key: str
    title: str
    item: ItemText | None
    documents: tuple[DocumentView, ...]
    noted: str | None
    """When it was noted last, as the form names it."""
    mark: Mark | None = None
    """Of a paper of no item: what was noted last."""
    state_words: str | None = None
    unlisted: Unlisted | None = None

    @property
    def pages(self) -> tuple[PageView, ...]:
        """All pages, one after the other."""
        return tuple(page for one in self.documents for page in one.pages)


@blueprint.get("/staff/papers")
@allow(Rule.STAFF)
def queue() -> str:
    """The households of the centre with papers that wait, the nearest clock first."""
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render_template("staff/review_queue.html", queue=reviewing.queue(kit(), staff_actor(), page))


@blueprint.post("/staff/papers/next")
@allow(Rule.STAFF)
def next_() -> Response:
    """Close the household that is open, and open the next one of the queue at its first paper; `first`: the first of all."""
    visit, actor = staff_visit(), staff_actor()
    after = visit.open.dossier_id if visit and visit.open and "first" not in request.form else None
    line = reviewing.next_in_queue(kit(), actor, after)
    secret = sessions.secret("staff") or ""
    if line is None:
        opening.close_file(kit(), actor, secret)
        return redirect(url_for("staff_review.queue"), 303)
    opening.open_file(kit(), actor, secret, _place(line))
    return redirect(review_url(line), 303)


@blueprint.post("/staff/papers/keys")
@allow(Rule.STAFF)
def keys() -> Response:
    """Switch the keys on or off, for this browser, and go back to the page."""
    to = request.form.get("to", "")
    ours = to.startswith("/staff/") and "\\" not in to and "//" not in to and to.isprintable()
    response = redirect(to if ours else url_for("staff_review.queue"), 303)
    if request.form.get("keys") == OFF:
        sessions.give(response, KEYS, OFF, SECONDS)
    else:
        sessions.take_back(response, KEYS)
    return response


@on_household(blueprint, ROOT)
@allow(Rule.STAFF)
def start(place: DeskPlace) -> Response:
    """On to the first paper that waits, after the one just noted or passed over; at the end, on to the next household."""
    demand = at_desk.look(kit(), staff_actor(), place, "checklist:read")
    waiting = _papers(demand)
    after = request.args.get("after", "")
    names = [one.key for one in waiting]
    left = waiting[names.index(after) + 1 :] if after in names else waiting
    if left:
        return redirect(_url(demand, left[0].key), 303)
    return make_response(render_template("staff/review_done.html", demand=demand, left=len(waiting)))


@on_household(blueprint, f"{ROOT}/<key>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def paper(place: DeskPlace, key: str) -> Response:
    """One page of one paper, and the answer on it as a whole."""
    demand = at_desk.look(kit(), staff_actor(), place, "checklist:read")
    form = noting.form_of()
    found = _papers(demand)
    if request.method == "GET":
        return _page(demand, found, key, form) if any(one.key == key for one in found) else _on(demand)
    if form.state.data not in DONE or not form.validate():
        return _page(demand, found, key, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        noting.write(demand, key, form)
    except NotedMeanwhileError:
        return _page(demand, found, key, form, HTTPStatus.CONFLICT, meanwhile="noted")
    except ReplacedMeanwhileError:
        return _page(demand, _papers(demand), key, form, HTTPStatus.CONFLICT, meanwhile="replaced")
    return _on(demand)


def _page(
    demand: Head,
    found: tuple[Paper, ...],
    key: str,
    form: DeskNoteForm,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    meanwhile: str | None = None,
) -> Response:
    one = next((one for one in found if one.key == key), None)
    if one is None:  # it waits no more: a colleague noted it, or the person took it back
        return (
            make_response(
                render_template("staff/review_gone.html", demand=demand, words=form.words.data or ""),
                HTTPStatus.CONFLICT,
            )
            if request.method == "POST"
            else _on(demand)
        )
    number = min(max(1, request.args.get("page", 1, type=int)), len(one.pages))
    html = render_template(
        "staff/review.html",
        demand=demand,
        paper=one,
        place=found.index(one) + 1,
        of=len(found),
        number=number,
        page=one.pages[number - 1],
        turn=noting.turn_asked(),
        form=form,
        faults=noting.faults_of(form),
        meanwhile=meanwhile,
        keys=sessions.secret(KEYS) != OFF,
        this_page=_url(demand, key, page=number),
    )
    return make_response(html, status)


def _on(demand: Head) -> Response:
    return redirect(url_for("staff_review.start", **demand.at_desk), 303)  # type: ignore[arg-type]


def _url(demand: Head, key: str, **more: int) -> str:
    return url_for("staff_review.paper", key=key, **demand.at_desk, **more)  # type: ignore[arg-type]


def _papers(demand: Head) -> tuple[Paper, ...]:
    """Those that wait, in the order of the list, then what no item asks for."""
    text = list_of(demand)
    papers = papers_of(demand, text)
    if papers is None:
        return ()
    found = [
        Paper(item.key, item.named, item, papers.of_item[item.key], _at(item.noted_at))
        for item in (text.items if text else ())
        if _waits(papers.of_item.get(item.key, ()))
    ]
    others = {one.key: one for one in papers.others}
    for key, one in others.items():
        documents = tuple(other.document for other in papers.others if other.key == key)
        if _waits(documents):
            noted = _at(one.mark.at if one.mark else None)
            found.append(Paper(key, one.title or "", None, documents, noted, one.mark, one.state_words, one.unlisted))
    return tuple(found)


def _waits(documents: tuple[DocumentView, ...]) -> bool:
    return any(one.to_review for one in documents)


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _place(line: QueueLine) -> DeskPlace:
    return DeskPlace(dossier_id=line.dossier_id) if line.demand_id is None else DeskPlace(line.demand_id)


def review_url(line: QueueLine) -> str:
    """Where the review of a household begins."""
    named = {"dossier_id": line.dossier_id} if line.demand_id is None else {"demand_id": line.demand_id}
    return url_for("staff_review.start", **named)  # type: ignore[arg-type]
