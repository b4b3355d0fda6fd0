"""The log of the centre, for its lead: by member, and of one household."""

from __future__ import annotations

import uuid
from itertools import groupby

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.demand import filing_day
from portal.i18n.desk_log import done_words
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import centre_log as logs
from portal.services import glances, staff_sessions
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.views.household import household_url, named, on_household

blueprint = Blueprint("staff_log", __name__)


@blueprint.get("/staff/log")
@allow(Rule.STAFF_LEADS)
def centre() -> str:
    """What the own people did, newest first, fifty at once; `member` is one of them."""
    member = _member(request.args.get("member", ""))
    found = logs.centre_log(kit(), staff_actor(), member=member, before=_before())
    return render_template(
        "staff/log.html",
        days=_days(found),
        elsewhere=() if member or "before" in request.args else glances.for_lead(kit(), staff_actor()),
        older=found.older,
        members=logs.members(kit(), staff_actor()),
        member=member,
        ended="ended" in request.args,
        words=lambda line: done_words(line, g.lang),
    )


@blueprint.post("/staff/log/sessions")
@allow(Rule.STAFF_LEADS)
def end_sessions() -> Response:
    """End every session of one of the own people: who left, or whose device was lost."""
    member = _member(request.form.get("member", ""))
    if member is None:
        raise NotYoursError
    ended = staff_sessions.end_sessions(kit(), staff_actor(), member)
    return redirect(url_for("staff_log.centre", member=member, ended=ended), 303)


@on_household(blueprint, "/log")
@allow(Rule.STAFF_LEADS)
def household(place: DeskPlace) -> Response | str:
    """Everything that was done in one household, by whomever."""
    whose, found = logs.household_log(kit(), staff_actor(), place, before=_before())
    return render_template(
        "staff/household_log.html",
        whose=whose,
        back=household_url(whose),
        days=_days(found),
        older=url_for("staff_log.household", **named(place), before=found.older) if found.older else None,
        words=lambda line: done_words(line, g.lang),
    )


def _days(found: logs.LogPage) -> list[tuple[object, list[logs.LogLine]]]:
    return [(day, list(lines)) for day, lines in groupby(found.lines, lambda line: filing_day(line.instant))]


def _member(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise NotYoursError from error


def _before() -> int:
    text = request.args.get("before", str(logs.NEWEST))
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotYoursError
    return min(int(text), logs.NEWEST)
