"""The form that a household signs with a pen, printed at the desk: in the centre's language and in the person's."""

from __future__ import annotations

import uuid

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import desk
from portal.services.notices.desk import at_desk
from portal.services.notices.sign_paper import SignForm, languages_of, sign_pdf
from portal.views.filed import pdf
from portal.views.notice_papers import notice_url

blueprint = Blueprint("staff_notice_papers", __name__, url_prefix="/staff/demands/<uuid:demand_id>/rights")


@blueprint.get("/form.pdf")
@allow(Rule.STAFF)
def form(demand_id: uuid.UUID) -> Response:
    """Of a demand that the own region has taken, with every adult whom the centre knows of."""
    demand = desk.look(kit(), staff_actor(), demand_id, "demand:read")
    standings = {
        language: at_desk(kit(), staff_actor(), demand, language).standings
        for language in languages_of(demand.language, demand.region)
    }
    made = SignForm(demand, standings)
    return pdf(sign_pdf(made, received_at(), notice_url(demand.language)), f"sign-{demand.reference}.pdf")
