"""Another device adds pages to one paper: by a link that a POST uses up, for fifteen minutes, and it sees nothing else."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.document import HANDOFF_MINUTES, FileState
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.bodies import FORM_BODY, takes
from portal.security.context import kit, linked, paper_actor, request_id
from portal.security.proxy import address
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.checklists.explained import paper_title
from portal.services.documents import handoffs, shelf
from portal.services.documents.handoffs import HandoffVisit
from portal.services.documents.shelf import FileView
from portal.services.documents.terms import Target
from portal.views import uploads
from portal.views.language import LANG
from portal.views.papers_shown import file_words, unfinished, version_of
from portal.views.receiving import Received, receive_files

blueprint = Blueprint("add", __name__, url_prefix=f"{LANG}/add")
blueprint.register_blueprint(uploads.blueprint)

COOKIE = "handoff"
BUSY = (FileState.RECEIVING, FileState.RECEIVED, FileState.CHECKING)
MOST_MISSES = 60
"""Links that do not work, from one address in ten minutes; more must wait."""


@blueprint.route("/<string(length=32):token>", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def link(lang: str, token: str) -> Response:
    """One button. Looking uses nothing up: previews of messages look. Pressing it does."""
    if request.method == "POST":
        device = handoffs.use_link(kit(), token, request_id())
        if device is not None:
            response = redirect(url_for("add.paper", lang=lang), 303)
            sessions.give(response, COOKIE, device, HANDOFF_MINUTES * 60)
            return response
    elif handoffs.open_link(kit(), token):
        return make_response(render_template("add/open.html", action=request.path, minutes=HANDOFF_MINUTES))
    sessions.load_linked()
    here = linked()
    if here is not None and handoffs.came_by(kit(), here, token):  # scanned, or pressed, once more
        return redirect(url_for("add.paper", lang=lang), 303)
    if limits.count(kit(), "handoff", address()) > MOST_MISSES:
        raise TooManyTriesError
    return redirect(url_for("add.over", lang=lang), 303)


@blueprint.route("/", methods=["GET", "POST"])
@allow(Rule.PAPERS)
@takes(FORM_BODY)
def paper(lang: str) -> Response:
    """The one paper: add pages to it, see what became of those that this device has sent."""
    here = _here()
    received: list[Received] = []
    if request.method == "POST":
        received = receive_files(paper_actor(), Target(key=here.key, document=here.document))
        if all(one.state == "received" for one in received):
            return redirect(url_for("add.paper", lang=lang), 303)
    files = _sent(here)
    page = render_template(
        "add/add.html",
        title=paper_title(here.key, lang) if here.key else None,
        ends_at=here.ends_at,
        files=files,
        unfinished=unfinished(paper_actor()),
        version=version_of(here.key, files),
        waiting=any(one.state in BUSY for one in files),
        received=received,
        **file_words(lang),
    )
    return make_response(page, 422 if received else 200)


@blueprint.post("/done")
@allow(Rule.PAPERS)
def done(lang: str) -> Response:
    """The device is done; its cookie opens nothing any more."""
    secret = sessions.secret(COOKIE)
    if secret:
        handoffs.end(kit(), secret)
    response = redirect(url_for("add.over", lang=lang), 303)
    sessions.take_back(response, COOKIE)
    return response


@blueprint.get("/over")
@allow(Rule.PUBLIC)
def over(lang: str) -> str:
    """The link was used elsewhere, is too old, or the device is done: what to do."""
    return render_template("add/over.html", minutes=HANDOFF_MINUTES)


def _here() -> HandoffVisit:
    here = linked()
    if here is None:
        raise RuntimeError("a route for a linked device without its access rule")
    return here


def _sent(here: HandoffVisit) -> list[FileView]:
    """What came by this link, and nothing else of the person's."""
    documents = shelf.documents_of(kit(), paper_actor())
    return [file for document in documents for file in document.files if file.device == here.link]
