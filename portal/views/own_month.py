"""Month by month in the own dossier: say that nothing changed, and see what was sent for which month."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.months import first_of_month
from portal.forms.monthly import month_of
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at
from portal.services.monthly import rhythm
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.names import today

blueprint = Blueprint("own_month", __name__, url_prefix=f"{LANG}/dossier/month")

SHOWN_OPEN = 12
"""Months that are shown at once; older ones are folded up below them."""


@blueprint.get("")
@allow(Rule.CITIZEN)
def show(lang: str) -> Response:
    """This month and those before."""
    return _page()


@blueprint.post("")
@allow(Rule.CITIZEN)
def say(lang: str) -> Response:
    """Nothing changed in a month, or that was said by mistake: one tap, dated. A second tap changes nothing."""
    if not meant():
        return another_dossier()
    if "_switch" in request.form:  # the language menu of the page that said no
        return redirect(url_for("own_month.show", lang=lang), 303)
    month = month_of(request.form.get("month", ""))
    try:
        if month is None:
            return _page(far=True)
        if "back" in request.form:
            rhythm.take_back(kit(), citizen_actor(), month, received_at())
        else:
            rhythm.nothing_changed(kit(), citizen_actor(), month, received_at())
    except rhythm.FarMonthError:
        return _page(far=True)
    return redirect(url_for("own_month.show", lang=lang, _anchor=f"month-{month:%Y-%m}"), 303)


def _page(*, far: bool = False) -> Response:
    """`far`: a month was named of which nothing can be said today."""
    visit = citizen_visit()
    found = rhythm.own_months(kit(), citizen_actor(), g.lang, today())
    html = render_template(
        "month/own.html",
        found=found,
        this=first_of_month(today()),
        shown=SHOWN_OPEN,
        far=far,
        reference=visit.reference if visit else "",
    )
    return make_response(html, 422 if far else 200)
