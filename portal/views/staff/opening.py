"""Open one household at the desk, and close it for good: «next person»."""

from __future__ import annotations

import uuid
from contextlib import suppress
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from portal.adapters.database import DatabaseUnavailableError
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.security.headers import forget_pages
from portal.security.opened import place_in
from portal.services import opening
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.views.household import household_url, start_url
from portal.views.language import STAFF_LANGUAGE

blueprint = Blueprint("staff_opening", __name__, url_prefix="/staff")

MADE_HERE = ("staff-filed", "staff-code")
"""Cookies that show what was just made for somebody: the slip of a filing, a new code."""


@blueprint.post("/open")
@allow(Rule.STAFF)
def open_() -> Response:
    """Open a household, by a page of it (`to`) or by its id, and go on to that page or to its first one."""
    to = request.form.get("to", "")
    place = _place_of(to) if to else _named()
    if place is None:
        raise NotYoursError
    head, another = opening.open_file(kit(), staff_actor(), sessions.secret("staff") or "", place)
    response = redirect(to or household_url(head), 303)
    if another:
        sessions.take_back(response, *MADE_HERE)
    return response


@blueprint.post("/next")
@allow(Rule.STAFF)
def next_() -> Response:
    """Close the file and the form, and forget in this browser what was made for the person.

    The session and the forms get new secrets: a form of the person before, in whatever tab, sends nothing any more, and
    browsers drop pages that they kept for «Back» when a cookie of the site changes.
    """
    fresh = opening.next_person(kit(), staff_actor(), sessions.secret("staff") or "")
    language = session.get(STAFF_LANGUAGE)
    session.clear()
    if language is not None:
        session[STAFF_LANGUAGE] = language
    response = redirect(start_url(), 303)
    sessions.give(response, "staff", fresh)
    sessions.take_back(response, *MADE_HERE)
    return forget_pages(response)


def opened_after(place: DeskPlace) -> None:
    """Open what was just recorded. The record stands, so a failure here must not hide it: it can be opened again."""
    session_of = (kit(), staff_actor(), sessions.secret("staff") or "")
    with suppress(NotYoursError, DatabaseUnavailableError):
        try:
            opening.open_file(*session_of, place)
        except NotYoursError:  # another centre's from the start: the one before is not open any more all the same
            opening.close_file(*session_of)


def _place_of(address: str) -> DeskPlace | None:
    """The household that one of the desk's own addresses is about; None for any other address."""
    if not address.startswith("/staff/") or "\\" in address or not address.isprintable():
        return None
    try:
        _endpoint, arguments = current_app.create_url_adapter(request).match(  # type: ignore[union-attr]
            urlsplit(address).path, method="GET"
        )
    except (HTTPException, RequestRedirect, ValueError):
        return None
    return place_in(dict(arguments))


def _named() -> DeskPlace | None:
    for name in ("demand_id", "dossier_id"):
        with suppress(ValueError):
            return place_in({name: uuid.UUID(request.form.get(name, ""))})
    return None
