"""The own data: who opened the dossier, everything to take along."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.demand import filing_day
from portal.i18n.access_log import ALONE, action_words, who_words
from portal.security import exporting
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, request_id
from portal.services import access_log, citizen, limits
from portal.services.actor import NotYoursError
from portal.services.documents.shelf import documents_of
from portal.services.exports.archive import make_export
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant

blueprint = Blueprint("own_data", __name__, url_prefix=f"{LANG}/dossier")

MOST_EXPORTS: Final = 10
"""Of one adult in an hour."""


@blueprint.get("/own-data")
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """What can be done with the own data."""
    return render_template("own_data/show.html", reference=reference(), on_paper=on_paper())


@blueprint.get("/access-log")
@allow(Rule.CITIZEN)
def log(lang: str) -> str:
    """Who opened the dossier and when, newest first, fifty at once."""
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 6):
        raise NotYoursError
    found = access_log.access_page(kit(), citizen_actor(), int(page))
    lines = [
        (
            one,
            who_words(one.region, one.outcome, lang, by_staff=one.by_staff, alone=one.action in ALONE),
            action_words(one.action, one.outcome, lang, by_staff=one.by_staff),
        )
        for one in sorted(found.accesses, key=lambda one: one.instant, reverse=True)  # no day twice on a page
    ]
    days = [(day, list(those)) for day, those in groupby(lines, lambda line: filing_day(line[0].instant))]
    return render_template("own_data/access_log.html", days=days, number=found.number, more=found.more)


@blueprint.get("/export")
@allow(Rule.CITIZEN)
def export(lang: str) -> str:
    """What the file holds, and the way to take it."""
    papers = documents_of(kit(), citizen_actor())
    size = sum(file.length for paper in papers for file in paper.files if file.state.value == "ready")
    waiting = any(paper.waiting for paper in papers)
    return render_template(
        "own_data/export.html",
        reference=reference(),
        papers=len(papers),
        megabytes=-(-size // 1_000_000),
        waiting=waiting,
        on_paper=on_paper(),
    )


@blueprint.route("/export.zip", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def download(lang: str) -> Response:
    """The file. A form asks for it, so that no other tab's dossier comes instead; the bare address leads to the page."""
    if request.method != "POST" or "_switch" in request.form:
        return redirect(url_for("own_data.export", lang=lang), 303)
    if not meant():
        return another_dossier()
    if limits.count(kit(), "export", str(citizen_actor().adult_id), timedelta(hours=1)) > MOST_EXPORTS:
        return refused(often=True)
    make = partial(make_export, kit(), citizen_actor(), lang, papers="papers" in request.form)
    try:
        stream = exporting.begin(make, request.environ.get("gunicorn.socket"))
    except exporting.ExportBusyError:
        return refused(often=False)
    response = Response(stream, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference()}.zip"'
    return response


def refused(*, often: bool) -> Response:
    """Not now: another export is under way, or this adult took many within the hour."""
    html = render_template("errors/export-busy.html", often=often, request_id=request_id())
    response = make_response(html, 429 if often else 503)
    response.headers["Retry-After"] = str(3600 if often else exporting.RETRY_SECONDS)
    return response


def reference() -> str:
    """Of the dossier that is open."""
    visit = citizen_visit()
    return visit.reference if visit else ""


def on_paper() -> bool:
    """Whether the file began on paper: there was no demand here, and no receipt of one."""
    return citizen.household_head(kit(), citizen_actor()).on_paper
