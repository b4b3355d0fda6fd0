"""One page of a household's answers at the desk, to read and to print."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import at_desk, snapshots
from portal.services.answer_marks import desk_marks
from portal.services.at_desk import DeskPlace
from portal.services.summaries import summarise
from portal.views.answer_marks import noted_pages
from portal.views.household import household_url, on_household
from portal.views.names import today

blueprint = Blueprint("staff_summary", __name__)


@on_household(blueprint, "/summary")
@allow(Rule.STAFF)
def summary(place: DeskPlace) -> str | Response:
    """Of the day of the filing; of a file that began on paper of today, for nothing was filed.

    Where there is nothing that may be read, the household's page.
    """
    demand = at_desk.look(kit(), staff_actor(), place, "summary:read")
    said = snapshots.said_to_centre(kit(), demand)
    if said is None:
        return redirect(household_url(demand), 303)
    on = today() if demand.on_paper else demand.begins
    noted = desk_marks(kit(), demand.dossier_id, said.sent_at)
    return render_template(
        "staff/summary.html",
        demand=demand,
        summary=summarise(said.situation, on, g.lang),
        noted=noted_pages(said.situation, noted, g.lang),
    )
