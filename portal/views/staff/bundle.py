"""Transmit a household's file to its commune: what is missing, the bundle, who took it and when."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.envelope import UnreadableError
from portal.adapters.objects import StorageUnavailableError
from portal.domain.bundle import Way, file_name
from portal.forms.bundle import BundleForm
from portal.forms.staff import faults_of
from portal.i18n.bundle import way_name
from portal.i18n.languages import BY_CODE, DEFAULT, official_beside
from portal.security import exporting
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import limits
from portal.services.at_desk import DeskPlace, head
from portal.services.begun_on_paper import Head
from portal.services.bundles.gaps import Gap, gaps_of
from portal.services.bundles.made import made_of
from portal.services.bundles.making import GapsError, look, make_bundle
from portal.views.household import household_url, named, on_household
from portal.views.names import today

blueprint = Blueprint("staff_bundle", __name__)

MOST: Final = 60
"""Bundles of one caseworker in an hour."""


class Trouble(StrEnum):
    """Why there is no bundle now."""

    BUSY = "busy"
    OFTEN = "often"
    STORE = "store"
    PAPER = "paper"


STATUS: Final = {Trouble.BUSY: 503, Trouble.OFTEN: 429, Trouble.STORE: 503, Trouble.PAPER: 500}


@on_household(blueprint, "/transmit")
@allow(Rule.STAFF_PREPARES)
def show(place: DeskPlace) -> Response:
    """What is missing, what goes along, and who took it before."""
    return _page(place)


@on_household(blueprint, "/transmit/bundle.zip", methods=("GET", "POST"))
@allow(Rule.STAFF_PREPARES)
def make(place: DeskPlace) -> Response:
    """The bundle. Pressed twice it is made twice, one after the other, and both stand on the page.

    The bare address, as after a reload or Back, leads to the page.
    """
    if request.method != "POST":
        head(kit(), staff_actor(), place)  # of this centre, or nothing is led to
        return redirect(url_for("staff_bundle.show", **named(place)), 303)
    form = BundleForm(official=DEFAULT, language=g.lang, gaps=False)
    if not form.validate():
        return _page(place, sent=True)
    if limits.count(kit(), "bundle", str(staff_actor().id), timedelta(hours=1)) > MOST:
        return _page(place, trouble=Trouble.OFTEN)
    begin = partial(
        make_bundle, kit(), staff_actor(), place, form.language.data, Way(form.way.data), seen=bool(form.seen.data)
    )
    try:
        stream = exporting.begin(begin, request.environ.get("gunicorn.socket"))
    except GapsError:
        return _page(place, sent=True)
    except exporting.ExportBusyError:
        return _page(place, trouble=Trouble.BUSY)
    except StorageUnavailableError:
        return _page(place, trouble=Trouble.STORE)
    except UnreadableError:
        return _page(place, trouble=Trouble.PAPER)
    response = Response(stream, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(today().isoformat())}"'
    return response


def _page(place: DeskPlace, *, sent: bool = False, trouble: Trouble | None = None) -> Response:
    """`sent`: the form was sent and is not whole."""
    found = look(kit(), staff_actor(), place, g.lang)
    gaps = gaps_of(found)
    form = BundleForm(official=official_beside(DEFAULT, found.head.region), language=g.lang, gaps=bool(gaps))
    status = 200
    if sent:
        form.validate()
        status = 422
    html = render_template(
        "staff/bundle.html",
        demand=found.head,
        found=found,
        gaps=[(gap, page_of(gap, found.head)) for gap in gaps],
        made=made_of(kit(), found.head.dossier_id),
        form=form,
        faults=faults_of(form) if sent else [],
        trouble=trouble,
        back=household_url(found.head),
        handed=lambda way: way_name(way, g.lang),
        language_name=lambda code: BY_CODE[code].name,
    )
    response = make_response(html, STATUS[trouble] if trouble else status)
    if trouble in (Trouble.BUSY, Trouble.STORE):
        response.headers["Retry-After"] = str(exporting.RETRY_SECONDS)
    return response


def page_of(gap: Gap, head: Head) -> str | None:
    """The page of the desk where it can be looked at."""
    pages = {
        "summary": "staff_summary.summary",
        "checklist": "staff_papers.show",
        "rights": "staff_notices.show",
        "interview": "staff_interviews.show",
    }
    if gap.page == "reports":
        return url_for("staff_reports.show", dossier_id=head.dossier_id)
    return url_for(pages[gap.page], **head.at_desk) if gap.page else None  # type: ignore[arg-type]
