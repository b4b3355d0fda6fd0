"""The monthly rhythm at the desk: who said of which month that nothing changed, and the day for papers."""

from __future__ import annotations

import uuid

from flask import Blueprint, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.forms.monthly import PaperDayForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.monthly.desk import months_at_desk
from portal.services.monthly.paper_day import set_paper_day
from portal.views.names import today

blueprint = Blueprint("staff_month", __name__, url_prefix="/staff/dossiers/<uuid:dossier_id>/month")


@blueprint.get("")
@allow(Rule.STAFF)
def show(dossier_id: uuid.UUID) -> Response:
    """The months of a household."""
    return _page(dossier_id)


@blueprint.post("")
@allow(Rule.STAFF)
def set_day(dossier_id: uuid.UUID) -> Response:
    """Set by which day of each month the centre wants papers, or that there is no such day."""
    form = PaperDayForm(now=None)
    if not form.validate():
        return _page(dossier_id, form)
    set_paper_day(kit(), staff_actor(), dossier_id, form.chosen)
    return redirect(url_for("staff_month.show", dossier_id=dossier_id, _anchor="paper-day"), 303)


def _page(dossier_id: uuid.UUID, wrong: PaperDayForm | None = None) -> Response:
    found = months_at_desk(kit(), staff_actor(), dossier_id, today(), language=g.lang)
    form = wrong or PaperDayForm(now=found.paper_day)
    names = [one.name or _("Nom à dire au guichet") for one in found.adults]
    html = render_template("staff/month.html", found=found, form=form, faults=faults_of(form), names=names)
    return make_response(html, 422 if form.errors else 200)
