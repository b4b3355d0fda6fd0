"""Who of the centre is away: a caseworker says it of themselves, the lead of anybody."""

from __future__ import annotations

import uuid

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.role import LEADS
from portal.forms.clocks import AbsenceForm
from portal.forms.staff import faults_of
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import absences
from portal.services.actor import NotYoursError
from portal.views.names import today

blueprint = Blueprint("staff_absences", __name__, url_prefix="/staff")

BACK = "back"
"""The name of the button that says that somebody is here again."""


@blueprint.get("/absences")
@allow(Rule.STAFF)
def show() -> Response:
    """Who is away, and the form."""
    return _page()


@blueprint.post("/absences")
@allow(Rule.STAFF)
def note() -> Response:
    """Away until a day, or back."""
    actor = staff_actor()
    if BACK in request.form:
        try:
            absences.note(kit(), actor, uuid.UUID(request.form[BACK]), None)
        except ValueError:
            raise NotYoursError from None
        return redirect(url_for("staff_absences.show"), 303)
    form = AbsenceForm(_may_say(), actor.id, today())
    if not form.validate():
        return _page(form, 422)
    absences.note(kit(), actor, uuid.UUID(form.whose.data), form.until.day)
    return redirect(url_for("staff_absences.show"), 303)


def _may_say() -> list[absences.Member]:
    """Of whom this caseworker may say it."""
    actor = staff_actor()
    return [one for one in absences.members(kit(), actor) if one.id == actor.id or actor.roles & LEADS]


def _page(form: AbsenceForm | None = None, status: int = 200) -> Response:
    actor = staff_actor()
    may = _may_say()
    away = [one for one in absences.members(kit(), actor) if one.away_until is not None]
    body = render_template(
        "staff/absences.html",
        form=form or AbsenceForm(may, actor.id, today(), formdata=None),
        faults=faults_of(form) if form else (),
        away=away,
        may={one.id for one in may},
        back=BACK,
    )
    return make_response(body, status)
