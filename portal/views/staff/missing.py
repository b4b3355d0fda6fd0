"""What is missing of a household, on one page to read and print before a call."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from portal.domain.document_request import RequestState
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import at_desk, what_is_new
from portal.services.at_desk import DeskPlace
from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.gathered import gather
from portal.services.interviews.desk import in_short
from portal.services.thread.waiting import waits_in
from portal.views.household import household_url, on_household
from portal.views.staff.bundle import page_of

blueprint = Blueprint("staff_missing", __name__)


@on_household(blueprint, "/missing")
@allow(Rule.STAFF)
def show(place: DeskPlace) -> str | Response:
    """Papers, answers, confirmations, interview, identity, words without an answer. Only by the centre that has the household."""
    actor = staff_actor()
    demand = at_desk.look(kit(), actor, place, "missing:read")
    if demand.region is None or demand.region != actor.region:
        return redirect(household_url(demand), 303)
    found = gather(kit(), actor, demand, g.lang)
    items = found.checklist.known if found.checklist else ()
    return render_template(
        "staff/missing.html",
        demand=demand,
        urgent=what_is_new.urgent_of(kit(), demand),
        gaps=[(gap, page_of(gap, demand)) for gap in gaps_of(found) if gap.to_ask and not gap.refused],
        sent=found.said is not None,
        wanted=sorted((one for one in items if one.waiting and one.wanted_on), key=lambda one: str(one.wanted_on)),
        to_review=list(dict.fromkeys((one.title, one.who) for one in found.listed if one.document.to_review)),
        refused=[one for one in items if one.state is RequestState.REFUSED],
        interview=in_short(kit(), demand),
        waits=waits_in(kit(), demand.dossier_id),
        made_at=found.made_at,
    )
