"""The board: the demands of the caseworker's region, the most pressing first."""

from __future__ import annotations

from flask import Blueprint, render_template, request, session

from portal.forms.search import SearchForm
from portal.law import directory
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor, staff_visit
from portal.services import board as boards
from portal.services import what_is_new
from portal.services.thread.waiting import lonely_again
from portal.views.names import today

blueprint = Blueprint("staff_board", __name__, url_prefix="/staff")

PASSED_ON = "passed-on"
"""Where the signed cookie keeps what was just passed on, until the board has said so: its public reference, its region."""
LAST_PAGE = 100_000
"""Above this no board reaches; a larger number would be too large for the database."""


@blueprint.get("/")
@allow(Rule.STAFF)
def board() -> str:
    """One page of the board; the antenna is a filter, the region is the scope."""
    visit = staff_visit()
    antennas = directory.antennas(visit.region) if visit and visit.region else ()
    chosen = request.args.get("antenna", "")
    antenna = chosen if chosen in {antenna.id for antenna in antennas} else None
    withdrawn = request.args.get("withdrawn") == "1"
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render_template(
        "staff/board.html",
        search=SearchForm(today(), formdata=None),
        board=boards.board(kit(), staff_actor(), antenna=antenna, withdrawn=withdrawn, page=page),
        lonely=boards.lonely_urgent(kit()),
        lonely_again=lonely_again(kit()),
        waits=what_is_new.for_desk(kit(), staff_actor()),
        antennas=antennas,
        antenna=antenna,
        withdrawn=withdrawn,
        passed_on=session.pop(PASSED_ON, None),
    )
