"""The form that a household signs with a pen, printed at the desk: in the centre's language and in the person's."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import at_desk as household
from portal.services.at_desk import DeskPlace
from portal.services.notices.desk import at_desk
from portal.services.notices.sign_paper import SignForm, languages_of, sign_pdf
from portal.views.filed import pdf
from portal.views.household import on_household
from portal.views.notice_papers import notice_url

blueprint = Blueprint("staff_notice_papers", __name__)


@on_household(blueprint, "/rights/form.pdf")
@allow(Rule.STAFF)
def form(place: DeskPlace) -> Response:
    """Of a household that the own region has, with every adult whom the centre knows of."""
    demand = household.look(kit(), staff_actor(), place)
    standings = {
        language: at_desk(kit(), staff_actor(), demand, language).standings
        for language in languages_of(demand.language, demand.region)
    }
    made = SignForm(demand, standings)
    return pdf(sign_pdf(made, received_at(), notice_url(demand.language)), "sign.pdf")
